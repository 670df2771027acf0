"""Routes and candidates of a decision side by side, and what is done to a candidate as a whole."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import retarget, trigger_client_event

from decisions.actions import candidates as actions
from decisions.actions.refusal import Refused
from decisions.models import Candidate, Decision
from decisions.record.schema import MOST_CANDIDATES
from decisions.states import CandidateRole
from decisions.web.access import person
from decisions.web.candidates.aloud import done_in_words
from decisions.web.candidates.arrangement import arrangement_of, is_asked, keep
from decisions.web.candidates.cards import cards_of
from decisions.web.candidates.compare import spoken, table_of
from decisions.web.candidates.copied import as_text
from decisions.web.candidates.forms import NewCandidateForm, RoleForm
from decisions.web.candidates.parts import find_candidate, place_of, redrawn_fits
from decisions.web.request import Request
from decisions.web.workspace import Workspace, load
from decisions.words import run_on


class MoveForm(forms.Form):
    """So many places to the right, to the left when negative; it stops at the ends."""

    places = forms.IntegerField(min_value=1 - MOST_CANDIDATES, max_value=MOST_CANDIDATES - 1)


@require_safe
@vary_on_headers("HX-Request")
def candidates(request: Request, project: str, decision: str) -> HttpResponse:
    """The page: route cards, the chosen route's hardware, the candidates; or these alone, rearranged."""
    workspace = load(request, project, decision)
    if request.GET.get("as") == "text":
        return HttpResponse(as_text(workspace), content_type="text/plain; charset=utf-8")
    if is_asked(request) and request.htmx and not request.htmx.history_restore_request:
        answer = _arranged(request, workspace)
    else:
        removed = _removed(workspace.decision, request.GET.get("removed", ""))
        answer = page(request, workspace, removed=removed)
    if is_asked(request):
        keep(answer, workspace.decision, arrangement_of(request))
    return answer


def _arranged(request: Request, workspace: Workspace) -> HttpResponse:
    """The candidates as the person now wants them seen."""
    table = table_of(workspace)
    context = workspace.context("candidates", table=table)
    answer = render(request, "candidates/candidates.html#candidates", context)
    pinned = next((column["spoken"] for column in table["columns"] if column["is_pinned"]), "")
    if "pin" not in request.GET or not pinned:
        return answer
    sentence = _("%(name)s stays beside the names of the rows.") % {"name": pinned}
    return trigger_client_event(answer, "announce", {"value": sentence})


