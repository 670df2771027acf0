"""The checks every action begins with. A page has already asked; an action never relies on that."""

from django.core.exceptions import PermissionDenied

from decisions.models import Project, User


def require_writer(person: User, project: Project) -> None:
    """Raise `PermissionDenied` unless the person may edit the drafts of this project now."""
    if not Project.objects.writable_by(person).filter(pk=project.pk).exists():
        raise PermissionDenied


def require_manager(person: User, project: Project) -> None:
    """Raise `PermissionDenied` unless the person decides about members and settings of this project."""
    if not Project.objects.managed_by(person).filter(pk=project.pk).exists():
        raise PermissionDenied


def require_administrator(person: User) -> None:
    """Raise `PermissionDenied` unless the person administers the installation."""
    if not (person.is_active and person.is_administrator) or person.is_auditor:
        raise PermissionDenied


def require_creator(person: User) -> None:
    """Raise `PermissionDenied` for who may change nothing: an auditor, or somebody no longer active."""
    if not person.is_active or person.is_auditor:
        raise PermissionDenied
