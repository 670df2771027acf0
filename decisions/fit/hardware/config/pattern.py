"""Which kind of block each layer is, from the many ways in which configurations say it."""

from collections.abc import Callable, Sequence

from decisions.fit.hardware.config.families import Family
from decisions.fit.hardware.config.fields import Fields

WORDS = {
    **dict.fromkeys(("full_attention", "attention", "global", "global_attention", "full"), "full"),
    **dict.fromkeys(("indexed_attention", "deepseek_sparse_attention", "qwen_sparse_attention"), "full"),
    "minimax_m3_sparse": "full",
    **dict.fromkeys(
        ("sliding_attention", "local", "local_attention", "sliding", "sliding_window"), "sliding"
    ),
    **dict.fromkeys(("chunked_attention", "chunked"), "chunked"),
    **dict.fromkeys(("linear_attention", "kda", "gated_deltanet"), "linear"),
    **dict.fromkeys(("mamba", "mamba2", "ssm"), "mamba"),
    **dict.fromkeys(("conv", "short_conv"), "conv"),
    "hybrid": "parallel",
    "moe": "moe",
    "mlp": "mlp",
}
LETTERS = {"M": "mamba", "*": "full", "-": "mlp", "E": "moe", "L": "sliding", "G": "full"}
STATE_SPACES = frozenset({"granitemoehybrid", "bamba", "jamba", "nemotron_h", "falcon_h1", "mamba", "mamba2"})


def kinds_of(fields: Fields, family: Family, model_type: str, layers: int) -> tuple[str, ...]:
    """One word a layer: full, sliding, chunked, cross, linear, mamba, conv, parallel, mlp or moe."""
    found = next(found for read in _READERS if (found := read(fields, family, model_type, layers)))
    kinds = tuple(found)
    if model_type in STATE_SPACES:
        kinds = tuple("mamba" if kind == "linear" else kind for kind in kinds)
    return kinds if _has_window(fields) else tuple("full" if kind == "sliding" else kind for kind in kinds)


def _has_window(fields: Fields) -> bool:
    return fields.flag("use_sliding_window", otherwise=True) and bool(fields.whole("sliding_window", 0))


Kinds = Sequence[str] | None


