"""The commands of a candidate, and the first of them taken over into its evidence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from decisions.actions.commands import take_command
from decisions.actions.refusal import Refused
from decisions.models import Candidate
from decisions.web.access import person
from decisions.web.candidates import candidate_views
from decisions.web.candidates.filled import fields, page_again
from decisions.web.candidates.parts import find_candidate, fits_context, place_of, redrawn_fits
from decisions.web.drafts import DraftForm
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def commands(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """The commands as the candidate's page fetches them, or as a page of their own; posted, one is taken."""
    workspace = load(request, project, decision)
    found = find_candidate(workspace, key)
    if request.method == "POST":
        workspace.require_edit()
        return _post(request, workspace, found)
    context = candidate_views.commands_of(workspace, found)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "candidates/commands.html", place_of(workspace, **context, oob=False))
    context |= fits_context(workspace, found)
    return render(request, "candidates/commands_page.html", workspace.context("candidates", **context))


def _post(request: Request, workspace: Workspace, found: Candidate) -> HttpResponse:
    """Take the command over; what is on the form comes along.

    Without a script what was typed is saved first. In place the fields save themselves: a command that is
    typed and not stored yet is left alone.
    """
    forms = candidate_views.forms_of(workspace, found, request.POST)
    if request.htmx:
        return _in_place(request, workspace, found, forms)
    status = candidate_views.save_all(request, workspace, forms)
    if status != 200:
        messages.warning(request, _("No command was taken over yet: some fields could not be saved."))
        return candidate_views.page(request, workspace, found, forms, status)
    try:
        _take(request, workspace, found)
    except Refused as refused:
        return page_again(request, workspace, found.key, str(refused))
    messages.success(request, _told())
    decision = workspace.decision
    return redirect("candidate", project=decision.project.slug, decision=decision.slug, key=found.key)


def _take(request: Request, workspace: Workspace, found: Candidate) -> None:
    seen = request.POST.get("first_run", "").replace("\r\n", "\n")
    take_command(by=person(request), decision=workspace.decision, candidate=found, seen=seen)


def _told() -> str:
    return _("The evidence names the command now. Change it there if another one was run.")


def _in_place(
    request: Request, workspace: Workspace, found: Candidate, forms: dict[str, DraftForm]
) -> HttpResponse:
    refused = ""
    if forms["evidence"]["command"].data:
        refused = _("The evidence already names a command; it stays as it is.")
    else:
        try:
            _take(request, workspace, found)
        except Refused as refusal:
            refused = str(refusal)
    anew = load(request, workspace.decision.project.slug, workspace.decision.slug)
    one = find_candidate(anew, found.key)
    said = {"refused": refused} if refused else {"said": _told()}
    context = place_of(anew, **candidate_views.commands_of(anew, one), **said)
    filled = [] if refused else [("evidence", "command")]
    parts = [
        render_to_string("candidates/commands.html", {**context, "oob": False}, request),
        redrawn_fits(request, anew, one),
        *fields(request, anew, one, filled, _("Taken over from the commands of this page.")),
    ]
    return HttpResponse("".join(parts), status=409 if refused else 200)
