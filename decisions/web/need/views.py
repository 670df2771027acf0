"""The need of a decision; the route cards beside it are redrawn on every change."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from decisions.actions.drafts import edit_part
from decisions.record.schema import Card
from decisions.web.access import person
from decisions.web.candidates.cards import announced, cards_of
from decisions.web.candidates.parts import redrawn_fits, redrawn_states
from decisions.web.drafts import field_answers, save_draft, what_happened
from decisions.web.need.forms import NeedForm
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def need(request: Request, project: str, decision: str) -> HttpResponse:
    """The need as a form that saves itself, or as text for who may only read."""
    if request.method == "POST":
        return _save(request, load(request, project, decision, only_first_choice=bool(request.htmx)))
    workspace = load(request, project, decision)
    return _page(request, workspace, NeedForm(workspace.decision.need, target="need"))


def _page(request: Request, workspace: Workspace, form: NeedForm, status: int = 200) -> HttpResponse:
    context = workspace.context("need", form=form, cards=cards_of(workspace))
    context["notice"] = what_happened(status) if status != 200 else ""
    return render(request, "need/need.html", context, status=status)


def _save(request: Request, workspace: Workspace) -> HttpResponse:
    workspace.require_edit()
    decision, row = workspace.decision, workspace.decision.need
    before = workspace.cards
    form = NeedForm(row, request.POST, target="need")
    status = save_draft(
        form, lambda edits: edit_part(by=person(request), decision=decision, part=row, edits=edits)
    )
    workspace.judge_anew(need=row.to_part())
    if request.htmx:
        return _answer(request, workspace, form, status, before)
    if status == 200:
        messages.success(request, what_happened(status))
        return redirect("decision-need", project=decision.project.slug, decision=decision.slug)
    return _page(request, workspace, form, status)


def _answer(
    request: Request, workspace: Workspace, form: NeedForm, status: int, before: Mapping[str, Card]
) -> HttpResponse:
    if not form.changed_something():
        return field_answers(request, workspace.decision, form, status)
    parts = (redrawn_states(request, workspace), redrawn_fits(request, workspace))
    return announced(field_answers(request, workspace.decision, form, status, *parts), workspace, before)
