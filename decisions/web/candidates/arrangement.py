"""How one person has arranged the comparison: what is pinned, opened, folded and marked.

It is kept in a cookie of the decision's candidates page, so that it lasts over answers and visits, works
without a script and asks nothing of the database. What it names that is not there counts as nothing.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from decisions.models import Decision

COOKIE, KEPT_SECONDS = "compare", 30 * 24 * 3600
CHOICES = ("pin", "open", "close", "same", "marks")


@dataclass(frozen=True)
class Arrangement:
    """`pinned` is a candidate's key, `opened` are names of rows."""

    pinned: str = ""
    opened: frozenset[str] = frozenset()
    shows_same: bool = False
    marks: bool = True

    def after(self, asked: QueryDict) -> "Arrangement":
        """The arrangement with what is asked for changed."""
        opened = (self.opened | set(asked.getlist("open"))) - set(asked.getlist("close"))
        return replace(
            self,
            pinned=asked.get("pin", self.pinned),
            opened=opened,
            shows_same=asked.get("same", "shown" if self.shows_same else "") == "shown",
            marks=asked.get("marks", "on" if self.marks else "off") != "off",
        )

    def kept(self) -> str:
        """As a query string: what differs from how everybody begins."""
        query = QueryDict(mutable=True)
        if self.pinned:
            query["pin"] = self.pinned
        if self.opened:
            query.setlist("open", sorted(self.opened))
        if self.shows_same:
            query["same"] = "shown"
        if not self.marks:
            query["marks"] = "off"
        return query.urlencode()


def arrangement_of(request: HttpRequest) -> Arrangement:
    """What was kept in the browser, with what this request asks for."""
    kept = QueryDict(request.COOKIES.get(COOKIE, "")[:1000])
    return Arrangement().after(kept).after(request.GET)


def is_asked(request: HttpRequest) -> bool:
    """Whether this request changes the arrangement."""
    return any(name in request.GET for name in CHOICES)


def keep(response: HttpResponse, decision: Decision, arrangement: Arrangement) -> None:
    """Keep the arrangement in the browser, for this decision's candidates alone."""
    at = {"project": decision.project.slug, "decision": decision.slug}
    response.set_cookie(
        COOKIE,
        arrangement.kept(),
        max_age=KEPT_SECONDS,
        path=reverse("decision-candidates", kwargs=at),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
