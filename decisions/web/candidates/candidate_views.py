"""One candidate with all its fields and notes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from decisions.actions.drafts import edit_part
from decisions.export.say import say
from decisions.models import Candidate
from decisions.states import CandidateRole
from decisions.web.access import person
from decisions.web.candidates.commands import commands_context
from decisions.web.candidates.facts import facts_of
from decisions.web.candidates.forms import CandidateForm
from decisions.web.candidates.note_forms import LicenceForm, ModelCardForm, ProofForm, SizingForm, TermsForm
from decisions.web.candidates.part_views import estimate_context
from decisions.web.candidates.parts import find_candidate, fits_context, place_of, redrawn_fits
from decisions.web.drafts import DraftForm, field_answers, save_draft, what_happened
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load

READ = ("model_card", "licence", "terms")  # the notes a person can say to have read today


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def candidate(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """A candidate as a form that saves itself, or as text for who may only read."""
    workspace = load(request, project, decision)
    found = find_candidate(workspace, key)
    if request.method == "POST":
        workspace.require_edit()
        return _save(request, workspace, found)
    return page(request, workspace, found, forms_of(workspace, found))


def forms_of(workspace: Workspace, found: Candidate, data: QueryDict | None = None) -> dict[str, DraftForm]:
    """The candidate's form and those of its notes, in the order of the page."""
    return {
        "candidate": CandidateForm(found, workspace.decision, data),
        "sizing": SizingForm(found.sizing, data),
        "model_card": ModelCardForm(found.model_card, data),
        "licence": LicenceForm(found.licence, data),
        "terms": TermsForm(found.terms, data),
        "evidence": ProofForm(found.evidence, found.key, data),
    }


def page(
    request: Request,
    workspace: Workspace,
    found: Candidate,
    forms: dict[str, DraftForm],
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    """The whole page; above the form stands what happened, or `notice` in its place."""
    context = workspace.context("candidates", **about(workspace, found))
    context |= {
        "forms": forms,
        "roles": [(role.value, _(role.label)) for role in CandidateRole],
        "notice": notice or (what_happened(status) if status != 200 else ""),
    }
    return render(request, "candidates/candidate.html", context, status=status)


def about(workspace: Workspace, found: Candidate) -> dict[str, Any]:
    """What follows from the candidate as it is stored: fits, warnings, shipped facts."""
    record, judgement = workspace.record, workspace.judgements[found.key]
    part = next(one for one in record.candidates if one.key == found.key)
    route = record.route_for(part)
    return {
        **fits_context(workspace, found),
        "candidate": found,
        "premature": [say(step) for step in judgement.premature],
        "route_closed": [say(reason) for reason in judgement.route_closed],
        "facts": facts_of(part, route),
        **estimate_context(part, judgement),
        "hosted_elsewhere": route is not None and not route.traits.hosts_model,
    }


def commands_of(workspace: Workspace, found: Candidate) -> dict[str, Any]:
    """The candidate's commands as they follow from what is stored."""
    part = next(one for one in workspace.record.candidates if one.key == found.key)
    route = workspace.record.route_for(part)
    return {"candidate": found, "commands": commands_context(workspace.record.need, route, part)}


def _save(request: Request, workspace: Workspace, found: Candidate) -> HttpResponse:
    forms = forms_of(workspace, found, _read_today(request))
    status = save_all(request, workspace, forms)
    if request.htmx:
        return _answer(request, workspace, found, forms, status)
    if status != 200:
        return page(request, workspace, found, forms, status)
    messages.success(request, what_happened(status))
    at = {"project": workspace.decision.project.slug, "decision": workspace.decision.slug, "key": found.key}
    read = request.POST.get("read_today")
    return redirect(reverse("candidate", kwargs=at) + (f"#note-{read}" if read in READ else ""))


def save_all(request: Request, workspace: Workspace, forms: dict[str, DraftForm]) -> int:
    """Save what was brought of every part; 200, else 409 for a lost race, else 422 for a field in error."""
    statuses = [_save_part(request, workspace, form) for form in forms.values() if form.brought()]
    return 409 if 409 in statuses else max(statuses, default=200)


def _save_part(request: Request, workspace: Workspace, form: DraftForm) -> int:
    return save_draft(
        form,
        lambda edits: edit_part(by=person(request), decision=workspace.decision, part=form.row, edits=edits),
    )


def _read_today(request: Request) -> QueryDict:
    """What was posted; "I read it today" fills in the day, and who, where the note says who."""
    note = request.POST.get("read_today")
    if note not in READ:
        return request.POST
    data = request.POST.copy()
    data[f"{note}-read_on"] = timezone.now().date().isoformat()
    if note == ModelCardForm.note:
        data[f"{note}-reader"] = person(request).full_name
    return data


def _answer(
    request: Request, workspace: Workspace, found: Candidate, forms: dict[str, DraftForm], status: int
) -> HttpResponse:
    form = next((form for form in forms.values() if form.brought()), forms["candidate"])
    if not form.changed_something():
        return field_answers(request, workspace.decision, form, status)
    context = place_of(workspace, **about(workspace, found), oob=True)
    templates = ("warnings", "estimate", "facts", "commands")
    context |= commands_of(workspace, found)
    drawn = (render_to_string(f"candidates/{name}.html", context, request) for name in templates)
    parts = [redrawn_fits(request, workspace, found), *drawn]
    return field_answers(request, workspace.decision, form, status, *parts)
