"""The parts beside a text model that see and hear, counted from their dimensions.

Formulas read off the classes of transformers 5.23.0; each was checked against a published total.
"""

from collections.abc import Callable, Mapping
from typing import Any

from decisions.fit.hardware.architecture import Tower
from decisions.fit.hardware.config.fields import Fields
from decisions.knowledge import config_defaults

MEL_BINS = 128
Count = Callable[[Fields, Fields, int], int]
"""From the tower's fields, the whole's fields and the width of the text model to a number of weights."""


def towers_of(given: Mapping[str, Any], name: str, hidden: int) -> tuple[tuple[Tower, ...], tuple[str, ...]]:
    """The towers a configuration tells of, and "towers" where one of them could not be counted.

    `name` is the model type of the whole, `hidden` the width of its text model.
    """
    outer = _holder(Fields(given, config_defaults.of(name)))
    towers, unknown = [], []
    for kind, table in (("vision", VISION), ("audio", AUDIO)):
        stated = outer.mapping(f"{kind}_config")
        if not stated:
            continue
        own = str(stated.get("model_type") or "")
        count = table.get(name) or table.get(own)
        if count is None:
            unknown.append("towers")
            continue
        defaults = config_defaults.of(own, f"{name}_{kind}", DEFAULTS.get(name, ""))
        towers.append(Tower(kind, count(Fields(stated, defaults), outer, hidden)))
    return tuple(towers), tuple(dict.fromkeys(unknown))


def _holder(outer: Fields) -> Fields:
    """Where the towers' configurations stand: Qwen-Omni has them one level down."""
    nested = outer.mapping("thinker_config")
    return Fields(nested, {}) if nested else outer


def _encoder(width: int, inner: int, *, biased: bool = True) -> int:
    """One layer of a vision transformer: four projections, two matrices, two LayerNorms."""
    attention = 4 * width * width + (4 * width if biased else 0)
    return attention + 2 * width * inner + inner + width + 4 * width


def _patches(fields: Fields, width: int) -> int:
    """Weights of the patch embedding without bias: colours × patch × patch × width."""
    return (fields.whole("num_channels") or 3) * fields.need("patch_size") ** 2 * width


