"""The device of a request: by its name, by the size that is said of it, or by its name alone."""

from dataclasses import replace

from decisions.fit.hardware.named import shown_name
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB, DeviceMemory, Setting
from decisions.fit.say import say
from decisions.knowledge import devices
from decisions.record.schema import Statement


def device_memory(
    name: str,
    count: int = 1,
    memory_gib: float | None = None,
    used_gib: float = 0,
    usable_gib: float | None = None,
) -> DeviceMemory:
    """The memory of `count` devices of a shipped kind; `memory_gib` goes before what is shipped, and is
    needed for a name that is not; of it a program gets `usable_gib`. Raises Unsizable for a name or size
    that is not known.
    """
    row = devices.find_sized(name, memory_gib)
    sized = memory_gib is not None or (row is not None and row.total_bytes is not None)
    found = _device_memory(name, count, memory_gib if sized else usable_gib, used_gib)
    if usable_gib is None or found.total_bytes is None:
        return found
    return replace(found, usable_bytes=min(int(usable_gib * GIB), found.total_bytes))


def _device_memory(name: str, count: int, memory_gib: float | None, used_gib: float) -> DeviceMemory:
    row = devices.find_sized(name, memory_gib)
    memory_gib = devices.stated_gib(name) if row is None and memory_gib is None else memory_gib
    if row is None and memory_gib is None:
        raise Unsizable(_unknown(name))
    used, stated = int(used_gib * GIB), None if memory_gib is None else int(memory_gib * GIB)
    if row is None:
        return DeviceMemory(name, count, stated, None, used)
    total = row.total_bytes if stated is None else stated
    if total is None and len(row.memory_gib) > 1:
        raise Unsizable(_several(row.name, row.memory_gib))
    return DeviceMemory(
        name=row.name,
        count=1 if row.kind == "cpu" else count,
        total_bytes=total,
        usable_bytes=row.usable_bytes if stated is None else None,
        used_bytes=used,
        bandwidth_bytes_per_s=row.bandwidth_gb_s and row.bandwidth_gb_s * 1e9,
        flops=row.tflops and row.tflops * 1e12,
        unified=row.kind == "unified",
        is_cpu=row.kind == "cpu",
    )


def _unknown(name: str) -> Statement:
    sizes = devices.sizes_of(name)
    return _several(shown_name(name), sizes) if sizes else say("asked.device", found=shown_name(name))


def _several(name: str, memory_gib: tuple[float, ...]) -> Statement:
    sizes = [f"{size:g}" for size in memory_gib]
    return say("asked.device_sizes", found=name, sizes=sizes, first=sizes[0])


def device_remark(setting: Setting) -> Statement | None:
    """What is wrong with a device that the setting only has the name of."""
    device = setting.device
    if device is None or not device.name or device.is_cpu or device.total_bytes is not None:
        return None
    try:
        device_memory(device.name)
    except Unsizable as problem:
        return problem.statement
    return None
