"""What the page says when something was filled into a candidate's fields for somebody."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from decisions.fit.shipped import Place
from decisions.models import Candidate
from decisions.web.candidates import candidate_views
from decisions.web.candidates.parts import find_candidate, place_of
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load


def page_again(request: Request, workspace: Workspace, key: str, sentence: str) -> HttpResponse:
    """The whole page as it is stored by now, with why nothing was filled in."""
    anew = load(request, workspace.decision.project.slug, workspace.decision.slug)
    found = find_candidate(anew, key)
    return candidate_views.page(
        request, anew, found, candidate_views.forms_of(anew, found), 409, notice=sentence
    )


def fields(
    request: Request, workspace: Workspace, one: Candidate, places: list[Place], message: str
) -> list[str]:
    """The fields that were filled in, as saved, each with the message."""
    forms = candidate_views.forms_of(workspace, one)
    context = place_of(workspace, candidate=one, swap=True)
    drawn: list[str] = []
    for part, name in places:
        forms[part].states[name] = {"state": "saved", "message": message}
        each = forms[part].drawn(name)
        drawn.append(render_to_string("candidates/filled.html", {**context, "each": each}, request))
    return drawn
