"""The tensors of a model as llama.cpp's converter writes them, and how many weights they hold together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture, Experts
from decisions.fit.hardware.blocks import blocks_of
from decisions.fit.hardware.blocks_gemma import beside_layers
from decisions.fit.hardware.families import Family, family_of
from decisions.fit.hardware.tensor import Tensor

__all__ = ["Tensor", "active_parameters_of", "outer_tensors", "parameters_of", "tensors_of"]

_LONG_CONTEXT = 131_072


def tensors_of(arch: Architecture) -> tuple[Tensor, ...]:
    """Every tensor of the text model in the order llama.cpp walks them: outside of layers, then by layer,
    each by name. Towers and drafting blocks are files of their own and are left out."""
    numbered = (
        replace(tensor, name=f"blk.{number}.{tensor.name}", layer=number)
        for number, block in enumerate(blocks_of(arch))
        for tensor in block.tensors
    )
    return (*outer_tensors(arch), *numbered)


@lru_cache(maxsize=1024)
def outer_tensors(arch: Architecture) -> tuple[Tensor, ...]:
    """The tensors outside of layers, by name."""
    family = family_of(arch.model_type)
    return tuple(sorted(_outer(arch, family), key=lambda tensor: tensor.name))


def parameters_of(arch: Architecture) -> int:
    """How many weights an engine must hold: each once, towers included, drafting blocks not."""
    towers = sum(tower.parameters for tower in arch.towers if tower.kind != "mtp")
    return _weights(outer_tensors(arch)) + sum(_each_layer(arch)) + towers


def active_parameters_of(arch: Architecture) -> int:
    """How many weights one token passes: all but the experts it is not sent to. Towers are left out."""
    idle = 0
    for layer, block in zip(arch.layers, blocks_of(arch), strict=True):
        if isinstance(layer.feed_forward, Experts):
            count, active = layer.feed_forward.count, layer.feed_forward.active
            idle += (
                sum(tensor.elements for tensor in block.tensors if tensor.is_expert)
                * (count - active)
                // count
            )
    return _weights(outer_tensors(arch)) + sum(_each_layer(arch)) - idle


def _each_layer(arch: Architecture) -> Iterator[int]:
    for block, times in Counter(blocks_of(arch)).items():
        yield times * _weights(block.tensors)


def _weights(tensors: tuple[Tensor, ...]) -> int:
    return sum(tensor.elements for tensor in tensors if not tensor.derived)


def _outer(arch: Architecture, family: Family) -> Iterator[Tensor]:
    yield Tensor("token_embd.weight", arch.hidden, arch.vocabulary)
    for index, width in enumerate(arch.final_norms):
        name = (family.final_norm, "token_embd_norm")[min(index, 1)]
        yield Tensor(f"{name}.weight", width)
        if arch.norm_bias:
            yield Tensor(f"{name}.bias", width)
    if not arch.tied:
        yield Tensor("output.weight", arch.hidden, arch.vocabulary)
    if arch.output_bias:
        yield Tensor("output.bias", arch.vocabulary)
    yield from _beside(arch, family)
    yield from _rotary_tables(arch, family)


def _beside(arch: Architecture, family: Family) -> Iterator[Tensor]:
    """Embeddings of positions, token types, layers."""
    named = tuple(beside_layers(family.gguf, arch))
    yield from named
    left = arch.embedding_extra - sum(one.elements for one in named if one.name.startswith("per_layer_token"))
    if left > 0 and left % arch.hidden == 0:
        yield Tensor("position_embd.weight", arch.hidden, left // arch.hidden)
    elif left > 0:
        yield Tensor("embedding_extra.weight", left)


def _rotary_tables(arch: Architecture, family: Family) -> Iterator[Tensor]:
    """Factors that stretch rotary positions, written where a model was trained beyond its first context.

    A configuration's rope_scaling would say so; where it is lost, a long context does. A table is under
    a kilobyte.
    """
    if (arch.max_context_tokens or 0) < _LONG_CONTEXT or not family.rope_factors:
        return
    half = arch.rope_dim // 2 or 64
    if family.rope_factors == "rope_freqs":
        yield Tensor("rope_freqs.weight", half, derived=True)
    else:
        yield Tensor("rope_factors_long.weight", half, derived=True)
        yield Tensor("rope_factors_short.weight", half, derived=True)
