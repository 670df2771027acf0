"""One model in every quantization on every device.

What a model needs hardly depends on the device, so that each quantization is sized once for each kind of
device (a processor, a GPU, a GPU for which a server batches more), and then held against each one's room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.batches import batch_of
from decisions.fit.hardware.estimate import Estimate
from decisions.fit.hardware.llama.ollama import spared_bytes
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.room import room_of
from decisions.fit.hardware.runs import weighed
from decisions.fit.hardware.servers import reserved_bytes
from decisions.fit.hardware.setting import GGUF_RUNTIMES, DeviceMemory, Setting
from decisions.fit.hardware.sizing import Needs, estimate, in_room, needs_of
from decisions.fit.hardware.weights import Weights
from decisions.states import Ruling


class Cell(NamedTuple):
    """What one quantization needs of one device: the likely figure and its range, in bytes."""

    ruling: Ruling
    needed_bytes: int
    low_bytes: int
    high_bytes: int


class _Choice(NamedTuple):
    """What one quantization needs, and its cell in a room that is large enough, too close to call or too
    small."""

    needs: Needs
    low: int
    high: int
    fits: Cell
    close: Cell
    too_large: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One device and the bytes of its room (None: not known), and a cell for each quantization in the order
    they were asked for; None cannot be sized."""

    device: DeviceMemory
    room_bytes: int | None
    cells: tuple[Cell | None, ...]


def table_of(
    arch: Architecture,
    setting: Setting,
    quantizations: Sequence[str],
    devices: Iterable[DeviceMemory],
    weights: Weights | None = None,
) -> tuple[Row, ...]:
    """A row for each device, a cell for each quantization; all else is as in `setting`. `weights` are those
    of a real file, which stand for the empty name.

    Raises nothing: a quantization the runtime does not take, or a setting without a meaning, has no cells.
    """
    needs: dict[object, tuple[_Choice | None, ...]] = {}

    def needs_in(here: Setting) -> tuple[_Choice | None, ...]:
        kind = _kind_of(here)
        if kind not in needs:
            settings = (replace(here, quantization=name) for name in quantizations)
            needs[kind] = tuple(
                _needs(arch, each, None if each.quantization else weights) for each in settings
            )
        return needs[kind]

    here = (replace(setting, device=one) for one in devices)
    return tuple(_row(arch, each, needs_in(each)) for each in here)


def sized_or_none(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Estimate | None:
    """The estimate in one setting; None where it cannot be sized."""
    try:
        return estimate(arch, setting, weights)
    except Unsizable:
        return None


def _row(arch: Architecture, here: Setting, needs: tuple[_Choice | None, ...]) -> Row:
    """What lies outside of a server's share is the same for all quantizations, and so is the limit."""
    device, room = here.device or DeviceMemory(), room_of(here.device, spared_bytes(here))
    sized = next((choice for choice in needs if choice), None)
    limit = None
    if room and sized:
        limit = in_room(sized.needs, room, reserved_bytes(arch, here, room)).room_bytes
    return Row(device, limit, tuple(_cell(choice, limit) if choice else None for choice in needs))


def _choice(needs: Needs) -> _Choice:
    """The three cells that one need can come to: most rooms share them."""
    need, low, high = needs.each.needed_bytes, needs.each.low_bytes, needs.each.high_bytes
    fits = Ruling.UNKNOWN if needs.each.is_partial else Ruling.FITS
    rulings = (fits, Ruling.UNKNOWN, Ruling.DOES_NOT_FIT)
    cells = (Cell(weighed(ruling, needs.obstacle), need, low, high) for ruling in rulings)
    return _Choice(needs, low, high, *cells)


def _cell(choice: _Choice, room_bytes: int | None) -> Cell:
    if room_bytes is None or choice.low <= room_bytes < choice.high:
        return choice.close
    return choice.fits if choice.high <= room_bytes else choice.too_large


def _kind_of(setting: Setting) -> object:
    """What an estimate depends on of a device, beside its room."""
    device = setting.device
    own = None if setting.runtime in GGUF_RUNTIMES else batch_of(setting)
    servers = own and (bool(device and device.total_bytes), device and device.unified)
    return device and (device.is_cpu, device.count), own, servers


def _needs(arch: Architecture, setting: Setting, weights: Weights | None) -> _Choice | None:
    try:
        return _choice(needs_of(arch, setting, weights))
    except Unsizable:
        return None
