"""Devices a model can run on: memory, bandwidth, arithmetic, and where sources disagree."""

import re
from functools import cache
from typing import Literal

from pydantic import Field

from decisions.knowledge.facts import Fact, ranked, read_json

DISAGREE = 1.06
"""Sources whose bandwidths differ by more than this factor disagree; less is rounding."""
MATRIX_UNITS_SINCE = 7.0
_SIZE = re.compile(r"(?P<name>.+?) ?(?P<size>\d+(?:\.\d+)?) ?gi?b?")
_COUNT = re.compile(
    r"(?P<first>\d{1,2}) ?[x×*] ?(?P<after>\S.*)|(?P<before>.*\w)(?:(?<=\d)| +)[x×*] ?(?P<last>\d{1,2})",
    re.IGNORECASE,
)
_COMPUTER = re.compile(r"\b(?:macbook (?:pro|air)|mac (?:studio|mini|pro)|imac)\b")
_GLUED = re.compile(r"(?<=tx)(?=\d)|(?<=rx)(?=\d)|(?<=\d)(?=(?:ti|super|xtx?|gre)\b)")  # rtx4070ti
_GIB_WORD = re.compile(r"(?<=\d) ?gi?b\b")
_SIZE_WORD = re.compile(r"\d+(?:\.\d+)?gb")
_GPU = re.compile(r"(?P<size>\d+) ?gi?b (?:class )?(?:gpu|vram|card)")
_PROCESSOR = re.compile(
    r"\b(?:cpu|xeon|epyc|threadripper|ryzen [3579]|core (?:i[3579]|ultra)|graviton\d?|altra)\b(?!.*\bgpu\b)"
)
_SXM = re.compile(r"\bsxm[2-6]\b")
_BRACKETS = str.maketrans("()", "  ")
_PASSING = frozenset(
    {
        *("nvidia", "geforce", "rtx", "gtx", "tesla", "amd", "radeon", "instinct", "rx", "apple", "intel"),
        *("gpu", "card", "generation", "edition"),
    }
)
"""Words without which a device's name is still its own."""

_GIB = 1 << 30
_MIB = 1 << 20


