"""Every action on a project, tried by everybody who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from decisions.actions import candidates, decisions, drafts, imports, projects, routes, shipped, versions
from decisions.models import Candidate, Decision, Event, Project, Route, User, Version
from decisions.record.read import read
from decisions.states import CandidateRole, ProjectRole, RouteKind
from tests import factories

pytestmark = pytest.mark.django_db

LESSON = b"# Model Runtime Decision\nproject_goal: answer\ncandidate_1: a model\n"
ROWS: dict[str, Callable[[User, Decision], Any]] = {  # what an author may do
    "edit_project": lambda by, d: projects.edit_project(
        by=by, project=d.project, name="New", project_goal="", must_have=[], nice_to_have=[]
    ),
    "create_decision": lambda by, d: decisions.create_decision(by=by, project=d.project, title="New"),
    "copy_version": lambda by, d: decisions.copy_version(by=by, version=d.versions.get(), title="Copy"),
    "edit_part": lambda by, d: drafts.edit_part(by=by, decision=d, part=d, edits=_titled(d)),
    "edit_route": lambda by, d: drafts.edit_route(by=by, **_driven(d.project.routes.first())),
    "add_candidate": lambda by, d: candidates.add_candidate(by=by, decision=d, name="New"),
    "duplicate_candidate": lambda by, d: candidates.duplicate_candidate(by=by, **_of(d)),
    "move_candidate": lambda by, d: candidates.move_candidate(by=by, **_of(d), places=1),
    "set_role": lambda by, d: candidates.set_role(by=by, **_of(d), role=CandidateRole.REJECTED),
    "remove_candidate": lambda by, d: candidates.remove_candidate(by=by, **_of(d)),
    "bring_back_candidate": lambda by, d: candidates.bring_back_candidate(
        by=by, decision=d, candidate=d.candidates.exclude(removed_at=None).get()
    ),
    "take_facts": lambda by, d: shipped.take_facts(
        by=by, decision=d, candidate=d.candidates.get(key="c2"), about="runtime", row_id="vllm", typed=()
    ),
    "add_route": lambda by, d: routes.add_route(by=by, project=d.project, name="Ours"),
    "choose_route": lambda by, d: routes.choose_route(by=by, decision=d, route=d.project.routes.first()),
    "remove_route": lambda by, d: routes.remove_route(by=by, route=d.project.routes.get(kind=RouteKind.TEAM)),
    "save_version": lambda by, d: versions.save_version(by=by, decision=d, what_changed="It."),
    "import_into": lambda by, d: imports.import_into(by=by, decision=d, reading=read(LESSON), data=LESSON),
    "import_as_new": lambda by, d: imports.import_as_new(
        by=by, project=d.project, reading=read(LESSON), data=LESSON
    ),
}
MANAGING: dict[str, Callable[[User, Decision], Any]] = {  # what an owner may do
    "archive_project": lambda by, d: projects.archive_project(by=by, project=d.project),
    "set_member": lambda by, d: projects.set_member(
        by=by, project=d.project, person=by, role=ProjectRole.OWNER
    ),
    "remove_member": lambda by, d: projects.remove_member(
        by=by, project=d.project, person=factories.owner_of(d.project)
    ),
}


def _titled(decision: Decision) -> list[drafts.Edit]:
    return [drafts.Edit("title", "New", decision.digest_of("title"))]


def _driven(route: Route) -> dict[str, Any]:
    return {"route": route, "edits": [drafts.Edit("driver", "570", route.digest_of("driver"))]}


def _of(decision: Decision) -> dict[str, Any]:
    return {"decision": decision, "candidate": decision.candidates.first()}


@pytest.fixture
def decision() -> Decision:
    """A decision with candidates, one of them removed, a version and a route of the team."""
    version = factories.version()
    routes.add_route(by=version.saved_by, project=version.decision.project, name="Cellar")
    factories.candidate(version.decision, runtime="vLLM, or another")
    gone = factories.candidate(version.decision, "Gone")
    candidates.remove_candidate(by=version.saved_by, decision=version.decision, candidate=gone)
    return factories.loaded(version.decision)


def _stored() -> list[Any]:
    models = (Project, Route, Decision, Candidate, Version, Event)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def _refused(action: Callable[[User, Decision], Any], by: User, decision: Decision) -> None:
    before = _stored()
    with pytest.raises(PermissionDenied):
        action(by, decision)
    assert _stored() == before


def _done(action: Callable[[User, Decision], Any], by: User, decision: Decision) -> None:
    before = _stored()
    action(by, decision)
    assert _stored() != before


@pytest.mark.parametrize("name", ROWS)
def test_an_author_may(decision: Decision, name: str) -> None:
    _done(ROWS[name], factories.member(decision.project), decision)


@pytest.mark.parametrize("name", {**ROWS, **MANAGING})
def test_who_may_read_only_may_not(decision: Decision, name: str) -> None:
    action = {**ROWS, **MANAGING}[name]
    readers = [factories.auditor(), factories.licence_reviewer()]
    for who in (*readers, factories.member(decision.project, ProjectRole.REVIEWER), factories.person()):
        _refused(action, who, decision)


@pytest.mark.parametrize("name", MANAGING)
def test_an_author_may_not_manage(decision: Decision, name: str) -> None:
    _refused(MANAGING[name], factories.member(decision.project), decision)


@pytest.mark.parametrize("name", MANAGING)
def test_an_owner_and_an_administrator_may_manage(decision: Decision, name: str) -> None:
    factories.member(decision.project, ProjectRole.OWNER)
    _done(MANAGING[name], factories.administrator(), decision)


@pytest.mark.parametrize("name", ROWS)
def test_an_archived_project_is_read_only(decision: Decision, name: str) -> None:
    factories.archived(decision.project)
    _refused(ROWS[name], factories.owner_of(decision.project), decision)


@pytest.mark.parametrize("name", ROWS)
def test_a_closed_account_does_nothing(decision: Decision, name: str) -> None:
    owner = factories.owner_of(decision.project)
    owner.is_active = False
    _refused(ROWS[name], owner, decision)


def test_who_reads_the_whole_installation_makes_no_project() -> None:
    with pytest.raises(PermissionDenied):
        projects.create_project(by=factories.auditor(), name="Mine")
    assert not Project.objects.exists()
