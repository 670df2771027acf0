"""The lines of weights and cache where a checkpoint is loaded: vLLM, SGLang, Transformers."""

from dataclasses import replace

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import Cache
from decisions.fit.hardware.estimate import Line, Part, Place
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.weights import Weights

_SHARED = (25, 15)
"""Per mille that SGLang's figure strays where the GPU shares its memory with the processor: it is what the
machine has less than before, whoever took it or gave it back (-24 to 31 in three logs)."""


def checkpoint_lines(
    arch: Architecture, setting: Setting, weights: Weights, cache: Cache
) -> tuple[Line, ...]:
    """What matrices and cached tokens take. Servers divide both among devices, Transformers gives each whole
    layers."""
    held = (_weight_line(weights, setting), _cache_line(cache))
    if setting.runtime == "transformers":
        return tuple(_by_layers(line, arch, setting) for line in held)
    return held


def _counts_others(setting: Setting) -> bool:
    return setting.runtime == "sglang" and setting.device is not None and setting.device.unified


def _weight_line(weights: Weights, setting: Setting) -> Line:
    devices = setting.divided_by
    total = weights.bytes + weights.tower_bytes
    held = max(total, weights.per_device_bytes * devices)
    below, above = _SHARED if _counts_others(setting) else (0, 0)
    low = weights.low_bytes - weights.bytes - total * below // 1000
    high = weights.high_bytes - weights.bytes + total * above // 1000
    return Line(
        code="weights",
        part=Part.WEIGHTS,
        place=Place.DEVICE,
        bytes=held,
        low_bytes=total + low,
        high_bytes=max(total + high, held),
        basis=weights.basis,
        formula=weights.formula,
        inputs=(
            *weights.groups,
            ("towers", weights.tower_bytes),
            *((("repeated", held - total),) if held > total else ()),
            ("devices", devices),
        ),
        source=weights.source,
        per_device_bytes=weights.per_device_bytes,
    )


def _cache_line(cache: Cache) -> Line:
    return Line(
        code="kv_cache",
        part=Part.KV,
        place=Place.DEVICE,
        bytes=cache.bytes,
        low_bytes=cache.low_bytes,
        high_bytes=cache.high_bytes,
        basis=cache.basis,
        formula=cache.formula,
        inputs=cache.inputs,
        source=cache.source,
        per_device_bytes=cache.per_device_bytes,
    )


def _by_layers(line: Line, arch: Architecture, setting: Setting) -> Line:
    """The line with the share of the fullest device where whole layers go to devices: an even one and a layer
    more, since each is filled to the next whole layer (get_balanced_memory in transformers'
    integrations/accelerate.py lets it be a layer and a quarter)."""
    count = setting.device.count if setting.device else 1
    if count == 1 or not line.bytes:
        return line
    each = -(-line.bytes // count) + line.bytes // max(1, len(arch.layers))
    return replace(line, per_device_bytes=min(line.bytes, each))
