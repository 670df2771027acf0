"""The lines of an estimate for llama.cpp, Ollama and LM Studio, and in whose memory they lie."""

from dataclasses import replace

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import Cache
from decisions.fit.hardware.estimate import Basis, Line, Part, Place
from decisions.fit.hardware.llama_cpp import (
    Amount,
    compute_buffer,
    host_buffer,
    layers_buffer,
    output_buffer,
)
from decisions.fit.hardware.llama_split import Split, split_of
from decisions.fit.hardware.ollama import with_defaults
from decisions.fit.hardware.setting import MIB, Setting
from decisions.fit.hardware.weights import Weights

CONTEXT_MIB = (150, 300, 600)  # per GPU: driver context and kernels, not in the engine's own log


def llama_lines(arch: Architecture, setting: Setting, weights: Weights, cache: Cache) -> tuple[Line, ...]:
    """Weights, cache, buffers, and a processor's second copy of weights. With a GPU, what stays with the
    processor has lines of its own; without one the processor is the device."""
    setting = with_defaults(setting)
    split = split_of(arch, setting, weights)
    with_gpu = split.outputs_on_gpu
    lines = [*_weights(weights, split, with_gpu), *_cache(cache, split, with_gpu)]
    lines += _compute(arch, setting, weights, split)
    beside = Place.HOST if with_gpu else Place.DEVICE
    lines.append(_line("output_buffer", output_buffer(arch, setting), beside))
    if split.host_repack and setting.mmap:
        lines.append(_repack(weights, split, beside))
    if with_gpu:
        lines.append(_context(setting))
    return tuple(lines)


def _line(code: str, amount: Amount, place: Place, per_device: int | None = None) -> Line:
    return Line(
        code,
        Part.RUNTIME,
        place,
        amount.bytes,
        amount.low_bytes,
        amount.high_bytes,
        amount.basis,
        amount.formula,
        amount.inputs,
        amount.source,
        per_device_bytes=per_device,
    )


def _weights(weights: Weights, split: Split, with_gpu: bool) -> list[Line]:
    """On the device, and what stays with the processor. The range is shared out as the weights are."""
    shares = [(split.device_weights, Place.DEVICE, split.fullest_weights)] if with_gpu else []
    shares.append((split.host_weights, Place.HOST if with_gpu else Place.DEVICE, split.host_weights))
    return [
        Line(
            code="weights",
            part=Part.WEIGHTS,
            place=place,
            bytes=size,
            low_bytes=_scaled(size, weights.low_bytes, weights.bytes),
            high_bytes=_scaled(size, weights.high_bytes, weights.bytes),
            basis=weights.basis,
            formula=weights.formula,
            inputs=(*weights.groups, ("gpu_layers", split.gpu_layers)),
            source=weights.source,
            per_device_bytes=fullest,
        )
        for size, place, fullest in shares
        if size
    ]


def _scaled(size: int, part: int, whole: int) -> int:
    return size * part // whole if whole else size


def _cache(cache: Cache, split: Split, with_gpu: bool) -> list[Line]:
    shares = [(split.device_cache, Place.DEVICE, split.fullest_cache)] if with_gpu else []
    shares.append((split.host_cache, Place.HOST if with_gpu else Place.DEVICE, split.host_cache))
    return [
        Line(
            code="kv_cache",
            part=Part.KV,
            place=place,
            bytes=size,
            low_bytes=_scaled(size, cache.low_bytes, cache.bytes),
            high_bytes=_scaled(size, cache.high_bytes, cache.bytes),
            basis=cache.basis,
            formula=cache.formula,
            inputs=cache.inputs,
            source=cache.source,
            per_device_bytes=fullest,
        )
        for size, place, fullest in shares
        if size
    ]


def _compute(arch: Architecture, setting: Setting, weights: Weights, split: Split) -> list[Line]:
    """One buffer per GPU (it does not shrink with more of them) and one of the processor beside. Layers that
    stay with the processor may lend their matrices to a GPU for large batches: at most one layer's at once.
    """
    amount = compute_buffer(arch, setting)
    if not split.outputs_on_gpu:
        return [_line("compute_buffer", amount, Place.DEVICE)]
    devices = setting.device.count if setting.device else 1
    if devices > 1:
        amount = _on_all(amount, layers_buffer(arch, setting), devices)
    lent = max(weights.layer_bytes[: len(arch.layers) - split.gpu_layers], default=0)
    amount = replace(amount, high_bytes=amount.high_bytes + lent)
    return [
        _line("compute_buffer", amount, Place.DEVICE, -(-amount.bytes // devices)),
        _line("compute_buffer_host", _beside(arch, setting, split), Place.HOST),
    ]


def _beside(arch: Architecture, setting: Setting, split: Split) -> Amount:
    """The processor's buffer beside GPUs. Large batches of the layers it keeps run on a GPU as well, so that
    it mostly hands over; at most it makes their values itself."""
    handed = host_buffer(arch, setting)
    if split.gpu_layers == len(arch.layers):
        return handed
    own = layers_buffer(arch, setting).bytes
    return replace(handed, high_bytes=max(handed.high_bytes, own))


def _on_all(last: Amount, others: Amount, devices: int) -> Amount:
    """The GPU with the output makes the logits, the others only their layers."""
    return Amount(
        last.bytes * devices,
        last.low_bytes + others.low_bytes * (devices - 1),
        last.high_bytes * devices,
        last.basis,
        f"({last.formula}) × devices",
        (*last.inputs, ("devices", devices)),
        last.source,
    )


def _repack(weights: Weights, split: Split, place: Place) -> Line:
    return Line(
        code="repack",
        part=Part.WEIGHTS,
        place=place,
        bytes=split.host_repack,
        low_bytes=0,
        high_bytes=split.host_repack,
        basis=Basis.COMPUTED,
        formula="Σ tensors the processor reorders (Q4_0, Q4_K, IQ4_NL, MXFP4 with AVX2)",
        source=weights.source,
    )


def _context(setting: Setting) -> Line:
    devices = setting.device.count if setting.device else 1
    low, each, high = (size * MIB for size in CONTEXT_MIB)
    return Line(
        code="gpu_context",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=low * devices,
        high_bytes=high * devices,
        basis=Basis.ASSUMED,
        formula="a usual amount per GPU × devices",
        inputs=(("per GPU, MiB", each // MIB), ("devices", devices)),
        per_device_bytes=each,
    )
