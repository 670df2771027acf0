"""Devices a model can run on: memory, bandwidth, arithmetic, and where sources disagree."""

import re
from functools import cache
from typing import Literal

from decisions.knowledge.facts import Fact, ranked, read_json

DISAGREE = 1.06
"""Sources whose bandwidths differ by more than this factor disagree; less is rounding."""
_SIZE = re.compile(r"(?P<name>.+?) ?(?P<size>\d+(?:\.\d+)?) ?gi?b?")
_GIB = 1 << 30
_MIB = 1 << 20


class Device(Fact):
    """A GPU, or a chip whose memory the GPU shares with the processor (`unified`), or a processor (`cpu`).

    `memory_gib` lists the sizes it is sold with, as the maker states them; `usable_mib` is what a program
    sees of it (cudaMemGetInfo, as torch prints it), where a report was found, and `nvidia_smi_mib` the
    driver's own total, of which it keeps some. `bandwidth_gb_s` is the peak in 10^9 bytes per second that
    is used, `bandwidth_elsewhere` what other sources say. `vector_tflops` is the 16-bit rate without matrix
    units, `tensor_tflops` the dense 16-bit and `fp8_tflops` the dense 8-bit rate with them. None is not
    found.
    """

    name: str
    vendor: str
    kind: Literal["discrete", "unified", "cpu"]
    memory_gib: tuple[float, ...] = ()
    usable_mib: int | None = None
    nvidia_smi_mib: int | None = None
    aliases: tuple[str, ...] = ()
    bandwidth_gb_s: float | None = None
    bandwidth_elsewhere: dict[str, float] = {}
    vector_tflops: float | None = None
    tensor_tflops: float | None = None
    fp8_tflops: float | None = None
    compute_capability: str | None = None
    note: str = ""

    @property
    def bandwidth_disagrees(self) -> bool:
        """Whether sources differ by more than rounding."""
        known = [*self.bandwidth_elsewhere.values(), *([self.bandwidth_gb_s] if self.bandwidth_gb_s else [])]
        return bool(known) and max(known) / min(known) > DISAGREE

    @property
    def tflops(self) -> float | None:
        """The highest dense 16-bit rate that is known; without a figure for matrix units it may be less
        than the chip can do."""
        return max((rate for rate in (self.vector_tflops, self.tensor_tflops) if rate), default=None)

    @property
    def total_bytes(self) -> int | None:
        """The memory as the maker states it; None where it is sold in several sizes and none was said."""
        return int(self.memory_gib[0] * _GIB) if len(self.memory_gib) == 1 else None

    @property
    def usable_bytes(self) -> int | None:
        """What a program can get at most: a driver's figure, or macOS's default share for the GPU.

        macOS lets the GPU take two thirds of up to 32 GiB (21845 of 32768 MiB in ollama/ollama#434) and three
        quarters of 64 and more (49152 of 65536 MiB in ggml-org/llama.cpp#1870); between them three quarters
        are assumed.
        """
        if self.usable_mib is not None:
            return self.usable_mib * _MIB
        total = self.total_bytes
        if total is None or self.vendor != "Apple":
            return None
        return total * 2 // 3 if total <= 32 * _GIB else total * 3 // 4


@cache
def shipped() -> tuple[Device, ...]:
    """Every shipped device, grouped by maker."""
    return tuple(Device(**row) for row in read_json("devices.json"))


@cache
def _by_name() -> dict[str, Device]:
    return {device.name.casefold(): device for device in shipped()}


@cache
def _by_alias() -> dict[str, Device]:
    return {_key(name): device for device in shipped() for name in (*device.aliases, device.name)}


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.casefold()).strip()


def find(text: str) -> Device | None:
    """The device with that name or one of its other names; case, hyphens and spaces do not matter.

    A size may follow ("Apple M4 Max 64GB"): then the device comes with that memory alone, or not at all where
    it is not sold with it. "cpu" is the processor, "cpu 32GB" one with that RAM. Nothing is guessed.
    """
    key = _key(text)
    if key in _by_alias():
        return _by_alias()[key]
    sized = _SIZE.fullmatch(key)
    if sized is None:
        return _cpu() if key == "cpu" else None
    name, size = sized["name"], float(sized["size"])
    if name == "cpu":
        return _cpu(size)
    device = _by_alias().get(name)
    return device.model_copy(update={"memory_gib": (size,)}) if device and size in device.memory_gib else None


def _cpu(*memory_gib: float) -> Device:
    """A processor is no shipped fact: its RAM is what the caller says."""
    return Device(name="CPU", vendor="", kind="cpu", memory_gib=memory_gib, source="stated", date="")


def search(text: str, limit: int = 20) -> tuple[Device, ...]:
    """Devices whose name holds every part of `text`, the closest first."""
    names = ranked(text, (device.name for device in shipped()), limit)
    return tuple(_by_name()[name.casefold()] for name in names)
