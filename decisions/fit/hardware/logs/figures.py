"""What was read of a log: amounts of memory, counts and settings, each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from decisions.fit.hardware.setting import RuntimeName


class Quantity(StrEnum):
    """What an engine says it took memory for."""

    WEIGHTS = "weights"  # in buffers or on a device
    FILE = "file"  # all tensors of the model as they are stored
    KV = "kv"
    STATE = "state"  # of recurrent layers
    ROOM = "room"  # for a cache, as much as there was: vLLM and SGLang
    COMPUTE = "compute"
    OUTPUT = "output"
    REPACK = "repack"
    GRAPHS = "graphs"
    ACTIVATION = "activation"
    GPU_CONTEXT = "gpu_context"  # what the process holds beside the allocator's
    PROJECTOR = "projector"  # a vision or audio part with its buffers
    LORA = "lora"
    TOTAL = "total"


ADDS_UP = frozenset(
    {
        Quantity.WEIGHTS,
        Quantity.KV,
        Quantity.STATE,
        Quantity.REPACK,
        Quantity.ROOM,
        Quantity.LORA,
        Quantity.PROJECTOR,
    }
)
"""Said several times for one place, these are several buffers; of the others the last one counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of memory. The printed number was rounded: the true one is within `half_width_bytes` of it.

    `place` is the engine's name of the device (CUDA0, CPU, TP1), empty where the figure is for all together;
    `host` says that it is the machine's own memory. `line` counts from 1, `raw` is the line as it stood.
    """

    quantity: Quantity
    bytes: int
    half_width_bytes: int
    place: str
    line: int
    raw: str
    host: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is no memory: tokens of room, blocks, how many requests at once."""

    name: str
    value: float
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A setting as the log states it."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class EngineLog:
    """What a start-up log says of the last model it loads; `loads` counts all of them.

    `ready` says that the engine came up, `failure` is the line that says why not. `not_understood` are lines
    with an amount of memory that no rule reads (number and text), at most twenty.
    """

    engine: RuntimeName
    version: str
    model: str
    settings: tuple[Stated, ...]
    figures: tuple[Figure, ...]
    counts: tuple[Count, ...]
    not_understood: tuple[tuple[int, str], ...] = ()
    loads: int = 1
    ready: bool = False
    failure: str = ""

    def setting(self, name: str) -> str:
        """A setting by its name; empty where the log does not state it."""
        return next((each.value for each in reversed(self.settings) if each.name == name), "")

    def count(self, name: str) -> float | None:
        """A count by its name, the least where several devices say one."""
        found = [each.value for each in self.counts if each.name == name]
        return min(found) if found else None

    def of(self, quantity: Quantity, *, host: bool | None = None) -> tuple[Figure, ...]:
        """The figures of a quantity that add up: those per place if there are any, else the one for all."""
        found = [each for each in self.figures if each.quantity is quantity and not each.draft]
        placed = [each for each in found if each.place]
        return tuple(each for each in placed or found if host is None or each.host is host)

    def total(self, quantity: Quantity, *, host: bool | None = None) -> tuple[int, int] | None:
        """Bytes of a quantity over all places, and how far rounding may have put them off."""
        found = self.of(quantity, host=host)
        if not found:
            return None
        return sum(each.bytes for each in found), sum(each.half_width_bytes for each in found)

    @property
    def kv_bytes_per_token(self) -> float | None:
        """What the room for the cache makes per token on all devices together (vLLM, SGLang)."""
        room, tokens = self.total(Quantity.ROOM), self.count("kv_tokens")
        return room[0] / tokens if room and tokens else None


def kept(figures: list[Figure]) -> Iterator[Figure]:
    """Without what a later line replaces: buffers are reserved anew, caches are not."""
    last = {(each.quantity, each.place, each.draft): each.line for each in figures}
    for each in figures:
        if each.quantity in ADDS_UP or last[each.quantity, each.place, each.draft] == each.line:
            yield each
