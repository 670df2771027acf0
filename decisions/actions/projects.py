"""What happens to a project: made, edited, archived, restored, and who belongs to it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_project
from decisions.actions.events import append_event, lock_trail
from decisions.actions.permission import require_creator, require_manager
from decisions.actions.refusal import Refused
from decisions.actions.slugs import free_slug
from decisions.knowledge import routes as shipped_routes
from decisions.models import Membership, Project, Route, User
from decisions.record import schema
from decisions.states import ProjectRole


@transaction.atomic
def create_project(
    *,
    by: User,
    name: str,
    project_goal: str = "",
    must_have: Sequence[str] = (),
    nice_to_have: Sequence[str] = (),
) -> Project:
    """Make a project with the shipped routes; who makes it owns it."""
    require_creator(by)
    lock_trail()  # two projects of one name are made one after the other
    project = Project.objects.create(
        slug=free_slug(name, Project.objects.all(), otherwise="project"),
        name=name,
        project_goal=project_goal,
        must_have=list(must_have),
        nice_to_have=list(nice_to_have),
    )
    Membership.objects.create(project=project, person=by, role=ProjectRole.OWNER)
    Route.objects.bulk_create(_shipped(project))
    append_event("project.created", by=by, project=project)
    return project


def _shipped(project: Project) -> list[Route]:
    return [
        Route(
            project=project,
            code=shipped.kind,
            kind=shipped.kind,
            name=shipped.name,
            position=position,
            **schema.Traits(**shipped.traits).model_dump(),
        )
        for position, shipped in enumerate(shipped_routes.shipped())
    ]


@transaction.atomic
def edit_project(
    *,
    by: User,
    project: Project,
    name: str,
    project_goal: str,
    must_have: Sequence[str],
    nice_to_have: Sequence[str],
) -> Project:
    """Change a project's name, goal and lists; decisions already made keep their own copies."""
    project = lock_project(by=by, project_id=project.pk)
    wanted = {
        "name": name,
        "project_goal": project_goal,
        "must_have": list(must_have),
        "nice_to_have": list(nice_to_have),
    }
    changed = [field for field, value in wanted.items() if getattr(project, field) != value]
    for field in changed:
        setattr(project, field, wanted[field])
    if changed:
        project.changed_at = timezone.now()
        project.save()
        append_event("project.edited", by=by, project=project, fields=changed)
    return project


@transaction.atomic
def archive_project(*, by: User, project: Project) -> None:
    """Put a project away: read-only, seen by owners, administrators and auditors."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require_manager(by, project)
    if project.archived_at:
        raise Refused(_("This project is archived already."))
    project.archived_at = timezone.now()
    project.save(update_fields=["archived_at"])
    append_event("project.archived", by=by, project=project)


@transaction.atomic
def restore_project(*, by: User, project: Project) -> None:
    """Bring an archived project back."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require_manager(by, project)
    if not project.archived_at:
        raise Refused(_("This project is not archived."))
    project.archived_at = None
    project.save(update_fields=["archived_at"])
    append_event("project.restored", by=by, project=project)


@transaction.atomic
def set_member(*, by: User, project: Project, person: User, role: ProjectRole) -> Membership:
    """Add a member, or give one another role. A project always keeps an owner."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require_manager(by, project)
    member = Membership.objects.filter(project=project, person=person).first()
    if member and member.role == role:
        return member
    if member:
        _keep_an_owner(member, role)
        member.role = role
        member.save()
    else:
        member = Membership.objects.create(project=project, person=person, role=role)
    append_event("project.member_set", by=by, project=project, person=person.pk, role=role.value)
    return member


@transaction.atomic
def remove_member(*, by: User, project: Project, person: User) -> None:
    """Take a member out of a project; what they wrote and saved stays."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require_manager(by, project)
    member = Membership.objects.filter(project=project, person=person).first()
    if member is None:
        raise Refused(_("This person is not a member any more."))
    _keep_an_owner(member, None)
    member.delete()
    append_event("project.member_removed", by=by, project=project, person=person.pk)


def _keep_an_owner(member: Membership, role: ProjectRole | None) -> None:
    if member.role != ProjectRole.OWNER or role is ProjectRole.OWNER:
        return
    others = Membership.objects.filter(project=member.project, role=ProjectRole.OWNER).exclude(pk=member.pk)
    if not others.exists():
        raise Refused(_("A project needs an owner: make somebody else an owner first."))
