"""The memory bar follows the words of the verdict, and is left out where they name no numbers."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from decisions.export.charts.memory import estimate_bar, memory_bar
from decisions.export.estimates import shown_estimate
from decisions.fit import hardware
from decisions.record.schema import Candidate, Hardware, Need, Route
from decisions.states import RouteKind

GIB = 1 << 30


def verdict(need: str | None, have: str | None, disk: str | None = None) -> dict[str, Any]:
    """The hardware verdict, as content has it, of a need in GiB on a route with so much VRAM."""
    route = Route(
        code="gpu",
        name="GPU",
        kind=RouteKind.RENTED_GPU,
        traits={"has_gpu": True},
        hardware=Hardware(vram_gib=have),
    )
    one = Candidate(key="c1", name="A", memory_needed_gib=need, disk_needed_gib=disk, route="gpu")
    return hardware.judge(Need(), route, one).model_dump(mode="json")


def test_what_is_needed_and_what_stays_free() -> None:
    chart = memory_bar(verdict("3.25", "22.5"))
    assert chart is not None
    assert chart.summary == "3.25 GiB needed, 22.5 GiB declared: 19.25 GiB free."
    assert chart.rows == (("Needed", "3.25 GiB"), ("Declared", "22.5 GiB"), ("Free", "19.25 GiB"))
    assert [box.width_percent for box in chart.bar.boxes] == [Decimal("14.44")]


def test_what_is_short_stands_out() -> None:
    chart = memory_bar(verdict("30", "24"))
    assert chart is not None
    assert chart.summary == "30 GiB needed, 24 GiB declared: 6 GiB short."
    assert [(box.tone, box.width_percent) for box in chart.bar.boxes] == [("one", 80), ("over", 20)]


def test_a_missing_disk_hides_no_memory() -> None:
    chart = memory_bar(verdict("3", "24", disk="10"))
    assert chart is not None
    assert chart.rows[0] == ("Needed", "3 GiB")


@pytest.mark.parametrize(("need", "have"), [(None, "24"), ("3", None), (None, None)])
def test_what_is_unknown_is_not_drawn(need: str | None, have: str | None) -> None:
    assert memory_bar(verdict(need, have)) is None


STRANGE: list[dict[str, Any]] = [
    {},
    {"fit": "task", "reason": {"code": "hardware.needs", "params": {"need": "1", "have": "2"}}},
    {"fit": "hardware", "reason": None, "details": None},
    {"fit": "hardware", "reason": {"code": "hardware.needs", "params": {"need": "much", "have": "2"}}},
    {"fit": "hardware", "reason": {"code": "hardware.needs", "params": {"need": "NaN", "have": "2"}}},
    {"fit": "hardware", "reason": {"code": "hardware.needs", "params": {"need": "-1", "have": "2"}}},
    {"fit": "hardware", "reason": {"code": "hardware.needs", "params": []}},
]


@pytest.mark.parametrize("content", STRANGE)
def test_content_of_another_release_is_not_drawn(content: dict[str, Any]) -> None:
    assert memory_bar(content) is None


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_the_picture_says_what_it_shows(language: str) -> None:
    with override(language):
        chart = memory_bar(verdict("30", "24"))
        svg = render_to_string("charts/bar.html", {"chart": chart})
    assert re.findall(r'<rect class="chart-(?!track)\w+"(?: x="([\d.]+%)")? width="([\d.]+%?)"', svg) == [
        ("", "80.00%"),  # SVG's own beginning is 0
        ("80.00%", "20.00%"),
        ("80.00%", "2"),
    ]
    assert 'role="img"' in svg
    assert "<title>" in svg
    assert "<desc>" in svg
    assert "style=" not in svg


def test_the_numbers_stand_in_a_table() -> None:
    table = render_to_string("charts/numbers.html", {"chart": memory_bar(verdict("3.25", "22.5"))})
    assert '<th scope="row">Needed</th><td class="number">3.25 GiB</td>' in table


def estimated(need: dict[str, int], room_gib: int | None, devices: int = 1) -> dict[str, Any]:
    """An estimate as content has it, of parts in GiB over all devices."""
    lines = [
        {"code": part, "part": part, "place": "device", "bytes": size * GIB} for part, size in need.items()
    ]
    spared = {"code": "repack", "part": "weights", "place": "device", "bytes": 9 * GIB}
    host = {"code": "output_buffer", "part": "runtime", "place": "host", "bytes": 9 * GIB}
    return {
        "made_with": {"device_count": devices},
        "lines": [*lines, spared, host],
        "device": {"room_bytes": room_gib and room_gib * GIB},
    }


def test_the_parts_are_told_with_the_reader_s_own_colon() -> None:
    with override("ja"):
        chart = estimate_bar(estimated({"weights": 8, "kv": 4, "runtime": 2}, 24))
    assert chart is not None
    assert chart.summary.startswith("重み：8 GiB、キャッシュ：4 GiB、")


def test_parts_of_an_estimate_stand_in_the_room_of_a_device() -> None:
    chart = estimate_bar(estimated({"weights": 8, "kv": 4, "runtime": 2}, 20))
    assert chart is not None
    assert [(box.tone, box.width_percent) for box in chart.bar.boxes] == [
        ("one", 40),
        ("two", 20),
        ("three", 10),
    ]
    assert dict(chart.rows) == {
        "Weights": "8 GiB",
        "Cache": "4 GiB",
        "Runtime": "2 GiB",
        "Needed": "14 GiB",
        "Usable": "20 GiB",
        "Free": "6 GiB",
    }
    assert [tone for _label, _value, tone in chart.keyed_rows] == ["one", "two", "three", "", "", ""]


def test_what_there_is_no_room_for_is_red() -> None:
    chart = estimate_bar(estimated({"weights": 30, "kv": 6, "runtime": 4}, 20))
    assert chart is not None
    assert [(box.tone, box.width_percent) for box in chart.bar.boxes] == [("one", 50), ("over", 50)]
    assert chart.rows[-1] == ("Short", "20 GiB")


def test_of_several_devices_one_is_drawn() -> None:
    chart = estimate_bar(estimated({"weights": 30, "kv": 6, "runtime": 4}, 20, devices=4))
    assert chart is not None
    assert dict(chart.rows)["Needed"] == "10 GiB"
    assert chart.title == "Memory of a device, part by part"


def test_an_unknown_room_is_said() -> None:
    chart = estimate_bar(estimated({"weights": 3, "kv": 1, "runtime": 1}, None))
    assert chart is not None
    assert chart.rows[-1] == ("Usable", "unknown")
    assert sum(box.width_percent for box in chart.bar.boxes) == 100


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"lines": "many", "device": 3, "made_with": None},
        {"lines": [{"part": "weights", "place": "device", "bytes": "much"}]},
        {"lines": [{"part": "weights", "place": "device", "bytes": -5}, None]},
        {"lines": [{"part": "soul", "place": "device", "bytes": 5}]},
    ],
)
def test_an_estimate_of_another_release_has_no_bar(content: dict[str, Any]) -> None:
    assert estimate_bar(content) is None
    shown_estimate(content)
