"""The bytes of a model whose checkpoint is safetensors, as vLLM, SGLang and Transformers hold it."""

import math
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from decisions.fit.hardware.architecture import Architecture, Attention
from decisions.fit.hardware.blocks import Block, blocks_of
from decisions.fit.hardware.groups import group_of
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.tensors import outer_tensors
from decisions.knowledge.quantizations import Format

_SMALL = (
    "ssm_conv1d",
    "shortconv.conv",
    "ssm_a",
    "ssm_d",
    "altup",
    "laurel",
    "ssm_ba",
    "ssm_beta",
    "ssm_alpha",
)
_WHOLE = (
    "attn_q_a.",
    "attn_kv_a_mqa.",
    "indexer.",
    "ffn_gate_inp",
    "ffn_latent",
    "ssm_ba",
    "ssm_f_a",
    "ssm_g_a",
)


_ADAPTED = ("attention", "feed_forward")


class Parts(NamedTuple):
    """Bytes by how tensor parallelism treats them: divided, divided by KV heads at most, on every device."""

    divided: int
    by_kv_head: int
    everywhere: int
    groups: tuple[tuple[str, int], ...]

    @property
    def bytes(self) -> int:
        """All of them."""
        return self.divided + self.by_kv_head + self.everywhere


def parts_of(arch: Architecture, form: Format, *, pads: bool = False) -> Parts:
    """The bytes of the text model in that format; `pads` rounds experts up to what vLLM's kernels take."""
    all_parts = [(_parts(outer_tensors(arch), form, pads), 1)]
    for block, times in Counter(blocks_of(arch)).items():
        all_parts.append((_block_parts(block, form, pads), times))
    groups: dict[str, int] = {}
    for parts, times in all_parts:
        for name, size in parts.groups:
            groups[name] = groups.get(name, 0) + size * times
    return Parts(
        sum(parts.divided * times for parts, times in all_parts),
        sum(parts.by_kv_head * times for parts, times in all_parts),
        sum(parts.everywhere * times for parts, times in all_parts),
        tuple(groups.items()),
    )


def tower_bytes(arch: Architecture) -> int:
    """The bytes of vision and audio towers, which formats leave in 16 bits."""
    return 2 * sum(tower.parameters for tower in arch.towers if tower.kind != "mtp")


def lora_bytes(arch: Architecture, rank: int, adapters: int = 1) -> int:
    """The bytes of `adapters` low-rank adapters of `rank` in 16 bits on every matrix inside layers, experts
    and routers left out, as runtimes reserve them; an adapter of fewer matrices takes no more."""
    widths = sum(
        tensor.row + tensor.rows
        for block in blocks_of(arch)
        for tensor in block.tensors
        if group_of(tensor.name) in _ADAPTED and tensor.rows > 1 and tensor.name.endswith(".weight")
    )
    return 2 * rank * widths * adapters


