"""Shipped facts taken over into the fields of a candidate that are still empty."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from decisions.actions.refusal import Refused
from decisions.actions.shipped import take_facts
from decisions.fit.shipped import Place
from decisions.models import Candidate
from decisions.web.access import person
from decisions.web.candidates import candidate_views
from decisions.web.candidates.facts import FORMS, labels_of
from decisions.web.candidates.filled import fields, page_again
from decisions.web.candidates.parts import find_candidate, place_of, redrawn_fits
from decisions.web.drafts import DraftForm
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


@require_POST
@vary_on_headers("HX-Request")
def take(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Take the facts on the model or the runtime over; the whole form comes along.

    Without a script what was typed is saved first. In place the fields save themselves: a field that holds
    text which is not stored yet is left alone.
    """
    workspace = load(request, project, decision)
    workspace.require_edit()
    found = find_candidate(workspace, key)
    forms = candidate_views.forms_of(workspace, found, request.POST)
    if request.htmx:
        return _in_place(request, workspace, found, forms)
    status = candidate_views.save_all(request, workspace, forms)
    if status != 200:
        messages.warning(request, _("No facts were taken over yet: some fields could not be saved."))
        return candidate_views.page(request, workspace, found, forms, status)
    try:
        filled = _take(request, workspace, found, typed=[])
    except Refused as refused:
        return page_again(request, workspace, key, str(refused))
    messages.success(request, _told(filled))
    return redirect("candidate", project=project, decision=decision, key=key)


def _take(request: Request, workspace: Workspace, found: Candidate, *, typed: list[Place]) -> list[Place]:
    about, _colon, row_id = request.POST.get("facts", "").partition(":")
    return take_facts(
        by=person(request),
        decision=workspace.decision,
        candidate=found,
        about=about,
        row_id=row_id,
        typed=typed,
    )


def _told(filled: list[Place]) -> str:
    if not filled:
        return _("Nothing was filled in: no field is empty that these facts could fill.")
    return _("Filled in: %(fields)s. What somebody wrote stays as it was.") % {"fields": labels_of(filled)}


def _in_place(
    request: Request, workspace: Workspace, found: Candidate, forms: dict[str, DraftForm]
) -> HttpResponse:
    typed = [(part, name) for part in FORMS for name in forms[part].fields if forms[part][name].data]
    try:
        filled, refused = _take(request, workspace, found, typed=typed), ""
    except Refused as refusal:
        filled, refused = [], str(refusal)
    anew = load(request, workspace.decision.project.slug, workspace.decision.slug)
    one = find_candidate(anew, found.key)
    said = {"refused": refused} if refused else {"said": _told(filled)}
    context = place_of(anew, **candidate_views.about(anew, one), **said)
    parts = [
        render_to_string("candidates/facts.html", {**context, "oob": False}, request),
        render_to_string("candidates/warnings.html", {**context, "oob": True}, request),
        redrawn_fits(request, anew, one),
        *fields(request, anew, one, filled, _("Filled in from the shipped facts.")),
    ]
    return HttpResponse("".join(parts), status=409 if refused else 200)
