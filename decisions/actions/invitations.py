"""Inviting people: the only way in. The link holds a secret; what is stored is its SHA-256."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from decisions.actions.events import append_event
from decisions.actions.permission import require_administrator, require_manager
from decisions.actions.projects import set_member
from decisions.actions.refusal import Refused
from decisions.models import Invitation, Membership, OrganisationGrant, Project, User
from decisions.states import OrganisationRole, ProjectRole

DAYS_OPEN = 14
NOT_MAIL = ("console", "dummy")  # back ends of mail that reach nobody

Address = Callable[[str], str]  # makes the whole link of a secret


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    address: Address,
    organisation_role: OrganisationRole | None = None,
    project: Project | None = None,
    project_role: ProjectRole | None = None,
) -> str:
    """Invite somebody who has no account and return the link, which is nowhere stored.

    Owners invite into their project; a role of the installation, or no project, takes an administrator.
    """
    if organisation_role or project is None:
        require_administrator(by)
    if project is not None:
        require_manager(by, project)
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("Somebody with this address has an account already."), field="email")
    if Invitation.objects.open().filter(email=email, project=project).exists():
        raise Refused(_("This address has an open invitation already: withdraw it first."), field="email")
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        secret_digest=digest_of_secret(secret),
        organisation_role=organisation_role or "",
        project=project,
        project_role=project_role or "",
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS_OPEN),
    )
    append_event("invitation.made", by=by, project=project, **_what_it_gives(invitation))
    link = address(secret)
    if mail_reaches_people():
        transaction.on_commit(partial(_mail, invitation, link, get_language() or "en"), robust=True)
    return link


def bring_into_project(
    *, by: User, project: Project, email: str, role: ProjectRole, address: Address
) -> Membership | str:
    """Add the person with exactly this address, or invite whoever has it: a membership, or a link."""
    known = User.objects.filter(email=email.strip().lower()).first()
    if known is None:
        return invite(by=by, email=email, address=address, project=project, project_role=role)
    require_manager(by, project)
    if not known.is_active:
        raise Refused(_("The account with this address is closed."), field="email")
    if Membership.objects.filter(project=project, person=known).exists():
        raise Refused(_("This person is a member already."), field="email")
    return set_member(by=by, project=project, person=known, role=role)


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Make the link useless."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.organisation_role or invitation.project is None:
        require_administrator(by)
    else:
        require_manager(by, invitation.project)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation is no longer open."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    append_event("invitation.withdrawn", by=by, project=invitation.project, invitation=invitation.pk)


def join(*, invitation: Invitation, full_name: str, password: str) -> User:
    """Make the account an invitation allows, with the roles it gives. Refused when it is no longer open."""
    return _join(invitation, full_name, make_password(password))  # slow on purpose, so not in a transaction


@transaction.atomic
def _join(invitation: Invitation, full_name: str, hashed: str) -> User:
    invitation = _lock_open(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise Refused(_("Somebody with this address has an account already."))
    person = User.objects.create(email=invitation.email, full_name=full_name, password=hashed)
    append_event("person.joined", by=person, person=person.pk, invitation=invitation.pk)
    _take_over(invitation, person)
    return person


@transaction.atomic
def accept_invitation(*, by: User, invitation: Invitation) -> None:
    """Take what an invitation gives, with the account one has; only the invited address may."""
    invitation = _lock_open(invitation)
    if invitation.email != by.email:
        raise Refused(_("This invitation was made for another address than yours."))
    _take_over(invitation, by)


def invitation_of(secret: str) -> Invitation | None:
    """The invitation a link's secret belongs to, open or not."""
    found = Invitation.objects.select_related("project", "invited_by")
    return found.filter(secret_digest=digest_of_secret(secret)).first()


def why_not_open(invitation: Invitation) -> str:
    """The sentence for somebody whose invitation cannot be used; empty while it is open."""
    if invitation.accepted_at:
        return _("It was used already.")
    if invitation.withdrawn_at:
        return _("It was withdrawn.")
    if invitation.expires_at <= timezone.now():
        return _("It has expired: an invitation is open for %(days)d days.") % {"days": DAYS_OPEN}
    return ""


def digest_of_secret(secret: str) -> str:
    """What is stored of a secret: its SHA-256 in hexadecimal digits."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def mail_reaches_people() -> bool:
    """Whether this installation sends mail at all."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in NOT_MAIL


def _lock_open(invitation: Invitation) -> Invitation:
    locked = (
        Invitation.objects.select_for_update(of=("self",)).select_related("project").get(pk=invitation.pk)
    )
    if sentence := why_not_open(locked):
        raise Refused(sentence)
    return locked


def _take_over(invitation: Invitation, person: User) -> None:
    """Give what is offered; a role the person has already stays as it is."""
    if invitation.organisation_role:
        OrganisationGrant.objects.get_or_create(person=person, role=invitation.organisation_role)
    if invitation.project:
        Membership.objects.get_or_create(
            project=invitation.project, person=person, defaults={"role": invitation.project_role}
        )
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    payload = _what_it_gives(invitation)
    append_event("invitation.accepted", by=person, project=invitation.project, person=person.pk, **payload)


def _what_it_gives(invitation: Invitation) -> dict[str, Any]:
    roles = {"role": invitation.organisation_role, "project_role": invitation.project_role}
    return {"invitation": invitation.pk, **{name: role for name, role in roles.items() if role}}


def _mail(invitation: Invitation, link: str, language: str) -> None:
    """Nobody knows yet what the invited person reads: the mail is in the language of who invites."""
    context = {"invitation": invitation, "link": link, "days": DAYS_OPEN}
    with override(language):
        text = render_to_string("people/invitation_mail.txt", context)
        subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("You are invited")
    send_mail(subject, text, None, [invitation.email])
