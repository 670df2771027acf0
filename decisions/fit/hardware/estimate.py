"""What an estimate says: lines that add up, each with its basis, formula, inputs and range."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from decisions.fit.hardware.runs import Obstacle
from decisions.states import Ruling


class Basis(StrEnum):
    """How a line was come by; the weakest one of its inputs counts."""

    MEASURED = "measured"
    COMPUTED = "computed"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """Whose memory a line takes."""

    DEVICE = "device"
    HOST = "host"
    DISK = "disk"


class Part(StrEnum):
    """What a line is for; the bar on a page has one share for each."""

    WEIGHTS = "weights"
    KV = "kv"
    RUNTIME = "runtime"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that takes memory, summed over all devices.

    `low_bytes` and `high_bytes` are the range the true figure is expected in (equal where it is exact).
    `formula` is the rule in words and symbols, `inputs` its values by name, `source` where the rule is from.
    None bytes is unknown, and `missing` says what would settle it.
    """

    code: str
    part: Part
    place: Place
    bytes: int | None
    low_bytes: int | None
    high_bytes: int | None
    basis: Basis
    formula: str = ""
    inputs: tuple[tuple[str, int | float | str], ...] = ()
    source: str = ""
    missing: str = ""
    per_device_bytes: int | None = None


def share_of(line: Line, devices: int) -> int | None:
    """What one of equal devices holds of a line, in bytes: an equal part where its rule says no other.

    None is not known, or is nothing that a device holds.
    """
    if line.bytes is None or line.place is not Place.DEVICE:
        return None
    if devices == 1:
        return line.bytes
    return -(-line.bytes // devices) if line.per_device_bytes is None else line.per_device_bytes


def gpu_context(devices: int, low: int, each: int, high: int, source: str = "") -> Line:
    """What driver and libraries take on every GPU, in bytes of one: known from logs only."""
    return Line(
        code="gpu_context",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=low * devices,
        high_bytes=high * devices,
        basis=Basis.ASSUMED,
        formula="a usual amount per GPU × devices",
        inputs=(("per GPU, MiB", each >> 20), ("devices", devices)),
        source=source,
        per_device_bytes=each,
    )


def held_by_others(devices: int, each: int) -> Line:
    """What other programs hold of every device, in bytes of one, as somebody stated it: it is not there for
    the model, and no part of what that needs."""
    return Line(
        code="held",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=each * devices,
        high_bytes=each * devices,
        basis=Basis.ASSUMED,
        formula="as stated, on each device × devices: taken off what there is",
        inputs=(("per device, MiB", each >> 20), ("devices", devices)),
        source="what somebody stated",
        per_device_bytes=each,
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """One kind of memory that lines take: of one device, of the host, of the disk.

    `needed_bytes` with its range; `room_bytes` is what is there for it with its range, None where nobody
    said. `reserved_bytes` is what a server takes at its start, whatever it needs; None where it takes what
    it needs. `is_partial` says that one of the lines is not known.
    """

    needed_bytes: int
    low_bytes: int
    high_bytes: int
    room_bytes: int | None = None
    room_low_bytes: int | None = None
    room_high_bytes: int | None = None
    reserved_bytes: int | None = None
    room_basis: Basis = Basis.UNKNOWN
    is_partial: bool = False

    @property
    def margin_bytes(self) -> int | None:
        """What is left over; below zero what is short; None where the room is not known."""
        return None if self.room_bytes is None else self.room_bytes - self.needed_bytes

    @property
    def ruling(self) -> Ruling:
        """Fits when all is known and even the upper end goes in, does not when not even the lower end does;
        else too close to call."""
        if self.room_bytes is None:
            return Ruling.UNKNOWN
        if self.high_bytes <= self.room_bytes:
            return Ruling.UNKNOWN if self.is_partial else Ruling.FITS
        return Ruling.DOES_NOT_FIT if self.low_bytes > self.room_bytes else Ruling.UNKNOWN


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model needs in one setting. All sizes are bytes, summed over all `devices` but in `device`.

    `device` is one of the equal devices that hold the model (the processor's memory on a CPU), `host` the
    memory of the machine where something stays there beside it. `kv_tokens_capacity` is how many tokens the
    cache can hold in what is left, with its range, `requests_capacity` how many sequences of the asked
    context; None where the room is not known. `starts` says of a server that reserves its memory whether it
    starts with what is asked: it may, and let requests wait, though not all that were asked for go in at
    once. `deciding` is the code of the line that takes most of what can still be changed. `missing` lists
    what would settle an unknown. `obstacle` is what stands against the model in the runtime, whatever its
    size.
    """

    lines: tuple[Line, ...]
    device: Holder
    host: Holder
    disk_bytes: int
    ruling: Ruling
    deciding: str
    kv_tokens_capacity: int | None = None
    requests_capacity: int | None = None
    starts: bool | None = None
    missing: tuple[str, ...] = ()
    kv_tokens_range: tuple[int, int] | None = None
    obstacle: Obstacle | None = None
    devices: int = 1

    def bytes_of(self, *codes: str) -> int | None:
        """The lines with these codes together; None where there are none or one is not known."""
        found = [line.bytes for line in self.lines if line.code in codes]
        known = [size for size in found if size is not None]
        return sum(known) if found and len(known) == len(found) else None

    @property
    def total_bytes(self) -> int:
        """Everything in memory, on devices and host. Lines that are spared are not in it."""
        return sum(line.bytes or 0 for line in self.counted)

    @property
    def range_bytes(self) -> tuple[int, int]:
        """The range the total is expected in: errors of lines are taken as independent of each other."""
        return combined(self.counted)

    @property
    def counted(self) -> tuple[Line, ...]:
        """The lines that add up to the total."""
        return tuple(line for line in self.lines if line.place is not Place.DISK and line.code not in SPARED)


SPARED = frozenset({"repack", "apart_projector", "load_peak", "held"})
"""Lines that do not add up to the total: a mapped file's pages can be dropped once they are copied, a vision
part that nobody asked for is not loaded, loading is over when the rest is there, and what other programs hold
is taken off the room."""


def combined(lines: Iterable[Line]) -> tuple[int, int]:
    """The range of a sum: distances from the best figures add as independent errors do, by squares."""
    best, below, above = 0, 0.0, 0.0
    for line in lines:
        if line.bytes is not None:
            best += line.bytes
            below += (line.bytes - (line.bytes if line.low_bytes is None else line.low_bytes)) ** 2
            above += ((line.bytes if line.high_bytes is None else line.high_bytes) - line.bytes) ** 2
    return int(best - below**0.5), int(best + above**0.5 + 0.5)
