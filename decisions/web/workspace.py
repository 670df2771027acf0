"""What all pages of one decision show: its head, its tabs, the five fits beside the page.

A draft is judged once for each answer, however many parts of the page show the result.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from decisions.actions.versions import Snapshot
from decisions.export.charts.memory import estimate_bar, memory_bar
from decisions.export.say import say, what_would_change
from decisions.fit import judge
from decisions.models import Decision, Version
from decisions.record.schema import Card, Estimated, Judgement, Part, Record, Verdict
from decisions.states import Fit
from decisions.web.access import find_decision, may_write


@dataclass
class Workspace:
    """One decision as one person sees it."""

    request: HttpRequest
    decision: Decision
    may_edit: bool

    def require_edit(self) -> None:
        """403 unless the person may edit this draft now."""
        if not self.may_edit:
            raise PermissionDenied

    @cached_property
    def record(self) -> Record:
        """The draft as the document has it."""
        return self.decision.to_record()

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The route cards for this need, by route code."""
        return judge.cards_of(self.record)

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The candidates' judgements by key: all a page of the draft needs of a whole snapshot."""
        return {each.candidate: each for each in judge.judgements_of(self.record, self.cards)}

    @cached_property
    def snapshot(self) -> Snapshot:
        """What would be frozen now."""
        judgements = tuple(self.judgements.values())
        return Snapshot(self.record, judge.judged(self.record, self.cards, judgements))

    def judge_anew(self, **changed: Part) -> None:
        """Judge the draft again after its rows have changed; `changed` says which parts alone did."""
        before = self.record
        for name in ("record", "cards", "judgements", "snapshot"):
            self.__dict__.pop(name, None)
        if changed:
            self.record = before.model_copy(update=changed)

    @cached_property
    def latest(self) -> Version | None:
        """The newest version without its bytes."""
        return self.decision.versions.newest_first().first()

    def context(self, tab: str, **more: Any) -> dict[str, Any]:
        """The context of a page of this decision."""
        return {
            "project": self.decision.project,
            "decision": self.decision,
            "latest": self.latest,
            "tab": tab,
            "may_edit": self.may_edit,
            "fits": self.first_choice_fits(),
            "premature": self.premature(),
            "route_closed": self.route_closed(),
            **more,
        }

    @property
    def first_choice(self) -> Judgement | None:
        """The first choice's judgement; None where nothing comes first."""
        first = self.record.first_choice
        return self.judgements[first.key] if first else None

    def first_choice_fits(self) -> list[dict[str, Any]]:
        """The first choice's verdicts for `includes/fits.html`; empty where nothing comes first."""
        return fits_of(self.first_choice) if self.first_choice else []

    def route_closed(self) -> list[str]:
        """Why the first choice's route is closed to this need; empty where it is not."""
        return [say(s) for s in self.first_choice.route_closed] if self.first_choice else []

    def premature(self) -> list[str]:
        """Steps up of the first choice that came before the simpler remedies were tried."""
        return [say(s) for s in self.first_choice.premature] if self.first_choice else []


def load(request: HttpRequest, project: str, decision: str, *, only_first_choice: bool = False) -> Workspace:
    """The decision if this person may see it, or 404.

    With `only_first_choice` the other candidates are left out: quick, for an answer that shows none of them.
    """
    found = find_decision(request, project, decision, only_first_choice=only_first_choice)
    return Workspace(request, found, may_write(request, found.project))


def fits_of(judgement: Judgement) -> list[dict[str, Any]]:
    """A candidate's verdicts in the reader's language, as templates take them."""
    return [drawn(verdict, judgement.estimate) for verdict in judgement.verdicts]


def drawn(verdict: Verdict, estimate: Estimated | None = None) -> dict[str, Any]:
    """One verdict in the reader's language, as templates take it; the bar is that of what decided it."""
    chart = memory_bar(verdict.model_dump()) if verdict.fit is Fit.HARDWARE else None
    if chart is None and estimate is not None and verdict.fit is Fit.HARDWARE:
        chart = estimate_bar(estimate.model_dump())
    return {
        "fit": verdict.fit.value,
        "verdict": verdict.ruling.value,
        "word": say(verdict.word),
        "reason": say(verdict.reason),
        "changes": what_would_change(verdict.fit, verdict.ruling, map(say, verdict.changes)),
        "details": [say(detail) for detail in verdict.details],
        "chart": chart,
    }
