"""Roles, accounts closed and opened, invitations: what is stored, what is refused, what the trail says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions.actions import invitations, people
from decisions.actions.projects import set_member
from decisions.actions.refusal import Refused
from decisions.models import Event, Invitation, Membership, OrganisationGrant, User
from decisions.states import OrganisationRole, ProjectRole
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
LAST_ONE = "The installation needs an administrator who is no auditor and whose role has no last day."


def address(secret: str) -> str:
    return f"https://routecard.example/invitations/{secret}/"


def invited(by: User, email: str = "new@example.org", **given: Any) -> Invitation:
    """An open invitation."""
    link = invitations.invite(by=by, email=email, address=address, **given)
    found = invitations.invitation_of(link.rstrip("/").rsplit("/", 1)[-1])
    assert found
    return found


def test_a_role_is_given_and_its_days_are_changed() -> None:
    chief, person = make.administrator(), make.person()
    for last in (TODAY, TODAY + timedelta(days=9)):
        people.grant_role(
            by=chief, person=person, role=OrganisationRole.AUDITOR, starts_on=TODAY, ends_on=last
        )
    grant = OrganisationGrant.objects.get(person=person)
    assert (grant.starts_on, grant.ends_on) == (TODAY, TODAY + timedelta(days=9))
    assert Event.objects.filter(verb="role.granted", payload__person=person.pk).count() == 2


@pytest.mark.parametrize("who", [make.person, make.auditor, make.licence_reviewer])
def test_only_administrators_give_roles(who: Any) -> None:
    by = who()
    with pytest.raises(PermissionDenied):
        people.grant_role(by=by, person=by, role=OrganisationRole.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        people.close_account(by=by, person=make.person())
    with pytest.raises(PermissionDenied):
        invitations.invite(by=by, email="new@example.org", address=address)


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        people.grant_role(
            by=make.administrator(),
            person=make.person(),
            role=OrganisationRole.AUDITOR,
            starts_on=TODAY,
            ends_on=TODAY - timedelta(days=1),
        )
    assert refusal.value.field == "ends_on"


def test_the_last_administrator_stays() -> None:
    chief = make.administrator()
    role = OrganisationRole.ADMINISTRATOR
    changes = [
        lambda: people.revoke_role(by=chief, person=chief, role=role),
        lambda: people.grant_role(by=chief, person=chief, role=role, ends_on=TODAY),
        lambda: people.grant_role(by=chief, person=chief, role=OrganisationRole.AUDITOR),
    ]
    for change in changes:
        with pytest.raises(Refused, match=LAST_ONE):
            change()
    assert OrganisationGrant.objects.get().ends_on is None
    assert not Event.objects.exists()


def test_a_second_administrator_may_take_the_role_of_the_first() -> None:
    first, second = make.administrator(), make.administrator()
    people.revoke_role(by=second, person=first, role=OrganisationRole.ADMINISTRATOR)
    with pytest.raises(Refused, match="does not have that role"):
        people.revoke_role(by=second, person=first, role=OrganisationRole.ADMINISTRATOR)


def test_one_closed_account_is_no_administrator_left() -> None:
    first, second = make.administrator(), make.administrator()
    people.close_account(by=first, person=second)
    assert list(User.objects.administrators()) == [first]
    with pytest.raises(Refused, match=LAST_ONE):
        people.revoke_role(by=first, person=first, role=OrganisationRole.ADMINISTRATOR)
    people.reopen_account(by=first, person=second)
    assert list(User.objects.administrators()) == [first, second]


def test_what_cannot_be_closed_or_opened() -> None:
    chief, person = make.administrator(), make.person()
    with pytest.raises(Refused, match="Another administrator"):
        people.close_account(by=chief, person=chief)
    with pytest.raises(Refused, match="open already"):
        people.reopen_account(by=chief, person=person)
    people.close_account(by=chief, person=person)
    with pytest.raises(Refused, match="closed already"):
        people.close_account(by=chief, person=person)
    with pytest.raises(Refused, match="open it again first"):
        people.grant_role(by=chief, person=person, role=OrganisationRole.AUDITOR)


def test_a_new_name_is_recorded_once() -> None:
    person = make.person("Old Name")
    people.rename_person(by=person, full_name="New Name")
    people.rename_person(by=person, full_name="New Name")
    assert User.objects.get().full_name == "New Name"
    assert Event.objects.get().payload == {"person": person.pk}


def test_an_invitation_is_stored_without_its_secret() -> None:
    link = invitations.invite(by=make.administrator(), email=" New@Example.org ", address=address)
    invitation = Invitation.objects.get()
    secret = link.rstrip("/").rsplit("/", 1)[-1]
    assert invitation.email == "new@example.org"
    assert len(secret) >= 43
    assert secret not in str(list(Invitation.objects.values()))
    assert invitations.invitation_of(secret) == invitation
    assert invitations.invitation_of(secret[:-1]) is None
    assert (invitation.expires_at - invitation.created_at).days in (13, 14)


def test_joining_gives_what_the_invitation_gives() -> None:
    project = make.project()
    invitation = invited(
        make.administrator(),
        organisation_role=OrganisationRole.LICENCE_REVIEWER,
        project=project,
        project_role=ProjectRole.REVIEWER,
    )
    person = invitations.join(invitation=invitation, full_name="New One", password=make.PASSWORD)
    assert person.check_password(make.PASSWORD)
    assert person.organisation_roles == {OrganisationRole.LICENCE_REVIEWER}
    assert Membership.objects.get(person=person).role == ProjectRole.REVIEWER
    assert Invitation.objects.get().accepted_by == person
    with pytest.raises(Refused, match="used already"):
        invitations.join(invitation=invitation, full_name="Again", password=make.PASSWORD)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"withdrawn_at": timezone.now()}, "It was withdrawn."),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "It has expired"),
    ],
)
def test_an_invitation_that_is_no_longer_open(change: dict[str, Any], sentence: str) -> None:
    invitation = invited(make.administrator())
    Invitation.objects.update(**change)
    with pytest.raises(Refused, match=sentence):
        invitations.join(invitation=invitation, full_name="Late", password=make.PASSWORD)
    assert not User.objects.filter(email="new@example.org").exists()


def test_accepting_takes_the_invited_address_and_keeps_a_role_held_already() -> None:
    project, chief = make.project(), make.administrator()
    invitation = invited(chief, project=project, project_role=ProjectRole.REVIEWER)
    with pytest.raises(Refused, match="another address"):
        invitations.accept_invitation(by=make.person(), invitation=invitation)
    late = make.person(email="new@example.org")
    set_member(by=chief, project=project, person=late, role=ProjectRole.AUTHOR)
    invitations.accept_invitation(by=late, invitation=invitation)
    assert Membership.objects.get(person=late).role == ProjectRole.AUTHOR


def test_who_is_not_invited_twice() -> None:
    chief, known = make.administrator(), make.person()
    invited(chief)
    with pytest.raises(Refused, match="open invitation already"):
        invited(chief)
    with pytest.raises(Refused, match="has an account already"):
        invited(chief, known.email.upper())


def test_owners_bring_people_into_their_project() -> None:
    project, known = make.project(), make.person()
    given: dict[str, Any] = {"by": make.owner_of(project), "project": project, "role": ProjectRole.AUTHOR}
    added = invitations.bring_into_project(email=known.email, address=address, **given)
    assert isinstance(added, Membership)
    link = invitations.bring_into_project(email="new@example.org", address=address, **given)
    assert str(link).startswith("https://routecard.example/invitations/")
    with pytest.raises(Refused, match="a member already"):
        invitations.bring_into_project(email=known.email, address=address, **given)


def test_owners_give_no_role_of_the_organisation() -> None:
    project = make.project()
    with pytest.raises(PermissionDenied):
        invited(make.owner_of(project), project=project, organisation_role=OrganisationRole.AUDITOR)
    with pytest.raises(PermissionDenied):
        invited(make.member(project), project=project, project_role=ProjectRole.AUTHOR)


def test_a_closed_account_is_not_brought_in() -> None:
    project = make.project()
    closed = make.person(is_active=False)
    with pytest.raises(Refused, match="is closed"):
        invitations.bring_into_project(
            by=make.owner_of(project),
            project=project,
            email=closed.email,
            role=ProjectRole.AUTHOR,
            address=address,
        )


def test_withdrawing_belongs_to_who_may_invite() -> None:
    project, chief = make.project(), make.administrator()
    ours = invited(chief, "one@example.org", project=project, project_role=ProjectRole.AUTHOR)
    theirs = invited(chief, "two@example.org")
    with pytest.raises(PermissionDenied):
        invitations.withdraw_invitation(by=make.owner_of(project), invitation=theirs)
    invitations.withdraw_invitation(by=make.owner_of(project), invitation=ours)
    with pytest.raises(Refused, match="no longer open"):
        invitations.withdraw_invitation(by=chief, invitation=ours)


def test_the_trail_holds_no_names_and_no_addresses() -> None:
    project, chief = make.project(), make.administrator()
    invitation = invited(chief, project=project, project_role=ProjectRole.AUTHOR)
    invitations.join(invitation=invitation, full_name="Somebody Telling", password=make.PASSWORD)
    said = str(list(Event.objects.values_list("payload", flat=True)))
    assert "Telling" not in said
    assert "@" not in said
    assert {"invitation.made", "person.joined", "invitation.accepted"} <= set(
        Event.objects.values_list("verb", flat=True)
    )


def test_the_link_is_mailed_after_it_is_stored(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = invitations.invite(by=make.administrator(), email="new@example.org", address=address)
        assert not mail.outbox
    assert mail.outbox[0].to == ["new@example.org"]
    assert link in mail.outbox[0].body
    assert mail.outbox[0].subject == "[Routecard] You are invited"


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_no_mail_where_none_reaches_people(
    settings: Any, backend: str, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    with django_capture_on_commit_callbacks() as callbacks:
        invited(make.administrator())
    assert callbacks == []
