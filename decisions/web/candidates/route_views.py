"""Routes: one is chosen, its hardware facts are written down, a team adds its own."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from decisions.actions import routes as actions
from decisions.actions.drafts import Edit, Outcome, edit_route
from decisions.actions.refusal import Refused
from decisions.export.say import own_text
from decisions.models import Decision, Route
from decisions.record.schema import Card
from decisions.states import RouteKind
from decisions.web.access import person
from decisions.web.candidates import views
from decisions.web.candidates.cards import announced, cards_of
from decisions.web.candidates.devices import bring_vram
from decisions.web.candidates.parts import (
    find_route,
    hardware_form,
    place_of,
    redrawn_cards,
    redrawn_fits,
    redrawn_table,
)
from decisions.web.candidates.route_forms import CardTextsForm, HardwareForm, NewRouteForm, OwnRouteForm
from decisions.web.drafts import DraftForm, field_answers, save_draft, what_happened
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


@require_POST
@vary_on_headers("HX-Request")
def choose(request: Request, project: str, decision: str) -> HttpResponse:
    """Make a route the decision's. A route that the data may never go to is refused."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    route = find_route(workspace, request.POST.get("route", ""))
    try:
        actions.choose_route(by=person(request), decision=workspace.decision, route=route)
    except Refused as refused:
        return _not_chosen(request, workspace, str(refused))
    said = _("%(route)s is the route of this decision now.") % {"route": own_text(route.name)}
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{_page(workspace.decision)}#route-{quote(route.code)}")
    anew = load(request, project, decision)
    parts = redrawn_fits(request, anew), redrawn_table(request, anew)
    answer = _routes(request, anew, *parts)
    return trigger_client_event(answer, "announce", {"value": said})


def _not_chosen(request: Request, workspace: Workspace, sentence: str) -> HttpResponse:
    if request.htmx:
        return _routes(request, workspace, not_chosen=sentence, status=409)
    return views.page(request, workspace, not_chosen=sentence, status=409)


def _routes(
    request: Request, workspace: Workspace, *parts: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = place_of(workspace, cards=cards_of(workspace), chosen=workspace.decision.live_route, **more)
    answer = render(request, "candidates/candidates.html#routes", context, status=status)
    answer.write("".join(parts))
    return answer


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def edit(request: Request, project: str, decision: str, code: str) -> HttpResponse:
    """A route's hardware facts and card texts, a team's name and traits too; to htmx its hardware alone."""
    workspace = load(request, project, decision)
    route = find_route(workspace, code)
    if request.method == "POST":
        workspace.require_edit()
        return _save(request, workspace, route)
    if request.htmx and not request.htmx.history_restore_request:
        workspace.require_edit()
        context = place_of(workspace, route=route, hardware=hardware_form(route), here=request.path)
        return render(request, "routes/hardware_form.html", context)
    return _edit_page(request, workspace, route, _forms(route))


def _forms(route: Route, data: Any = None) -> tuple[HardwareForm, CardTextsForm]:
    says = OwnRouteForm if route.kind == RouteKind.TEAM else CardTextsForm
    return hardware_form(route, data), says(route, data, target=f"route-{route.code}")


def _edit_page(
    request: Request,
    workspace: Workspace,
    route: Route,
    forms: tuple[HardwareForm, CardTextsForm],
    status: int = 200,
) -> HttpResponse:
    context = workspace.context(
        "candidates",
        route=route,
        is_own=route.kind == RouteKind.TEAM,
        hardware=forms[0],
        says=forms[1],
        cards=_card_alone(workspace, route),
        notice=what_happened(status) if status != 200 else "",
    )
    return render(request, "routes/edit.html", context, status=status)


def _save(request: Request, workspace: Workspace, route: Route) -> HttpResponse:
    before, old_device = workspace.cards, route.device
    forms = _forms(route, request.POST)

    def save(edits: list[Edit]) -> Outcome:
        return edit_route(by=person(request), route=route, edits=edits)

    statuses = [save_draft(form, save) for form in forms if form.brought()]
    status = 409 if 409 in statuses else max(statuses, default=200)
    brought = bring_vram(route, by=person(request), old_device=old_device)
    workspace.judge_anew()
    if request.htmx:
        return _answer(request, workspace, route, forms, status, before, brought_vram=brought)
    if status == 200:
        messages.success(request, what_happened(status))
        return redirect("route-edit", workspace.decision.project.slug, workspace.decision.slug, route.code)
    return _edit_page(request, workspace, route, forms, status)


def _answer(
    request: Request,
    workspace: Workspace,
    route: Route,
    forms: tuple[HardwareForm, CardTextsForm],
    status: int,
    before: Mapping[str, Card],
    *,
    brought_vram: bool,
) -> HttpResponse:
    form: DraftForm = next((form for form in forms if form.brought()), forms[0])
    if not form.changed_something():
        return field_answers(request, workspace.decision, form, status)
    parts = [_vram_field(request, workspace, route)] if brought_vram else []
    if _asked_from(request, _page(workspace.decision)):
        parts += [redrawn_cards(request, workspace), redrawn_table(request, workspace)]
    else:
        parts.append(_redrawn_card(request, workspace, route))
    parts.append(redrawn_fits(request, workspace))
    return announced(field_answers(request, workspace.decision, form, status, *parts), workspace, before)


def _vram_field(request: Request, workspace: Workspace, route: Route) -> str:
    drawn = hardware_form(route).drawn("vram_gib")
    drawn.state = "saved"
    context = place_of(workspace, route=route, each=drawn, oob=True)
    return render_to_string("routes/vram.html", context, request)


def _redrawn_card(request: Request, workspace: Workspace, route: Route) -> str:
    context = place_of(workspace, cards=_card_alone(workspace, route), whole=True, oob=True)
    return render_to_string("routes/cards.html", context, request)


def _card_alone(workspace: Workspace, route: Route) -> list[dict[str, Any]]:
    """The route's own card, on its own page and so without a link to it."""
    return [card | {"url": ""} for card in cards_of(workspace) if card["code"] == route.code]


def _asked_from(request: Request, address: str) -> bool:
    """Whether htmx asks from the page at that address: it says which parts are there to be redrawn."""
    asking = urlsplit(request.htmx.current_url_abs_path or "").path
    return unquote(asking) == unquote(address)


@require_http_methods(["GET", "POST"])
def add(request: Request, project: str, decision: str) -> HttpResponse:
    """A team's own route: its name, what it is, what its card says."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    form = NewRouteForm(Route(), request.POST or None, target="new-route")
    if request.method == "POST" and form.is_valid():
        try:
            route = actions.add_route(
                by=person(request), project=workspace.decision.project, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Added the route %(route)s.") % {"route": route.name})
            return redirect("route-edit", project, decision, route.code)
    context = workspace.context("candidates", form=form)
    return render(request, "routes/add.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, project: str, decision: str, code: str) -> HttpResponse:
    """Take a team's own route away, unless something runs on it."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    route = find_route(workspace, code)
    try:
        actions.remove_route(by=person(request), route=route)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("route-edit", project, decision, code)
    messages.success(request, _("The route %(route)s is removed.") % {"route": own_text(route.name)})
    return redirect(_page(workspace.decision))


def _page(decision: Decision) -> str:
    return reverse("decision-candidates", args=[decision.project.slug, decision.slug])
