"""Accounts that no invitation makes: those of set-up, from the terminal."""

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.events import append_event, lock_trail
from decisions.actions.refusal import Refused
from decisions.models import OrganisationGrant, User
from decisions.states import OrganisationRole


@transaction.atomic
def make_account(*, email: str, full_name: str, hashed: str, role: OrganisationRole | None = None) -> User:
    """Make an account with a password (`hashed`, never plain) and a role of the installation, if any."""
    lock_trail()
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("Somebody with this address has an account already."))
    person = User.objects.create(email=email, full_name=full_name, password=hashed)
    append_event("person.joined", by=None, person=person.pk)
    if role is not None:
        OrganisationGrant.objects.create(person=person, role=role)
        append_event("role.granted", by=None, person=person.pk, role=role.value)
    return person


@transaction.atomic
def make_first_administrator(*, email: str, full_name: str, hashed: str) -> User:
    """Make the account that invites all others. Refused where somebody is an administrator already."""
    lock_trail()
    first = User.objects.administrators().first()
    if first is not None:
        raise Refused(_("%(person)s is an administrator already and can invite others.") % {"person": first})
    return make_account(email=email, full_name=full_name, hashed=hashed, role=OrganisationRole.ADMINISTRATOR)
