"""The bytes of a model in one of llama.cpp's mixes, layer by layer.

The mix rule counts tensors as it walks them by layer and name. Layers that are equal and stand at equal
places get equal types, so each such layer is summed once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from decisions.fit.hardware.architecture import Architecture, Attention, Experts, LatentAttention
from decisions.fit.hardware.blocks import Block, blocks_of
from decisions.fit.hardware.families import Family, family_of
from decisions.fit.hardware.gguf.mix import bytes_of, is_repacked, type_of
from decisions.fit.hardware.gguf.rules import TINY, Facts, Part, Spot, part_of, spot
from decisions.fit.hardware.groups import group_of
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.tensors import outer_tensors

_NOWHERE = spot(0, 0)
_LIBRARY = {
    **dict.fromkeys(("qwen3next", "qwen35", "qwen35moe"), ("Q4_K_M", "Q4_K_S")),
    "gpt-oss": ("MXFP4_MOE",),
}
"""Families and mixes that Ollama's library has with types of its own."""
_NUMBERED = (Part.VALUE, Part.DOWN, Part.GATE, Part.UP)


class Share(NamedTuple):
    """Bytes of a set of tensors: all, those repacked on a CPU, and all by group."""

    bytes: int
    repack_bytes: int
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The places of a layer's tensors of each numbered part, in the order they are met. Compared by
    identity; equal ones are the same."""

    value: tuple[Spot, ...]
    down: tuple[Spot, ...]
    gate: tuple[Spot, ...]
    up: tuple[Spot, ...]

    def of(self, part: Part) -> tuple[Spot, ...]:
        """Those of one part."""
        match part:
            case Part.VALUE:
                return self.value
            case Part.DOWN:
                return self.down
            case Part.GATE:
                return self.gate
        return self.up


def facts_of(arch: Architecture, mix: str, *, imatrix: bool = False, library: bool = False) -> Facts:
    """What the mix rule asks of a model; `library` that it is of Ollama's, which has rules of its own."""
    family = family_of(arch.model_type)
    return Facts(
        mix=mix,
        many_queries=_queries_per_kv_head(arch, family) >= 4,
        experts=max((part.count for part in _experts(arch)), default=0),
        falcon=family.gguf == "falcon",
        seventy_b=_is_seventy_b(arch, family.gguf),
        tied=arch.tied,
        imatrix=imatrix,
        kept="MXFP4" if arch.source_quantization == "mxfp4" else "",
        library=library and mix in _LIBRARY.get(family.gguf, ()),
    )


def types_of(arch: Architecture, mix: str, *, imatrix: bool = False) -> Iterator[tuple[Tensor, str]]:
    """Every tensor with its type, in the order of `tensors_of`; names are without the layer's number."""
    facts = facts_of(arch, mix, imatrix=imatrix)
    for tensor in outer_tensors(arch):
        yield tensor, type_of(tensor, _NOWHERE, facts)
    for block, places in _walk(arch, facts):
        yield from zip(block.tensors, _types(block, places, facts), strict=True)


def outer_share(arch: Architecture, facts: Facts) -> Share:
    """The bytes outside of layers."""
    tensors = outer_tensors(arch)
    return _share(tensors, [type_of(tensor, _NOWHERE, facts) for tensor in tensors])


def layer_shares(arch: Architecture, facts: Facts) -> tuple[Share, ...]:
    """The bytes of each layer."""
    return tuple(_layer_share(block, places, facts) for block, places in _walk(arch, facts))


def _walk(arch: Architecture, facts: Facts) -> Iterator[tuple[Block, Places]]:
    """Each layer with the places of its tensors. Models with experts are numbered by layer, others by tensor;
    below three bits both are, of what goes down."""
    blocks, count, mixes = blocks_of(arch), len(arch.layers), facts.experts > 1
    values = sum(_numbered(block)[0] for block in blocks)
    met = [0, 0, 0, 0]
    for index, block in enumerate(blocks):
        number = _numbered(block)
        starts = [index] * 4 if mixes else met
        down = met[1] if facts.mix in TINY else starts[1]
        yield (
            block,
            _places(
                _spots(met[0], number[0], values),
                _spots(down, number[1], count, still=mixes and facts.mix not in TINY),
                _spots(starts[2], number[2], count, still=mixes),
                _spots(starts[3], number[3], count, still=mixes),
            ),
        )
        met = [one + more for one, more in zip(met, number, strict=True)]


@lru_cache(maxsize=4096)
def _places(*spots: tuple[Spot, ...]) -> Places:
    return Places(*spots)


@lru_cache(maxsize=8192)
def _spots(start: int, number: int, count: int, *, still: bool = False) -> tuple[Spot, ...]:
    return tuple(spot(start if still else start + step, count) for step in range(number))


@lru_cache(maxsize=4096)
def _numbered(block: Block) -> tuple[int, ...]:
    parts = [part_of(tensor.name) for tensor in block.tensors if _is_counted(tensor)]
    return tuple(parts.count(part) for part in _NUMBERED)


@lru_cache(maxsize=16384)
def _types(block: Block, places: Places, facts: Facts) -> tuple[str, ...]:
    left = {part: iter(places.of(part)) for part in _NUMBERED}
    return tuple(type_of(tensor, _place(tensor, left), facts) for tensor in block.tensors)


def _place(tensor: Tensor, left: dict[Part, Iterator[Spot]]) -> Spot:
    part = part_of(tensor.name)
    return next(left[part]) if part in left and _is_counted(tensor) else _NOWHERE


def _is_counted(tensor: Tensor) -> bool:
    return tensor.rows * tensor.depth > 1 and tensor.name.endswith("weight") and "gate_inp" not in tensor.name


@lru_cache(maxsize=16384)
def _layer_share(block: Block, places: Places, facts: Facts) -> Share:
    return _share(block.tensors, _types(block, places, facts))


def _share(tensors: tuple[Tensor, ...], kinds: list[str] | tuple[str, ...]) -> Share:
    groups: dict[str, int] = {}
    repacked = 0
    for tensor, kind in zip(tensors, kinds, strict=True):
        size = bytes_of(tensor, kind)
        name = group_of(tensor.name)
        groups[name] = groups.get(name, 0) + size
        repacked += size if is_repacked(tensor, kind) else 0
    return Share(sum(groups.values()), repacked, tuple(groups.items()))


def _experts(arch: Architecture) -> Iterator[Experts]:
    parts = (layer.feed_forward for layer in dict.fromkeys(arch.layers))
    return (part for part in parts if isinstance(part, Experts))


def _queries_per_kv_head(arch: Architecture, family: Family) -> int:
    layers = arch.layers[:1] if family.kv_heads_by_layer else arch.layers
    for layer in layers:
        for mixer in layer.mixers:
            if isinstance(mixer, Attention) and mixer.kv_heads:
                return mixer.heads // mixer.kv_heads
            if isinstance(mixer, LatentAttention):
                return mixer.heads if family.split_latent else 1
    return 0


def _is_seventy_b(arch: Architecture, name: str) -> bool:
    """What the engine calls 70B by its layers alone, but for LLaMA's 65B, whose heads are equal."""
    if len(arch.layers) != 80 or name not in ("llama", "qwen2", "deci"):
        return False
    return name != "llama" or not _equal_heads(arch)


def _equal_heads(arch: Architecture) -> bool:
    mixers = arch.layers[0].mixers if arch.layers else ()
    return any(isinstance(mixer, Attention) and mixer.heads == mixer.kv_heads for mixer in mixers)
