"""Which devices the sizing page shows."""

from collections.abc import Iterator

from decisions.fit.hardware.catalogue import memory_of
from decisions.fit.hardware.setting import DeviceMemory
from decisions.knowledge import devices
from decisions.knowledge.devices import Device

TYPICAL = (
    "NVIDIA T4 (Colab free tier)",
    "GeForce RTX 3060 12GB",
    "GeForce RTX 4060 Ti 16GB",
    "GeForce RTX 4090",
    "GeForce RTX 5090",
    "NVIDIA L4",
    "NVIDIA L40S",
    "NVIDIA A100 80GB SXM",
    "NVIDIA H100 80GB SXM",
    "AMD Instinct MI300X",
    "Apple M4 Max 64GB",
    "NVIDIA GB10 (DGX Spark)",
)
"""What people ask about first: a free notebook, desktops, rented servers, a laptop."""


def sizes_of(device: Device) -> Iterator[tuple[str, Device]]:
    """A device in each size it is sold with, under a name that says which."""
    for size in device.memory_gib:
        name = device.name if len(device.memory_gib) == 1 else f"{device.name} {size:g}GB"
        yield name, device.model_copy(update={"memory_gib": (size,)})


def chosen(show: str) -> list[tuple[str, DeviceMemory]]:
    """Names and memory of the devices that a choice shows: typical ones, all listed, or one maker's."""
    if show == "typical":
        rows = [(name, found) for name in TYPICAL if (found := devices.find(name))]
    else:
        of_it = (device for device in devices.listed() if show in ("all", device.vendor))
        rows = [each for device in of_it for each in sizes_of(device)]
    return [(name, memory_of(device)) for name, device in rows]
