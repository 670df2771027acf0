"""Everybody who could come to a page of a decision, and what they get there."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from decisions.models import Decision, User
from decisions.states import ProjectRole
from tests import factories as make

PEOPLE = (
    "owner",
    "author",
    "reviewer",
    "auditor",
    "administrator",
    "licence_reviewer",
    "stranger",
    "anonymous",
)
READS = dict(zip(PEOPLE, (200, 200, 200, 200, 200, 200, 404, 302), strict=True))
WRITES = READS | {"reviewer": 403, "auditor": 403, "licence_reviewer": 403}
POSTS = WRITES | {"anonymous": 403}  # what a signed-out person posts comes back to them


def somebody(kind: str, decision: Decision) -> User | None:
    """A person of one kind, as the project of this decision sees them; None is nobody."""
    project = decision.project
    return {
        "owner": lambda: make.owner_of(project),
        "author": lambda: make.member(project, ProjectRole.AUTHOR),
        "reviewer": lambda: make.member(project, ProjectRole.REVIEWER),
        "auditor": make.auditor,
        "administrator": make.administrator,
        "licence_reviewer": make.licence_reviewer,
        "stranger": make.person,
        "anonymous": lambda: None,
    }[kind]()


def sign_in(client: Client, kind: str, decision: Decision) -> User | None:
    """Sign a person of that kind in, unless it is nobody."""
    who = somebody(kind, decision)
    if who:
        client.force_login(who)
    return who


def at(name: str, decision: Decision, **more: object) -> str:
    """The address of a page of a decision."""
    return reverse(name, kwargs={"project": decision.project.slug, "decision": decision.slug, **more})


def autosaved(client: Client, address: str, data: dict[str, str]) -> HttpResponse:
    """What htmx gets for a post."""
    return client.post(address, data, headers={"HX-Request": "true"})
