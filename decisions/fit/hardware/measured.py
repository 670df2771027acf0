"""An engine's own figures in place of predicted ones, where the setting is the one that was measured."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from decisions.fit.hardware.estimate import Basis, Estimate, Line, Place
from decisions.fit.hardware.kv_types import kv_types
from decisions.fit.hardware.logs.compared import quantity_of, with_states
from decisions.fit.hardware.logs.figures import EngineLog, Quantity
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import with_lines

_FORMULA = "as the engine's own log states it"
_SHOWN = 12  # digits of the log's digest


@dataclass(frozen=True, slots=True)
class Measured:
    """What a log says, over all devices: bytes and what rounding hides, by quantity and place."""

    figures: tuple[tuple[str, str, int, int], ...]
    setting: str
    log: str

    def applies_to(self, setting: Setting) -> bool:
        """Whether it was measured in that very setting."""
        return bool(self.figures) and mark_of(setting) == self.setting


def mark_of(setting: Setting) -> str:
    """What a measurement depends on of a setting, as one line."""
    count = setting.device.count if setting.device else 1
    layers = "all" if setting.gpu_layers is None else setting.gpu_layers
    tokens = f"{setting.context_tokens} × {setting.parallel}{' unified' if setting.kv_unified else ''}"
    keys, values = kv_types(setting.kv_dtype)
    quantization = setting.quantization.upper().replace("-", "_")
    return f"{setting.runtime} {quantization} {tokens} {keys}/{values} {layers} {count}{_beside(setting)}"


def _beside(setting: Setting) -> str:
    """What is held beside the model, if anything is."""
    draft = setting.draft
    named = f" {draft.name}:{draft.quantization}" if draft else ""
    return named if setting.lora_rank is None else f"{named} {setting.loras} of rank {setting.lora_rank}"


def figures_of(log: EngineLog) -> Iterator[tuple[str, str, int, int]]:
    """The figures of a log that lines of an estimate have, summed over places of a kind."""
    for quantity in Quantity:
        for host, place in ((False, Place.DEVICE), (True, Place.HOST)):
            if found := log.total(quantity, host=host):
                yield quantity.value, place.value, *found


def written(figures: Iterable[tuple[str, str, int, int]]) -> list[str]:
    """Figures as lines that a record keeps."""
    return [f"{quantity} {place} {size} ± {half} bytes" for quantity, place, size, half in figures]


def read_measured(lines: Iterable[str], setting: str, log: str) -> Measured:
    """What a record kept; a line of another release is passed over."""
    found = []
    for line in lines:
        match line.split():
            case [quantity, place, size, "±", half, "bytes"] if size.isdecimal() and half.isdecimal():
                found.append((quantity, place, int(size), int(half)))
    return Measured(tuple(found), setting, log)


def with_measured(found: Estimate, setting: Setting, measured: Measured) -> Estimate:
    """The estimate with the engine's figures for the lines that the log names, each marked as measured."""
    sizes = {place: _sizes(measured, place) for place in (Place.DEVICE.value, Place.HOST.value)}
    lines = tuple(_line(line, sizes, measured.log) for line in found.lines)
    return with_lines(found, lines, setting)


def _sizes(measured: Measured, place: str) -> dict[Quantity, tuple[int, int]]:
    """What was measured in one place, by quantity; a quantity of another release is passed over."""
    known = {quantity.value: quantity for quantity in Quantity}
    found = {
        known[quantity]: (size, half)
        for quantity, where, size, half in measured.figures
        if where == place and quantity in known
    }
    with_states(found)
    return found


def _line(line: Line, sizes: dict[str, dict[Quantity, tuple[int, int]]], log: str) -> Line:
    quantity = quantity_of(line)
    place = Place.HOST.value if line.place is Place.HOST else Place.DEVICE.value
    known = sizes[place].get(quantity) if quantity else None
    if known is None or not line.bytes:
        return line
    size, half = known
    each = line.per_device_bytes
    return replace(
        line,
        bytes=size,
        low_bytes=max(0, size - half),
        high_bytes=size + half,
        per_device_bytes=None if each is None else -(-each * size // line.bytes),
        basis=Basis.MEASURED,
        formula=_FORMULA,
        inputs=(("predicted", line.bytes),),
        source=f"log {log[:_SHOWN]}",
    )
