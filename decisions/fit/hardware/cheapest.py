"""The cheapest shipped GPU that one candidate fits on, of those that tables list; the smallest where no price
is known.

Prices are what makers asked when a device came out, and only claimed: they put devices in an order. What a
device is rented for by the hour ships nowhere, so that it orders nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from decisions.fit.hardware.catalogue import memory_of
from decisions.fit.hardware.reverse import Judge
from decisions.fit.hardware.setting import Setting
from decisions.knowledge import capabilities, devices, runtimes
from decisions.knowledge.devices import Device
from decisions.record.parts import Money
from decisions.states import Ruling

NVIDIA_ONLY = frozenset({"nvfp4"})
"""Formats that the code of other makers' GPUs does not load."""


def cheapest(judge: Judge, setting: Setting, least_bytes: int) -> Device | None:
    """The first device by price, then by memory, that holds it; nothing is asked of those far too small.

    Left out are makers whose GPUs the runtime does not name, and GPUs too old for the quantization.
    """
    for device in _by_price():
        if (device.total_bytes or 0) < least_bytes or not _takes(setting, device):
            continue
        if judge(replace(setting, device=memory_of(device))) is Ruling.FITS:
            return device
    return None


def found_as(device: Device | None) -> dict[str, Any]:
    """The device as an estimate keeps it."""
    if device is None:
        return {}
    if device.price_usd is None:
        return {"smallest_device": device.name}
    return {"cheapest_device": device.name, "cheapest_price": price_of(device)}


def price_of(device: Device) -> Money:
    """What it cost when it came out; only for a device whose price is known."""
    return Money(amount=Decimal(str(device.price_usd)), currency="USD")


@cache
def _by_price() -> tuple[Device, ...]:
    """Listed discrete devices: those with a price from the cheapest, then the others from the smallest.

    Of two at one price the one with more memory comes first.
    """
    known = [row for row in devices.listed() if row.kind == "discrete" and row.total_bytes is not None]
    priced = (row for row in known if row.price_usd is not None)
    others = (row for row in known if row.price_usd is None)
    return (
        *sorted(priced, key=lambda row: (row.price_usd, -(row.total_bytes or 0))),
        *sorted(others, key=lambda row: row.total_bytes or 0),
    )


def _takes(setting: Setting, device: Device) -> bool:
    """Whether nothing that ships rules the device out for the runtime and the quantization."""
    runtime = runtimes.find(setting.runtime)
    if runtime is not None and runtime.makers and device.vendor not in runtime.makers:
        return False
    if device.compute_capability is None:
        return device.vendor == "NVIDIA" or setting.quantization.casefold() not in NVIDIA_ONLY
    has = capabilities.as_number(device.compute_capability)
    return all(has >= number for number in _least(setting))


def _least(setting: Setting) -> Iterator[tuple[int, ...]]:
    """The compute capabilities that the quantization starts at on the runtime."""
    name = setting.quantization.casefold().replace("_", "-")
    return (
        row.number for row in capabilities.shipped() if row.runtime == setting.runtime and row.word == name
    )
