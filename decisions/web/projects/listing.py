"""The list of projects, where everybody arrives."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.models import Decision, Project, Version
from decisions.states import OrganisationRole, ProjectRole
from decisions.web.access import may_create, person
from decisions.web.pages import one_page, render_page, searched


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Projects the person may see, the last changed first; archived ones on request."""
    archived = "archived" in request.GET
    text = searched(request)
    projects = Project.objects.visible_to(person(request)).filter(archived_at__isnull=not archived)
    if text:
        projects = projects.holding(text)
    page = one_page(request, projects.with_current().latest_change_first())
    context = {
        "page": page,
        "rows": _rows(page),
        "text": text,
        "archived": archived,
        "may_see_archived": _may_see_archived(request),
        "may_create": may_create(request),
        "first_time": not (page.paginator.count or text or archived),
    }
    return render_page(request, "projects/list.html", "found", context)


def _rows(page: Page) -> list[dict[str, Any]]:
    """Each project with its current decision: that of its newest version, else the last one drafted."""
    versions = Version.objects.select_related("decision").in_bulk([p.newest_version for p in page])
    decisions = Decision.objects.in_bulk([p.newest_decision for p in page])
    rows = []
    for project in page:
        version = versions.get(project.newest_version)
        decision = version.decision if version else decisions.get(project.newest_decision)
        rows.append({"project": project, "version": version, "decision": decision})
    return rows


def _may_see_archived(request: HttpRequest) -> bool:
    roles = person(request).organisation_roles
    if roles & {OrganisationRole.ADMINISTRATOR, OrganisationRole.AUDITOR}:
        return True
    return person(request).memberships.filter(role=ProjectRole.OWNER).exists()