def page(request: Request, workspace: Workspace, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; `more` may hold a form or a sentence that has something to say."""
    table = table_of(workspace)
    context = workspace.context(
        "candidates",
        cards=cards_of(workspace),
        table=table,
        is_wide=is_wide(table),
        new=NewCandidateForm(),
        chosen=workspace.decision.live_route,
    )
    return render(request, "candidates/candidates.html", context | more, status=status)


def is_wide(table: dict[str, Any]) -> bool:
    """Whether the candidates need the width of the page, so that the five fits go above them."""
    return len(table["columns"]) > 4


@require_POST
@vary_on_headers("HX-Request")
def add(request: Request, project: str, decision: str) -> HttpResponse:
    """Add a candidate from two fields."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    form = NewCandidateForm(request.POST)
    if not form.is_valid():
        return _not_added(request, workspace, form, status=422)
    try:
        made = actions.add_candidate(by=person(request), decision=workspace.decision, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _not_added(request, workspace, form, status=409)
    sentence = _("Added %(name)s. Its fits say what is missing.") % {"name": made.name}
    if not request.htmx:
        messages.success(request, sentence)
        return redirect(_address(workspace.decision))
    answer = _fragment(request, workspace, said=sentence, focus_on=made.key)
    answer.write(_form_anew(request, workspace, NewCandidateForm(), oob=True))
    return trigger_client_event(answer, "announce", {"value": sentence})


def _not_added(
    request: Request, workspace: Workspace, form: NewCandidateForm, *, status: int
) -> HttpResponse:
    if not request.htmx:
        return page(request, workspace, new=form, status=status)
    answer = HttpResponse(_form_anew(request, workspace, form, oob=False), status=status)
    return retarget(answer, "#new-candidate")


def _form_anew(request: Request, workspace: Workspace, form: NewCandidateForm, *, oob: bool) -> str:
    has_some = oob or workspace.decision.live_candidates  # out of band it comes beside the one just added
    context = place_of(workspace, new=form, oob=oob, has_some=has_some)
    return render_to_string("candidates/new.html", context, request)


@require_POST
def duplicate(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Add a copy right behind the original."""
    return _act(request, project, decision, key, actions.duplicate_candidate)


@require_POST
def move(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Move a candidate by some places."""
    form = MoveForm(request.POST)
    places = form.cleaned_data["places"] if form.is_valid() else None
    return _act(request, project, decision, key, actions.move_candidate, moved=key, places=places)


@require_POST
@vary_on_headers("HX-Request")
def role(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Give a candidate a role."""
    form = RoleForm(request.POST)
    chosen = CandidateRole(form.cleaned_data["role"]) if form.is_valid() else None
    return _act(request, project, decision, key, actions.set_role, role=chosen)


@require_POST
@vary_on_headers("HX-Request")
def roles(request: Request, project: str, decision: str) -> HttpResponse:
    """Give the roles that were changed in the comparison; those nobody touched stay what they are by now."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    changed = list(_changed_roles(request, workspace.decision))
    said = []
    for one, chosen in changed:
        if chosen is None:
            return _refused(request, workspace, _("That choice is not one of those offered."), status=422)
        try:
            actions.set_role(by=person(request), decision=workspace.decision, candidate=one, role=chosen)
        except Refused as refused:
            return _refused(request, workspace, str(refused), status=409)
        said.append(done_in_words(actions.set_role, one, chosen))
    if not request.htmx:
        return redirect(_address(workspace.decision))
    return trigger_client_event(_fragment(request, workspace), "announce", {"value": run_on(said)})


def _changed_roles(request: Request, decision: Decision) -> Iterator[tuple[Candidate, CandidateRole | None]]:
    """Candidates whose role is another than the one their select was drawn with; None was not offered."""
    for one in decision.live_candidates:
        for drawn in CandidateRole:
            form = RoleForm(request.POST, prefix=f"{one.key}-{drawn}")
            if request.POST.get(form.add_prefix("role"), drawn) != drawn:
                yield one, CandidateRole(form.cleaned_data["role"]) if form.is_valid() else None


@require_POST
def remove(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Take a candidate away; the answer offers to bring it back."""
    return _act(request, project, decision, key, actions.remove_candidate, removed=key)


@require_POST
def bring_back(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Undo a removal."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    gone = _removed(workspace.decision, key)
    if gone is None:
        raise Http404
    return _finish(request, workspace, gone, actions.bring_back_candidate)


def _act(
    request: Request,
    project: str,
    decision: str,
    key: str,
    action: Callable[..., Any],
    removed: str = "",
    moved: str = "",
    **choice: Any,
) -> HttpResponse:
    """Do one thing to one candidate; a choice that is None was not one of those offered."""
    workspace = load(request, project, decision)
    workspace.require_edit()
    found = find_candidate(workspace, key)
    if None in choice.values():
        return _refused(request, workspace, _("That choice is not one of those offered."), status=422)
    return _finish(request, workspace, found, action, removed, moved, **choice)


def _finish(
    request: Request,
    workspace: Workspace,
    candidate: Candidate,
    action: Callable[..., Any],
    removed: str = "",
    moved: str = "",
    **choice: Any,
) -> HttpResponse:
    decision = workspace.decision
    try:
        action(by=person(request), decision=decision, candidate=candidate, **choice)
    except Refused as refused:
        return _refused(request, workspace, str(refused), status=409)
    if not request.htmx:
        return redirect(_address(decision, removed))
    focus_on = candidate.key if action is actions.bring_back_candidate else ""  # its button is gone
    gone = _removed(decision, removed)
    answer = _fragment(request, workspace, moved=moved, removed=gone, focus_on=focus_on)
    if said := done_in_words(action, candidate, choice.get("role")):
        trigger_client_event(answer, "announce", {"value": said})
    return answer


def _refused(request: Request, workspace: Workspace, sentence: str, *, status: int) -> HttpResponse:
    if request.htmx:
        return _fragment(request, workspace, refused=sentence, status=status)
    return page(request, workspace, refused=sentence, status=status)


def _fragment(
    request: Request, workspace: Workspace, *, status: int = 200, moved: str = "", **more: Any
) -> HttpResponse:
    """The candidates anew, the first choice's fits beside the page, and the layout they need.

    Of a candidate that was moved it is said aloud where it stands now.
    """
    anew = load(request, workspace.decision.project.slug, workspace.decision.slug)
    table = table_of(anew)
    context = anew.context("candidates", table=table, **more)
    answer = render(request, "candidates/candidates.html#candidates", context, status=status)
    answer.write(redrawn_fits(request, anew))
    if moved:
        trigger_client_event(answer, "announce", {"value": _place_in_words(anew, moved)})
    return trigger_client_event(answer, "wide", {"value": is_wide(table)})


def _place_in_words(workspace: Workspace, key: str) -> str:
    candidates = workspace.record.candidates
    place = next((n for n, one in enumerate(candidates) if one.key == key), None)
    if place is None:
        return ""
    sentence = _("%(name)s is now candidate %(place)d of %(count)d.")
    return sentence % {"name": spoken(candidates[place].name), "place": place + 1, "count": len(candidates)}


def _removed(decision: Decision, key: str) -> Candidate | None:
    """The candidate that was removed last under that key; the key may come from an address, NUL and all."""
    if not key or "\0" in key:
        return None
    gone = decision.candidates.filter(key=key).exclude(removed_at=None)
    return gone.order_by("-removed_at").first()


def _address(decision: Decision, removed: str = "") -> str:
    page_address = reverse(
        "decision-candidates", kwargs={"project": decision.project.slug, "decision": decision.slug}
    )
    return f"{page_address}?removed={removed}#candidates" if removed else f"{page_address}#candidates"
