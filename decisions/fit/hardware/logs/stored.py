"""What is stored of a log that is kept, and whether it can be of the model it was kept for at all."""

from collections.abc import Iterable, Mapping
from typing import Any

from decisions.fit.hardware.logs.compared import Row
from decisions.fit.hardware.logs.figures import Quantity

FAR_OFF = 0.25  # no prediction of weights is as wrong, whatever a mix does
_KNOWN = frozenset(quantity.value for quantity in Quantity)


def stored(row: Row) -> dict[str, str | int | None]:
    """A row as plain values."""
    return {
        "quantity": row.quantity.value,
        "predicted_bytes": row.predicted_bytes,
        "measured_bytes": row.measured_bytes,
        "half_width_bytes": row.half_width_bytes,
    }


def rows_of(figures: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Stored rows; a quantity of another release is passed over."""
    return tuple(_row(each) for each in figures if each.get("quantity") in _KNOWN)


def _row(values: Mapping[str, Any]) -> Row:
    predicted, measured = values.get("predicted_bytes"), values.get("measured_bytes")
    return Row(Quantity(values["quantity"]), predicted, measured, values.get("half_width_bytes") or 0)


def is_of_another(rows: Iterable[Row], gpu_layers: int | None) -> bool:
    """Whether the weights, which are known best, say that a log is another model's or of other weights.

    Where some layers are on the GPU, llama.cpp maps what is left of the file from its first tensor to its
    last, with what lies between them: more than predicted says nothing there.
    """
    errors = [row.error for row in rows if row.quantity is Quantity.WEIGHTS and row.error is not None]
    return any(error > FAR_OFF or (error < -FAR_OFF and not gpu_layers) for error in errors)
