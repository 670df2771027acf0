"""Shares on the track of a whole: in order, never over each other, and together what they are."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from decisions.export.charts.bars import LEAST_PERCENT, Share, stacked_bar

AMOUNTS = st.decimals(min_value=0, max_value=99_999_999, places=4)
SHARES = st.lists(AMOUNTS.map(lambda amount: Share("a", amount)), max_size=20)
TOLERANCE = Decimal("0.02")
SMALL = [Share("a", Decimal(size)) for size in ("0.0001", "2625.7043", "2625.7043")]


@given(shares=SHARES, whole=st.none() | AMOUNTS)
@example(shares=SMALL, whole=Decimal("263230.4137"))
@example(shares=[*SMALL[:1] * 60, *SMALL[1:] * 20], whole=None)
def test_boxes_follow_each_other_without_gap_or_overlap(shares: list[Share], whole: Decimal | None) -> None:
    boxes = stacked_bar(shares, whole).boxes
    ends = [Decimal(0), *(box.x_percent + box.width_percent for box in boxes)]
    assert [box.x_percent for box in boxes] == ends[:-1]
    assert len(boxes) == sum(share.amount > 0 for share in shares)
    assert all(box.width_percent >= LEAST_PERCENT for box in boxes)
    assert ends[-1] <= 100


@given(st.lists(AMOUNTS.filter(bool).map(lambda amount: Share("a", amount)), min_size=1, max_size=20))
def test_without_a_whole_the_boxes_fill_the_bar(shares: list[Share]) -> None:
    bar = stacked_bar(shares)
    assert sum(box.width_percent for box in bar.boxes) == 100
    assert not bar.is_exceeded


@given(AMOUNTS.filter(bool), AMOUNTS.filter(bool))
def test_a_box_is_as_wide_as_its_share(amount: Decimal, whole: Decimal) -> None:
    bar = stacked_bar([Share("a", amount)], whole)
    wanted = max(LEAST_PERCENT, min(amount / whole, Decimal(1)) * 100)
    assert abs(bar.boxes[0].width_percent - wanted) <= TOLERANCE
    assert bar.is_exceeded == (bar.track_percent < 100)


def test_what_is_more_than_the_whole_goes_beyond_its_track() -> None:
    bar = stacked_bar([Share("there", Decimal(24)), Share("short", Decimal(8), "over")], Decimal(24))
    assert (bar.track_percent, bar.is_exceeded) == (75, True)
    assert [(box.tone, box.x_percent, box.width_percent) for box in bar.boxes] == [
        ("one", 0, 75),
        ("over", 75, 25),
    ]


@pytest.mark.parametrize("whole", [None, Decimal(0)])
def test_nothing_of_nothing_is_an_empty_track(whole: Decimal | None) -> None:
    bar = stacked_bar([Share("a", Decimal(0))], whole)
    assert (bar.boxes, bar.track_percent) == ((), 100)


def test_a_need_on_a_route_that_declares_none_is_all_beyond() -> None:
    bar = stacked_bar([Share("need", Decimal(0)), Share("short", Decimal(4), "over")], Decimal(0))
    assert (bar.track_percent, [box.width_percent for box in bar.boxes]) == (0, [100])


@pytest.mark.parametrize("amounts", [[Decimal(-1)], [Decimal(1)] * 101])
def test_what_cannot_be_drawn_is_refused(amounts: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="none of them below zero"):
        stacked_bar([Share("a", amount) for amount in amounts])
