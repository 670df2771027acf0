"""The estimate: weights, cache and what a runtime adds, held against the room of the device."""

from dataclasses import dataclass, replace
from functools import lru_cache

from decisions.fit.hardware.architecture import TAKEN_FOR, Architecture
from decisions.fit.hardware.beside import beside_lines
from decisions.fit.hardware.cache import Cache, cache_of
from decisions.fit.hardware.capacity import capacity_of
from decisions.fit.hardware.checkpoint_lines import checkpoint_lines
from decisions.fit.hardware.estimate import (
    SPARED,
    Basis,
    Estimate,
    Holder,
    Line,
    Place,
    combined,
    held_by_others,
    share_of,
)
from decisions.fit.hardware.limits import check_setting
from decisions.fit.hardware.llama.lines import llama_lines
from decisions.fit.hardware.llama.ollama import spared_bytes
from decisions.fit.hardware.loading import load_of_checkpoint
from decisions.fit.hardware.room import Room, room_of
from decisions.fit.hardware.runs import Obstacle, obstacle_of, weighed
from decisions.fit.hardware.servers import (
    finds_room,
    least_share,
    outside_bytes,
    reserved_bytes,
    runtime_lines,
)
from decisions.fit.hardware.setting import GGUF_RUNTIMES, SERVERS, DeviceMemory, Setting
from decisions.fit.hardware.weights import Weights, weights_of

ENGINE = "2026.11.3"  # changes whenever a rule does; a saved estimate names the one it was made with


@dataclass(frozen=True, slots=True)
class Needs:
    """What a setting takes, before it is held against the room of a device. `each` is one device's part,
    `cache_bytes` what of that is cache, `outside_bytes` what lies outside the share that a server reserves.
    """

    lines: tuple[Line, ...]
    each: Holder
    host: Holder
    disk_bytes: int
    deciding: str
    cache: Cache
    cache_bytes: int
    outside_bytes: int = 0
    missing: tuple[str, ...] = ()
    obstacle: Obstacle | None = None


