"""Parts of a candidate's page that are fetched when they are opened: notes, and how its estimate came about.

Each is a page of its own as well, for who has no script.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from decisions.export.estimates import shown_estimate
from decisions.fit.resolve import runtime_of, shipped_model
from decisions.fit.side_by_side import side_by_side
from decisions.record.schema import Candidate, Judgement
from decisions.web.beside import beside_of
from decisions.web.candidates.note_forms import NoteForm, SizingForm, TermsForm
from decisions.web.candidates.parts import find_candidate, fits_context
from decisions.web.request import Request
from decisions.web.workspace import load

FORMS: dict[str, type[NoteForm]] = {"sizing": SizingForm, "terms": TermsForm}


@require_safe
@vary_on_headers("HX-Request")
def note(request: Request, project: str, decision: str, key: str, note: str) -> HttpResponse:
    """The fields of one of a candidate's notes; they are saved with the candidate."""
    workspace = load(request, project, decision)
    found = find_candidate(workspace, key)
    if note not in FORMS:
        raise Http404
    form = FORMS[note](getattr(found, note))
    own = {"form": form, "group": form.drawn_groups()[0], "note": note, "candidate": found}
    if request.htmx and not request.htmx.history_restore_request:
        workspace.require_edit()
        return render(request, "candidates/note_fields.html", own)
    context = workspace.context("candidates", **fits_context(workspace, found), **own)
    return render(request, "candidates/note_page.html", context)


@require_safe
@vary_on_headers("HX-Request")
def estimate(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Every line of a candidate's estimate with its rule, inputs and source."""
    workspace = load(request, project, decision)
    found = find_candidate(workspace, key)
    judged = workspace.judgements[found.key].estimate
    shown = shown_estimate(judged.model_dump()) if judged else None
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "includes/estimate.html", {"estimate": shown})
    context = workspace.context(
        "candidates", **fits_context(workspace, found), candidate=found, estimate=shown
    )
    return render(request, "candidates/estimate_page.html", context)


@require_safe
def runtimes(request: Request, project: str, decision: str, key: str) -> HttpResponse:
    """Every runtime for the candidate's weights on its route, held against the need."""
    workspace = load(request, project, decision)
    found, record = find_candidate(workspace, key), workspace.record
    part = next(one for one in record.candidates if one.key == found.key)
    route = record.route_for(part)
    own = runtime_of(part, route).runtime
    beside = beside_of(side_by_side(record.need, route, part), own.id if own else "")
    context = workspace.context(
        "candidates", **fits_context(workspace, found), candidate=found, beside=beside
    )
    return render(request, "candidates/runtimes_page.html", context)


def estimate_context(part: Candidate, judgement: Judgement) -> dict[str, Any]:
    """The estimate in the reader's language, and what goes before it or before the facts it rests on."""
    judged = judgement.estimate
    return {
        "estimate": shown_estimate(judged.model_dump()) if judged else None,
        "beside_stated": part.memory_needed_gib is not None,
        "corrected": bool(part.sizing.config) and shipped_model(part) is not None,
    }
