"""The arithmetic of the comparison and what it looks like, on figures anyone can reckon by hand."""

from datetime import date

import pytest

from tests.benchmarks.peers import report
from tests.benchmarks.peers.report import OURS, percent, table
from tests.benchmarks.peers.report import report as reported
from tests.benchmarks.peers.score import Cell, lost, percentile, row, rows
from tests.benchmarks.peers.tools import NOT_ASKED, TOOLS
from tests.benchmarks.points import Point


def cell(value: float, rounding: float = 0, quantity: str = "weights", **said: float) -> Cell:
    point = Point("engine", {}, quantity, value, rounding)
    return Cell(
        "llama.cpp, asked",
        "llama",
        "a model",
        point,
        {OURS if name == "ours" else name: size for name, size in said.items()},
    )


CELLS = (
    cell(1000, ours=1000, near=1010, far=2000),
    cell(1000, ours=1100, near=1000),
    cell(1000, ours=1000, near=1000.5),
    cell(1000, far=500),
)


def test_an_error_is_what_rounding_does_not_explain():
    one = cell(1000, rounding=5, ours=1004, near=995, far=1015)
    assert one.error(OURS) == 0
    assert one.error("near") == 0
    assert one.error("far") == pytest.approx(0.01)
    assert one.error("silent") is None


def test_a_row_counts_what_was_answered_and_who_was_nearer():
    found = row("near", CELLS, OURS)
    assert found
    assert (found.points, found.answered) == (4, 3)
    assert (found.nearer, found.farther) == (1, 1)  # half a thousandth is a tie
    assert found.median == pytest.approx(0.0005)
    assert found.worst == pytest.approx(0.01)
    assert found.ours == 0


def test_a_point_that_we_leave_open_is_not_one_we_are_nearer_to():
    found = row("far", CELLS, OURS)
    assert found
    assert (found.answered, found.nearer, found.farther) == (2, 0, 1)


def test_who_answers_nothing_has_no_row():
    assert row("silent", CELLS, OURS) is None
    assert [one.tool for one in rows(["silent", "far", "near", OURS], CELLS, OURS)] == [OURS, "near", "far"]


@pytest.mark.parametrize(("share", "value"), [(50, 6), (95, 10), (100, 10)])
def test_percentiles_of_ten(share, value):
    assert percentile(range(1, 11), share) == value


def test_lost_points_name_the_nearest_tool():
    found = lost((*CELLS, cell(1000, near=1000)), OURS)
    assert [(tool, error) for _, tool, error, _ in found] == [("far", 0.5), ("near", 0), ("near", 0)]
    assert [own for *_, own in found] == [float("inf"), float("inf"), pytest.approx(0.1)]


def test_columns_are_of_one_width():
    lines = table(("tool", "error"), [("a", "1.00%"), ("longer", "2%")]).splitlines()
    assert lines == [
        "| tool   | error |",
        "|--------|------:|",
        "| a      | 1.00% |",
        "| longer |    2% |",
    ]


@pytest.mark.parametrize(("share", "text"), [(0, "0.00%"), (0.0123, "1.23%"), (0.5, "50%"), (12.4, "12×")])
def test_shares_as_people_read_them(share, text):
    assert percent(share) == text


def test_the_report_has_tables_and_says_what_was_not_asked():
    named = [cell(1000, ours=1000, **{TOOLS[0].title: 1100}) for _ in range(3)]
    text = reported(
        named, TOOLS[:2], {TOOLS[1].title: "does not install: no such version"}, date(2026, 11, 28), 10
    )
    assert "## llama.cpp, asked: weights, 3 points" in text
    assert f"| **{OURS}**" in text
    assert "does not install: no such version" in text
    assert NOT_ASKED[0][0] in text
    assert "nearer: 0 of 3 points" in text
    assert max(map(len, text.splitlines())) < 130


def test_every_quantity_has_a_word():
    assert report.WORDS.keys() == report.QUANTITIES.keys()