@lru_cache(maxsize=4096)
def estimate(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Estimate:
    """Size a model in a setting; `weights` are those of a real file, where there is one.

    Raises Unsizable, naming the field, for what makes no sense or is not known.
    """
    kind = _of_any_size(setting)
    needs = _needs(arch, kind, weights)
    room = room_of(setting.device, spared_bytes(setting))
    reserved = None if room is None else reserved_bytes(arch, setting, room)
    device = needs.each if room is None else in_room(needs, room, reserved)
    found = Estimate(
        lines=_with_held(needs.lines, setting.device),
        device=device,
        host=needs.host,
        disk_bytes=needs.disk_bytes,
        ruling=weighed(device.ruling, needs.obstacle),
        deciding=needs.deciding,
        obstacle=needs.obstacle,
        missing=(*needs.missing, *(() if room else ("device_memory",))),
        devices=setting.device.count if setting.device else 1,
    )
    left = _left_for_cache(device, setting, needs)
    held = [capacity_of(arch, kind, needs.cache, size) for size in left]
    best, least, most = held if len(held) == 3 else (None, None, None)
    if best is None or least is None or most is None:
        return found
    return replace(
        found,
        kv_tokens_capacity=best.tokens,
        kv_tokens_range=(least.tokens, most.tokens),
        requests_capacity=best.requests,
        starts=None if room is None else best.starts and finds_room(arch, setting, room),
    )


def _with_held(lines: tuple[Line, ...], device: DeviceMemory | None) -> tuple[Line, ...]:
    """With what other programs hold of the devices, where somebody said it."""
    if device is None or not device.used_bytes:
        return lines
    return (*lines, held_by_others(device.count, device.used_bytes))


def _left_for_cache(device: Holder, setting: Setting, needs: Needs) -> tuple[int, ...]:
    """Bytes that the cache may take: likely, at least, at most; nothing where the room is not known, or no
    device holds any of it. A stated budget is that.

    They are one device's, as the cache of a server's is; where devices hold whole layers, what the cache may
    be in all when the fullest of them is full.
    """
    if setting.kv_budget_bytes is not None:
        return (setting.kv_budget_bytes,) * 3
    room, least, most = device.room_bytes, device.room_low_bytes, device.room_high_bytes
    whole, held = needs.cache.per_device_bytes, needs.cache_bytes
    if room is None or least is None or most is None or (whole and not held):
        return ()
    left = (
        room - device.needed_bytes,
        int(least * least_share(setting)) - device.high_bytes,
        most - device.low_bytes,
    )
    return tuple((each + held) * whole // held if held else each for each in left)


def needs_of(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Needs:
    """What the setting takes, whatever there is for it. Raises Unsizable as `estimate` does."""
    return _needs(arch, _of_any_size(setting), weights)


@lru_cache(maxsize=4096)
def _of_any_size(setting: Setting) -> Setting:
    """The setting with what its needs depend on of the device, so that equal needs are worked out once: how
    many there are, whether it is a processor, and for servers, which batch by it, how large it is."""
    if (device := setting.device) is None:
        return setting
    kind = DeviceMemory(count=device.count, is_cpu=device.is_cpu)
    if setting.runtime in SERVERS:
        kind = replace(kind, name=device.name, total_bytes=device.total_bytes, unified=device.unified)
    return replace(setting, device=kind)


@lru_cache(maxsize=4096)
def _of_any_quantization(setting: Setting) -> Setting:
    """All but the weights is the same in every quantization, and worked out once."""
    return replace(setting, quantization="")


@lru_cache(maxsize=4096)
def _needs(arch: Architecture, setting: Setting, weights: Weights | None) -> Needs:
    check_setting(setting)
    is_file = weights is not None
    if weights is None:
        weights = weights_of(arch, setting.quantization, setting.runtime, setting.divided_by)
    setting = _of_any_quantization(setting)
    cache = cache_of(arch, setting)
    if setting.runtime in GGUF_RUNTIMES:
        lines = llama_lines(arch, setting, weights, cache)
    else:
        lines = (*checkpoint_lines(arch, setting, weights, cache), *runtime_lines(arch, setting))
        lines = (*lines, load_of_checkpoint(setting, weights))
    lines = (*lines, *beside_lines(arch, setting, weights))
    if TAKEN_FOR in arch.unknown:
        lines = _assumed(lines)
    counted = [line for line in lines if line.code not in SPARED]
    each = [_each(line, setting) for line in counted if line.place is Place.DEVICE]
    return Needs(
        lines=lines,
        each=_holder(each),
        host=_holder([line for line in counted if line.place is Place.HOST]),
        disk_bytes=weights.disk_bytes,
        deciding=_deciding(counted),
        cache=cache,
        cache_bytes=sum(line.bytes or 0 for line in each if line.code == "kv_cache"),
        outside_bytes=outside_bytes(setting, each),
        missing=_missing(arch, counted),
        obstacle=None if is_file and setting.runtime in GGUF_RUNTIMES else obstacle_of(arch, setting.runtime),
    )


def with_lines(found: Estimate, lines: tuple[Line, ...], setting: Setting) -> Estimate:
    """The same estimate with other figures for its lines; what the cache can hold stays as it was."""
    counted = [line for line in lines if line.code not in SPARED]
    held = _holder([_each(line, setting) for line in counted if line.place is Place.DEVICE])
    need, low, high = held.needed_bytes, held.low_bytes, held.high_bytes
    device = replace(found.device, needed_bytes=need, low_bytes=low, high_bytes=high)
    return replace(
        found,
        lines=lines,
        device=device,
        host=_holder([line for line in counted if line.place is Place.HOST]),
        ruling=weighed(device.ruling, found.obstacle),
        deciding=_deciding(counted),
    )


def _missing(arch: Architecture, counted: list[Line]) -> tuple[str, ...]:
    taken = (one for one in arch.unknown if one == TAKEN_FOR)
    return (*taken, *(line.missing for line in counted if line.bytes is None))


def _assumed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Nothing is computed where the shape itself is an assumption."""
    return tuple(
        replace(line, basis=Basis.ASSUMED) if line.basis is Basis.COMPUTED else line for line in lines
    )


def _each(line: Line, setting: Setting) -> Line:
    """The line as one device sees it."""
    count = setting.device.count if setting.device else 1
    share = share_of(line, count)
    if count == 1 or line.bytes is None or share is None:
        return line
    scale = share / line.bytes if line.bytes else 0.0
    return replace(
        line,
        bytes=share,
        low_bytes=None if line.low_bytes is None else int(line.low_bytes * scale),
        high_bytes=None if line.high_bytes is None else int(line.high_bytes * scale),
    )


def _holder(lines: list[Line]) -> Holder:
    partial = any(line.bytes is None for line in lines)
    return Holder(sum(line.bytes or 0 for line in lines), *combined(lines), is_partial=partial)


def in_room(needs: Needs, room: Room, reserved: int | None) -> Holder:
    """The need of one device in its room; a server has the share it reserves and what lies outside of that,
    never more than the room."""
    limit = room.bytes if reserved is None else min(room.bytes, reserved + needs.outside_bytes)
    scale = limit / room.bytes if room.bytes else 0.0
    return replace(
        needs.each,
        room_bytes=limit,
        room_low_bytes=int(room.low_bytes * scale),
        room_high_bytes=int(room.high_bytes * scale),
        reserved_bytes=reserved,
        room_basis=room.basis,
    )


def _deciding(lines: list[Line]) -> str:
    """The largest line: what decides whether it fits."""
    return max(lines, key=lambda line: line.bytes or 0).code if lines else ""
