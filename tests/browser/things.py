"""What the browser tests begin with, made through the actions, and where it is found."""

from uuid import uuid4

from django.urls import reverse

from decisions.actions.decisions import quick_start
from decisions.models import Decision, User
from decisions.states import RouteKind
from tests.factories import loaded

GOAL = "Answer questions about our procedures"
MODEL = "Qwen/Qwen2.5-0.5B-Instruct"


def started(by: User, route: RouteKind = RouteKind.LOCAL_CPU) -> Decision:
    """A decision with version 1, as the quick start leaves it."""
    said = {"project_goal": GOAL, "must_have": ["Stable JSON"], "model": MODEL, "runtime": "Transformers"}
    return loaded(quick_start(by=by, route=route, form_id=uuid4().hex, **said).decision)


def at(name: str, decision: Decision, **more: str | int) -> str:
    """The address of a page of a decision."""
    return reverse(name, kwargs={"project": decision.project.slug, "decision": decision.slug, **more})
