"""Intervals on one scale: in their order, inside the picture, as wide as they are."""

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from decisions.export.charts.intervals import Interval, intervals

AMOUNTS = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=4)
PAIRS = st.tuples(AMOUNTS, AMOUNTS).map(sorted)
ROWS = st.builds(lambda ends, mark: Interval("a", *ends, mark), PAIRS, st.none() | AMOUNTS)


@given(st.lists(ROWS, max_size=12), st.none() | AMOUNTS)
def test_spans_stay_in_the_picture_and_under_each_other(rows: list[Interval], low: Decimal | None) -> None:
    spans = intervals(rows, low=low)
    assert [span.y_px for span in spans] == [16 * number for number in range(len(rows))]
    for row, span in zip(rows, spans, strict=True):
        assert span.x_percent >= 0
        assert span.width_percent > 0
        assert span.x_percent + span.width_percent <= 100
        assert (span.mark_percent is None) == (row.mark is None)


def test_places_follow_the_values() -> None:
    rows = [
        Interval("first", Decimal(70), Decimal(97), Decimal(90)),
        Interval("second", Decimal(50), Decimal(50)),
    ]
    first, second = intervals(rows, low=Decimal(0), high=Decimal(100))
    assert (first.x_percent, first.width_percent, first.mark_percent) == (70, 27, 90)
    assert (second.x_percent, second.width_percent, second.mark_percent) == (50, Decimal("0.5"), None)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends where it begins or later"):
        intervals([Interval("a", Decimal(2), Decimal(1))])


def test_the_picture_holds_every_span_and_mark() -> None:
    spans = intervals(
        [Interval("a", Decimal(0), Decimal(8), Decimal(2)), Interval("b", Decimal(4), Decimal(8))]
    )
    chart = {"title": "Told", "summary": "Two of them.", "spans": spans, "height_px": 32}
    svg = render_to_string("charts/intervals.html", {"chart": chart})
    assert re.findall(r'chart-one" x="([\d.]+)%" width="([\d.]+)%"', svg) == [
        ("0.00", "100.00"),
        ("50.00", "50.00"),
    ]
    assert re.findall(r'chart-ink" x="([\d.]+)%"', svg) == ["25.00"]
    assert "<title>Told</title><desc>Two of them.</desc>" in svg
