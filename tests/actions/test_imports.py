"""Bringing a file into a draft."""

from pathlib import Path

import pytest

from decisions.actions.imports import import_as_new, import_into
from decisions.models import Decision, DraftEditor, Event, Version
from decisions.record.canonical import digest_of
from decisions.record.read import read
from tests import factories

pytestmark = pytest.mark.django_db

LESSON = (Path(__file__).parent.parent / "record" / "fixtures" / "lesson.md").read_bytes()


def _import(decision: Decision, data: bytes = LESSON) -> Decision:
    by = factories.owner_of(decision.project)
    import_into(by=by, decision=decision, reading=read(data), data=data)
    return factories.loaded(decision)


def test_markdown_keeps_what_it_does_not_carry_and_leaves_the_versions() -> None:
    version = factories.version(factories.journey())
    before = version.decision.to_record()
    record = _import(version.decision).to_record()
    assert record.need.project_goal == "support-operations SOP assistant"
    assert [c.name for c in record.candidates] == ["Qwen2.5-0.5B-Instruct", "7B instruct model"]
    assert record.why.rollback_steps == before.why.rollback_steps != ""
    assert (record.title, record.need.privacy) == (before.title, before.need.privacy)
    assert list(Version.objects.all()) == [version]


def test_who_imports_is_an_editor() -> None:
    decision = factories.decision()
    DraftEditor.objects.all().delete()
    _import(decision)
    assert [e.person for e in decision.draft_editors.all()] == [factories.owner_of(decision.project)]


def test_facts_of_a_route_are_in_the_drafts_of_all_decisions() -> None:
    data = bytes(factories.version(factories.journey()).content.data)
    decision = factories.decision()
    other = factories.decision(decision.project)
    DraftEditor.objects.all().delete()
    _import(decision, data)
    assert {e.decision for e in DraftEditor.objects.all()} == {decision, other}


def test_the_event_names_the_file_by_its_digest_alone() -> None:
    decision = _import(factories.decision())
    event = Event.objects.last()
    assert (event.verb, event.decision, event.payload) == (
        "decision.imported",
        decision,
        {"file": digest_of(LESSON)},
    )


@pytest.mark.parametrize(("given", "title"), [("Ours", "Ours"), ("", "Imported decision")])
def test_a_new_decision_has_the_title_given_else_a_plain_one(given: str, title: str) -> None:
    project = factories.project()
    by = factories.owner_of(project)
    made = import_as_new(by=by, project=project, reading=read(LESSON), data=LESSON, title=given)
    assert factories.loaded(made).title == title


def test_a_new_decision_has_the_title_of_its_file() -> None:
    version = factories.version(factories.journey(title="From elsewhere"))
    data, project = bytes(version.content.data), factories.project()
    by = factories.owner_of(project)
    made = import_as_new(by=by, project=project, reading=read(data), data=data)
    assert (made.slug, factories.loaded(made).title) == ("from-elsewhere", "From elsewhere")


def test_the_lesson_can_be_saved_at_once() -> None:
    project = factories.project()
    by = factories.owner_of(project)
    made = import_as_new(by=by, project=project, reading=read(LESSON), data=LESSON)
    assert factories.version(made).number == 1
