"""The tour: where it starts, the guide's panel, and throwing a practice project away."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from decisions.actions.practice import begin_practice, throw_practice_away
from decisions.actions.refusal import Refused
from decisions.models import Decision
from decisions.web.access import find_project, may_create, person, require_create, require_manage
from decisions.web.kept import own_path
from decisions.web.pages import wants_fragment
from decisions.web.tour.guide import guide_on, put_aside
from decisions.web.tour.steps import STEPS, next_stop, stops_of
from decisions.web.workspace import Workspace, load


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """What the tour is, how far somebody has come, and the one button that goes on."""
    context: dict[str, Any] = {"steps": STEPS, "may_create": may_create(request), "section": "account"}
    if mine := Decision.objects.practised_by(person(request)).with_draft().first():
        stops = stops_of(Workspace(request, mine, may_edit=True))
        context |= {"mine": mine, "stops": stops, "done": sum(stop.done for stop in stops)}
    return render(request, "tour/tour.html", context)


@require_POST
def practice_new(request: HttpRequest) -> HttpResponse:
    """Make a practice project, or go on in the one there is."""
    require_create(request)
    decision = begin_practice(by=person(request))
    put_aside(request, decision.pk, closed=False)
    return redirect("decision-need", project=decision.project.slug, decision=decision.slug)


@require_http_methods(["GET", "POST"])
def guide(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """The guide's panel, drawn again after a change; closed or opened again by a post."""
    workspace = load(request, project, decision)
    if not getattr(workspace.decision, "is_guided", False):
        raise Http404
    if request.method == "POST":
        workspace.require_edit()
        put_aside(request, workspace.decision.pk, closed=request.POST.get("step") == "close")
        return redirect(_came_from(request) or _goes_on(workspace))
    if not wants_fragment(request):
        return redirect(_goes_on(workspace))
    shown = guide_on(workspace, request.GET.get("tab", ""))
    context = {"guide": shown, "tab": request.GET.get("tab", ""), **_about(workspace)}
    return _announced(request, render(request, "tour/panel.html", context), shown.done)


def _about(workspace: Workspace) -> dict[str, Any]:
    decision = workspace.decision
    return {"project": decision.project, "decision": decision, "latest": workspace.latest}


def _announced(request: HttpRequest, response: HttpResponse, done: int) -> HttpResponse:
    """Say a step that has just been done, once."""
    if request.GET.get("done", "").isdigit() and done > int(request.GET["done"]):
        response["HX-Trigger"] = json.dumps({"announce": _("A step of the tour is done.")})
    return response


def _came_from(request: HttpRequest) -> str:
    """The page of a project on which the button was; empty for any other page."""
    path = own_path(request, request.headers.get("Referer", ""))
    return path if path.startswith("/projects/") else ""


def _goes_on(workspace: Workspace) -> str:
    stops = stops_of(workspace)
    return (next_stop(stops) or stops[-1]).url


@require_http_methods(["GET", "HEAD", "POST"])
def practice_throw_away(request: HttpRequest, project: str) -> HttpResponse:
    """Ask once more, saying what stays; then take the practice project off the lists."""
    found = find_project(request, project)
    require_manage(request, found)
    if not found.is_practice:  # type: ignore[attr-defined]
        raise Http404
    if request.method != "POST":
        return render(request, "tour/throw_away.html", {"project": found})
    try:
        throw_practice_away(by=person(request), project=found)
    except Refused as refusal:
        return render(request, "tour/throw_away.html", {"project": found, "refused": refusal}, status=409)
    messages.success(
        request, _("The practice project is thrown away. You can begin a fresh one at any time.")
    )
    return redirect("tour")
