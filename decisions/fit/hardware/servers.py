"""What vLLM, SGLang and Transformers hold on each GPU beside weights and cache, and the share they reserve.

vLLM and SGLang reserve a share of the GPU when they start, load the weights into it and give the rest to the
cache, so that what they *reserve* says nothing about what they *need*. The two count differently: vLLM's
share holds weights, cache, the peak of a step, libraries' buffers and (from 0.21) captured graphs, and only
what CUDA and NCCL took before it looked lies outside; SGLang's share holds weights and cache alone. What
drivers, libraries and graphs take is known from logs only, and has a wide range.
"""

from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.activation import Peak, prompt_peak, server_peak, whole_peak, widest_layer
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.batches import (
    LARGE,
    SGLANG,
    VLLM,
    Batch,
    batch_of,
    sglang_batch,
    sglang_prefill_graphs,
)
from decisions.fit.hardware.estimate import Basis, Line, Part, Place, gpu_context
from decisions.fit.hardware.room import Room
from decisions.fit.hardware.setting import MIB, Setting

TRANSFORMERS = "transformers 5.23.0, generation/utils.py: logits of the last token only"
LOGS = "start-up logs of vLLM 0.6 to 0.33 and SGLang 0.4 to 0.5 in public threads, read on 2026-11-28"
VLLM_FRACTION, VLLM_EARLIER = 0.92, 0.9  # from 0.16 on, and in releases before
_VISION = 302_000_000  # weights of ViT-L/14 (24 layers of 1024), SGLang's measure of a vision tower
_GRAPH_MIB = 14  # per layer: 0 to 50 in 18 logs
_OUTSIDE_MIB = (500, 1000)  # CUDA's context on one GPU; with NCCL on several: 230 to 600, 600 to 3300
_INSIDE_MIB = (100, 700)  # buffers of libraries that load during a step: 20 to 560, 200 to 2200
_CONTEXT_MIB = {"vllm": ((250, 1280), (760, 4750))}
_CONTEXT_USUAL_MIB = ((200, 800), (400, 2500))
"""The least and the most of both together, on one GPU and on each of several."""


def fraction_of(arch: Architecture, setting: Setting) -> float | None:
    """The share of each GPU that the server reserves for weights, cache and (vLLM) its steps; None: it does
    not.
    """
    if setting.runtime == "vllm":
        return VLLM_FRACTION if setting.memory_fraction is None else setting.memory_fraction
    return _sglang_fraction(arch, setting) if setting.runtime == "sglang" else None


def _sglang_fraction(arch: Architecture, setting: Setting) -> float:
    """What is left when SGLang has put aside for a step, its graphs and its own: 512 MiB, 1.5 per prefill
    token, 2 per sequence and 8 per prompt length in graphs, 128 per GPU, and at least 10 GiB on GPUs of
    more than 60; a twentieth and more of the share less with a vision tower.
    """
    if setting.memory_fraction is not None:
        return setting.memory_fraction
    device = setting.device
    if device is None or not device.total_bytes:
        return 0.88
    batch, total = sglang_batch(setting), device.total_bytes / MIB
    reserved = 512 + max(batch.tokens, 2048) * 1.5 + batch.graph_sequences * 2 + device.count * 128
    reserved += sglang_prefill_graphs(batch.tokens) * 8
    if total > 60 * 1024:
        reserved = max(reserved, 10 * 1024)
    return max(0.0, round((total - reserved) / total, 3)) * _vision_factor(arch)


def _vision_factor(arch: Architecture) -> float:
    size = sum(tower.parameters for tower in arch.towers if tower.kind == "vision")
    return 0.95 * max(0.8, min(1.05, 1.1 - 0.1 * size / _VISION)) if size else 1.0


def reserved_bytes(arch: Architecture, setting: Setting, room: Room) -> int | None:
    """What the server takes for itself on each GPU. vLLM takes its share of the whole GPU, SGLang of what is
    free when CUDA has started.
    """
    fraction = fraction_of(arch, setting)
    if fraction is None:
        return None
    if setting.runtime == "sglang":
        return max(0, int((room.bytes - _context_mib(setting) * MIB) * fraction))
    whole = room.bytes + (setting.device.used_bytes if setting.device else 0)
    return min(room.bytes, int(whole * fraction))


def least_share(setting: Setting) -> float:
    """How much less of the room a server takes where another release has another share by default."""
    return (
        VLLM_EARLIER / VLLM_FRACTION if setting.runtime == "vllm" and setting.memory_fraction is None else 1.0
    )


