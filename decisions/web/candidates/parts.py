"""Parts of a page that are sent again, out of band, when what they show has changed."""

from typing import Any

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from decisions.models import Candidate, Route
from decisions.web.candidates.cards import cards_of, states_of
from decisions.web.candidates.compare import table_of
from decisions.web.candidates.route_forms import HardwareForm
from decisions.web.workspace import Workspace, fits_of


def find_candidate(workspace: Workspace, key: str) -> Candidate:
    """The live candidate with that key, its notes loaded, or 404."""
    for candidate in workspace.decision.live_candidates:
        if candidate.key == key:
            return candidate
    raise Http404


def find_route(workspace: Workspace, code: str) -> Route:
    """The live route of this project with that code, or 404."""
    for route in workspace.decision.project.live_routes:
        if route.code == code:
            return route
    raise Http404


def hardware_form(route: Route, data: Any = None) -> HardwareForm:
    """The hardware facts of a route."""
    return HardwareForm(route, data, target=f"route-{route.code}")


def redrawn_cards(request: HttpRequest, workspace: Workspace) -> str:
    """The row of route cards."""
    context = place_of(workspace, cards=cards_of(workspace), oob=True)
    return render_to_string("routes/cards.html", context, request)


def redrawn_states(request: HttpRequest, workspace: Workspace) -> str:
    """What of each compact card follows from the need; the texts of the cards stay where they are."""
    context = place_of(workspace, cards=states_of(workspace))
    return render_to_string("routes/states.html", context, request)


def redrawn_fits(request: HttpRequest, workspace: Workspace, candidate: Candidate | None = None) -> str:
    """The five fits beside the page: of one candidate, else of the first choice."""
    context = {**fits_context(workspace, candidate), "oob": True}
    return render_to_string("includes/fits.html", context, request)


def redrawn_table(request: HttpRequest, workspace: Workspace) -> str:
    """The candidates side by side."""
    context = place_of(workspace, table=table_of(workspace), oob=True)
    return render_to_string("candidates/compare.html", context, request)


def fits_context(workspace: Workspace, candidate: Candidate | None = None) -> dict[str, Any]:
    """The fits beside the page, and whose they are."""
    if candidate is None:
        return {"fits": workspace.first_choice_fits()}
    judgement = workspace.judgements[candidate.key]
    return {"fits": fits_of(judgement), "of": _("of %(name)s") % {"name": candidate.name}}


def place_of(workspace: Workspace, **more: Any) -> dict[str, Any]:
    """What every part needs to make its addresses and to know what may be done."""
    decision = workspace.decision
    return {"project": decision.project, "decision": decision, "may_edit": workspace.may_edit, **more}
