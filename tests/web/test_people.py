"""People, their roles and invitations, for administrators."""

from typing import Any

import pytest
from django.test import Client

from decisions.models import Invitation, OrganisationGrant, User
from decisions.states import OrganisationRole
from tests import factories as make
from tests.web.asking import text_of

pytestmark = pytest.mark.django_db
PEOPLE, INVITE = "/people/", "/people/invite/"


@pytest.fixture
def chief(client: Client) -> User:
    """The administrator who is signed in."""
    person = make.administrator("Ada")
    client.force_login(person)
    return person


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_list_costs_the_same_for_any_number(
    client: Client, chief: User, rows: int, django_assert_num_queries: Any
) -> None:
    User.objects.bulk_create(
        [User(email=f"p{n}@example.org", full_name=f"P {n:03}", password="!") for n in range(rows)]
    )
    OrganisationGrant.objects.bulk_create(
        [OrganisationGrant(person=p, role="licence_reviewer") for p in User.objects.exclude(pk=chief.pk)]
    )
    with django_assert_num_queries(8):
        assert client.get(PEOPLE).status_code == 200


def test_searching_by_name_and_address(client: Client, chief: User) -> None:
    make.person("山田 花子")
    make.person("Bob", email="bob@elsewhere.example")
    assert "山田" in text_of(client.get(PEOPLE, {"q": "山田"}))
    found = text_of(client.get(PEOPLE, {"q": "elsewhere"}, headers={"HX-Request": "true"}))
    assert "Bob" in found
    assert "<html" not in found
    assert "holds “nobody”" in text_of(client.get(PEOPLE, {"q": "nobody"}))
    assert client.get(PEOPLE, {"q": "\0'%_\\", "page": "x"}).status_code == 200


def test_the_link_is_shown_once(client: Client, chief: User) -> None:
    answer = client.post(INVITE, {"email": "new@example.org", "organisation_role": "auditor"})
    assert "http://testserver/invitations/" in text_of(answer)
    assert "new@example.org is invited." in text_of(answer)
    later = text_of(client.get(PEOPLE))
    assert "new@example.org" in later
    assert "/invitations/" not in later.replace("/people/invitations/", "")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"email": "a@example.org", "organisation_role": "emperor"}, "Select a valid choice."),
        ({"email": "a@example.org", "project_role": "author"}, "Say in which project they have that role."),
        ({"email": "a@example.org", "project": "nowhere"}, "Select a valid choice."),
        ({"email": "a\0@example.org"}, "Null characters are not allowed."),
        ({"email": "a" * 300 + "@example.org"}, "Ensure this value has at most 254 characters"),
    ],
)
def test_an_invitation_that_is_not_right(
    client: Client, chief: User, said: dict[str, str], sentence: str
) -> None:
    answer = client.post(INVITE, said)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Invitation.objects.exists()


def test_the_same_invitation_twice(client: Client, chief: User) -> None:
    client.post(INVITE, {"email": "new@example.org"})
    answer = client.post(INVITE, {"email": "NEW@example.org"})
    assert answer.status_code == 422
    assert "has an open invitation already" in text_of(answer)
    assert Invitation.objects.count() == 1


def test_an_invitation_into_a_project(client: Client, chief: User) -> None:
    project = make.project()
    said = {"email": "new@example.org", "project": project.slug, "project_role": "reviewer"}
    assert client.post(INVITE, said).status_code == 200
    assert Invitation.objects.get().project == project


def test_withdrawing(client: Client, chief: User) -> None:
    client.post(INVITE, {"email": "new@example.org"})
    address = f"/people/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert "no longer works" in text_of(client.post(address, follow=True))
    again = client.post(address)
    assert again.status_code == 409
    assert "This invitation is no longer open." in text_of(again)


def test_an_auditor_for_a_time(client: Client, chief: User) -> None:
    person = make.person()
    said = {"role": "auditor", "starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    answer = client.post(f"/people/{person.pk}/grant/", said, follow=True)
    assert "2026-03-31" in text_of(answer)
    assert not User.objects.get(pk=person.pk).is_auditor
    client.post(f"/people/{person.pk}/grant/", said | {"ends_on": ""})
    assert User.objects.get(pk=person.pk).is_auditor


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "This field is required."),
        ({"role": "auditor", "starts_on": "2026-02-02", "ends_on": "2026-02-01"}, "before the first"),
        ({"role": "auditor", "ends_on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_role_that_is_not_right(client: Client, chief: User, said: dict[str, str], sentence: str) -> None:
    person = make.person()
    answer = client.post(f"/people/{person.pk}/grant/", said)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not person.grants.exists()


def test_the_last_administrator_is_told_why_not(client: Client, chief: User) -> None:
    answer = client.post(f"/people/{chief.pk}/revoke/", {"role": "administrator"})
    assert answer.status_code == 409
    assert "The installation needs an administrator" in text_of(answer)
    assert client.get(PEOPLE).status_code == 200


def test_giving_up_ones_own_role(client: Client, chief: User) -> None:
    make.administrator()
    answer = client.post(f"/people/{chief.pk}/revoke/", {"role": "administrator"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "The role is taken away." in text_of(answer)
    assert client.get(PEOPLE).status_code == 404


def test_closing_and_opening_an_account(client: Client, chief: User) -> None:
    person = make.grant(make.person(), OrganisationRole.AUDITOR)
    assert "account closed" in text_of(client.post(f"/people/{person.pk}/close/", follow=True))
    assert "account is open again" in text_of(client.post(f"/people/{person.pk}/reopen/", follow=True))
    assert User.objects.get(pk=person.pk).is_auditor
