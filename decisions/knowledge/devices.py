"""Devices a model can run on, with their memory."""

from functools import cache
from typing import Literal

from decisions.knowledge.facts import Fact, ranked, read_json


class Device(Fact):
    """A GPU, or a chip whose memory the GPU shares with the processor (`unified`).

    `memory_gib` lists the sizes it is sold with, as the maker states them; `usable_mib` is what a driver
    reported, where a report was found.
    """

    name: str
    vendor: str
    kind: Literal["discrete", "unified"]
    memory_gib: tuple[float, ...] = ()
    usable_mib: int | None = None


@cache
def shipped() -> tuple[Device, ...]:
    """Every shipped device, grouped by maker."""
    return tuple(Device(**row) for row in read_json("devices.json"))


@cache
def _by_name() -> dict[str, Device]:
    return {device.name.casefold(): device for device in shipped()}


def find(text: str) -> Device | None:
    """The device with that name; case does not matter."""
    return _by_name().get(text.strip().casefold())


def search(text: str, limit: int = 20) -> tuple[Device, ...]:
    """Devices whose name holds every part of `text`, the closest first."""
    names = ranked(text, (device.name for device in shipped()), limit)
    return tuple(_by_name()[name.casefold()] for name in names)
