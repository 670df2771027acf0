"""The lines of an estimate for llama.cpp, Ollama and LM Studio, and in whose memory they lie."""

from dataclasses import replace

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import Cache
from decisions.fit.hardware.estimate import Basis, Line, Part, Place, gpu_context
from decisions.fit.hardware.llama.buffers import (
    Amount,
    compute_buffer,
    copied_inputs,
    host_buffer,
    layers_buffer,
    output_buffer,
)
from decisions.fit.hardware.llama.ollama import CONTEXT_MIB, with_defaults
from decisions.fit.hardware.llama.split import Split, split_of
from decisions.fit.hardware.loading import load_of_gguf
from decisions.fit.hardware.setting import MIB, Setting
from decisions.fit.hardware.weights import Weights


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
    lines.append(load_of_gguf(setting, weights, split))
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
    inputs = (*weights.groups, ("gpu_layers", split.gpu_layers))
    sizes = (split.device_weights, split.fullest_weights, split.host_weights)
    return _shared(("weights", Part.WEIGHTS), weights, inputs, sizes, with_gpu)


def _cache(cache: Cache, split: Split, with_gpu: bool) -> list[Line]:
    sizes = (split.device_cache, split.fullest_cache, split.host_cache)
    return _shared(("kv_cache", Part.KV), cache, cache.inputs, sizes, with_gpu)


def _shared(
    named: tuple[str, Part],
    whole: Weights | Cache,
    inputs: tuple[tuple[str, int | float | str], ...],
    sizes: tuple[int, int, int],
    with_gpu: bool,
) -> list[Line]:
    """On the device, and what stays with the processor: `sizes` are those of all GPUs together, of the
    fullest of them, and of the host. The range is shared out as the bytes are."""
    on_gpus, fullest, on_host = sizes
    shares = [(on_gpus, Place.DEVICE, fullest)] if with_gpu else []
    shares.append((on_host, Place.HOST if with_gpu else Place.DEVICE, on_host))
    return [
        Line(
            code=named[0],
            part=named[1],
            place=place,
            bytes=size,
            low_bytes=_scaled(size, whole.low_bytes, whole.bytes),
            high_bytes=_scaled(size, whole.high_bytes, whole.bytes),
            basis=whole.basis,
            formula=whole.formula,
            inputs=inputs,
            source=whole.source,
            per_device_bytes=each,
        )
        for size, place, each in shares
        if size
    ]


def _scaled(size: int, part: int, whole: int) -> int:
    return size * part // whole if whole else size


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
        if split.gpu_layers == len(arch.layers):
            amount = _in_turns(amount, copied_inputs(arch, setting) * devices)
    lent = max(weights.layer_bytes[: len(arch.layers) - split.gpu_layers], default=0)
    if lent:
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


def _in_turns(amount: Amount, copies: int) -> Amount:
    """With the copies of inputs through which several GPUs work on a batch in turns. CUDA and ROCm do, others
    and somebody's own build may not; releases before v0.5.0 have masks twice as wide."""
    return replace(
        amount,
        bytes=amount.bytes + copies,
        high_bytes=amount.high_bytes + 2 * copies,
        formula=f"{amount.formula} + copies of inputs",
        inputs=(*amount.inputs, ("copies_bytes", copies)),
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
    low, each, high = (size * MIB for size in CONTEXT_MIB)
    count = setting.device.count if setting.device else 1
    return gpu_context(count, low, each, high, "assumed: no log of the engine says it")
