"""Upper bounds of speed, recomputed by hand, and money."""

from decimal import Decimal

import pytest

from decisions.fit.hardware.cost import cost_of
from decisions.fit.hardware.speed import Load, Machine, bounds, distinct_experts, step_bytes
from decisions.record.schema import Money

DENSE = Load(4_000_000_000, 0, 0, 0, 500_000_000, 1, 8_000_000_000)


def test_one_sequence_is_bound_by_what_it_reads():
    found = bounds(DENSE, Machine(1e12, 100e12), 1000)
    assert found.step_bytes == 4_500_000_000
    assert found.decode_per_sequence == pytest.approx(1e12 / 4.5e9)
    assert found.prefill == pytest.approx(100e12 / 16e9)
    assert found.first_token_s == pytest.approx(1000 * 16e9 / 100e12 + 4.5e-3)
    assert found.bound == "memory"


def test_many_sequences_share_the_weights_until_arithmetic_binds():
    many = Load(4_000_000_000, 0, 0, 0, 0, 1000, 8_000_000_000)
    found = bounds(many, Machine(1e12, 100e12), 0)
    assert found.bound == "compute"
    assert found.decode_total == pytest.approx(100e12 / 16e9)


def test_only_experts_in_use_are_read():
    assert distinct_experts(128, 8, 1) == pytest.approx(8)
    assert 100 < distinct_experts(128, 8, 32) < 128
    assert distinct_experts(0, 0, 5) == 0
    sparse = Load(1_000, 128_000, 128, 8, 10, 1, 1)
    assert step_bytes(sparse) == 1_000 + 8_000 + 10


def test_what_is_not_known_of_the_machine_stays_unknown():
    assert bounds(DENSE, Machine(None, None), 10).decode_per_sequence is None
    assert bounds(DENSE, Machine(1e12, None), 10).first_token_s is None


def money(text):
    amount, currency = text.split()
    return Money(amount=Decimal(amount), currency=currency)


def test_a_plan_is_price_times_hours_in_the_routes_currency():
    found = cost_of(money("2.5 USD"), Decimal("8"), 100.0, money("20 USD"))
    assert (found.plan, found.within_budget) == (money("20.00 USD"), True)
    assert found.per_million_tokens == money("6.94 USD")
    assert cost_of(money("2.51 USD"), Decimal("8"), None, money("20 USD")).within_budget is False


def test_currencies_are_never_mixed_and_nothing_is_made_up():
    assert cost_of(money("300 JPY"), Decimal("8"), None, money("20 USD")).within_budget is None
    nothing = cost_of(None, Decimal("8"), 100.0, None)
    assert (nothing.plan, nothing.per_million_tokens, nothing.within_budget) == (None, None, None)


def test_an_amount_beyond_what_a_record_holds_is_unknown():
    assert cost_of(money("9999999 USD"), Decimal("9999999"), 1e-9, None) == cost_of(None, None, None, None)
