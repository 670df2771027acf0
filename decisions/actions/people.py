"""What happens to a person: a name, roles of the whole installation, an account closed and opened again."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from decisions.actions.events import append_event
from decisions.actions.permission import require_administrator
from decisions.actions.refusal import Refused
from decisions.models import OrganisationGrant, User
from decisions.models.person import known_zones
from decisions.states import OrganisationRole


@transaction.atomic
def rename_person(*, by: User, full_name: str) -> User:
    """Change one's own full name; versions and the trail point at the person and show the new one."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if person.full_name != full_name:
        person.full_name = full_name
        person.save(update_fields=["full_name"])
        append_event("person.renamed", by=by, person=person.pk)
    return person


@transaction.atomic
def choose_language(*, by: User, language: str) -> None:
    """Choose the language of one's own pages and mails, one of LANGUAGES; empty means as the browser says."""
    if language and language not in dict(settings.LANGUAGES):
        raise Refused(_("Routecard does not speak this language."), field="language")
    User.objects.filter(pk=by.pk).update(language=language)


@transaction.atomic
def choose_time_zone(*, by: User, time_zone: str) -> None:
    """Choose the zone of one's own moments by its IANA name; empty means as the browser says."""
    if time_zone and time_zone not in known_zones():
        raise Refused(_("No time zone has this name."), field="time_zone")
    User.objects.filter(pk=by.pk).update(time_zone=time_zone)


@transaction.atomic
def store_password(*, person: User, hashed: str) -> None:
    """Store a new password of a person who has shown that it is theirs to change; `hashed`, never plain."""
    User.objects.filter(pk=person.pk).update(password=hashed)
    append_event("person.password_set", by=person, person=person.pk)


@transaction.atomic
def grant_role(
    *,
    by: User,
    person: User,
    role: OrganisationRole,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OrganisationGrant:
    """Give a role of the installation, or change its first and last day (both included, UTC)."""
    require_administrator(by)
    lock_administrators()
    if not User.objects.select_for_update(no_key=True).get(pk=person.pk).is_active:
        raise Refused(_("This account is closed: open it again first."))
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The last day comes before the first."), field="ends_on")
    grant, _made = OrganisationGrant.objects.update_or_create(
        person=person, role=role, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    _keep_an_administrator()
    first, last = (day and day.isoformat() for day in (starts_on, ends_on))
    append_event("role.granted", by=by, person=person.pk, role=role.value, starts_on=first, ends_on=last)
    return grant


@transaction.atomic
def revoke_role(*, by: User, person: User, role: OrganisationRole) -> None:
    """Take a role of the installation away from somebody."""
    require_administrator(by)
    lock_administrators()
    deleted, _rows = OrganisationGrant.objects.filter(person=person, role=role).delete()
    if not deleted:
        raise Refused(_("This person does not have that role any more."))
    _keep_an_administrator()
    append_event("role.revoked", by=by, person=person.pk, role=role.value)


@transaction.atomic
def close_account(*, by: User, person: User) -> None:
    """Lock somebody out at once; what they wrote, saved and signed stays, and so do their roles."""
    require_administrator(by)
    lock_administrators()
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.pk == by.pk:
        raise Refused(_("Another administrator can close your account; you cannot."))
    if not person.is_active:
        raise Refused(_("This account is closed already."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _keep_an_administrator()
    append_event("person.closed", by=by, person=person.pk)


@transaction.atomic
def reopen_account(*, by: User, person: User) -> None:
    """Let somebody sign in again, with the roles they had."""
    require_administrator(by)
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.is_active:
        raise Refused(_("This account is open already."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    append_event("person.reopened", by=by, person=person.pk)


def lock_administrators() -> None:
    """Let one transaction at a time change who administers: two could otherwise remove each other."""
    administrators = OrganisationGrant.objects.filter(role=OrganisationRole.ADMINISTRATOR)
    list(administrators.select_for_update(no_key=True).order_by("pk"))


def _keep_an_administrator() -> None:
    """Refuse a change after which nobody could administer, today or on the day the last role ends."""
    not_over = OrganisationGrant.objects.exclude(ends_on__lt=timezone.now().date())
    auditors = not_over.filter(role=OrganisationRole.AUDITOR).values("person")
    lasting = OrganisationGrant.objects.active().filter(role=OrganisationRole.ADMINISTRATOR, ends_on=None)
    if not lasting.exclude(person__in=auditors).exists():
        raise Refused(
            _("The installation needs an administrator who is no auditor and whose role has no last day.")
        )
