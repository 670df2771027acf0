"""What an estimate says: lines that add up, each with its basis, formula, inputs and range."""

from dataclasses import dataclass
from enum import StrEnum


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