def finds_room(arch: Architecture, setting: Setting, room: Room) -> bool:
    """vLLM refuses to start where other programs leave less than its share."""
    if setting.runtime != "vllm" or setting.device is None:
        return True
    whole = room.bytes + setting.device.used_bytes
    return room.bytes >= int(whole * (fraction_of(arch, setting) or 0.0))


def outside_bytes(setting: Setting, lines: list[Line]) -> int:
    """What of the lines, as one GPU sees them, lies outside the reserved share.

    vLLM counts captured graphs into its share from 0.21 on, but then its step takes less by about as much.
    """
    if setting.runtime == "vllm":
        graphs = sum(line.bytes or 0 for line in lines if line.code == "graphs")
        return _OUTSIDE_MIB[_devices(setting) > 1] * MIB + graphs
    return sum(line.bytes or 0 for line in lines if line.part is Part.RUNTIME)


@lru_cache(maxsize=1024)
def runtime_lines(arch: Architecture, setting: Setting) -> tuple[Line, ...]:
    """Everything beside weights and cache, summed over all devices."""
    batch = batch_of(setting)
    lines = [_activation(arch, setting, batch), _context(setting)]
    if batch.graph_sequences:
        lines.append(_graphs(arch, setting, batch))
    return tuple(lines)


def _devices(setting: Setting) -> int:
    return setting.device.count if setting.device else 1


def _peak(arch: Architecture, setting: Setting, batch: Batch) -> tuple[Peak, str]:
    if setting.runtime == "vllm":
        return _vllm_peak(arch, setting, batch), VLLM
    if setting.runtime == "sglang":
        return prompt_peak(arch, batch, _devices(setting)), SGLANG
    return whole_peak(arch, batch), TRANSFORMERS


def _vllm_peak(arch: Architecture, setting: Setting, batch: Batch) -> Peak:
    """Where the GPU's memory is not known its step may be that of a large one."""
    peak = server_peak(arch, batch, _devices(setting))
    if setting.ubatch_tokens or (setting.device and setting.device.total_bytes):
        return peak
    large = server_peak(arch, LARGE, _devices(setting))
    return replace(peak, high_bytes=max(peak.high_bytes, large.high_bytes))


def _activation(arch: Architecture, setting: Setting, batch: Batch) -> Line:
    (peak, source), devices = _peak(arch, setting, batch), _devices(setting)
    return Line(
        code="activation",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=peak.bytes * devices,
        low_bytes=peak.low_bytes * devices,
        high_bytes=peak.high_bytes * devices,
        basis=Basis.ASSUMED,
        formula=f"({peak.formula}) × devices" if devices > 1 else peak.formula,
        inputs=(
            ("tokens", batch.tokens),
            ("sequences", batch.sequences),
            ("hidden", arch.hidden),
            ("widest", widest_layer(arch, 1 if setting.runtime == "transformers" else devices)),
            ("vocabulary", arch.vocabulary),
            ("devices", devices),
        ),
        source=source,
        per_device_bytes=peak.bytes,
    )


def _context_mib(setting: Setting) -> int:
    """CUDA's context and, in vLLM, the buffers that libraries take during a step."""
    many = _devices(setting) > 1
    return _OUTSIDE_MIB[many] + (_INSIDE_MIB[many] if setting.runtime == "vllm" else 0)


def _context(setting: Setting) -> Line:
    """CUDA context and libraries, and the buffers of NCCL where GPUs talk to each other."""
    devices, each = _devices(setting), _context_mib(setting) * MIB
    low, high = _CONTEXT_MIB.get(setting.runtime, _CONTEXT_USUAL_MIB)[devices > 1]
    return gpu_context(devices, low * MIB, each, high * MIB, LOGS)


def _graphs(arch: Architecture, setting: Setting, batch: Batch) -> Line:
    """Captured graphs: some MiB per layer, whatever the layer's width."""
    devices, each = _devices(setting), len(arch.layers) * _GRAPH_MIB * MIB
    return Line(
        code="graphs",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=0,
        high_bytes=each * devices * 7 // 2,
        basis=Basis.ASSUMED,
        formula=f"layers × {_GRAPH_MIB} MiB × devices",
        inputs=(
            ("layers", len(arch.layers)),
            ("graph sequences", batch.graph_sequences),
            ("devices", devices),
        ),
        source=LOGS,
        per_device_bytes=each,
    )
