"""Importing a file: first what was understood and what it would change, then, confirmed, the change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.actions.imports import import_as_new, import_into, preview_as_new, preview_import
from decisions.actions.refusal import Refused
from decisions.export.again import settled
from decisions.export.stored import Stored
from decisions.models import Project
from decisions.record.read import read
from decisions.record.reading import Reading, Unreadable
from decisions.record.versions import load_content
from decisions.web.access import find_project, person, require_write
from decisions.web.imports.forms import ConfirmForm, NewConfirmForm, SourceForm, carry
from decisions.web.imports.preview import preview, understood, why_unreadable
from decisions.web.versions.compared import compare
from decisions.web.workspace import Workspace, load

READ_WRITE = ["GET", "HEAD", "POST"]


class Target:
    """What a file is imported into: a project (as a new decision) or a decision there is."""

    def __init__(self, request: HttpRequest, project: Project, workspace: Workspace | None = None) -> None:
        self.request = request
        self.project = project
        self.workspace = workspace

    def page(self, form: SourceForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page with the file to choose, or with the preview of one."""
        if self.workspace:
            context = self.workspace.context("import", form=form, **more)
        else:
            context = {"project": self.project, "form": form, "may_edit": True, **more}
        template = "imports/decision.html" if self.workspace else "imports/project.html"
        return render(self.request, template, context, status=status)

    def confirm_form(self, *args: Any, **kwargs: Any) -> ConfirmForm:
        """The form of the second step."""
        return (ConfirmForm if self.workspace else NewConfirmForm)(*args, **kwargs)

    def previewed(self, reading: Reading) -> dict[str, Any]:
        """What the file would change; raises `Refused` where it cannot be brought in."""
        by = person(self.request)
        if self.workspace is None:
            made = load_content(preview_as_new(by=by, project=self.project, reading=reading).data)
            return {"stored": understood(reading), "reading": preview(settled(reading, made))}
        snapshot = preview_import(by=by, decision=self.workspace.decision, reading=reading)
        now, after = self.workspace.snapshot, load_content(snapshot.data)
        return {
            "reading": preview(settled(reading, after)),
            "stored": Stored(after),
            "seen": now.digest,
            "compared": compare(load_content(now.data), after, everything=False),
            "replaced": len(now.record.candidates),
        }

    def bring_in(self, reading: Reading, form: ConfirmForm) -> HttpResponse:
        """Do it; raises `Refused`."""
        data, by = form.cleaned_data["carried"], person(self.request)
        if self.workspace:
            seen = form.cleaned_data["seen"]
            decision = import_into(
                by=by, decision=self.workspace.decision, reading=reading, data=data, seen_digest=seen
            )
            messages.success(self.request, _("Imported into the draft. The saved versions stay as they are."))
        else:
            title = form.cleaned_data["title"]
            decision = import_as_new(by=by, project=self.project, reading=reading, data=data, title=title)
            messages.success(
                self.request, _("Imported as a new decision. Look it over, then save version 1.")
            )
        return redirect("decision-candidates", project=self.project.slug, decision=decision.slug)


@require_http_methods(READ_WRITE)
def project_import(request: HttpRequest, project: str) -> HttpResponse:
    """Make a new decision of a file."""
    found = find_project(request, project)
    require_write(request, found)
    return _import(request, Target(request, found))


@require_http_methods(READ_WRITE)
def decision_import(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """Make the draft of a decision say what a file says."""
    workspace = load(request, project, decision)
    require_write(request, workspace.decision.project)
    return _import(request, Target(request, workspace.decision.project, workspace))


def _import(request: HttpRequest, target: Target) -> HttpResponse:
    if request.method != "POST":
        return target.page(SourceForm())
    if request.POST.get("step") == "confirm":
        return _confirm(request, target)
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return target.page(form, status=422)
    return _preview(target, form, form.cleaned_data["data"], form.name)


def _preview(target: Target, form: SourceForm, data: bytes, name: str) -> HttpResponse:
    try:
        reading = read(data, name)
    except Unreadable as unreadable:
        form.keep_text()
        form.add_error("text" if form["text"].value() else "file", why_unreadable(unreadable))
        return target.page(form, status=422)
    title = reading.record.title or _plain_title(name)
    confirm = target.confirm_form(initial={"carried": carry(data), "name": name, "title": title})
    return _previewed(target, form, reading, confirm)


def _plain_title(name: str) -> str:
    """A file's name as a title, unless it is the name every export has."""
    stem = name.rpartition("/")[2].rpartition(".")[0].replace("_", " ").strip()
    return "" if stem == "model runtime decision" else stem[:120]


def _previewed(
    target: Target, form: SourceForm, reading: Reading, confirm: ConfirmForm, status: int = 200
) -> HttpResponse:
    try:
        more = target.previewed(reading)
    except Refused as refused:
        return target.page(form, status=409, problem=str(refused))
    return target.page(form, status=status, confirm=confirm, **more)


def _confirm(request: HttpRequest, target: Target) -> HttpResponse:
    confirm = target.confirm_form(request.POST)
    valid = confirm.is_valid()
    reading = _read_again(confirm)
    if reading is None:
        problem = _("What was previewed did not come back whole. Please start again.")
        return target.page(SourceForm(), status=422, problem=problem)
    if not valid:
        return _previewed(target, SourceForm(), reading, confirm, status=422)
    try:
        return target.bring_in(reading, confirm)
    except Refused as refused:
        confirm.add_error(None, str(refused))
        return _previewed(target, SourceForm(), reading, confirm, status=409)


def _read_again(confirm: ConfirmForm) -> Reading | None:
    """What the previewed bytes say; None where they are not what a preview carries."""
    data = confirm.cleaned_data.get("carried")
    try:
        return read(data, confirm.cleaned_data.get("name", "")) if data else None
    except Unreadable:
        return None
