"""An estimate as plain values, by the names that the terminal and files of answers use."""

from typing import Any

from decisions.fit.hardware.estimate import Estimate, Holder, Line, Place, combined, share_of

CACHE = ("kv_cache", "state")
STEP = ("compute_buffer", "activation")


def as_values(found: Estimate) -> dict[str, Any]:
    """Bytes by quantity, the verdict and the lines behind it; null is not known."""
    low, high = found.range_bytes
    return {
        "weights_bytes": found.bytes_of("weights"),
        "kv_cache_bytes": found.bytes_of(*CACHE),
        "attention_kv_bytes": _cache_part(found, state=False),
        "recurrent_state_bytes": _cache_part(found, state=True),
        "compute_buffer_bytes": found.bytes_of(*STEP),
        "output_buffer_bytes": found.bytes_of("output_buffer"),
        "repack_bytes": found.bytes_of("repack"),
        "total_bytes": found.total_bytes,
        "disk_bytes": found.disk_bytes,
        "kv_tokens_capacity": found.kv_tokens_capacity,
        "requests_capacity": found.requests_capacity,
        "starts": found.starts,
        "verdict": found.ruling.value,
        "deciding": found.deciding,
        "range": [low, high],
        "ranges": {name: _range(found, codes) for name, codes in RANGES.items()}
        | {"kv_tokens_capacity": found.kv_tokens_range and list(found.kv_tokens_range)},
        "per_device": {name: _share(found, codes) for name, codes in RANGES.items()},
        "devices": found.devices,
        "device": _holder(found.device),
        "host": _holder(found.host),
        "missing": list(found.missing),
        "obstacle": found.obstacle and found.obstacle.statement.text,
        "lines": [_line(line, found.devices) for line in found.lines],
    }


RANGES = {
    "weights_bytes": ("weights",),
    "kv_cache_bytes": CACHE,
    "compute_buffer_bytes": STEP,
    "output_buffer_bytes": ("output_buffer",),
    "repack_bytes": ("repack",),
}


def _cache_part(found: Estimate, *, state: bool) -> int:
    """What of the cache grows with the context, or what recurrent layers keep of each sequence: the inputs of
    its line say it of one device."""
    inputs = [pair for line in found.lines if line.code in CACHE for pair in line.inputs]
    sizes = [
        int(size) for name, size in inputs if name.endswith("_bytes") and state == (name == "state_bytes")
    ]
    return sum(sizes) * int(dict(inputs).get("devices", 1))


def _range(found: Estimate, codes: tuple[str, ...]) -> list[int] | None:
    lines = [line for line in found.lines if line.code in codes]
    return list(combined(lines)) if lines else None


def _share(found: Estimate, codes: tuple[str, ...]) -> int | None:
    """What one of the devices holds of it; None where nothing of it is there."""
    shares = [share_of(one, found.devices) for one in found.lines if one.code in codes]
    known = [share for share in shares if share is not None]
    return sum(known) if known else None


def _holder(holder: Holder) -> dict[str, Any]:
    return {
        "needed_bytes": holder.needed_bytes,
        "range": [holder.low_bytes, holder.high_bytes],
        "room_bytes": holder.room_bytes,
        "reserved_bytes": holder.reserved_bytes,
        "margin_bytes": holder.margin_bytes,
        "verdict": holder.ruling.value,
    }


def _line(line: Line, devices: int) -> dict[str, Any]:
    return {
        "code": line.code,
        "part": line.part.value,
        "place": Place(line.place).value,
        "bytes": line.bytes,
        "per_device_bytes": share_of(line, devices),
        "range": [line.low_bytes, line.high_bytes],
        "basis": line.basis.value,
        "formula": line.formula,
        "inputs": _named(line.inputs),
        "source": line.source,
    }


def _named(inputs: tuple[tuple[str, int | float | str], ...]) -> dict[str, Any]:
    """Inputs by their names; where layers of one kind differ, a name has a list of theirs, in order."""
    found: dict[str, list[int | float | str]] = {}
    for name, value in inputs:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
