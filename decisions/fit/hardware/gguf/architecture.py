"""The shape of a model from its GGUF header: what the tensors are decides, the metadata fills in the rest."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from decisions.fit.hardware.architecture import Architecture, Layer, Tower
from decisions.fit.hardware.families import FAMILIES
from decisions.fit.hardware.gguf.header import GgufHeader, HeaderTensor
from decisions.fit.hardware.gguf.keys import Keys
from decisions.fit.hardware.gguf.mixers import feed_forward_of, mixers_of
from decisions.fit.hardware.gguf.windows import RULES, windowed
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

MODEL_TYPES = {
    "command-r": "cohere",
    "deepseek2": "deepseek_v3",
    "glm4": "glm4",
    "llama": "llama",
    "mistral3": "ministral3",
    "nemotron_h_moe": "nemotron_h",
    "phi3": "phi3",
    "qwen2": "qwen2",
    "qwen2moe": "qwen2_moe",
    "qwen3": "qwen3",
    "starcoder": "gpt_bigcode",
}
"""transformers' name where `FAMILIES` has none for a name of llama.cpp, or several."""

KINDS = {"clip": "mmproj", "mmproj": "mmproj", "adapter": "LoRA", "imatrix": "imatrix"}
MIXING = ("attn_", "ssm_", "time_mix", "shortconv")
_VECTOR = re.compile(r"(?:norm(?:_\d)?|scale)(?:\.weight)?$")
_OF_PARTS = ("attn_q_", "attn_k_", "attn_kv_", "ssm_", "shortconv", "indexer", "altup_", "laurel_")
_MOST_LAYERS = 1_000
_EMBEDDINGS = ("position_embd.weight", "per_layer_token_embd.weight", "token_types.weight")


def architecture_of_header(header: GgufHeader) -> Architecture:
    """The architecture a header describes.

    Raises Unsizable for a file that holds something else than a language model, is one part of several, or
    lacks the number of layers, the width, or the embedding.
    """
    _is_model(header)
    keys = Keys(header.metadata, header.architecture)
    count = keys.needed("block_count", _MOST_LAYERS)
    hidden = keys.needed("embedding_length", 1 << 24)
    blocks, others = _blocks(header.tensors)
    embedding = others.get("token_embd.weight")
    if embedding is None or len(embedding.shape) < 2:
        raise Unsizable(say("gguf.no_embedding"))
    drafting = min(keys.whole("nextn_predict_layers"), count - 1)
    layers, unknown = _layers(keys, blocks, count - drafting, hidden)
    return Architecture(
        model_type=_model_type(header),
        hidden=hidden,
        vocabulary=embedding.shape[1],
        layers=layers,
        tied="output.weight" not in others,
        max_context_tokens=keys.whole("context_length") or None,
        rope_dim=keys.whole("rope.dimension_count"),
        final_norms=_widths(others, [name for name in others if _is_norm(name)]),
        norm_bias="output_norm.bias" in others,
        output_bias="output.bias" in others,
        embedding_extra=sum(others[name].elements for name in _EMBEDDINGS if name in others),
        source_quantization="mxfp4" if header.architecture == "gpt-oss" else "",
        towers=_drafting(blocks, range(count - drafting, count)),
        unknown=unknown,
        extra=_extra(keys, blocks, others),
    )


def layer_of(name: str) -> int | None:
    """The number of the block a tensor is named for; None outside of blocks."""
    start, _, rest = name.partition(".")
    number, _, own = rest.partition(".")
    known = start == "blk" and own and number.isascii() and number.isdigit() and len(number) < 5
    return int(number) if known else None


def _is_model(header: GgufHeader) -> None:
    kind = header.metadata.get("general.type", "")
    other = KINDS.get(str(kind)) or KINDS.get(header.architecture)
    if other:
        raise Unsizable(say("gguf.other_kind", kind=other))
    if header.parts > 1:
        raise Unsizable(say("gguf.parts", have=[str(header.part)], count=header.parts))


