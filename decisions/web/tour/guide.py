"""The guide beside a practice decision: its panel, and whether a person has closed it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from decisions.web.tour.steps import Stop, next_stop, stop_on, stops_of
from decisions.web.workspace import Workspace

CLOSED = "guide_closed"  # session key: ids of the decisions whose guide this person put aside


@dataclass(frozen=True)
class Guide:
    """What the panel shows on one page."""

    stops: list[Stop]
    here: Stop
    ahead: Stop | None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(stop.done for stop in self.stops)


def guide_on(workspace: Workspace, tab: str) -> Guide:
    """The guide on a page of the decision."""
    stops = stops_of(workspace)
    return Guide(stops, stop_on(stops, tab), next_stop(stops))


def is_closed(request: HttpRequest, decision: int) -> bool:
    """Whether the person put the guide of this decision aside."""
    return decision in request.session.get(CLOSED, [])


def put_aside(request: HttpRequest, decision: int, *, closed: bool) -> None:
    """Close the guide of a decision for this person, or open it again where it was left."""
    others: list[Any] = [each for each in request.session.get(CLOSED, []) if each != decision]
    request.session[CLOSED] = [*others, decision] if closed else others
