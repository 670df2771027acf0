"""The estimate: weights, cache and what a runtime adds, held against the room of the device."""

from dataclasses import dataclass, replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import Cache, cache_of
from decisions.fit.hardware.estimate import SPARED, Estimate, Holder, Line, Part, Place, combined
from decisions.fit.hardware.limits import check_setting
from decisions.fit.hardware.llama_lines import llama_lines
from decisions.fit.hardware.room import Room, room_of
from decisions.fit.hardware.servers import fraction_of, runtime_lines
from decisions.fit.hardware.setting import DeviceMemory, Setting
from decisions.fit.hardware.weights import Weights, weights_of

ENGINE = "2026.11"  # changes whenever a rule does; a saved estimate names the one it was made with
LLAMA = frozenset({"llama_cpp", "ollama", "lm_studio"})


@dataclass(frozen=True, slots=True)
class Needs:
    """What a setting takes, before it is held against the room of a device. `each` is one device's part."""

    lines: tuple[Line, ...]
    each: Holder
    host: Holder
    disk_bytes: int
    deciding: str
    cache: Cache


@lru_cache(maxsize=4096)
def estimate(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Estimate:
    """Size a model in a setting; `weights` are those of a real file, where there is one.

    Raises Unsizable, naming the field, for what makes no sense or is not known.
    """
    needs = _needs(arch, _of_any_size(setting), weights)
    room = room_of(setting.device)
    device = needs.each if room is None else in_room(needs.each, room, setting)
    tokens, *spread = _capacity(device, setting, needs.cache) or (None, None, None)
    return Estimate(
        lines=needs.lines,
        device=device,
        host=needs.host,
        disk_bytes=needs.disk_bytes,
        ruling=device.ruling,
        deciding=needs.deciding,
        kv_tokens_capacity=tokens,
        requests_capacity=None if tokens is None else tokens // setting.context_tokens,
        kv_tokens_range=None if tokens is None else (spread[0] or 0, spread[1] or 0),
        missing=(*(one for one in arch.unknown if one == "model"), *(() if room else ("device_memory",))),
    )


def _of_any_size(setting: Setting) -> Setting:
    """The setting with what its needs depend on of the device, so that equal needs are worked out once: how
    many there are, whether it is a processor, and for servers, which batch by it, how large it is."""
    if (device := setting.device) is None:
        return setting
    kind = DeviceMemory(count=device.count, is_cpu=device.is_cpu)
    if setting.runtime in ("vllm", "sglang"):
        kind = replace(kind, name=device.name, total_bytes=device.total_bytes)
    return replace(setting, device=kind)


@lru_cache(maxsize=4096)
def _needs(arch: Architecture, setting: Setting, weights: Weights | None) -> Needs:
    check_setting(setting)
    if weights is None:
        weights = weights_of(arch, setting.quantization, setting.runtime, _divided_by(setting))
    cache = cache_of(arch, setting)
    if setting.runtime in LLAMA:
        lines = llama_lines(arch, setting, weights, cache)
    else:
        lines = (*_weight_lines(weights, setting), _cache_line(cache), *runtime_lines(arch, setting))
    counted = [line for line in lines if line.code not in SPARED]
    return Needs(
        lines=lines,
        each=_holder([_each(line, setting) for line in counted if line.place is Place.DEVICE]),
        host=_holder([line for line in counted if line.place is Place.HOST]),
        disk_bytes=weights.disk_bytes,
        deciding=_deciding(counted),
        cache=cache,
    )


def _divided_by(setting: Setting) -> int:
    """Devices among which matrices are divided; llama.cpp gives whole layers to devices instead."""
    return setting.device.count if setting.device and setting.runtime in ("vllm", "sglang") else 1


def _weight_lines(weights: Weights, setting: Setting) -> tuple[Line, ...]:
    devices = _divided_by(setting)
    low = weights.low_bytes - weights.bytes
    high = weights.high_bytes - weights.bytes
    total = weights.bytes + weights.tower_bytes
    return (
        Line(
            code="weights",
            part=Part.WEIGHTS,
            place=Place.DEVICE,
            bytes=max(total, weights.per_device_bytes * devices),
            low_bytes=total + low,
            high_bytes=max(total + high, weights.per_device_bytes * devices),
            basis=weights.basis,
            formula=weights.formula,
            inputs=(*weights.groups, ("towers", weights.tower_bytes), ("devices", devices)),
            source=weights.source,
            per_device_bytes=weights.per_device_bytes,
        ),
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


def _each(line: Line, setting: Setting) -> Line:
    """The line as one device sees it."""
    count = setting.device.count if setting.device else 1
    if count == 1 or line.bytes is None:
        return line
    share = line.per_device_bytes if line.per_device_bytes is not None else -(-line.bytes // count)
    scale = share / line.bytes if line.bytes else 0.0
    return replace(
        line,
        bytes=share,
        low_bytes=None if line.low_bytes is None else int(line.low_bytes * scale),
        high_bytes=None if line.high_bytes is None else int(line.high_bytes * scale),
    )


def _holder(lines: list[Line]) -> Holder:
    return Holder(sum(line.bytes or 0 for line in lines), *combined(lines))


def in_room(held: Holder, room: Room, setting: Setting) -> Holder:
    """The same need in the room of the setting's device; a server reserves a share of it."""
    fraction, device = fraction_of(setting), setting.device
    reserved = None
    if fraction is not None and device is not None and device.total_bytes is not None:
        reserved = min(room.bytes, int((device.usable_bytes or room.bytes) * fraction))
    limit = room.bytes if reserved is None else reserved
    return Holder(
        held.needed_bytes,
        held.low_bytes,
        held.high_bytes,
        room_bytes=limit,
        room_low_bytes=min(limit, room.low_bytes),
        room_high_bytes=min(room.high_bytes, limit) if reserved else room.high_bytes,
        reserved_bytes=reserved,
        room_basis=room.basis,
    )


def _capacity(device: Holder, setting: Setting, cache: Cache) -> tuple[int, int, int] | None:
    """How many tokens the cache can hold in the room that everything else leaves, at least and at most; or in
    the stated budget."""
    if not cache.token_bytes:
        return None
    if setting.kv_budget_bytes is not None:
        tokens = _tokens(setting.kv_budget_bytes, setting, cache)
        return tokens, tokens, tokens
    room, least, most = device.room_bytes, device.room_low_bytes, device.room_high_bytes
    if room is None or least is None or most is None:
        return None
    rest = cache.per_device_bytes
    return (
        _tokens(room - device.needed_bytes + rest, setting, cache),
        _tokens(least - device.high_bytes + rest, setting, cache),
        _tokens(most - device.low_bytes + rest, setting, cache),
    )


def _tokens(room_bytes: int, setting: Setting, cache: Cache) -> int:
    """Tokens of cache beside what each sequence takes; whole pages of 16 in servers."""
    count = _divided_by(setting)
    left = room_bytes - cache.sequence_bytes // count * setting.parallel
    tokens = max(0, left // max(1, cache.token_bytes // count))
    return tokens - tokens % 16 if setting.runtime in ("vllm", "sglang") else tokens


def _deciding(lines: list[Line]) -> str:
    """The largest line: what decides whether it fits."""
    return max(lines, key=lambda line: line.bytes or 0).code if lines else ""
