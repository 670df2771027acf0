"""What single families do differently in their attention."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from decisions.fit.hardware.architecture import Attention
from decisions.fit.hardware.config.fields import Fields


@dataclass(frozen=True, slots=True)
class Place:
    """Which layer it is, and of which kind."""

    kind: str
    layer: int


Rule = Callable[[Fields, Place, Attention], Attention]


def changed(model_type: str, fields: Fields, place: Place, made: Attention) -> Attention:
    """The attention as the family has it, from the one that every family would have."""
    rule = RULES.get(model_type)
    return rule(fields, place, made) if rule else made


def _gemma4(fields: Fields, place: Place, made: Attention) -> Attention:
    """Full layers have wider and fewer heads, and may read their values from the keys."""
    if place.kind != "full":
        return made
    same = fields.flag("attention_k_eq_v")
    kv_heads = (fields.whole("num_global_key_value_heads") if same else None) or made.kv_heads
    width = fields.whole("global_head_dim") or 512
    wide = replace(made, key_dim=width, value_dim=width, query_norm_dim=width, key_norm_dim=width)
    return replace(wide, kv_heads=kv_heads, value_is_key=same)


def _gemma4_unified(fields: Fields, place: Place, made: Attention) -> Attention:
    """The larger models always share."""
    return _gemma4(Fields({**fields.given, "attention_k_eq_v": True}, {}), place, made)


def _mllama(_fields: Fields, place: Place, made: Attention) -> Attention:
    """Only cross-attention norms its queries and keys (Llama 3.2 Vision)."""
    dim = made.key_dim if place.kind == "cross" else 0
    return replace(made, query_norm_dim=dim, key_norm_dim=dim)


def _mimo_v2_flash(_fields: Fields, place: Place, made: Attention) -> Attention:
    return replace(made, sinks=place.kind == "sliding")


def _falcon(fields: Fields, _place: Place, made: Attention) -> Attention:
    """Falcon 7B has one key-value head; the newer decoder reads how many."""
    if fields.flag("new_decoder_architecture"):
        return made
    return replace(made, kv_heads=1 if fields.flag("multi_query") else made.heads)


def _gpt_bigcode(fields: Fields, _place: Place, made: Attention) -> Attention:
    return replace(made, kv_heads=1 if fields.flag("multi_query") else made.heads)


def _mpt(fields: Fields, _place: Place, made: Attention) -> Attention:
    """Key-value heads stand in an object of their own (MPT, DBRX)."""
    inner = fields.inner("attn_config")
    return replace(made, kv_heads=(inner.whole("kv_n_heads") if inner else None) or made.heads)


def _step3p5(fields: Fields, place: Place, made: Attention) -> Attention:
    """Sliding layers have a number of heads of their own."""
    if place.kind != "sliding":
        return made
    other = fields.inner("attention_other_setting")
    heads = other.whole("num_attention_heads") if other else fields.whole("num_sliding_attention_heads")
    return replace(made, heads=heads or made.heads)


def _minimax_m3(fields: Fields, place: Place, made: Attention) -> Attention:
    """Layers after the first dense ones choose blocks by an index."""
    if place.layer < fields.count("first_k_dense_replace"):
        return made
    return replace(made, index_heads=fields.count("index_n_heads"), index_dim=fields.count("index_head_dim"))


RULES: dict[str, Rule] = {
    "gemma4": _gemma4,
    "gemma4_unified": _gemma4_unified,
    "mllama": _mllama,
    "mimo_v2_flash": _mimo_v2_flash,
    "falcon": _falcon,
    "gpt_bigcode": _gpt_bigcode,
    "mpt": _mpt,
    "dbrx": _mpt,
    "step3p5": _step3p5,
    "minimax_m3_vl": _minimax_m3,
}
