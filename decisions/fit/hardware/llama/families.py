"""How the graphs of llama.cpp's model families differ, by the name of transformers' model type."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture, Layer
from decisions.fit.hardware.llama.types import Style

BAICHUAN_WITHOUT_ROPE = 40
_AFTER = Style(pre_norm=False, post_norm=True)
_GATED = Style(post_norm=True, early_post_norm=True, gate_apart=True, rope="window", router="sigmoid")
_GPT2 = Style(layer_norm=True, fused_qkv=True, rope="no", learned_positions=True)
_COHERE = Style(layer_norm=True, parallel=True)
_STYLES: dict[str, Style] = {
    "afmoe": _GATED,
    "muse_glimmer": replace(_GATED, makes_norms=True),
    "bailing_moe": Style(fused_qkv=True, router="sigmoid"),
    "arcee": Style(squared=True),
    "cohere": _COHERE,
    "cohere2": replace(_COHERE, rope="window"),
    "exaone4": replace(_AFTER, rope="window"),
    "exaone4_5": replace(_AFTER, rope="window"),
    "gemma2": Style(post_norm=True, soft_cap=True),
    "gemma3": Style(post_norm=True),
    "gemma3n": Style(value_norm=True),
    "gemma4": Style(post_norm=True, value_norm=True, keeps="norm", fused_experts=True, layer_embeddings=True),
    "gemma4_unified": Style(
        post_norm=True, value_norm=True, keeps="norm", fused_experts=True, layer_embeddings=True
    ),
    "glm": Style(fused_qkv=True, fused_up=True),
    "glm4": Style(post_norm=True, fused_up=True),
    "gpt2": _GPT2,
    "gpt_bigcode": _GPT2,
    "mpt": replace(_GPT2, learned_positions=False),
    "olmo": Style(layer_norm=True),
    "olmoe": Style(normalised=False),
    "gpt_oss": Style(keeps="hidden", router="late_softmax", normalised=False),
    "deepseek_v2": Style(normalised=False),
    "granitemoehybrid": Style(),
    "kimi_linear": Style(early_norm=True, rope="no", router="sigmoid"),
    "lfm2": Style(residual_first="both"),
    "lfm2_moe": Style(residual_first="both", router="sigmoid"),
    "olmo2": replace(_AFTER, wide_norm=True),
    "olmo3": replace(_AFTER, wide_norm=True),
    "phi3": Style(fused_qkv=True, fused_up=True, residual_first="last"),
    "falcon": Style(layer_norm=True, fused_qkv=True, parallel=True, residual_first="after"),
    "falcon_h1": Style(own_norms=True, sums_first=True),
    "gpt_neox": Style(layer_norm=True, fused_qkv=True, parallel=True, own_norms=True),
    "hy_v3": Style(keeps="norm", router="sigmoid"),
    "jamba": Style(rope="no", normalised=False, residual_first="both"),
    "llama4": Style(router="sigmoid", normalised=False, weigh_first=True, rope="window", scaled_query=True),
    "minimax_m3_vl": Style(router="sigmoid"),
    "minicpm3": Style(expands=True, scaled_head=True),
    "nemotron": Style(layer_norm=True, squared=True),
    "nemotron_h": Style(
        keeps="norm", squared=True, rope="no", router="sigmoid", scaled=True, selection_bias=True
    ),
    "phimoe": Style(residual_first="last"),
    "qwen2_moe": Style(normalised=False, silu_gate=True),
    "qwen2_vl": Style(position_rows=4),
    "qwen2_5_omni": Style(position_rows=4),
    "qwen2_5_vl": Style(position_rows=4),
    "qwen3_5": Style(early_norm=True, keeps="norm", position_rows=4),
    "qwen3_5_moe": Style(early_norm=True, keeps="norm", position_rows=4),
    "qwen3_next": Style(early_norm=True, keeps="norm", joined_delta=True),
    "qwen3_vl": Style(position_rows=4, deepstack=3),
    "qwen3_vl_moe": Style(position_rows=4, deepstack=3),
    "qwen3_omni_moe": Style(position_rows=4, deepstack=3),
    "starcoder2": Style(layer_norm=True),
    "phi": Style(layer_norm=True, parallel=True, residual_first="last"),
    "bloom": Style(layer_norm=True, fused_qkv=True, rope="no", embedding_norm=True),
    "stablelm": Style(layer_norm=True),
    "smollm3": Style(rope="three of four"),
}


def _stablelm(style: Style, _arch: Architecture, layer: Layer) -> Style:
    """With a single norm both parts of a layer take it."""
    return replace(style, parallel=True, residual_first="early") if len(layer.norms) == 1 else style


def _falcon(style: Style, _arch: Architecture, layer: Layer) -> Style:
    return replace(style, second_norm=True) if len(layer.norms) > 1 else style


def _baichuan(style: Style, arch: Architecture, _layer: Layer) -> Style:
    """The larger one (40 layers) has no rotary embedding."""
    return replace(style, rope="no") if len(arch.layers) == BAICHUAN_WITHOUT_ROPE else style


def _mpt(style: Style, arch: Architecture, _layer: Layer) -> Style:
    return replace(style, learned_positions=bool(arch.embedding_extra))


_OF_SHAPE: dict[str, Callable[[Style, Architecture, Layer], Style]] = {
    "stablelm": _stablelm,
    "falcon": _falcon,
    "baichuan": _baichuan,
    "mpt": _mpt,
}
"""Families whose members differ."""


@lru_cache(maxsize=1024)
def style_of(arch: Architecture) -> Style:
    """What is different in the family's graph; nothing where the family is not known."""
    style, layer = _STYLES.get(arch.model_type, Style()), arch.layers[0] if arch.layers else None
    of_shape = _OF_SHAPE.get(arch.model_type)
    return of_shape(style, arch, layer) if of_shape and layer else style


# families without a difference whose graph was laid beside the engine's
_LIKE_LLAMA = frozenset(
    (
        "llama",
        "axk1",
        "exaone_moe",
        "granitemoe",
        "mistral",
        "mistral3",
        "ministral3",
        "mistral4",
        "mixtral",
        "qwen2",
        "qwen3",
        "qwen3_moe",
        "baichuan",
        "deepseek_v3",
        "kimi_k2",
        "kimi_k25",
        "ernie4_5",
        "ernie4_5_moe",
        "exaone",
        "gemma",
        "glm4_moe",
        "glm4_moe_lite",
        "glm_moe_dsa",
        "deepseek_v32",
        "granite",
        "hunyuan_v1_dense",
        "hunyuan_v1_moe",
        "internlm2",
        "internlm3",
        "mimo",
        "minicpm",
        "minimax_m2",
        "mellum",
        "seed_oss",
        "solar_open",
        "apertus",
        "hyperclovax",
    )
)


def is_known(arch: Architecture) -> bool:
    """Whether the family's graph was compared with the engine's own figures."""
    return arch.model_type in _STYLES or arch.model_type in _LIKE_LLAMA
