"""From the document to rows and back: nothing is lost, whatever the document says."""

import pytest
from hypothesis import HealthCheck, given, settings

from decisions.actions.decisions import copy_version, create_decision
from decisions.actions.imports import import_as_new, import_file
from decisions.actions.rows import fill_draft
from decisions.models import Blob, Decision, Project, Route, Version
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.read import read
from decisions.record.schema import Record
from decisions.record.versions import load_content, record_of
from tests import factories
from tests.record.strategies import records

pytestmark = pytest.mark.django_db


def _without_routes() -> Decision:
    """A decision of a project that has no routes, so that the document's are all there are."""
    project = factories.project()
    Route.objects.filter(project=project).delete()
    return create_decision(by=factories.owner_of(project), project=project, title="Given")


def _stored(decision: Decision, record: Record) -> Record:
    fill_draft(decision, record)
    return factories.loaded(decision).to_record()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record=records())
def test_any_document_comes_back(record: Record) -> None:
    expected = record.model_copy(update={"title": record.title or "Given"})
    assert _stored(_without_routes(), record) == expected


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=records(), second=records())
def test_what_the_draft_said_before_leaves_no_trace(first: Record, second: Record) -> None:
    decision = _without_routes()
    fill_draft(decision, first)
    stored = _stored(decision, second.model_copy(update={"title": "Second"}))
    kept = {"routes", "route", "candidates"}
    assert stored.model_dump(exclude=kept) == second.model_copy(update={"title": "Second"}).model_dump(
        exclude=kept
    )
    assert [c.model_dump(exclude={"route"}) for c in stored.candidates] == [
        c.model_dump(exclude={"route"}) for c in second.candidates
    ]


def _said_otherwise(version: Version, *, gpu: bool) -> bytes:
    """The JSON of a version in which the CPU at hand has a GPU or not."""
    content = load_content(bytes(version.content.data))
    route = next(route for route in content["routes"] if route["kind"] == "local_cpu")
    route["traits"]["has_gpu"] = gpu
    return canonical_bytes(content)


@pytest.mark.parametrize("way", ["new", "existing"])
def test_a_file_changes_no_trait_of_a_shipped_route(way: str) -> None:
    version = factories.version(factories.journey())
    data = _said_otherwise(version, gpu=True)
    by, project = factories.owner_of(version.decision.project), version.decision.project
    decision = version.decision if way == "existing" else None
    made, _ = import_file(by=by, project=project, reading=read(data), data=data, decision=decision)
    stored = next(r for r in factories.loaded(made).to_record().routes if r.kind == "local_cpu")
    assert not stored.traits.has_gpu
    assert not Route.objects.filter(kind="local_cpu", has_gpu=True).exists()
    assert project.routes.filter(kind="local_cpu").count() == 1


def test_a_version_of_before_stays_as_it_was_and_its_copy_has_the_shipped_traits() -> None:
    made = factories.version(factories.journey())
    data = _said_otherwise(made, gpu=True)
    blob = Blob.objects.create(digest=digest_of(data), data=data)
    old = Version.objects.create(
        decision=made.decision,
        number=2,
        content=blob,
        manifest=made.manifest,
        stage="plan",
        saved_by=made.saved_by,
    )
    copy = copy_version(by=made.saved_by, version=old, title="Copy")
    assert not Route.objects.filter(project=copy.project, kind="local_cpu", has_gpu=True).exists()
    kept = record_of(load_content(bytes(old.content.data)))
    assert [r.traits.has_gpu for r in kept.routes if r.kind == "local_cpu"] == [True]


def test_the_json_of_a_version_becomes_the_same_version_elsewhere() -> None:
    version = factories.version(factories.journey())
    data = bytes(version.content.data)
    elsewhere = factories.project()
    by = factories.owner_of(elsewhere)
    imported = import_as_new(by=by, project=elsewhere, reading=read(data), data=data)
    assert factories.version(imported).digest == version.digest


def _record(**changes: object) -> Record:
    return factories.loaded(factories.journey()).to_record().model_copy(update=changes)


def test_a_shipped_route_without_facts_takes_those_of_the_document() -> None:
    record, decision = _record(), factories.decision()
    fill_draft(decision, record)
    assert factories.loaded(decision).to_record().routes == record.routes
    assert decision.project.routes.count() == 5


def test_a_route_with_facts_of_its_own_is_not_overwritten() -> None:
    record, decision = _record(), factories.decision()
    factories.edited_route(factories.route(decision.project, "rented_gpu"), device="NVIDIA H100")
    fill_draft(decision, record)
    stored = factories.loaded(decision).to_record()
    assert stored.route == "rented_gpu-2"
    assert {c.route for c in stored.candidates} == {"rented_gpu-2"}
    assert [r.hardware.device for r in stored.routes if r.code.startswith("rented")] == [
        "NVIDIA H100",
        "NVIDIA L4",
    ]


def test_the_same_document_twice_makes_no_second_route() -> None:
    record, decision = _record(), factories.decision()
    assert fill_draft(decision, record) is True
    assert fill_draft(decision, record) is False
    assert Project.objects.get(pk=decision.project_id).routes.count() == 5


def test_candidates_that_were_there_are_kept_as_rows() -> None:
    record, decision = _record(), factories.decision()
    factories.candidate(decision, "there before")
    fill_draft(decision, record)
    assert decision.candidates.count() == 4
    assert decision.candidates.exclude(removed_at=None).get().name == "there before"
