"""A stacked bar: shares one after another on the track of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from decisions.export.charts.scale import STEP_PERCENT, WHOLE_PERCENT, percent_of

LEAST_PERCENT = Decimal("0.5")  # what is more than nothing is seen
MOST_SHARES = 100


@dataclass(frozen=True)
class Share:
    """A part of a whole, in the unit of that whole; `tone` names its colour: one, two, three or over."""

    label: str
    amount: Decimal
    tone: str = "one"


@dataclass(frozen=True)
class Box:
    """A share where it is drawn, in percent of the width."""

    label: str
    tone: str
    x_percent: Decimal
    width_percent: Decimal


@dataclass(frozen=True)
class StackedBar:
    """Boxes from left to right, and the track behind them.

    The track is the whole. Where the shares are more than it, the boxes go on beyond its end.
    """

    boxes: tuple[Box, ...]
    track_percent: Decimal

    @property
    def is_exceeded(self) -> bool:
        """Whether the shares are more than the whole."""
        return self.track_percent < WHOLE_PERCENT


def stacked_bar(shares: Sequence[Share], whole: Decimal | None = None) -> StackedBar:
    """The bar of `shares` in a `whole` of the same unit; without one, they make it up themselves.

    Raises ValueError for an amount below zero and for more shares than can be told apart.
    """
    if len(shares) > MOST_SHARES or any(share.amount < 0 for share in shares) or (whole or 0) < 0:
        raise ValueError("a bar takes up to 100 shares, none of them below zero")
    total = sum((share.amount for share in shares), Decimal(0))
    end = total if whole is None else max(total, whole)
    if end == 0:
        return StackedBar((), WHOLE_PERCENT)
    widths = _widths([share.amount for share in shares], total, end)
    track = WHOLE_PERCENT if whole is None or whole == end else percent_of(whole, end)
    return StackedBar(tuple(_boxes(shares, widths)), track)


def _widths(amounts: Sequence[Decimal], total: Decimal, end: Decimal) -> list[Decimal]:
    """Widths that fill exactly what all amounts take together; the largest takes the rest of the rounding."""
    widths = [max(LEAST_PERCENT, percent_of(amount, end)) if amount else Decimal(0) for amount in amounts]
    seen = sum(1 for amount in amounts if amount)
    room = max(percent_of(total, end), LEAST_PERCENT * seen)
    if seen:
        largest = amounts.index(max(amounts))
        widths[largest] += room - sum(widths)
        if widths[largest] < LEAST_PERCENT:  # many small ones have eaten it up
            return _evened(amounts, room, seen)
    return widths


def _evened(amounts: Sequence[Decimal], room: Decimal, seen: int) -> list[Decimal]:
    """Widths that all begin with the least, and share what is left of the room."""
    total, left = sum(amounts, Decimal(0)), room - LEAST_PERCENT * seen
    shared = [(left * amount / total).quantize(STEP_PERCENT, ROUND_DOWN) for amount in amounts]
    shared[amounts.index(max(amounts))] += left - sum(shared)
    return [
        LEAST_PERCENT + more if amount else Decimal(0) for amount, more in zip(amounts, shared, strict=True)
    ]


def _boxes(shares: Sequence[Share], widths: Sequence[Decimal]) -> list[Box]:
    boxes, x_percent = [], Decimal(0)
    for share, width in zip(shares, widths, strict=True):
        if width:
            boxes.append(Box(share.label, share.tone, x_percent, width))
        x_percent += width
    return boxes
