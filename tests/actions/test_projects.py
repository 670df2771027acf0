"""What happens to a project and its members."""

import pytest

from decisions.actions.projects import (
    archive_project,
    edit_project,
    remove_member,
    restore_project,
    set_member,
)
from decisions.actions.refusal import Refused
from decisions.models import Event, Membership, Project
from decisions.states import ProjectRole, RouteKind
from tests import factories

pytestmark = pytest.mark.django_db


def _verbs() -> list[str]:
    return list(Event.objects.values_list("verb", flat=True))


def test_a_new_project_has_an_owner_and_the_shipped_routes() -> None:
    owner = factories.person()
    project = factories.project(owner, "Support desk", project_goal="answer", must_have=["privacy"])
    assert [(m.person, m.role) for m in project.memberships.all()] == [(owner, ProjectRole.OWNER)]
    shipped = [kind.value for kind in RouteKind if kind is not RouteKind.TEAM]
    assert [route.code for route in project.routes.live()] == shipped
    assert project.routes.get(code="rented_gpu").is_rented
    assert (project.must_have, project.nice_to_have) == (["privacy"], [])
    assert _verbs() == ["project.created"]


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (
            ["Support desk", "support  Desk", "Support desk 2"],
            ["support-desk", "support-desk-2", "support-desk-2-2"],
        ),
        (["費用", "費用"], ["費用", "費用-2"]),
        (["!!!", "???"], ["project", "project-2"]),
        (["x" * 120], ["x" * 60]),
    ],
)
def test_addresses_are_made_of_names_and_shared_by_no_two(names: list[str], slugs: list[str]) -> None:
    assert [factories.project(name=name).slug for name in names] == slugs


def test_editing_keeps_address_and_decisions() -> None:
    decision = factories.decision(factories.project(project_goal="old"))
    owner, project = factories.owner_of(decision.project), decision.project
    values = {"name": "Renamed", "project_goal": "new", "must_have": ["a"], "nice_to_have": []}
    edited = edit_project(by=owner, project=project, **values)
    assert (edited.name, edited.slug, edited.project_goal) == ("Renamed", project.slug, "new")
    assert factories.loaded(decision).need.project_goal == "old"
    assert Event.objects.last().payload == {"fields": ["name", "project_goal", "must_have"]}


def test_editing_nothing_is_no_event() -> None:
    project = factories.project(name="Same", project_goal="g")
    values = {"name": "Same", "project_goal": "g", "must_have": [], "nice_to_have": []}
    edit_project(by=factories.owner_of(project), project=project, **values)
    assert _verbs() == ["project.created"]


def test_archiving_and_restoring() -> None:
    project = factories.project()
    owner = factories.owner_of(project)
    archive_project(by=owner, project=project)
    assert Project.objects.get().archived_at
    with pytest.raises(Refused, match="This project is archived already"):
        archive_project(by=owner, project=project)
    restore_project(by=owner, project=project)
    assert Project.objects.get().archived_at is None
    with pytest.raises(Refused, match="This project is not archived"):
        restore_project(by=owner, project=project)
    assert _verbs() == ["project.created", "project.archived", "project.restored"]


def test_a_member_is_added_once_and_then_given_another_role() -> None:
    project, who = factories.project(), factories.person()
    for role in (ProjectRole.AUTHOR, ProjectRole.AUTHOR, ProjectRole.REVIEWER):
        set_member(by=factories.owner_of(project), project=project, person=who, role=role)
    assert Membership.objects.get(person=who).role == ProjectRole.REVIEWER
    assert _verbs() == ["project.created", "project.member_set", "project.member_set"]


def test_the_last_owner_stays() -> None:
    project = factories.project()
    owner = factories.owner_of(project)
    with pytest.raises(Refused, match="make somebody else an owner first"):
        remove_member(by=owner, project=project, person=owner)
    with pytest.raises(Refused, match="make somebody else an owner first"):
        set_member(by=owner, project=project, person=owner, role=ProjectRole.REVIEWER)
    second = factories.member(project, ProjectRole.OWNER)
    remove_member(by=second, project=project, person=owner)
    assert factories.owner_of(project) == second


def test_removing_somebody_twice_says_so() -> None:
    project = factories.project()
    who = factories.member(project)
    remove_member(by=factories.owner_of(project), project=project, person=who)
    with pytest.raises(Refused, match="not a member any more"):
        remove_member(by=factories.owner_of(project), project=project, person=who)
