"""Intervals under each other on one scale, each with a mark of its own where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from decisions.export.charts.scale import WHOLE_PERCENT, between

ROW_PX = 16
LEAST_PERCENT = Decimal("0.5")  # an interval that is a point is seen


@dataclass(frozen=True)
class Interval:
    """From `low` to `high` in the unit of the chart; `mark` is a value in it or beside it."""

    label: str
    low: Decimal
    high: Decimal
    mark: Decimal | None = None


@dataclass(frozen=True)
class Span:
    """An interval where it is drawn, in percent of the width; rows are 16 pixels apart."""

    label: str
    y_px: int
    x_percent: Decimal
    width_percent: Decimal
    mark_percent: Decimal | None


def intervals(
    rows: Sequence[Interval], *, low: Decimal | None = None, high: Decimal | None = None
) -> list[Span]:
    """The rows on one scale, in their order; `low` and `high` widen it, such as to a threshold.

    Raises ValueError for an interval that ends before it begins.
    """
    if any(row.high < row.low for row in rows):
        raise ValueError("an interval ends where it begins or later")
    ends = [value for row in rows for value in (row.low, row.high, row.mark) if value is not None]
    ends += [value for value in (low, high) if value is not None]
    return [_span(row, number * ROW_PX, min(ends), max(ends)) for number, row in enumerate(rows)]


def _span(row: Interval, y_px: int, low: Decimal, high: Decimal) -> Span:
    if low == high:
        return Span(
            row.label, y_px, Decimal(0), WHOLE_PERCENT, None if row.mark is None else WHOLE_PERCENT / 2
        )
    start, end = between(row.low, low, high), between(row.high, low, high)
    width = max(LEAST_PERCENT, end - start)
    mark = None if row.mark is None else between(row.mark, low, high)
    return Span(row.label, y_px, min(start, WHOLE_PERCENT - width), width, mark)
