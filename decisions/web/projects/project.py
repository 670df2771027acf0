"""One project: its page, making and editing it, putting it away, and the decisions in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from decisions.actions.decisions import create_decision
from decisions.actions.projects import archive_project, create_project, edit_project, restore_project
from decisions.actions.refusal import Refused
from decisions.models import Project
from decisions.states import TextLanguage
from decisions.web.access import (
    find_project,
    may_manage,
    may_write,
    person,
    require_create,
    require_manage,
    require_write,
)
from decisions.web.pages import one_page
from decisions.web.projects.forms import DecisionForm, ProjectForm

READ_WRITE = ["GET", "HEAD", "POST"]
FIELDS = ("name", "project_goal", "must_have", "nice_to_have")
MEMBERS_SHOWN = 12


@require_safe
def project(request: HttpRequest, project: str) -> HttpResponse:
    """Goal, lists, decisions, members and routes of one project."""
    return _page(request, find_project(request, project))


def _page(request: HttpRequest, project: Project, status: int = 200) -> HttpResponse:
    decisions = project.decisions.with_latest().latest_change_first()
    members = project.memberships.select_related("person").order_by("person__full_name", "pk")
    context = {
        "project": project,
        "page": one_page(request, decisions),
        "members": members[:MEMBERS_SHOWN],
        "member_count": members.count(),
        "routes": project.routes.live(),
        "may_edit": may_write(request, project),
        "may_manage": may_manage(request, project),
    }
    return render(request, "projects/project.html", context, status=status)


@require_http_methods(READ_WRITE)
def project_new(request: HttpRequest) -> HttpResponse:
    """A project without a decision yet."""
    require_create(request)
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = create_project(by=person(request), **form.cleaned_data)
        messages.success(request, _("The project is there. Begin its first decision."))
        return redirect("project", project=made.slug)
    return render(request, "projects/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(READ_WRITE)
def project_edit(request: HttpRequest, project: str) -> HttpResponse:
    """Name, goal and lists of a project."""
    found = find_project(request, project)
    require_write(request, found)
    if request.method == "POST":
        form = ProjectForm(request.POST)
        if form.is_valid():
            edit_project(by=person(request), project=found, **form.cleaned_data)
            messages.success(request, _("Stored. Decisions already made keep their own copies."))
            return redirect("project", project=found.slug)
    else:
        form = ProjectForm(initial=_shown(found))
    status = 422 if form.is_bound else 200
    return render(request, "projects/edit.html", {"project": found, "form": form}, status=status)


def _shown(project: Project) -> dict[str, str]:
    values = {name: getattr(project, name) for name in FIELDS}
    return {name: "\n".join(v) if isinstance(v, list) else v for name, v in values.items()}


@require_POST
def project_archive(request: HttpRequest, project: str) -> HttpResponse:
    """Put a project away."""
    found = find_project(request, project)
    require_manage(request, found)
    try:
        archive_project(by=person(request), project=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, status=409)
    messages.success(request, _("Archived: everything can be read and nothing changed."))
    if Project.objects.visible_to(person(request)).filter(pk=found.pk).exists():
        return redirect("project", project=found.slug)
    return redirect("project-list")


@require_POST
def project_restore(request: HttpRequest, project: str) -> HttpResponse:
    """Bring an archived project back."""
    found = find_project(request, project)
    require_manage(request, found)
    try:
        restore_project(by=person(request), project=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, status=409)
    messages.success(request, _("The project is back."))
    return redirect("project", project=found.slug)


@require_http_methods(READ_WRITE)
def decision_new(request: HttpRequest, project: str) -> HttpResponse:
    """An empty decision; its need starts as a copy of the project's goal and lists."""
    found = find_project(request, project)
    require_write(request, found)
    form = DecisionForm(request.POST or None, initial={"text_language": TextLanguage.ENGLISH})
    if request.method == "POST" and form.is_valid():
        language = TextLanguage(form.cleaned_data["text_language"])
        made = create_decision(
            by=person(request), project=found, title=form.cleaned_data["title"], text_language=language
        )
        return redirect("decision-need", project=found.slug, decision=made.slug)
    context = {"project": found, "form": form}
    return render(request, "projects/decision_new.html", context, status=422 if form.is_bound else 200)
