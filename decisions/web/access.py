"""Fetching what a page acts on: seen by this person or 404, written to by this person or 403."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from decisions.models import Decision, Project, User, Version


def person(request: HttpRequest) -> User:
    """The signed-in person; every page but the open ones has one."""
    return cast(User, request.user)


def find_project(request: HttpRequest, slug: str) -> Project:
    """The project the person may see, or 404."""
    return get_object_or_404(Project.objects.visible_to(person(request)).with_practice(), slug=slug)


def find_decision(
    request: HttpRequest, project: str, decision: str, *, only_first_choice: bool = False
) -> Decision:
    """The decision with its draft loaded, if the person may see it, or 404."""
    visible = Decision.objects.visible_to(person(request)).with_draft()
    wanted = visible if only_first_choice else visible.with_guide()
    found = get_object_or_404(wanted, project__slug=project, slug=decision)
    if only_first_choice:
        found.keep_first_choice()
    return found


def find_version(
    request: HttpRequest, project: str, decision: str, number: int, *, with_content: bool = True
) -> Version:
    """The version, its content loaded unless it is not asked for, if the person may see it, or 404."""
    visible = Version.objects.visible_to(person(request))
    if with_content:
        visible = visible.with_guide().select_related("content")
    visible = visible.select_related("decision__project", "saved_by")
    return get_object_or_404(visible, decision__project__slug=project, decision__slug=decision, number=number)


def may_write(request: HttpRequest, project: Project) -> bool:
    """Whether the person may edit this project's drafts now."""
    return Project.objects.writable_by(person(request)).filter(pk=project.pk).exists()


def require_write(request: HttpRequest, project: Project) -> None:
    """403 unless the person may edit this project's drafts now."""
    if not may_write(request, project):
        raise PermissionDenied


def may_manage(request: HttpRequest, project: Project) -> bool:
    """Whether the person decides about this project's members and settings."""
    return Project.objects.managed_by(person(request)).filter(pk=project.pk).exists()


def require_manage(request: HttpRequest, project: Project) -> None:
    """403 unless the person decides about this project's members and settings."""
    if not may_manage(request, project):
        raise PermissionDenied


def may_create(request: HttpRequest) -> bool:
    """Whether the person may make projects: everybody but an auditor."""
    return person(request).is_active and not person(request).is_auditor


def require_create(request: HttpRequest) -> None:
    """403 for who may change nothing."""
    if not may_create(request):
        raise PermissionDenied


def require_administrator(request: HttpRequest) -> None:
    """404 for everybody but administrators: what lies behind is not for others to know of."""
    if not person(request).is_administrator:
        raise Http404
