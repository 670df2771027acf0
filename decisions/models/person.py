"""People, what they are to the whole installation, and the invitations that let them in."""

from datetime import date
from functools import cache, cached_property
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from decisions.models.columns import known_state
from decisions.states import OrganisationRole, ProjectRole


@cache
def known_zones() -> frozenset[str]:
    """The IANA names of the time zones a person may live in; read from the disk once."""
    return frozenset(name for name in available_timezones() if name == "UTC" or "/" in name)


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is the sign-in name and is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a person. No password means none can be used to sign in."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def administrators(self) -> models.QuerySet["User"]:
        """Active administrators, the first one first."""
        grants = OrganisationGrant.objects.active().filter(role=OrganisationRole.ADMINISTRATOR)
        return self.filter(is_active=True, grants__in=grants).order_by("pk").distinct()

    def holding(self, text: str) -> models.QuerySet["User"]:
        """People with the text in their name or address, by name."""
        named = models.Q(full_name__icontains=text) | models.Q(email__icontains=text)
        return self.filter(named).order_by("full_name", "pk")


class User(AbstractBaseUser):
    """A person. Never deleted: what they signed keeps pointing at them."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # empty: as the browser says
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    @cached_property
    def organisation_roles(self) -> frozenset[str]:
        """The roles in force today in the whole installation; one query for the life of this object."""
        return frozenset(
            OrganisationGrant.objects.active().filter(person=self).values_list("role", flat=True)
        )

    @property
    def is_administrator(self) -> bool:
        return OrganisationRole.ADMINISTRATOR in self.organisation_roles

    @property
    def is_auditor(self) -> bool:
        return OrganisationRole.AUDITOR in self.organisation_roles


class GrantQuerySet(models.QuerySet["OrganisationGrant"]):
    """Questions about organisation roles."""

    def active(self, today: date | None = None) -> "GrantQuerySet":
        """Grants in force on `today` (UTC): started, not ended, both days included."""
        today = today or timezone.now().date()
        started = models.Q(starts_on=None) | models.Q(starts_on__lte=today)
        not_ended = models.Q(ends_on=None) | models.Q(ends_on__gte=today)
        return self.filter(started & not_ended, person__is_active=True)


class OrganisationGrant(models.Model):
    """A role of the whole installation, held by one person, with a first and a last day where it has them."""

    person = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=24, choices=OrganisationRole.choices())
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="one_grant_per_role"),
            known_state("role", OrganisationRole, name="grant_role_known", optional=False),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
        ]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn nor expired."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """The only way to sign up. The link holds a secret of which the SHA-256 is stored."""

    email = models.EmailField(_("e-mail address"))
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    organisation_role = models.CharField(
        _("role in the organisation"),
        max_length=24,
        choices=OrganisationRole.choices(),
        blank=True,
        default="",
    )
    project = models.ForeignKey("Project", models.PROTECT, null=True, blank=True, related_name="invitations")
    project_role = models.CharField(
        _("role in the project"), max_length=24, choices=ProjectRole.choices(), blank=True, default=""
    )
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(project=None, project_role="")
                | (models.Q(project__isnull=False) & ~models.Q(project_role="")),
                name="invitation_project_with_role",
            ),
        ]