class Device(Fact):
    """A GPU, or a chip whose memory the GPU shares with the processor (`unified`), or a processor (`cpu`).

    `memory_gib` lists the sizes it is sold with, as the maker states them; `usable_mib` is what a program
    sees of it (cudaMemGetInfo, as torch prints it), where a report was found, and `nvidia_smi_mib` the
    driver's own total, of which it keeps some. `bandwidth_gb_s` is the peak in 10^9 bytes per second that
    is used, `bandwidth_elsewhere` what other sources say. `vector_tflops` is the 16-bit rate without matrix
    units, `tensor_tflops` the dense 16-bit (with 16-bit sums, where the chip is faster so) and `fp8_tflops`
    the dense 8-bit rate with them. `price_usd` is what the maker asked for one at its start, by
    `price_source` on `price_date`: a claim nobody here has checked, good to put devices in an order and for
    no bill. None is not found. `listed` is off for old, mobile and rare devices: they are found by name, but
    no table offers them and nobody is told to buy one. It is no fact, and in no digest.
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
    price_usd: float | None = None
    price_source: str = ""
    price_date: str = ""
    listed: bool = Field(default=True, exclude=True)
    note: str = ""

    @property
    def bandwidth_disagrees(self) -> bool:
        """Whether sources differ by more than rounding."""
        known = [*self.bandwidth_elsewhere.values(), *([self.bandwidth_gb_s] if self.bandwidth_gb_s else [])]
        return bool(known) and max(known) / min(known) > DISAGREE

    @property
    def tflops(self) -> float | None:
        """The highest dense 16-bit rate; None where the chip has matrix units whose rate nobody found, for a
        bound worked out without them would be too low."""
        if self.tensor_tflops is None and self._has_matrix_units:
            return None
        return max((rate for rate in (self.vector_tflops, self.tensor_tflops) if rate), default=None)

    @property
    def _has_matrix_units(self) -> bool:
        """NVIDIA's since Volta (compute capability 7.0) but for its GTX cards, and Intel's Arc; AMD rates are
        with them."""
        if self.vendor == "NVIDIA" and " GTX " not in self.name:
            return self.compute_capability is None or float(self.compute_capability) >= MATRIX_UNITS_SINCE
        return self.vendor == "Intel"

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
def listed() -> tuple[Device, ...]:
    """The shipped devices that tables offer."""
    return tuple(device for device in shipped() if device.listed)


@cache
def _by_name() -> dict[str, Device]:
    return {device.name.casefold(): device for device in shipped()}


@cache
def _by_alias() -> dict[str, Device]:
    return {_key(name): device for device in shipped() for name in (*device.aliases, device.name)}


@cache
def _by_words() -> dict[frozenset[str], Device]:
    return {_words(key): device for key, device in _by_alias().items()}


@cache
def _by_family() -> dict[frozenset[str], tuple[Device, ...]]:
    """Devices that are told apart by a size alone, by the words that they share."""
    found: dict[frozenset[str], dict[str, Device]] = {}
    for words, device in _by_words().items():
        shared = frozenset(word for word in words if not _SIZE_WORD.fullmatch(word))
        if shared and shared != words and shared not in _by_words():
            found.setdefault(shared, {})[device.name] = device
    return {words: tuple(devices.values()) for words, devices in found.items()}


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.casefold()).strip()


def _words(key: str) -> frozenset[str]:
    """What tells devices apart in a name: without makers, computers and their order."""
    plain = _GIB_WORD.sub("gb", _COMPUTER.sub(" ", _GLUED.sub(" ", key)))
    return frozenset(_SXM.sub("sxm", plain).translate(_BRACKETS).split()) - _PASSING


def find(text: str) -> Device | None:
    """The device with that name or one of its other names; case, hyphens, spaces, the maker and the order of
    words do not matter.

    A size may follow ("Apple M4 Max 64GB"): then the device comes with that memory alone, or not at all where
    it is not sold with it. "cpu" is the processor, "cpu 32GB" one with that RAM, and so are names of
    processors, of which nothing more is known here. Nothing is guessed.
    """
    key = _key(text)
    if found := _by_alias().get(key) or _by_words().get(_words(key)):
        return found
    if stated := _GPU.fullmatch(key):
        return _of_memory("GPU", "discrete", float(stated["size"]))
    sized = _SIZE.fullmatch(key.translate(_BRACKETS).strip())
    if sized is None:
        return _of_memory("CPU", "cpu") if _PROCESSOR.search(key) else None
    name, size = sized["name"].strip(), float(sized["size"])
    device = _by_alias().get(name) or _by_words().get(_words(name))
    if device is None and _PROCESSOR.search(name):
        return _of_memory("CPU", "cpu", size)
    return device.model_copy(update={"memory_gib": (size,)}) if device and size in device.memory_gib else None


def find_sized(text: str, memory_gib: float | None) -> Device | None:
    """The device with that name, or where the name leaves a size open, the one with that memory: "RTX 3060"
    with 12."""
    found = find(text)
    return found or (find(f"{text} {memory_gib:g}GB") if text and memory_gib else None)


def sizes_of(text: str) -> tuple[float, ...]:
    """The sizes in GiB of the devices that a name without a size may mean, the smallest first: "RTX 3060" is
    sold with 8 and 12."""
    family = _by_family().get(_words(_key(text)), ())
    return tuple(sorted({size for device in family for size in device.memory_gib}))


def stated_gib(text: str) -> float | None:
    """The size at the end of a name that no shipped device has: "RTX 2060 12GB", "RTX 4090 48 GiB"; None
    where it says none."""
    sized = _SIZE.fullmatch(_key(text).translate(_BRACKETS).strip())
    return float(sized["size"]) if sized and float(sized["size"]) else None


def read_count(text: str) -> tuple[str, int | None]:
    """A name and how many it says there are: "2x RTX 3090" and "RTX 3090 x2" are two; None where it does not
    say.
    """
    found = _COUNT.fullmatch(text.strip())
    if found is None:
        return text, None
    return found["after"] or found["before"], int(found["first"] or found["last"])


def _of_memory(name: str, kind: Literal["discrete", "cpu"], *memory_gib: float) -> Device:
    """No shipped fact: a processor or a GPU that nothing is known of but its memory, as the caller says."""
    return Device(name=name, vendor="", kind=kind, memory_gib=memory_gib, source="stated", date="")


def search(text: str, limit: int = 20) -> tuple[Device, ...]:
    """Devices whose name holds every part of `text`, the closest first."""
    names = ranked(text, (device.name for device in shipped()), limit)
    return tuple(_by_name()[name.casefold()] for name in names)
