"""A timeline: moments along a line, those too close to be told apart under one dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from decisions.export.charts.scale import between

MARGIN_PERCENT = Decimal(3)  # so that the first and the last dot are whole
APART_PERCENT = Decimal(8)


@dataclass(frozen=True)
class Moment:
    """Something that happened; `tone` names its colour: one, two, three or over."""

    at: datetime
    label: str
    tone: str = "one"


@dataclass(frozen=True)
class Dot:
    """One or several moments where they are drawn, in percent of the width; the tone is that of the last."""

    label: str
    tone: str
    x_percent: Decimal
    count: int = 1


@dataclass(frozen=True)
class Timeline:
    """Dots from the first moment to the last."""

    dots: tuple[Dot, ...]
    first: datetime
    last: datetime


def timeline(moments: Sequence[Moment]) -> Timeline | None:
    """The timeline of moments in any order; None where there is none. All or none of them have a zone."""
    if not moments:
        return None
    ordered = sorted(moments, key=lambda moment: moment.at)
    first, last = ordered[0].at, ordered[-1].at
    groups: list[tuple[Decimal, list[Moment]]] = []
    for moment in ordered:
        place = _place(moment.at, first, last)
        if groups and place - groups[-1][0] < APART_PERCENT:
            groups[-1][1].append(moment)
        else:
            groups.append((place, [moment]))
    return Timeline(tuple(_dot(place, group) for place, group in groups), first, last)


def _place(at: datetime, first: datetime, last: datetime) -> Decimal:
    seconds = [Decimal(str((each - first).total_seconds())) for each in (at, last)]
    room = 100 - 2 * MARGIN_PERCENT
    return (MARGIN_PERCENT + between(seconds[0], Decimal(0), seconds[1]) * room / 100).quantize(
        Decimal("0.01")
    )


def _dot(place: Decimal, group: list[Moment]) -> Dot:
    ends = dict.fromkeys((group[0].label, group[-1].label))
    return Dot("–".join(ends), group[-1].tone, place, len(group))
