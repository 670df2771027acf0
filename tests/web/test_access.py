"""Who gets what at every address of accounts, people and projects: the same questions to the same people."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import User
from decisions.states import ProjectRole
from tests import factories as make

pytestmark = pytest.mark.django_db

PEOPLE = (
    *("owner", "author", "reviewer", "auditor", "administrator", "licence_reviewer"),
    *("stranger", "anonymous"),
)
OPEN = dict(zip(PEOPLE, (200, 200, 200, 200, 200, 200, 200, 302), strict=True))
MAKES = OPEN | {"auditor": 403}
READS = OPEN | {"stranger": 404}
LEADS_ON = {who: 302 if status == 200 else status for who, status in READS.items()}
WRITES = READS | {"reviewer": 403, "auditor": 403, "licence_reviewer": 403}
ADMINISTERS = dict.fromkeys(PEOPLE, 404) | {"administrator": 200, "anonymous": 302}
PAGES = {
    "project-list": OPEN,
    "account": OPEN,
    "account_change_password": OPEN,
    "suggest-models": OPEN,
    "suggest-runtimes": OPEN,
    "quick-start": MAKES,
    "project-new": MAKES,
    "project": READS,
    "project-members": READS,
    "decision": LEADS_ON,
    "project-edit": WRITES,
    "decision-new": WRITES,
    "decision-settings": WRITES,
    "people": ADMINISTERS,
    "person": ADMINISTERS,
}
MANAGES = WRITES | {"author": 403, "anonymous": 403}  # what a signed-out person posts comes back
STEPS = {
    "project-archive": MANAGES | {"owner": 302, "administrator": 302},
    "project-restore": MANAGES | {"owner": 409, "administrator": 409},
    "member-add": MANAGES | {"owner": 422, "administrator": 422},
    "member-role": MANAGES | {"owner": 422, "administrator": 422},
    "member-remove": MANAGES | {"owner": 302, "administrator": 302},
    "project-invitation-withdraw": MANAGES | {"owner": 404, "administrator": 404},
    "people-invite": ADMINISTERS | {"administrator": 422, "anonymous": 403},
    "invitation-withdraw": dict.fromkeys(PEOPLE, 404) | {"anonymous": 403},
    "person-grant": ADMINISTERS | {"administrator": 422, "anonymous": 403},
    "person-revoke": ADMINISTERS | {"administrator": 422, "anonymous": 403},
    "person-close": ADMINISTERS | {"administrator": 302, "anonymous": 403},
    "person-reopen": ADMINISTERS | {"administrator": 409, "anonymous": 403},
}
SAFE_ONLY = ("project-list", "project", "project-members", "decision", "people", "person", "suggest-models")


@pytest.fixture
def house() -> dict[str, Any]:
    """A project with a decision, everybody who could come by, and the parts of every address."""
    project = make.project()
    owner = make.owner_of(project)
    member = make.member(project, ProjectRole.AUTHOR)
    people: dict[str, User | None] = {
        "owner": owner,
        "author": make.member(project, ProjectRole.AUTHOR),
        "reviewer": make.member(project, ProjectRole.REVIEWER),
        "auditor": make.auditor(),
        "administrator": make.administrator(),
        "licence_reviewer": make.licence_reviewer(),
        "stranger": make.person(),
        "anonymous": None,
    }
    parts = {"project": project.slug, "decision": make.decision(project).slug, "member": member.pk}
    return {"people": people, "parts": parts | {"person": member.pk, "invitation": 0}, "project": project}


PARTS = {
    **dict.fromkeys(("decision", "decision-settings"), ("project", "decision")),
    **dict.fromkeys(("member-role", "member-remove"), ("project", "member")),
    **dict.fromkeys((name for name in (*PAGES, *STEPS) if name.startswith("person")), ("person",)),
    **dict.fromkeys(("project", "project-members", "project-edit", "decision-new"), ("project",)),
    **dict.fromkeys(("project-archive", "project-restore", "member-add"), ("project",)),
    "project-invitation-withdraw": ("project", "invitation"),
    "invitation-withdraw": ("invitation",),
}


def address(name: str, house: dict[str, Any]) -> str:
    """The address of that name in the house."""
    return reverse(name, kwargs={part: house["parts"][part] for part in PARTS.get(name, ())})


def come_as(client: Client, house: dict[str, Any], who: str) -> None:
    """Sign in as one of the people."""
    if house["people"][who]:
        client.force_login(house["people"][who])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_each_person(client: Client, house: dict[str, Any], name: str, who: str) -> None:
    come_as(client, house, who)
    assert client.get(address(name, house)).status_code == PAGES[name][who]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_for_each_person(client: Client, house: dict[str, Any], name: str, who: str) -> None:
    come_as(client, house, who)
    assert client.post(address(name, house)).status_code == STEPS[name][who]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_no_page(client: Client, house: dict[str, Any], name: str) -> None:
    come_as(client, house, "administrator")
    assert client.get(address(name, house)).status_code == 405


@pytest.mark.parametrize("name", SAFE_ONLY)
def test_a_page_that_takes_nothing(client: Client, house: dict[str, Any], name: str) -> None:
    come_as(client, house, "administrator")
    assert client.post(address(name, house)).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("author", 404), ("administrator", 200), ("auditor", 200)]
)
def test_an_archived_project(client: Client, house: dict[str, Any], who: str, status: int) -> None:
    make.archived(house["project"])
    come_as(client, house, who)
    assert client.get(address("project", house)).status_code == status


@pytest.mark.parametrize("name", ["project-edit", "decision-new", "decision-settings"])
def test_nobody_writes_to_an_archived_project(client: Client, house: dict[str, Any], name: str) -> None:
    make.archived(house["project"])
    come_as(client, house, "owner")
    assert client.get(address(name, house)).status_code == 403


def test_a_decision_of_another_project_is_not_found(client: Client, house: dict[str, Any]) -> None:
    come_as(client, house, "owner")
    other = make.project(house["people"]["owner"])
    parts = {"project": other.slug, "decision": house["parts"]["decision"]}
    assert client.get(reverse("decision", kwargs=parts)).status_code == 404
    assert client.get(reverse("decision-settings", kwargs=parts)).status_code == 404


@pytest.mark.parametrize("path", ["/projects/a%00b/", "/projects/%00/edit/", "/invitations/%00/"])
def test_nul_in_an_address_is_not_found(client: Client, house: dict[str, Any], path: str) -> None:
    come_as(client, house, "owner")
    assert client.get(path).status_code == 404
