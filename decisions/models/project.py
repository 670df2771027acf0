"""Projects and who belongs to them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.person import User
from decisions.models.practice import is_practice
from decisions.record.text import NAME_LENGTH
from decisions.states import WRITING_ROLES, OrganisationRole, ProjectRole

if TYPE_CHECKING:
    from decisions.models.route import Route


def seen_by(person: User, project: str = "") -> Q:
    """What makes a project readable to the person; `project` is the way to it from the row that is asked for.

    Members see live projects, owners archived ones too; so do administrators and auditors, and licence
    reviewers see every live one. A person is in a project once, so the join never doubles a row.
    """
    roles = person.organisation_roles
    if roles & {OrganisationRole.ADMINISTRATOR, OrganisationRole.AUDITOR}:
        return Q()
    live = Q(**{f"{project}archived_at": None})
    if OrganisationRole.LICENCE_REVIEWER in roles:
        owned = Membership.objects.filter(person=person, role=ProjectRole.OWNER)
        return live | Q(**{f"{project}pk__in": owned.values("project")})
    owner = Q(**{f"{project}memberships__role": ProjectRole.OWNER})
    return Q(**{f"{project}memberships__person": person}) & (live | owner)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Who may do what to which project. Every page starts from one of these."""

    def visible_to(self, person: User) -> "ProjectQuerySet":
        """Projects the person may read; archived ones only for owners, administrators and auditors."""
        return self.filter(seen_by(person))

    def writable_by(self, person: User) -> "ProjectQuerySet":
        """Live projects whose drafts the person may edit; an auditor changes nothing."""
        return self._allowed(person, *WRITING_ROLES).filter(archived_at=None)

    def managed_by(self, person: User) -> "ProjectQuerySet":
        """Projects, archived ones too, whose members and settings the person decides."""
        return self._allowed(person, ProjectRole.OWNER)

    def _allowed(self, person: User, *roles: ProjectRole) -> "ProjectQuerySet":
        if not person.is_active or person.is_auditor:
            return self.none()
        if person.is_administrator:
            return self
        return self.filter(memberships__person=person, memberships__role__in=roles)

    def for_practice(self) -> "ProjectQuerySet":
        """Projects to try everything in, thrown away or not."""
        return self.filter(is_practice())

    def with_practice(self) -> "ProjectQuerySet":
        """Adds `is_practice`."""
        return self.annotate(is_practice=is_practice())

    def latest_change_first(self) -> "ProjectQuerySet":
        return self.order_by(F("changed_at").desc(), "pk")

    def holding(self, text: str) -> "ProjectQuerySet":
        """Projects with the text in their name, their goal or the title of a decision."""
        from decisions.models.decision import Decision

        titled = Exists(Decision.objects.filter(project=OuterRef("pk"), title__icontains=text))
        return self.filter(Q(name__icontains=text) | Q(project_goal__icontains=text) | titled)

    def with_current(self) -> "ProjectQuerySet":
        """Adds `newest_version` and `newest_decision` (ids, or None) and `decision_count`."""
        from decisions.models.decision import Decision
        from decisions.models.version import Version

        versions = Version.objects.filter(decision__project=OuterRef("pk")).order_by("-saved_at", "-pk")
        decisions = Decision.objects.filter(project=OuterRef("pk"))
        counted = decisions.order_by().values("project").annotate(n=Count("pk")).values("n")
        return self.annotate(
            newest_version=Subquery(versions.values("pk")[:1]),
            newest_decision=Subquery(decisions.latest_change_first().values("pk")[:1]),
            decision_count=Coalesce(Subquery(counted), 0),
        )


class Project(models.Model):
    """A piece of work that needs a model: goal, must-haves, nice-to-haves, members, routes."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    project_goal = columns.text(_("goal"))
    must_have = columns.texts(_("must-haves"))
    nice_to_have = columns.texts(_("nice-to-haves"))
    members = models.ManyToManyField(User, through="Membership", related_name="projects")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def live_routes(self) -> list["Route"]:
        """Its routes that were not taken away, in order; one query for the life of this object."""
        return list(self.routes.live())


class Membership(models.Model):
    """One person's role in one project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=24, choices=ProjectRole.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_role_per_member"),
            columns.known_state("role", ProjectRole, name="membership_role_known", optional=False),
        ]
