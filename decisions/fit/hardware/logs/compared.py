"""Predicted beside measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from decisions.fit.hardware.estimate import Line
from decisions.fit.hardware.logs.figures import EngineLog, Quantity

_BY_START = {
    "weights": Quantity.WEIGHTS,
    "kv": Quantity.KV,
    "state": Quantity.STATE,
    "recurrent": Quantity.STATE,
    "compute": Quantity.COMPUTE,
    "output": Quantity.OUTPUT,
    "repack": Quantity.REPACK,
    "graphs": Quantity.GRAPHS,
    "activation": Quantity.ACTIVATION,
    "gpu_context": Quantity.GPU_CONTEXT,
    "projector": Quantity.PROJECTOR,
    "lora": Quantity.LORA,
}
"""What a line of an estimate is measured by, by the beginning of its code."""


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity: what was expected and what the engine said, in bytes over all devices; None where one of
    them says nothing. `half_width_bytes` is what the log's rounding hides."""

    quantity: Quantity
    predicted_bytes: int | None
    measured_bytes: int | None
    half_width_bytes: int = 0

    @property
    def error(self) -> float | None:
        """(Predicted − measured) / measured; None without both. Within the rounding it is 0."""
        if self.predicted_bytes is None or not self.measured_bytes:
            return None
        off = self.predicted_bytes - self.measured_bytes
        return 0.0 if abs(off) <= self.half_width_bytes else off / self.measured_bytes


def compare(lines: Iterable[Line], log: EngineLog, tokens: int | None = None) -> tuple[Row, ...]:
    """Rows for what the estimate's lines or the log name, in the order of `Quantity`.

    vLLM and SGLang take all the room there is for the cache; with `tokens`, the context times the sequences
    that the estimate is for, their room per token is set beside the estimate's cache.
    """
    predicted: dict[Quantity, int | None] = {}
    for line in lines:
        quantity = quantity_of(line)
        if quantity is not None:
            before = predicted.get(quantity, 0)
            predicted[quantity] = None if line.bytes is None or before is None else before + line.bytes
    measured = {quantity: found for quantity in Quantity if (found := log.total(quantity)) is not None}
    with_states(measured)
    if Quantity.KV not in measured and tokens and log.kv_bytes_per_token:
        measured[Quantity.KV] = (round(log.kv_bytes_per_token * tokens), _half_of_room(log, tokens))
    return tuple(
        Row(quantity, predicted.get(quantity), *measured.get(quantity, (None, 0)))
        for quantity in Quantity
        if quantity in predicted or quantity in measured
    )


def with_states(measured: dict[Quantity, tuple[int, int]]) -> None:
    """Count states with keys and values, as an estimate's line of the cache does."""
    if (state := measured.pop(Quantity.STATE, None)) is not None:
        size, half = measured.get(Quantity.KV, (0, 0))
        measured[Quantity.KV] = (size + state[0], half + state[1])


def quantity_of(line: Line) -> Quantity | None:
    """What a line of an estimate is measured by; None for what no engine prints."""
    return next((each for start, each in _BY_START.items() if line.code.startswith(start)), None)


def _half_of_room(log: EngineLog, tokens: int) -> int:
    room, held = log.total(Quantity.ROOM), log.count("kv_tokens")
    return round(room[1] / held * tokens) if room and held else 0
