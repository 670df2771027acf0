"""The steps of the tour: what each page decides, what to try there, and whether it is done.

Done is read off the draft itself, never ticked: whoever does it their own way has done it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions.states import CardState, Ruling
from decisions.web.workspace import Workspace

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Step:
    """One step: `page` names the address of its page, `place` where on it."""

    code: str
    title: "StrPromise"
    decides: "StrPromise"
    try_now: "StrPromise"
    page: str
    place: str
    is_done: Callable[[Workspace], bool]


def _need_is_written(workspace: Workspace) -> bool:
    need = workspace.record.need
    return bool(need.task_kinds and need.privacy)


def _route_is_chosen(workspace: Workspace) -> bool:
    card = workspace.cards.get(workspace.record.route or "")
    return card is not None and card.state != CardState.CLOSED


def _has_candidate(workspace: Workspace) -> bool:
    return workspace.record.first_choice is not None


def _something_is_settled(workspace: Workspace) -> bool:
    verdicts = workspace.first_choice.verdicts if workspace.first_choice else ()
    return any(verdict.ruling != Ruling.UNKNOWN for verdict in verdicts)


def _two_are_compared(workspace: Workspace) -> bool:
    return len(workspace.record.candidates) > 1


def _way_back_is_written(workspace: Workspace) -> bool:
    why = workspace.record.why
    return bool(why.why_now and why.fallback and why.rollback_steps)


def _version_is_saved(workspace: Workspace) -> bool:
    return workspace.latest is not None


STEPS = (
    Step(
        "need",
        _("Write the need"),
        _("This page decides what everything else is judged against. No model is named yet."),
        _("Tick Extraction as task kind, choose Private documents as privacy, and watch a route card close."),
        "decision-need",
        "need-title",
        _need_is_written,
    ),
    Step(
        "route",
        _("Choose a route"),
        _("A route card says what running there proves first and what it cannot prove. None is ranked."),
        _("Choose Local CPU, the simplest place that could prove it, and read why others are closed."),
        "decision-candidates",
        "routes",
        _route_is_chosen,
    ),
    Step(
        "candidate",
        _("Add the smallest candidate"),
        _("A candidate is a model on a runtime on a route, judged before anything is downloaded."),
        _("Add the model Qwen/Qwen2.5-0.5B-Instruct on Transformers. It becomes the first choice."),
        "decision-candidates",
        "new-candidate",
        _has_candidate,
    ),
    Step(
        "unknown",
        _("Settle something unknown"),
        _("Five fits judge the first choice. Unknown is an answer too: it says what would settle it."),
        _("The runtime fit asks what the first run is for: choose to learn how the model behaves."),
        "decision-need",
        "need-title",
        _something_is_settled,
    ),
    Step(
        "compare",
        _("Put a larger one beside it"),
        _("Candidates stand side by side and are asked the same. There is no total score."),
        _("Add Qwen/Qwen2.5-7B-Instruct on vLLM, and see what is said of a step up that comes early."),
        "decision-candidates",
        "new-candidate",
        _two_are_compared,
    ),
    Step(
        "why",
        _("Say why, and the way back"),
        _("This page decides what would change your mind, before you are fond of a model."),
        _("Write a line under Why now, Fallback and Rollback steps. The decision paragraph follows."),
        "decision-why",
        "reasons-title",
        _way_back_is_written,
    ),
    Step(
        "save",
        _("Save version 1"),
        _("Saving freezes the draft under a fingerprint. Without evidence it is a plan."),
        _("Say in one line what changed, and save. Then open the version and look at its parts."),
        "decision-save",
        "save-title",
        _version_is_saved,
    ),
)
TABS = {"need": "decision-need", "candidates": "decision-candidates", "why": "decision-why"}
TABS["versions"] = "decision-save"


@dataclass(frozen=True)
class Stop:
    """A step of one decision: its number, whether it is done, and where."""

    number: int
    step: Step
    done: bool
    url: str

    @property
    def place(self) -> str:
        """The address of the place on the page where the step is done."""
        return f"{self.url}#{self.step.place}"


def stops_of(workspace: Workspace) -> list[Stop]:
    """All steps, as far as this decision has come."""
    return [
        Stop(number, step, step.is_done(workspace), _address(step, workspace))
        for number, step in enumerate(STEPS, start=1)
    ]


def _address(step: Step, workspace: Workspace) -> str:
    decision = workspace.decision
    names = {"project": decision.project.slug, "decision": decision.slug}
    return reverse(step.page, kwargs=names)


def next_stop(stops: list[Stop]) -> Stop | None:
    """The first step that is not done; None at the end."""
    return next((stop for stop in stops if not stop.done), None)


def stop_on(stops: list[Stop], tab: str) -> Stop:
    """The step that a page is about: the next one where it is here, else the last that was done here."""
    here = [stop for stop in stops if stop.step.page == TABS.get(tab)] or stops
    ahead = next_stop(stops)
    done = [stop for stop in here if stop.done]
    return ahead if ahead in here else (done or here)[-1 if done else 0]