def _listed(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """`layer_types` (transformers 4.53 and later) or `layers_block_type` names every layer."""
    named = fields.entries("layer_types")
    if not named:
        return None
    named = fields.fitting("layer_types", named, layers)
    if wrong := [one for one in named if not isinstance(one, str) or one not in WORDS]:
        raise fields.unheard("layer_types", wrong[0])
    kinds = tuple(WORDS[one] for one in named)
    return ("full",) * layers if model_type == "jamba" and set(kinds) == {"full"} else kinds


def _lettered(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """`hybrid_override_pattern` of Nemotron-H, one letter a layer."""
    name = "hybrid_override_pattern"
    letters = fields.text(name)
    if not letters:
        return None
    if wrong := [letter for letter in letters if letter not in LETTERS]:
        raise fields.unheard(name, wrong[0])
    return fields.fitting(name, [LETTERS[letter] for letter in letters], layers)


def _flagged(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """`hybrid_layer_pattern` of MiMo-V2: 1 is a sliding layer; `attn_type_list` of MiniMax: 1 is full."""
    for name, other in (("hybrid_layer_pattern", "sliding"), ("attn_type_list", "linear")):
        if (flags := fields.wholes(name)) is not None:
            set_is = other if other == "sliding" else "full"
            unset_is = "full" if other == "sliding" else other
            return [set_is if flag else unset_is for flag in fields.fitting(name, flags, layers)]
    return None


def _indexed(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """Lists of the layers that differ: LFM2, Bamba, Kimi Linear (from 1), Llama 3.2 Vision, ModernBERT."""
    for name, there, elsewhere in (
        ("full_attn_idxs", "full", "conv"),
        ("attn_layer_indices", "full", "mamba"),
        ("cross_attention_layers", "cross", "full"),
    ):
        if (chosen := fields.wholes(name)) is not None:
            return _chosen(layers, chosen, there, elsewhere)
    nested = fields.inner("linear_attn_config")
    full = nested.wholes("full_attn_layers", 1) if nested else None
    return None if full is None else _chosen(layers, [one - 1 for one in full], "full", "linear")


def _chosen(layers: int, chosen: Sequence[int], there: str, elsewhere: str) -> list[str]:
    wanted = frozenset(chosen)
    return [there if layer in wanted else elsewhere for layer in range(layers)]


def _periodic(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """Every n-th layer is full: by a number, or by a text such as "LLLG" that repeats."""
    period = fields.whole("attn_layer_period")
    if period:
        offset = fields.count("attn_layer_offset") % period
        return ["full" if layer % period == offset else "mamba" for layer in range(layers)]
    if isinstance(fields.raw("sliding_window_pattern"), str):
        return _repeated(fields, layers)
    for name in ("sliding_window_pattern", "global_attn_every_n_layers", "full_attention_interval"):
        if every := fields.whole(name, 0):
            return _every(layers, every, family.others)
    return None


def _repeated(fields: Fields, layers: int) -> list[str]:
    name = "sliding_window_pattern"
    text = fields.text(name)
    if not text or any(letter not in "LG" for letter in text):
        raise fields.unheard(name, text)
    kinds = [LETTERS[text[layer % len(text)]] for layer in range(layers)]
    return [*kinds[:-1], "full"]  # EXAONE 4 keeps its last layer full


def _every(layers: int, every: int, others: str) -> list[str]:
    return [others if (layer + 1) % every else "full" for layer in range(layers)]


def _ruled(fields: Fields, family: Family, model_type: str, layers: int) -> Kinds:
    """What the family's class does where nothing is said."""
    if model_type in RULES:
        return RULES[model_type](fields, layers)
    if family.every:
        return _every(layers, family.every, family.others)
    if fields.flag("use_sliding_window") and (first := fields.whole("max_window_layers", 0)) is not None:
        return ["sliding" if layer >= first else "full" for layer in range(layers)]
    return ["sliding" if family.slides else "full"] * layers


def _llama4(fields: Fields, layers: int) -> Sequence[str]:
    ropes = fields.wholes("no_rope_layers")
    if ropes:
        return ["chunked" if rope else "full" for rope in fields.fitting("no_rope_layers", ropes, layers)]
    return _every(layers, fields.whole("no_rope_layer_interval") or 4, "chunked")


def _gpt_oss(fields: Fields, layers: int) -> Sequence[str]:
    return ["full" if layer % 2 else "sliding" for layer in range(layers)]


def _mimo(fields: Fields, layers: int) -> Sequence[str]:
    return ["full" if layer == 0 or (layer + 1) % 6 == 0 else "sliding" for layer in range(layers)]


def _muse(fields: Fields, layers: int) -> Sequence[str]:
    return ["sliding" if (layers - 1 - layer) % 4 else "full" for layer in range(layers)]


def _gemma4(fields: Fields, layers: int) -> Sequence[str]:
    return [*_every(layers, 6, "sliding")[:-1], "full"]


def _all(kind: str) -> Callable[[Fields, int], Sequence[str]]:
    return lambda _fields, layers: [kind] * layers


RULES: dict[str, Callable[[Fields, int], Sequence[str]]] = {
    "llama4": _llama4,
    "gpt_oss": _gpt_oss,
    "mimo_v2_flash": _mimo,
    "muse_glimmer": _muse,
    "gemma4": _gemma4,
    "gemma4_unified": _gemma4,
    "falcon_h1": _all("parallel"),
    **dict.fromkeys(("mamba", "mamba2", "falcon_mamba", "granitemoehybrid", "bamba"), _all("mamba")),
    **dict.fromkeys(("exaone4_5", "laguna", "mellum"), _all("full")),
}
_READERS = (_listed, _lettered, _flagged, _indexed, _periodic, _ruled)