def _positions(fields: Fields) -> int:
    return (fields.need("image_size") // fields.need("patch_size")) ** 2


def _siglip(fields: Fields, _outer: Fields, _hidden: int) -> int:
    width = fields.need("hidden_size")
    layers = fields.need("num_hidden_layers") * _encoder(width, fields.need("intermediate_size"))
    return layers + _patches(fields, width) + width + _positions(fields) * width + 2 * width


def _clip(fields: Fields, _outer: Fields, _hidden: int) -> int:
    width = fields.need("hidden_size")
    layers = fields.need("num_hidden_layers") * _encoder(width, fields.need("intermediate_size"))
    return layers + _patches(fields, width) + width + (_positions(fields) + 1) * width + 4 * width


def _pixtral_tower(fields: Fields) -> int:
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    layer = 4 * width * width + 3 * width * inner + 2 * width
    return fields.need("num_hidden_layers") * layer + _patches(fields, width) + width


def _pixtral(fields: Fields, outer: Fields, hidden: int) -> int:
    """Pixtral's tower with Mistral 3's projector (norm, merging, two matrices) or LLaVA's (two)."""
    width = fields.need("hidden_size")
    if "mistral3" not in outer.text("model_type"):
        return _pixtral_tower(fields) + _two_matrices(width, hidden)
    merge = outer.whole("spatial_merge_size") or 2
    bias = 2 * hidden if outer.flag("multimodal_projector_bias") else 0
    projector = width + width * merge * merge * width + width * hidden + hidden * hidden + bias
    return _pixtral_tower(fields) + projector


def _two_matrices(width: int, hidden: int) -> int:
    return width * hidden + hidden + hidden * hidden + hidden


def _llava(fields: Fields, outer: Fields, hidden: int) -> int:
    tower = _clip if fields.text("model_type").startswith("clip") else _siglip
    return tower(fields, outer, hidden) + _two_matrices(fields.need("hidden_size"), hidden)


def _gemma3(fields: Fields, outer: Fields, hidden: int) -> int:
    """SigLIP, one matrix and a norm."""
    width = fields.need("hidden_size")
    return _siglip(fields, outer, hidden) + width * hidden + width


def _merger(width: int, merge: int, out: int) -> int:
    """Patches are joined, then two matrices with biases (Qwen-VL)."""
    joined = width * merge * merge
    return joined * joined + joined + joined * out + out


def _film(fields: Fields, width: int) -> int:
    """The patch embedding over frames, without bias."""
    channels = fields.whole("in_channels") or fields.whole("in_chans") or 3
    return channels * fields.need("temporal_patch_size") * fields.need("patch_size") ** 2 * width


def _qwen2(fields: Fields, _outer: Fields, hidden: int) -> int:
    width = fields.need("embed_dim")
    inner = int(width * (fields.number("mlp_ratio") or 4))
    layers = fields.need("depth") * _encoder(width, inner)
    return (
        layers + _film(fields, width) + 2 * width + _merger(width, fields.need("spatial_merge_size"), hidden)
    )


def _qwen25(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Gated feed-forward parts with biases, RMSNorms; EXAONE 4.5 groups its heads."""
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    heads = fields.need("num_heads")
    kv_width = width // heads * (fields.whole("num_key_value_heads") or heads)
    attention = width * (width + 2 * kv_width) + width + 2 * kv_width + width * width + width
    layer = attention + 3 * width * inner + 2 * inner + width + 2 * width
    merger = width + _merger(width, fields.need("spatial_merge_size"), hidden)
    return fields.need("depth") * layer + _film(fields, width) + merger


def _qwen3(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Learned positions; Qwen3-VL feeds layers of the tower into the text model through further mergers."""
    width, merge = fields.need("hidden_size"), fields.need("spatial_merge_size")
    layers = fields.need("depth") * _encoder(width, fields.need("intermediate_size"))
    positions = fields.need("num_position_embeddings") * width
    mergers = _merger(width, merge, hidden) + 2 * width
    deep = len(fields.entries("deepstack_visual_indexes") or ())
    mergers += deep * (_merger(width, merge, hidden) + 2 * width * merge * merge)
    return layers + positions + _film(fields, width) + width + mergers


def _gemma4(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Gated feed-forward parts, norms of queries and keys, two tables of positions, one matrix."""
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    layer = 4 * width * width + 3 * width * inner + 4 * width + 2 * fields.need("head_dim")
    positions = 2 * fields.need("position_embedding_size") * width
    return fields.need("num_hidden_layers") * layer + _patches(fields, width) + positions + width * hidden


def _llama4(fields: Fields, _outer: Fields, hidden: int) -> int:
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    into, out = fields.need("projector_input_dim"), fields.need("projector_output_dim")
    layers = fields.need("num_hidden_layers") * _encoder(width, inner)
    ends = _patches(fields, width) + width + (_positions(fields) + 1) * width + 4 * width
    return layers + ends + inner * into + out * out + out * hidden


def _mllama(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Two encoders, the second gated; positions for every tile in every aspect ratio."""
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    local, whole = fields.need("num_hidden_layers"), fields.need("num_global_layers")
    places, tiles = _positions(fields) + 1, fields.need("max_num_tiles")
    ratios = len(fields.entries("supported_aspect_ratios") or range(8)) + 1
    layers = (local + whole) * _encoder(width, inner, biased=False) + 2 * whole
    tables = ratios * tiles * places * width + places * width + 2 * ratios * tiles * width + 3
    ends = _patches(fields, width) + width + 4 * width
    return layers + tables + ends + fields.need("vision_output_dim") * hidden + hidden


def _moonvit(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Kimi's tower: a table of positions, four patches joined, two matrices with biases."""
    width = fields.need("hidden_size")
    layers = fields.need("num_hidden_layers") * _encoder(width, fields.need("intermediate_size"))
    table = fields.need("pos_emb_height") * fields.need("pos_emb_width") * width
    return (
        layers + _patches(fields, width) + width + table + 2 * width + 2 * width + _merger(width, 2, hidden)
    )


def _muse(fields: Fields, outer: Fields, hidden: int) -> int:
    """Two norms around the layers, patches over two frames, three matrices without biases."""
    width, inner = fields.need("hidden_size"), fields.need("intermediate_size")
    table = fields.need("pos_emb_height") * fields.need("pos_emb_width") * width
    patches = fields.need("patch_temporal") * _patches(fields, width)
    joined, out = outer.need("out_hidden_size"), outer.need("projector_hidden_size")
    layers = fields.need("num_hidden_layers") * _encoder(width, inner)
    return layers + table + patches + 4 * width + joined * out + out * out + out * hidden


def _minimax_m3(fields: Fields, outer: Fields, hidden: int) -> int:
    """Each patch through two matrices, then four patches joined through two more."""
    width, out = fields.need("hidden_size"), outer.need("projector_hidden_size")
    joined = hidden * fields.need("spatial_merge_size") ** 2
    layers = fields.need("num_hidden_layers") * _encoder(width, fields.need("intermediate_size"))
    projector = (width + joined) * out + 2 * out + 2 * (out * hidden + hidden)
    return layers + _film(fields, width) + 2 * width + projector


def _gemma4_audio(fields: Fields, _outer: Fields, hidden: int) -> int:
    """A conformer: two feed-forward parts, attention with relative keys, a light convolution."""
    width, out = fields.need("hidden_size"), fields.need("output_proj_dims")
    first, second = fields.wholes("subsampling_conv_channels", 1) or (128, 32)
    attention = 5 * width * width + width // fields.need("num_attention_heads")
    feed_forward = 2 * (8 * width * width + 2 * width)
    convolution = 3 * width * width + fields.need("conv_kernel_size") * width + 2 * width
    layers = fields.need("num_hidden_layers") * (attention + feed_forward + convolution + 3 * width)
    front = 9 * first + first + 9 * first * second + second + MEL_BINS // 4 * second * width
    return layers + front + width * out + out + out * hidden


def _whisper(fields: Fields, _outer: Fields, hidden: int) -> int:
    """Whisper's encoder (keys have no bias) and one matrix to the text model."""
    width, inner = fields.need("d_model"), fields.need("encoder_ffn_dim")
    convolutions = 3 * width * (fields.need("num_mel_bins") + width) + 2 * width
    positions = (fields.whole("max_source_positions") or 1500) * width
    layers = fields.need("encoder_layers") * (_encoder(width, inner) - width)
    return convolutions + positions + layers + 2 * width + width * hidden + hidden


VISION: dict[str, Count] = {
    "siglip_vision_model": _llava,
    "clip_vision_model": _llava,
    "gemma3": _gemma3,
    "pixtral": _pixtral,
    "mistral3": _pixtral,
    **dict.fromkeys(("qwen2_vl", "qwen2_vl_vision"), _qwen2),
    **dict.fromkeys(("qwen2_5_vl", "qwen2_5_vl_vision", "exaone4_5", "exaone4_5_vision"), _qwen25),
    **dict.fromkeys(("qwen3_vl", "qwen3_vl_moe", "qwen3_5", "qwen3_5_moe"), _qwen3),
    **dict.fromkeys(("qwen3_vl_vision", "qwen3_vl_moe_vision"), _qwen3),
    **dict.fromkeys(("qwen3_5_vision", "qwen3_5_moe_vision"), _qwen3),
    **dict.fromkeys(("kimi_k25", "kimi_k25_vision"), _moonvit),
    **dict.fromkeys(("muse_glimmer", "muse_glimmer_vision"), _muse),
    **dict.fromkeys(("minimax_m3_vl", "minimax_m3_vl_vision"), _minimax_m3),
    **dict.fromkeys(("gemma4", "gemma4_vision"), _gemma4),
    **dict.fromkeys(("llama4", "llama4_vision_model"), _llama4),
    **dict.fromkeys(("mllama", "mllama_vision_model"), _mllama),
}
AUDIO: dict[str, Count] = {
    **dict.fromkeys(("qwen2_audio", "qwen2_audio_encoder"), _whisper),
    **dict.fromkeys(("gemma4", "gemma4_audio"), _gemma4_audio),
}
DEFAULTS = {
    "gemma3": "siglip_vision_model",
    "mistral3": "pixtral",
    "llava": "clip_vision_model",
    "llama4": "llama4_vision_model",
    "mllama": "mllama_vision_model",
}
"""The tower's class where the whole does not name it."""
