"""A kept log set aside, so that it counts no more, and taken back."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from decisions.actions.measurements import set_log_aside, take_log_back
from decisions.actions.refusal import Refused
from decisions.models import Candidate
from decisions.web.access import person
from decisions.web.candidates.log_views import AsideForm, page
from decisions.web.candidates.parts import find_candidate
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


@require_POST
def set_aside(request: HttpRequest, project: str, decision: str, key: str, log: str) -> HttpResponse:
    """Leave a kept log out of what counts, with the reason."""
    workspace, found = _kept(request, project, decision, key, log)
    form = AsideForm(log, request.POST)
    if not form.is_valid():
        return page(workspace, found, aside=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        set_log_aside(
            by=person(request), decision=workspace.decision, candidate=found, digest=log, reason=reason
        )
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return page(workspace, found, aside=form, status=409)
    messages.success(request, _("The log is set aside: it counts no more, and stays here."))
    return redirect("candidate-log", project=project, decision=decision, key=key)


@require_POST
def take_back(request: HttpRequest, project: str, decision: str, key: str, log: str) -> HttpResponse:
    """Let a log that was set aside count again."""
    workspace, found = _kept(request, project, decision, key, log)
    try:
        take_log_back(by=person(request), decision=workspace.decision, candidate=found, digest=log)
    except Refused as refused:
        messages.warning(request, str(refused))
        return page(workspace, found, status=409)
    messages.success(request, _("The log is taken back."))
    return redirect("candidate-log", project=project, decision=decision, key=key)


def _kept(
    request: HttpRequest, project: str, decision: str, key: str, log: str
) -> tuple[Workspace, Candidate]:
    """What a log is kept for: 404 for who may not see it or without such a log, 403 for who may not edit."""
    workspace = load(cast(Request, request), project, decision)
    found = find_candidate(workspace, key)
    workspace.require_edit()
    if not found.measurements.filter(log_id=log).exists():
        raise Http404
    return workspace, found
