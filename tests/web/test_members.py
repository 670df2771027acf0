"""Members of a project: who they are, added, invited, given another role, removed."""

from typing import Any

import pytest
from django.test import Client

from decisions.models import Invitation, Membership, Project, User
from decisions.states import ProjectRole
from tests import factories as make
from tests.web.asking import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    """A project whose owner is signed in."""
    made = make.project()
    client.force_login(make.owner_of(made))
    return made


def at(project: Project, step: str = "") -> str:
    return f"/projects/{project.slug}/members/{step}"


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_page_costs_the_same_for_any_number(
    client: Client, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    people = [User(email=f"p{n}@example.org", full_name=f"P {n}", password="!") for n in range(rows)]
    User.objects.bulk_create(people)
    rows_of = [
        Membership(project=project, person=p, role="author") for p in User.objects.filter(password="!")
    ]
    Membership.objects.bulk_create(rows_of)
    with django_assert_num_queries(9):
        assert client.get(at(project)).status_code == 200


def test_addresses_are_for_who_decides(client: Client, project: Project) -> None:
    author = make.member(project)
    assert author.email in text_of(client.get(at(project)))
    client.force_login(author)
    page = text_of(client.get(at(project)))
    assert make.owner_of(project).full_name in page
    assert make.owner_of(project).email not in page
    assert "Remove" not in page


def test_somebody_known_is_added_at_once(client: Client, project: Project) -> None:
    known = make.person("Known One")
    said = {"email": known.email.upper(), "role": "reviewer"}
    assert "Known One is a member now." in text_of(client.post(at(project, "add/"), said, follow=True))
    assert Membership.objects.get(person=known).role == ProjectRole.REVIEWER


def test_somebody_unknown_is_invited(client: Client, project: Project) -> None:
    answer = client.post(at(project, "add/"), {"email": "new@example.org", "role": "author"})
    assert "http://testserver/invitations/" in text_of(answer)
    invitation = Invitation.objects.get()
    assert (invitation.project, invitation.project_role) == (project, ProjectRole.AUTHOR)
    withdrawn = client.post(at(project, f"invitations/{invitation.pk}/withdraw/"), follow=True)
    assert "no longer works" in text_of(withdrawn)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "no address", "role": "author"}, "Enter a valid email address."),
        ({"email": "a@example.org", "role": "administrator"}, "Select a valid choice."),
        ({"role": "author"}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said(client: Client, project: Project, said: dict[str, str], sentence: str) -> None:
    answer = client.post(at(project, "add/"), said)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_member_is_not_added_twice(client: Client, project: Project) -> None:
    member = make.member(project, ProjectRole.AUTHOR)
    answer = client.post(at(project, "add/"), {"email": member.email, "role": "owner"})
    assert answer.status_code == 422
    assert "This person is a member already." in text_of(answer)
    assert Membership.objects.get(person=member).role == ProjectRole.AUTHOR


def test_another_role(client: Client, project: Project) -> None:
    member = make.member(project, ProjectRole.AUTHOR)
    client.post(at(project, f"{member.pk}/role/"), {"role": "owner"})
    assert Membership.objects.get(person=member).role == ProjectRole.OWNER
    answer = client.post(at(project, f"{member.pk}/role/"), {"role": "king"})
    assert answer.status_code == 422
    assert "Choose one of the roles." in text_of(answer)


@pytest.mark.parametrize(("step", "said"), [("role/", {"role": "author"}), ("remove/", {})])
def test_the_last_owner_stays(client: Client, project: Project, step: str, said: dict[str, str]) -> None:
    owner = make.owner_of(project)
    answer = client.post(at(project, f"{owner.pk}/{step}"), said)
    assert answer.status_code == 409
    assert "A project needs an owner" in text_of(answer)
    assert Membership.objects.get(person=owner).role == ProjectRole.OWNER


def test_the_page_says_that_the_last_owner_stays(client: Client, project: Project) -> None:
    owner = make.owner_of(project)
    text = text_of(client.get(at(project)))
    assert f"{owner} is the only owner. A project needs an owner: make somebody else an owner first." in text
    assert at(project, f"{owner.pk}/remove/") not in text
    make.member(project, ProjectRole.OWNER)
    text = text_of(client.get(at(project)))
    assert "is the only owner" not in text
    assert at(project, f"{owner.pk}/remove/") in text


def test_removing_is_asked_once_more(client: Client, project: Project) -> None:
    member = make.member(project, who=make.person("Bo <b>Member"))
    text = text_of(client.get(at(project)))
    assert "Bo &lt;b&gt;Member will no longer be a member of this project." in text
    assert "Remove Bo &lt;b&gt;Member from the project" in text
    client.force_login(make.member(project, ProjectRole.OWNER))
    text = text_of(client.get(at(project)))
    assert "You will no longer be a member of this project." in text
    assert text.count("Leave the project") == 1
    assert at(project, f"{member.pk}/remove/") in text


def test_removing_a_member(client: Client, project: Project) -> None:
    member = make.member(project)
    answer = client.post(at(project, f"{member.pk}/remove/"), follow=True)
    assert "is no longer a member" in text_of(answer)
    assert client.post(at(project, f"{member.pk}/remove/")).status_code == 404


def test_leaving_a_project_leads_to_the_others(client: Client, project: Project) -> None:
    me = make.owner_of(project)
    make.member(project, ProjectRole.OWNER)
    answer = client.post(at(project, f"{me.pk}/remove/"), follow=True)
    assert answer.redirect_chain == [("/", 302)]


def test_members_and_invitations_of_other_projects_are_not_found(client: Client, project: Project) -> None:
    other = make.project()
    stranger = make.owner_of(other)
    client.post(at(project, "add/"), {"email": "new@example.org", "role": "author"})
    Invitation.objects.update(project=other)
    assert client.post(at(project, f"{stranger.pk}/remove/")).status_code == 404
    invitation = Invitation.objects.get()
    assert client.post(at(project, f"invitations/{invitation.pk}/withdraw/")).status_code == 404


@pytest.mark.parametrize(
    "step", ["9" * 30 + "/role/", "9" * 30 + "/remove/", "invitations/" + "9" * 30 + "/withdraw/"]
)
def test_a_number_no_database_holds_is_not_found(client: Client, project: Project, step: str) -> None:
    assert client.post(at(project, step)).status_code == 404
