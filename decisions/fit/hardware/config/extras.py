"""Weights and dimensions that only one family has."""

from decisions.fit.hardware.config.families import Family
from decisions.fit.hardware.config.fields import Fields

NAMES = {
    "gemma3n": (
        *("hidden_size_per_layer_input", "vocab_size_per_layer_input", "altup_num_inputs", "laurel_rank"),
        "num_kv_shared_layers",
    ),
    "gemma4": ("hidden_size_per_layer_input", "vocab_size_per_layer_input", "num_kv_shared_layers"),
    "minicpm3": (),
}


def extra_dims(fields: Fields, model_type: str) -> tuple[tuple[str, int], ...]:
    """Dimensions by the name of their configuration, where the family has them."""
    return tuple((name, fields.count(name)) for name in NAMES.get(model_type, ()))


def embedding_extra(fields: Fields, family: Family, model_type: str, hidden: int) -> int:
    """Further weights of the embedding: learned positions, tables of per-layer embeddings."""
    if family.positions >= 0:
        return (fields.need("max_position_embeddings") + family.positions) * hidden
    if model_type == "mpt" and not _alibi(fields):
        return fields.need("max_position_embeddings") * hidden
    if model_type == "mllama":
        return 8 * hidden  # rows for the image's own tokens, without an output each
    if model_type not in ("gemma3n", "gemma4"):
        return 0
    layers = fields.need("num_hidden_layers")
    return fields.count("vocab_size_per_layer_input") * layers * fields.count("hidden_size_per_layer_input")


def _alibi(fields: Fields) -> bool:
    inner = fields.inner("attn_config")
    return inner is not None and inner.flag("alibi", otherwise=True)


def extra_norms(fields: Fields, model_type: str, kind: str, hidden: int) -> tuple[int, ...]:
    """Further vectors of one layer: a second parallel norm, gates of cross-attention, expert norms."""
    if model_type == "falcon":
        return (hidden,) * (_falcon_norms(fields) - 1)
    if model_type == "mllama":
        return (1, 1) if kind == "cross" else ()
    if model_type == "gemma4":
        return _gemma4(fields, hidden)
    return ()


def _falcon_norms(fields: Fields) -> int:
    """The newer decoder has one norm before attention and one before the feed-forward part."""
    stated = fields.whole("num_ln_in_parallel_attn")
    if fields.flag("new_decoder_architecture"):
        return stated or 2
    return 1 if fields.flag("parallel_attn", otherwise=True) else 2


def _gemma4(fields: Fields, hidden: int) -> tuple[int, ...]:
    """A scalar per layer, a norm for per-layer embeddings, three norms and two scales for experts."""
    per_layer = (hidden,) if fields.count("hidden_size_per_layer_input") else ()
    experts = fields.count("num_experts") if fields.flag("enable_moe_block") else 0
    return (1, *per_layer, *((hidden,) * 4 + (experts,) if experts else ()))
