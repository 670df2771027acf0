"""How far answers are from what was measured, and who was nearer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.points import Point

TIE = 1e-3  # of the measured figure


@dataclass(frozen=True)
class Cell:
    """One measured point and what each tool said to it, by the tool's name; who said nothing is not there."""

    engine: str
    family: str
    name: str
    point: Point
    said: dict[str, float]

    def error(self, tool: str) -> float | None:
        """The distance beyond what the measurement was rounded to, as a share of it; None: not answered."""
        if tool not in self.said:
            return None
        off = abs(self.said[tool] - self.point.value) - self.point.rounding
        return max(0.0, off) / self.point.value


@dataclass(frozen=True)
class Row:
    """One tool over some points: how many it answered, its errors, and ours over the points it answered.

    `nearer` and `farther` count the points it was nearer to, or farther from, than ours by more than `TIE`.
    """

    tool: str
    points: int
    answered: int
    median: float
    high: float
    worst: float
    ours: float
    nearer: int
    farther: int


def row(tool: str, cells: Sequence[Cell], ours: str) -> Row | None:
    """The tool over these points; None where it answered none of them."""
    pairs = [(error, cell.error(ours)) for cell in cells if (error := cell.error(tool)) is not None]
    if not pairs:
        return None
    errors = sorted(error for error, _ in pairs)
    both = [(error, own) for error, own in pairs if own is not None]
    return Row(
        tool=tool,
        points=len(cells),
        answered=len(pairs),
        median=median(errors),
        high=percentile(errors, 95),
        worst=errors[-1],
        ours=median(own for _, own in both) if both else 0.0,
        nearer=sum(error < own - TIE for error, own in both),
        farther=sum(error > own + TIE for error, own in both),
    )


def percentile(ordered: Sequence[float], share: int) -> float:
    """The value that `share` per cent of an ordered list do not exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def rows(tools: Iterable[str], cells: Sequence[Cell], ours: str) -> list[Row]:
    """Ours first, then the others, who is nearest in the middle and over more points before the rest."""
    others = (row(tool, cells, ours) for tool in tools if tool != ours)
    found = sorted((one for one in others if one), key=lambda one: (round(one.median, 4), -one.answered))
    own = row(ours, cells, ours)
    return [own, *found] if own else found


def lost(cells: Iterable[Cell], ours: str) -> list[tuple[Cell, str, float, float]]:
    """The points that another tool was nearer to by more than `TIE`, the farthest lost first: the nearest
    tool, its error and ours."""
    found = []
    for cell in cells:
        own = cell.error(ours)
        errors = [
            (error, tool) for tool in cell.said if tool != ours and (error := cell.error(tool)) is not None
        ]
        if errors and (own is None or min(errors)[0] < own - TIE):
            found.append((cell, min(errors)[1], min(errors)[0], float("inf") if own is None else own))
    return sorted(found, key=lambda one: one[2] - one[3])