def _model_type(header: GgufHeader) -> str:
    if header.architecture == "llama" and header.metadata.get("llama.expert_count"):
        return "mixtral"
    return MODEL_TYPES.get(header.architecture) or _named().get(header.architecture, header.architecture)


@cache
def _named() -> Mapping[str, str]:
    """The first family of each name of llama.cpp."""
    return {family.gguf: name for name, family in reversed(FAMILIES.items()) if family.gguf}


def _blocks(
    tensors: Iterable[HeaderTensor],
) -> tuple[Mapping[int, dict[str, HeaderTensor]], dict[str, HeaderTensor]]:
    """Tensors of each block by the rest of their name, and those of no block by their name."""
    blocks: defaultdict[int, dict[str, HeaderTensor]] = defaultdict(dict)
    others = {}
    for tensor in tensors:
        number = layer_of(tensor.name)
        if number is None:
            others[tensor.name] = tensor
        else:
            blocks[number][tensor.name.split(".", 2)[2]] = tensor
    return blocks, others


def _layers(
    keys: Keys, blocks: Mapping[int, dict[str, HeaderTensor]], count: int, hidden: int
) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    flags, tokens = windowed(keys.metadata, keys.architecture, count)
    layers, unknown = [], []
    for at in range(count):
        tensors = blocks.get(at)
        if tensors is None:
            unknown.append(f"blk.{at}")
            continue
        window = (RULES[keys.architecture].window, tokens) if flags[at] else None
        mixers = mixers_of(keys, tensors, at, hidden, window)
        feed_forward = feed_forward_of(keys, tensors)
        mixing = any(name.startswith(MIXING) and not _VECTOR.search(name) for name in tensors)
        if mixing and not mixers:
            unknown.append(f"blk.{at}")
        norms = _norms(keys.architecture, tensors)
        layers.append(Layer(mixers, feed_forward, norms, _has_bias(tensors)))
    return tuple(layers), tuple(unknown)


def _norms(architecture: str, tensors: Mapping[str, HeaderTensor]) -> tuple[int, ...]:
    """Widths of the norms, and of other vectors, that belong to the block and to none of its parts."""
    own = (*_OF_PARTS, "post_norm") if architecture == "gemma3n" else _OF_PARTS
    return _widths(tensors, [name for name in tensors if _VECTOR.search(name) and not name.startswith(own)])


def _is_norm(name: str) -> bool:
    return bool(_VECTOR.search(name)) and not name.startswith("per_layer_")


def _has_bias(tensors: Mapping[str, HeaderTensor]) -> bool:
    return "attn_norm.bias" in tensors or "ffn_norm.bias" in tensors


def _widths(tensors: Mapping[str, HeaderTensor], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(tensors[name].elements for name in names if name in tensors)


def _drafting(blocks: Mapping[int, dict[str, HeaderTensor]], numbers: range) -> tuple[Tower, ...]:
    weights = sum(tensor.elements for at in numbers for tensor in blocks.get(at, {}).values())
    return (Tower("mtp", weights),) if weights else ()


def _extra(
    keys: Keys, blocks: Mapping[int, dict[str, HeaderTensor]], others: Mapping[str, HeaderTensor]
) -> tuple[tuple[str, int], ...]:
    """What only Gemma 3n and Gemma 4 have, by the names of their configuration."""
    laurel, embedding = blocks.get(0, {}).get("laurel_l.weight"), others.get("per_layer_token_embd.weight")
    found = {
        "hidden_size_per_layer_input": keys.whole("embedding_length_per_layer_input"),
        "vocab_size_per_layer_input": embedding.shape[-1] if embedding else 0,
        "altup_num_inputs": keys.whole("altup.num_inputs"),
        "laurel_rank": laurel.shape[-1] if laurel else 0,
    }
    return tuple((name, size) for name, size in found.items() if size)
