"""How much of a device a runtime can use: what the maker states is more than what a program gets."""

from dataclasses import dataclass

from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.setting import DeviceMemory

DISCRETE = (0.91, 0.98, 0.995)
"""Shares of the stated size that torch saw of 14 GPUs in start-up logs: 0.91 to 0.93 where ECC takes some of
GDDR6 (T4, A10G, L4, L40S), 0.98 to 0.998 elsewhere."""
PROCESSOR = (0.85, 0.94, 0.98)  # the operating system takes the rest
UNIFIED = (0.70, 0.90, 0.95)  # shared with the processor, where no driver's figure is known


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes one device has for a runtime: the likely figure and its range."""

    bytes: int
    low_bytes: int
    high_bytes: int
    basis: Basis


def room_of(device: DeviceMemory | None, spared_bytes: int = 0) -> Room | None:
    """Room on one of equal devices, less what other programs hold and what the runtime leaves alone; None
    where its memory is not known."""
    if device is None or device.total_bytes is None:
        return None
    taken = device.used_bytes + spared_bytes
    if device.usable_bytes is not None:
        left = max(0, device.usable_bytes - taken)
        return Room(left, left, left, Basis.MEASURED)
    low, likely, high = (max(0, int(device.total_bytes * share) - taken) for share in _shares(device))
    return Room(likely, low, high, Basis.ASSUMED)


def _shares(device: DeviceMemory) -> tuple[float, float, float]:
    if device.is_cpu:
        return PROCESSOR
    return UNIFIED if device.unified else DISCRETE
