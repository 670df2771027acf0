"""Places along a line, in percent of its length."""

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
