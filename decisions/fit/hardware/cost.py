"""What a plan costs on a route that is paid by the hour. Money stays decimal, in the route's own currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from decisions.record.schema import Money

SECONDS_PER_HOUR = 3600
MILLION = 1_000_000
CENT = Decimal("0.01")
MOST = Decimal(99_999_999)  # what a record holds


@dataclass(frozen=True, slots=True)
class Cost:
    """`plan` is price × hours; `per_million_tokens` the least a million generated tokens can cost, at the
    fastest the machine can be; `within_budget` None where budget or plan is not known or their currencies
    differ.
    """

    plan: Money | None
    per_million_tokens: Money | None
    within_budget: bool | None


def cost_of(
    price_per_hour: Money | None, hours: Decimal | None, tokens_per_s: float | None, budget: Money | None
) -> Cost:
    """Work out what is known; `price_per_hour` is for the whole machine, all its devices together."""
    plan = _times(price_per_hour, hours)
    return Cost(plan, _per_million(price_per_hour, tokens_per_s), _within(plan, budget))


def _times(price: Money | None, hours: Decimal | None) -> Money | None:
    if price is None or hours is None or price.amount * hours > MOST:
        return None
    return Money(amount=(price.amount * hours).quantize(CENT, ROUND_HALF_UP), currency=price.currency)


def _per_million(price: Money | None, tokens_per_s: float | None) -> Money | None:
    if price is None or not tokens_per_s:
        return None
    return _times(price, Decimal(MILLION) / (Decimal(repr(tokens_per_s)) * SECONDS_PER_HOUR))


def _within(plan: Money | None, budget: Money | None) -> bool | None:
    if plan is None or budget is None or plan.currency != budget.currency:
        return None
    return plan.amount <= budget.amount
