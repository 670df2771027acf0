"""How right estimates are: every measured point asked through the door that terminal and pages use.

Run by hand: `pytest -s -n 0 tests/benchmarks/test_sizing_accuracy.py`. Aims: weights median 0.5 %, 95th
percentile 2 %; caches to the byte; buffers and totals median 10 %; 95 % of points answered; the range holds
95 % of measurements at a median width of 15 %.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import pytest

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.sizing import estimate
from tests.benchmarks.points import Point, points
from tests.benchmarks.table import show

HEAD = ("", "points", "answered", "median", "95th", "worst", "in range", "width")


@dataclass(frozen=True)
class Answer:
    """The best figure and the range, for a point; None where there is no answer."""

    point: Point
    family: str
    best: float | None = None
    low: float = 0
    high: float = 0

    @property
    def error(self) -> float:
        off = abs((self.best or 0) - self.point.value) - self.point.rounding
        return max(0.0, off) / self.point.value

    @property
    def holds(self) -> bool:
        slack = self.point.rounding + 1e-4 * self.point.value
        return self.low - slack <= self.point.value <= self.high + slack

    @property
    def width(self) -> float:
        return (self.high - self.low) / self.point.value


def answered(point: Point) -> Answer:
    """What the door says to a point."""
    try:
        asked = read_asked(point.request)
        found = as_values(estimate(asked.architecture, asked.setting))
    except Unsizable:
        return Answer(point, "?")
    return Answer(point, asked.architecture.model_type, *figures(found, point.quantity))


def figures(found: dict, quantity: str) -> tuple[float | None, float, float]:
    """The figure of one device and its range. A part of the cache is among the inputs of its line."""
    if quantity == "kv_tokens_capacity":
        return found[quantity], *(found["ranges"][quantity] or (0, 0))
    if quantity in ("attention_full", "attention_window", "state"):
        sizes = [line["inputs"].get(f"{quantity}_bytes") for line in found["lines"]]
        size = next((size for size in sizes if size), None)
        return size, size or 0, size or 0
    if quantity == "weights+repack":
        parts = [figures(found, name) for name in ("weights", "repack")]
        return tuple(sum(each) for each in zip(*parts, strict=True))
    if quantity == "total":
        return found["total_bytes"], *found["range"]
    best, (low, high) = found[f"{quantity}_bytes"], found["ranges"][f"{quantity}_bytes"]
    share = found["per_device"][f"{quantity}_bytes"] / best if _divided(found) else 1
    return best * share, low * share, high * share


def _divided(found: dict) -> bool:
    return any(line["inputs"].get("devices", 1) > 1 for line in found["lines"])


def row(name: str, answers: Iterable[Answer]) -> tuple[str, ...]:
    every = list(answers)
    some = [one for one in every if one.best is not None]
    errors = sorted(one.error for one in some)
    if not errors:
        return (name, str(len(every)), "0%", *["–"] * 5)
    return (
        name,
        str(len(every)),
        f"{len(some) / len(every):.0%}",
        f"{median(errors):.2%}",
        f"{errors[min(len(errors) - 1, len(errors) * 95 // 100)]:.2%}",
        f"{errors[-1]:.1%}",
        f"{sum(one.holds for one in some) / len(some):.1%}",
        f"{median(one.width for one in some):.1%}",
    )


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [answered(point) for point in points()]


def test_by_quantity(answers):
    rows = []
    for name, chosen in (
        ("engine", [one for one in answers if one.point.set == "engine"]),
        ("threads", [one for one in answers if one.point.set == "threads" and not one.point.apart]),
        ("threads, other rules", [one for one in answers if one.point.set == "threads" and one.point.apart]),
        ("outsiders", [one for one in answers if one.point.set == "outsiders" and not one.point.apart]),
        ("outsiders, not told", [one for one in answers if one.point.set == "outsiders" and one.point.apart]),
        *(
            (f"{half}{', not told' if apart else ''}", _of_set(answers, half, apart=apart))
            for apart in (False, True)
            for half in ("posts, one half", "posts, other half")
        ),
        ("untold outputs", [one for one in answers if one.point.set == "untold"]),
        ("posted", [one for one in answers if one.point.set == "posted" and not one.point.apart]),
        ("posted, other rules", [one for one in answers if one.point.set == "posted" and one.point.apart]),
        ("all", answers),
    ):
        quantities = defaultdict(list)
        for one in chosen:
            quantities[one.point.quantity].append(one)
        rows.append(row(name, chosen))
        rows += [row(f"  {quantity}", some) for quantity, some in sorted(quantities.items())]
    show("Error by quantity", HEAD, rows)
    total = [one for one in answers if not one.point.apart]
    some = [one for one in total if one.best is not None]
    assert len(some) >= 0.95 * len(total)
    assert sum(one.holds for one in some) >= 0.95 * len(some)


def _of_set(answers: list[Answer], name: str, *, apart: bool) -> list[Answer]:
    return [one for one in answers if one.point.set == name and bool(one.point.apart) is apart]


def test_by_runtime(answers):
    """What people posted, by the runtime it was of."""
    runtimes = defaultdict(list)
    for one in answers:
        if one.point.set not in ("engine", "untold") and not one.point.apart:
            runtimes[one.point.set, one.point.request["runtime"], one.point.quantity].append(one)
    rows = [row(" ".join(key), some) for key, some in sorted(runtimes.items())]
    show("Error by runtime", HEAD, rows)


def test_by_family(answers):
    families = defaultdict(list)
    for one in answers:
        if not one.point.apart:
            families[one.family].append(one)
    show("Error by family", HEAD, [row(name, some) for name, some in sorted(families.items())])


def test_what_is_off(answers):
    known = [one for one in answers if one.point.set != "untold"]  # off by the outputs that nobody tells
    off = [one for one in known if one.best is None or not one.holds or one.error > 0.1]
    rows = []
    for one in off:
        request = " ".join(f"{value}" for value in one.point.request.values())
        found = "–" if one.best is None else f"{one.best / one.point.value - 1:+.1%}"
        held = "in" if one.best is not None and one.holds else "out"
        what = f"{one.point.set}: {request[:86]}"
        rows.append((what, one.point.quantity, found, held, one.point.apart))
    head = ("request", "quantity", "error", "range", "why")
    show("No answer, outside the range, or more than 10 % off", head, rows)
