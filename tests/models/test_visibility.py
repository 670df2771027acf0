"""Who sees, edits and manages which project: every kind of person, live and archived projects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.models import Decision, Project, User, Version
from decisions.states import ProjectRole
from tests import factories

pytestmark = pytest.mark.django_db

NOTHING = ""
ALLOWED = {  # who -> what they may do to a live project, to an archived one: see, write, manage
    "owner": ("swm", "sm"),
    "author": ("sw", NOTHING),
    "reviewer": ("s", NOTHING),
    "administrator": ("swm", "sm"),
    "licence_reviewer": ("s", NOTHING),
    "auditor": ("s", "s"),
    "stranger": (NOTHING, NOTHING),
    "auditor_who_owns": ("s", "s"),
    "auditor_and_administrator": ("s", "s"),
    "licence_reviewer_who_owns": ("swm", "sm"),
    "deactivated_owner": ("s", "s"),
    "deactivated_administrator": (NOTHING, NOTHING),
}


def _who(kind: str, project: Project) -> User:
    match kind:
        case "owner" | "author" | "reviewer":
            return factories.member(project, ProjectRole(kind))
        case "administrator" | "licence_reviewer" | "auditor":
            return getattr(factories, kind)()
        case "auditor_who_owns" | "licence_reviewer_who_owns":
            return factories.member(project, ProjectRole.OWNER, _who(kind.removesuffix("_who_owns"), project))
        case "auditor_and_administrator":
            return factories.grant(factories.administrator(), factories.OrganisationRole.AUDITOR)
        case "deactivated_owner" | "deactivated_administrator":
            who = _who(kind.removeprefix("deactivated_"), project)
            User.objects.filter(pk=who.pk).update(is_active=False)
            return User.objects.get(pk=who.pk)
    return factories.person()


def _may(who: User) -> str:
    questions = {"s": "visible_to", "w": "writable_by", "m": "managed_by"}
    return "".join(
        letter for letter, name in questions.items() if getattr(Project.objects, name)(who).exists()
    )


@pytest.mark.parametrize("kind", ALLOWED)
def test_what_a_person_may_do_to_a_project(kind: str) -> None:
    project = factories.project()
    who = _who(kind, project)
    live = _may(who)
    factories.archived(project)
    assert (live, _may(who)) == ALLOWED[kind]


@pytest.mark.parametrize("kind", ALLOWED)
def test_decisions_and_versions_are_seen_with_their_project(kind: str) -> None:
    version = factories.version()
    who = _who(kind, version.decision.project)
    sees = Project.objects.visible_to(who).exists()
    assert Decision.objects.visible_to(who).exists() == sees
    assert Version.objects.visible_to(who).exists() == sees


@pytest.mark.parametrize(
    ("first", "last", "sees"),
    [
        (None, None, True),
        (0, 0, True),
        (-1, 1, True),
        (None, 0, True),
        (0, None, True),
        (1, None, False),
        (None, -1, False),
        (-3, -1, False),
    ],
)
def test_an_auditor_reads_from_the_first_to_the_last_day(
    first: int | None, last: int | None, sees: bool
) -> None:
    today = timezone.now().date()
    days = [None if day is None else today + timedelta(days=day) for day in (first, last)]
    factories.project()
    who = factories.auditor(starts_on=days[0], ends_on=days[1])
    assert Project.objects.visible_to(who).exists() is sees


def test_membership_of_another_project_gives_nothing() -> None:
    mine = factories.project()
    other = factories.project()
    assert list(Project.objects.visible_to(factories.owner_of(mine))) == [mine]
    assert other not in Project.objects.writable_by(factories.owner_of(mine))


def test_a_person_with_two_memberships_sees_each_project_once() -> None:
    who = factories.person()
    for role in (ProjectRole.AUTHOR, ProjectRole.REVIEWER):
        factories.member(factories.project(), role, who)
    assert Project.objects.visible_to(who).count() == 2
    assert Project.objects.writable_by(who).count() == 1


def test_the_latest_change_comes_first() -> None:
    old, new = factories.project(), factories.project()
    factories.decision(old)
    assert list(Project.objects.latest_change_first()) == [old, new]
    assert [d.project for d in Decision.objects.latest_change_first()] == [old]
