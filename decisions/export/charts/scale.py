"""Places along a line, in percent of its length."""

from collections.abc import Sequence
from decimal import Decimal

STEP_PERCENT = Decimal("0.01")
WHOLE_PERCENT = Decimal(100)


def percent_of(value: Decimal, whole: Decimal) -> Decimal:
    """`value` in percent of `whole`, rounded to a hundredth. Raises ZeroDivisionError for an empty whole."""
    return (value / whole * 100).quantize(STEP_PERCENT)


def between(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Where `value` stands from `low` (0 %) to `high` (100 %); the middle where both are the same."""
    if low == high:
        return WHOLE_PERCENT / 2
    return percent_of(value - low, high - low)


def lanes(places_percent: Sequence[Decimal], apart_percent: Decimal) -> list[int]:
    """A lane for each place, in ascending order, so that two in one lane are at least so far apart."""
    last_in_lane: list[Decimal] = []
    found = []
    for place in places_percent:
        free = (number for number, last in enumerate(last_in_lane) if place - last >= apart_percent)
        lane = next(free, len(last_in_lane))
        if lane == len(last_in_lane):
            last_in_lane.append(place)
        last_in_lane[lane] = place
        found.append(lane)
    return found
