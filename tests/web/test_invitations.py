"""The link of an invitation: to sign-up, to accept, or to a page that says why it cannot be used."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from decisions.actions.invitations import invite
from decisions.models import Invitation, Membership, User
from decisions.states import OrganisationRole, ProjectRole
from tests import factories as make
from tests.web.asking import REFUSED, text_of, values_in

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
EMAIL = "new@example.org"


def link(email: str = EMAIL, **given: Any) -> str:
    """A fresh link into a project, or as given."""
    if not given:
        given = {"project": make.project(name="Support desk"), "project_role": ProjectRole.AUTHOR}
    return invite(by=make.administrator("Ada"), email=email, address=lambda s: f"/invitations/{s}/", **given)


def form(**changed: str) -> dict[str, str]:
    """The sign-up form, filled in."""
    return {"full_name": "New One", "password1": make.PASSWORD, "password2": make.PASSWORD} | changed


def test_from_the_link_to_the_project(client: Client) -> None:
    page = client.get(link(), follow=True)
    assert page.redirect_chain == [(SIGNUP, 302)]
    assert "Ada has invited you." in text_of(page)
    assert values_in(page)["email"] == EMAIL
    answer = client.post(SIGNUP, form(), follow=True)
    assert answer.redirect_chain == [("/projects/support-desk/", 302)]
    person = User.objects.get(email=EMAIL)
    assert person.full_name == "New One"
    assert Membership.objects.get(person=person).role == ProjectRole.AUTHOR


def test_a_role_of_the_organisation_leads_to_the_projects(client: Client) -> None:
    client.get(link(organisation_role=OrganisationRole.AUDITOR))
    assert client.post(SIGNUP, form()).headers["Location"] == "/"
    assert User.objects.get(email=EMAIL).is_auditor


def test_the_address_is_that_of_the_invitation(client: Client) -> None:
    client.get(link())
    client.post(SIGNUP, form(email="other@example.org"))
    assert User.objects.filter(email=EMAIL).exists()
    assert not User.objects.filter(email="other@example.org").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"full_name": ""}, "This field is required."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
        ({"password2": "not the same at all"}, "You must type the same password each time."),
        *(({"full_name": text}, sentence) for text, sentence in REFUSED.values()),
    ],
)
def test_what_is_wrong_is_said(client: Client, changed: dict[str, str], sentence: str) -> None:
    client.get(link())
    page = client.post(SIGNUP, form(**changed))
    assert sentence in text_of(page)
    assert not User.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"withdrawn_at": timezone.now()}, "It was withdrawn."),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "It has expired"),
    ],
)
def test_a_link_that_is_no_longer_open(client: Client, change: dict[str, Any], sentence: str) -> None:
    address = link()
    Invitation.objects.update(**change)
    page = client.get(address)
    assert page.status_code == 410
    assert sentence in text_of(page)
    assert "Sign-up is by invitation" in text_of(client.get(SIGNUP))


def test_an_invitation_withdrawn_over_the_form(client: Client) -> None:
    client.get(link())
    Invitation.objects.update(withdrawn_at=timezone.now())
    assert "Sign-up is by invitation" in text_of(client.post(SIGNUP, form()))
    assert not User.objects.filter(email=EMAIL).exists()


def test_a_link_works_once(client: Client) -> None:
    address = link()
    client.get(address)
    client.post(SIGNUP, form())
    client.logout()
    page = client.get(address)
    assert page.status_code == 410
    assert "It was used already." in text_of(page)


def test_a_link_that_is_none(client: Client) -> None:
    page = client.get("/invitations/nothing/")
    assert page.status_code == 404
    assert "There is no such invitation." in text_of(page)


def test_somebody_with_an_account_signs_in_and_accepts(client: Client) -> None:
    address = link()
    person = make.person(email=EMAIL)
    assert f"/accounts/login/?next={address}" in text_of(client.get(address))
    client.force_login(person)
    assert "Accept" in text_of(client.get(address))
    answer = client.post(address, follow=True)
    assert "You have accepted the invitation." in text_of(answer)
    assert Membership.objects.filter(person=person).exists()


def test_an_invitation_for_another_address(client: Client) -> None:
    address = link()
    client.force_login(make.person())
    for page in (client.get(address), client.post(address)):
        assert page.status_code == 403
        assert "for somebody else" in text_of(page)
        assert EMAIL not in text_of(page)


def test_a_signed_in_person_makes_no_second_account(client: Client) -> None:
    client.get(link())
    client.force_login(make.person())
    assert client.post(SIGNUP, form()).status_code == 302
    assert not User.objects.filter(email=EMAIL).exists()
