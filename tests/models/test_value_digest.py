"""The digest an autosave carries: equal for equal values, however they were typed."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from decisions.models import Route
from decisions.models.drafts import DIGEST_LENGTH, value_digest

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EQUAL: list[tuple[Any, Any]] = [
    (Decimal("1.50"), Decimal("1.5")),
    (Decimal("100"), Decimal("1E+2")),
    (NOON, NOON.astimezone(timezone(timedelta(hours=9)))),
    (["en", "zh"], ("en", "zh")),
    (Route(pk=7), 7),
]
DIFFERENT: list[tuple[Any, Any]] = [
    ("", None),
    ("1", 1),
    (False, None),
    (Decimal("0"), None),
    ([], None),
    (["a", "b"], ["b", "a"]),
    ("a", "a "),
    (date(2026, 5, 1), date(2026, 5, 2)),
    (NOON, NOON + timedelta(minutes=1)),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_values_have_equal_digests(one: Any, other: Any) -> None:
    assert value_digest(one) == value_digest(other)
    assert len(value_digest(one)) == DIGEST_LENGTH


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_values_have_different_digests(one: Any, other: Any) -> None:
    assert value_digest(one) != value_digest(other)
