"""The versions of a decision: all of them, one opened as it was, any two compared, a copy to go on from."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from decisions.actions.decisions import copy_version
from decisions.actions.refusal import Refused
from decisions.export.charts.saved import saved_versions
from decisions.export.say import say
from decisions.export.stored import Content, Stored
from decisions.models import Decision, User, Version
from decisions.record.reading import Unreadable
from decisions.record.versions import load_content
from decisions.web.access import find_version, may_write, person, require_write
from decisions.web.fields import LineField
from decisions.web.request import Request
from decisions.web.versions.compared import compare
from decisions.web.workspace import Workspace, load

PER_PAGE = 25
DRAFT = "draft"


@require_safe
def versions(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """All versions, the newest first."""
    return _list(request, load(request, project, decision))


def _list(
    request: HttpRequest, workspace: Workspace, *, problem: str = "", status: int = 200
) -> HttpResponse:
    found = workspace.decision.versions.newest_first().select_related("saved_by")
    pages = Paginator(found.prefetch_related("authors"), PER_PAGE, orphans=1)  # no page offers one alone
    page = pages.get_page(request.GET.get("page"))
    rows = list(page)
    line = (
        saved_versions((each.number, each.stage, each.saved_at) for each in rows) if len(rows) > 1 else None
    )
    context = workspace.context("versions", page=page, rows=rows, line=line, problem=problem)
    context["can_compare"] = len(rows) > 1 or workspace.may_edit  # with a version, or with the draft
    return render(request, "versions/list.html", context, status=status)


@require_safe
@vary_on_headers("HX-Request")
def version(request: Request, project: str, decision: str, number: int) -> HttpResponse:
    """One version as it was saved, from the stored bytes alone.

    `more` opens what else a candidate says, `judged` how one of its fits was judged: task-2 is
    the task fit of the second one.
    """
    found = find_version(request, project, decision, number)
    context = _of_version(request, found) | {"authors": _authors(found), "size": len(found.content.data)}
    try:
        stored = Stored(load_content(bytes(found.content.data)))
    except Unreadable as unreadable:
        return render(request, "versions/version.html", context | {"unreadable": say(unreadable.statement)})
    opened, judged, more = request.GET.get("more", ""), request.GET.get("judged", ""), stored.more()
    context |= {"stored": stored, "more": more, "opened": opened, "judged": judged}
    alone = request.htmx and not request.htmx.history_restore_request
    if opened and alone:
        part = next((each for each in more if each.key == opened), None)
        return render(request, "versions/more.html", context | {"part": part})
    if judged and alone:
        return render(request, "versions/judged.html", {"fit": _fit_at(stored, judged)})
    of = str(stored.first.get("name", ""))
    return render(request, "versions/version.html", context | {"fits": stored.first_fits, "of": of})


def _fit_at(stored: Stored, name: str) -> Content | None:
    """The fit of a candidate, by the fit's name and the number of the candidate's column."""
    cells = {
        f"{row['fit']}-{column}": cell
        for row in stored.fit_rows()
        for column, cell in enumerate(row["cells"], start=1)
    }
    return cells.get(name)


def _of_version(request: HttpRequest, found: Version) -> dict[str, Any]:
    decision = found.decision
    return {
        "project": decision.project,
        "decision": decision,
        "version": found,
        "latest": _newest(decision),
        "tab": "versions",
        "may_edit": may_write(request, decision.project),
    }


def _newest(decision: Decision) -> Version | None:
    return decision.versions.newest_first().first()


def _authors(found: Version) -> list[User]:
    return list(found.authors.order_by("pk"))


@require_safe
def version_compare(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """Any two versions of a decision, or one and the draft."""
    workspace = load(request, project, decision)
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    if not all(_is_number(each) or each == DRAFT for each in asked):
        problem = _("Choose two versions to compare: one as old, one as new.")
        return _list(request, workspace, problem=problem, status=422)
    if asked[0] == asked[1]:
        problem = _("Old and new are the same. Choose two that differ.")
        return _list(request, workspace, problem=problem, status=422)
    everything = request.GET.get("show") == "everything"
    (old, old_content), (new, new_content) = (_side(workspace, each) for each in asked)
    context = workspace.context(
        "versions",
        old=old,
        new=new,
        old_asked=asked[0],
        new_asked=asked[1],
        compared=compare(old_content, new_content, everything=everything),
        everything=everything,
    )
    return render(request, "versions/compare.html", context)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _side(workspace: Workspace, asked: str) -> tuple[Version | None, Content]:
    """One side of a comparison: a version, or None for the draft, with its content."""
    if asked == DRAFT:
        return None, load_content(workspace.snapshot.data)
    wanted = workspace.decision.versions.select_related("content", "saved_by").filter(number=int(asked))
    found = wanted.first()
    if found is None:
        raise Http404
    return found, load_content(bytes(found.content.data))


class CopyForm(forms.Form):
    """The title of the new decision."""

    title = LineField(
        label=gettext_lazy("Title of the new decision"),
        why=gettext_lazy("The question it answers, so that it can be told from the one it comes from."),
        limit=120,
        required=True,
        error_messages={"required": gettext_lazy("Give the new decision a title.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def version_copy(request: HttpRequest, project: str, decision: str, number: int) -> HttpResponse:
    """New decision from this version: everything but sign-offs, results and evidence, judged afresh."""
    found = find_version(request, project, decision, number)
    require_write(request, found.decision.project)
    form = CopyForm(request.POST or None, initial={"title": found.decision.title})
    if request.method == "POST" and form.is_valid():
        try:
            copy = copy_version(by=person(request), version=found, title=form.cleaned_data["title"])
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(
                request, _("New decision made. Its evidence starts empty, and it was judged afresh.")
            )
            return redirect("decision-candidates", project=project, decision=copy.slug)
    context = _of_version(request, found) | {"form": form}
    return render(request, "versions/copy.html", context, status=422 if form.errors else 200)