def per_device(arch: Architecture, parts: Parts, devices: int) -> int:
    """The bytes of one of `devices` devices that share each matrix; KV heads are repeated where they do not
    suffice, and what is not divided is on every one."""
    heads = _kv_heads(arch)
    shares = min(devices, heads) if heads else devices
    return -(-parts.divided // devices) + -(-parts.by_kv_head // shares) + parts.everywhere


def pieces_of(arch: Architecture, form: Format, devices: int) -> Counter[int]:
    """How often a matrix of so many bytes is on one of `devices`, scales left out; projections of one input
    are one matrix, as servers have them."""
    heads, found = _kv_heads(arch), Counter[int]()
    shares = (devices, min(devices, heads) if heads else devices, 1)  # by what _division says
    blocks = Counter(blocks_of(arch)).items()
    lists = [(block.tensors, _in_block(block, form), times) for block, times in blocks]
    for tensors, each, times in (*lists, (outer_tensors(arch), form, 1)):
        sizes: dict[str, int] = {}
        for tensor in tensors:
            if tensor.rows * tensor.depth > 1 and not tensor.derived:
                name = tensor.name.partition(".")[0]
                name, size = _TOGETHER.get(name, name), tensor.elements * _bits(tensor, each) // 8
                sizes[name] = sizes.get(name, 0) + size // shares[_division(tensor)]
        for size in sizes.values():
            found[size] += times
    return found


_TOGETHER = {
    **dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_qkv", "attn_gate"), "attn_qkv"),
    **dict.fromkeys(("ffn_gate", "ffn_up"), "ffn_up"),
    **dict.fromkeys(("ffn_gate_exps", "ffn_up_exps"), "ffn_up_exps"),
    **dict.fromkeys(("ffn_gate_shexp", "ffn_up_shexp"), "ffn_up_shexp"),
}
"""Matrices that servers hold as one."""


def is_kept_whole(group: str, form: Format) -> bool:
    """Whether tensors of that group stay in 16 bits or more."""
    return form.weight_bits >= 16 or group in form.keeps


def _bits(tensor: Tensor, form: Format) -> int:
    if form.weight_bits >= 16:
        return form.weight_bits
    return form.weight_bits if is_quantized(tensor, form) else 16


def size_of(tensor: Tensor, form: Format) -> int:
    """The bytes of one tensor in that format, with its scales and zeros."""
    plain = form.weight_bits // 8 if form.weight_bits >= 16 else 2
    if form.weight_bits >= 16 or not is_quantized(tensor, form):
        return tensor.elements * plain
    matrices = tensor.depth
    if form.block:
        rows, columns = form.block
        groups = math.ceil(tensor.rows / rows) * math.ceil(tensor.row / columns) * matrices
    else:
        width = form.group_weights or tensor.row
        groups = math.ceil(tensor.row / width) * tensor.rows * matrices
    bits = tensor.elements * form.weight_bits + groups * (form.scale_bits + form.zero_bits)
    return math.ceil(bits / 8)


def is_quantized(tensor: Tensor, form: Format) -> bool:
    """Whether the format stores that tensor in fewer bits: a matrix of a group it does not keep."""
    if tensor.rows * tensor.depth < 2 or not tensor.name.endswith(".weight"):
        return False
    if tensor.name.startswith(_SMALL) or "_norm" in tensor.name:
        return False
    return group_of(tensor.name) not in form.keeps


@lru_cache(maxsize=4096)
def _block_parts(block: Block, form: Format, pads: bool) -> Parts:
    return _parts(block.tensors, _in_block(block, form), pads)


@lru_cache(maxsize=4096)
def _in_block(block: Block, form: Format) -> Format:
    """A format that keeps states keeps all of a linear attention, whose projections are named as those of
    an attention are."""
    if "state" not in form.keeps or "attention" in form.keeps:
        return form
    names = {tensor.name.partition(".")[0] for tensor in block.tensors}
    mixes = "attn_qkv" in names and "ssm_out" in names
    return form.model_copy(update={"keeps": (*form.keeps, "attention")}) if mixes else form


def _parts(tensors: tuple[Tensor, ...], form: Format, pads: bool) -> Parts:
    sums = [0, 0, 0]
    groups: dict[str, int] = {}
    for tensor in tensors:
        if tensor.derived:
            continue
        size, group = size_of(_padded(tensor) if pads else tensor, form), group_of(tensor.name)
        groups[group] = groups.get(group, 0) + size
        sums[_division(tensor)] += size
    return Parts(sums[0], sums[1], sums[2], tuple(groups.items()))


def _padded(tensor: Tensor) -> Tensor:
    """An expert's matrix as vLLM's Marlin kernel holds it: the model's width in steps of 256, the expert's in
    steps of 128. Agrees with the tensor shapes in a log of gpt-oss-20b (vLLM, 2025-11) to the element."""
    if not tensor.is_expert or not tensor.name.endswith(".weight"):
        return tensor
    row, rows = (128, 256) if tensor.name.startswith("ffn_down") else (256, 128)
    return replace(tensor, row=-(-tensor.row // row) * row, rows=-(-tensor.rows // rows) * rows)


def _division(tensor: Tensor) -> int:
    if tensor.name.startswith(("attn_k.", "attn_v.")):
        return 1
    return 2 if tensor.rows * tensor.depth < 2 or tensor.name.startswith(_WHOLE) else 0


@lru_cache(maxsize=1024)
def _kv_heads(arch: Architecture) -> int:
    mixers = (mixer for layer in dict.fromkeys(arch.layers) for mixer in layer.mixers)
    return min((mixer.kv_heads for mixer in mixers if isinstance(mixer, Attention)), default=0)
