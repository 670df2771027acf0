"""Dots of a timeline: in order, apart from each other, none of the moments lost."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from decisions.export.charts.saved import saved_versions
from decisions.export.charts.timeline import APART_PERCENT, Moment, timeline

MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: Moment(at, "1"))
DAY = datetime(2026, 11, 22, 9, 4, tzinfo=UTC)


@given(st.lists(MOMENTS, min_size=1, max_size=30))
def test_dots_stand_in_order_and_apart(moments: list[Moment]) -> None:
    line = timeline(moments)
    assert line
    places = [dot.x_percent for dot in line.dots]
    assert all(later - before >= APART_PERCENT for before, later in pairwise(places))
    assert places[0] >= 3
    assert places[-1] <= 97
    assert sum(dot.count for dot in line.dots) == len(moments)
    assert (line.first, line.last) == (min(m.at for m in moments), max(m.at for m in moments))


def test_moments_too_close_share_a_dot_with_the_last_ones_tone() -> None:
    saved = [Moment(DAY + timedelta(seconds=n), str(n), "one") for n in range(3)]
    line = timeline([*saved, Moment(DAY + timedelta(days=9), "9", "two")])
    assert line
    assert [(dot.label, dot.count, dot.tone) for dot in line.dots] == [("0–2", 3, "one"), ("9", 1, "two")]


def test_one_moment_stands_in_the_middle_and_none_is_no_line() -> None:
    line = timeline([Moment(DAY, "1")])
    assert line
    assert [dot.x_percent for dot in line.dots] == [50]
    assert timeline([]) is None
    assert saved_versions([]) is None


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_versions_are_told_and_drawn(language: str) -> None:
    with override(language):
        chart = saved_versions([(2, "proven", DAY + timedelta(days=3)), (1, "plan", DAY)])
        svg = render_to_string("charts/timeline.html", {"chart": chart})
    assert re.findall(r'<circle class="chart-(\w+)" cx="([\d.]+)%"', svg) == [
        ("three", "3.00"),
        ("paper", "3.00"),
        ("two", "97.00"),
    ]
    assert "<desc>" in svg
    assert "2026" in svg.split("<desc>")[1].split("</desc>")[0]
