"""Addresses that hold no page, to which a person cuts another one back: each leads to the page above it.

What somebody may not see answers as everywhere: nothing is said about it by leading on.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from decisions.web.access import find_project, require_administrator
from decisions.web.projects.settings import decision


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """`/projects/`: the list of projects."""
    return redirect("project-list")


@require_safe
def decisions(request: HttpRequest, project: str) -> HttpResponse:
    """The decisions of a project are listed on its page."""
    return redirect("project", project=find_project(request, project).slug)


@require_safe
def members(request: HttpRequest, project: str, member: int = 0) -> HttpResponse:
    """One member, or the invitations into a project: they stand among the members."""
    return redirect("project-members", project=find_project(request, project).slug)


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Open invitations stand among the people."""
    require_administrator(request)
    return redirect("people")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What allauth's pages are about: one's own account."""
    return redirect("account")


ONE_PROJECT = "projects/<str:project>/"
urlpatterns = [
    path("projects/", projects, name="cut-projects"),
    path(f"{ONE_PROJECT}decisions/", decisions, name="cut-decisions"),
    path(f"{ONE_PROJECT}decisions/<str:decision>/candidates/routes/", decision, name="cut-routes"),
    path(f"{ONE_PROJECT}members/<int:member>/", members, name="cut-member"),
    path(f"{ONE_PROJECT}members/invitations/", members, name="cut-project-invitations"),
    path("people/invitations/", invitations, name="cut-invitations"),
    path("accounts/", account, name="cut-accounts"),
    path("accounts/password/", account, name="cut-password"),
]
