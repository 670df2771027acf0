"""Saving a version: what is frozen, what is refused, what is recorded with it."""

import hashlib
import json
from typing import Any

import pytest
from django.db import connection

from decisions.actions import versions as actions
from decisions.actions.refusal import Refused
from decisions.actions.versions import Snapshot, save_version
from decisions.knowledge import runtimes
from decisions.models import Blob, Candidate, Decision, DraftEditor, Event, Version, VersionAuthor
from decisions.states import CandidateRole, Stage
from tests import factories

pytestmark = pytest.mark.django_db

SAVING_QUERIES = {"sqlite": 21, "postgresql": 23}  # there the lock on the trail is asked for twice


def _save(decision: Decision, what_changed: str = "It.", **more: Any) -> Version:
    by = factories.owner_of(decision.project)
    return save_version(by=by, decision=decision, what_changed=what_changed, **more)


def _content(version: Version) -> dict[str, Any]:
    return json.loads(bytes(version.content.data))


def test_the_content_is_the_draft_and_its_judgement() -> None:
    decision = factories.journey()
    version = _save(decision)
    snapshot = Snapshot.of(factories.loaded(decision))
    assert bytes(version.content.data) == snapshot.data
    assert _content(version)["decision"]["model"] == "Qwen/Qwen2.5-0.5B-Instruct"
    assert len(_content(version)["judged"]["judgements"]) == 3


def test_the_fingerprint_is_the_sha256_of_the_bytes() -> None:
    version = _save(factories.journey())
    assert version.digest == hashlib.sha256(bytes(version.content.data)).hexdigest()
    assert version.manifest_id == hashlib.sha256(bytes(version.manifest.data)).hexdigest()


def test_the_manifest_names_the_content() -> None:
    version = _save(factories.journey())
    assert json.loads(bytes(version.manifest.data)) == {"content": version.digest, "schema_version": 1}


def test_content_knows_no_number_time_or_author() -> None:
    decision = factories.journey()
    said = json.dumps(_content(_save(decision, "A sentence about the change")))
    owner = factories.owner_of(decision.project)
    for envelope in ("A sentence about the change", owner.full_name, owner.email, "saved_at", "number"):
        assert envelope not in said


def test_equal_drafts_share_their_bytes() -> None:
    one, other = (factories.decision(title="Same") for _ in range(2))
    for decision in (one, other):
        factories.candidate(decision, "A")
    assert _save(one).content_id == _save(other).content_id
    assert Blob.objects.count() == 2  # content and manifest


def test_numbers_count_up_for_each_decision() -> None:
    first = factories.version()
    factories.candidate(first.decision)
    assert (_save(first.decision).number, factories.version().number) == (2, 1)


@pytest.mark.parametrize("number", [0, 1])
def test_without_a_first_choice_nothing_is_saved(number: int) -> None:
    decision = factories.decision()
    for _ in range(number):
        factories.candidate(decision)
    Candidate.objects.update(role=CandidateRole.CONSIDERED)
    said = "No candidate is the first choice yet" if number else "There is no candidate yet"
    with pytest.raises(Refused, match=said):
        _save(decision)
    assert not Version.objects.exists()


@pytest.mark.parametrize("sentence", ["", "  \n "])
def test_without_a_sentence_nothing_is_saved(sentence: str) -> None:
    with pytest.raises(Refused, match="Say in a sentence what changed") as refused:
        _save(factories.journey(), sentence)
    assert refused.value.field == "what_changed"


def test_nothing_changed_says_so() -> None:
    version = factories.version()
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        _save(version.decision)
    assert Version.objects.count() == 1


def test_going_back_to_an_earlier_text_is_a_change() -> None:
    decision = factories.version(factories.journey()).decision
    for text in ("another", factories.WHY["why_now"]):
        why = factories.loaded(decision).why
        factories.edited(decision, why, why_now=text)
        _save(decision)
    contents = [v.content_id for v in decision.versions.order_by("number")]
    assert contents[0] == contents[2] != contents[1]


def _correct_a_fact(patch: pytest.MonkeyPatch) -> None:
    row = runtimes.find("vLLM")
    assert row
    corrected = row.model_copy(update={"version": "99.0", "date": "2026-12-01"})
    patch.setattr(runtimes, "find", lambda text: corrected)


def test_when_only_shipped_facts_changed_the_difference_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    version = factories.version(factories.journey())
    _correct_a_fact(monkeypatch)
    snapshot = Snapshot.of(factories.loaded(version.decision))
    difference = snapshot.since(version)
    assert difference.only_facts
    assert not difference.nothing
    assert difference.written == ()
    assert _save(version.decision, "New facts.").number == 2


def test_no_difference_says_nothing_changed() -> None:
    version = factories.version(factories.journey())
    assert Snapshot.of(factories.loaded(version.decision)).since(version).nothing


def test_the_first_difference_is_from_nothing() -> None:
    assert Snapshot.of(factories.journey()).since(None).written


def test_a_draft_that_changed_under_the_reader_is_not_saved() -> None:
    decision = factories.journey()
    seen = Snapshot.of(decision).digest
    decision = factories.edited(decision, decision.why, why_now="changed meanwhile")
    with pytest.raises(Refused, match="The draft has changed while you were reading"):
        _save(decision, seen_digest=seen)
    assert _save(decision, seen_digest=Snapshot.of(decision).digest).number == 1


def test_authors_are_all_editors_and_who_saves() -> None:
    decision = factories.journey()
    editor, saver = (factories.member(decision.project) for _ in range(2))
    factories.edited(decision, decision.why, by=editor, why_now="edited")
    version = save_version(by=saver, decision=decision, what_changed="It.")
    assert set(version.authors.all()) == {factories.owner_of(decision.project), editor, saver}
    assert not decision.draft_editors.exists()


def test_authors_of_the_next_version_are_those_who_edited_since() -> None:
    decision = factories.version(factories.journey()).decision
    editor = factories.member(decision.project)
    factories.edited(decision, factories.loaded(decision).why, by=editor, why_now="edited")
    assert list(save_version(by=editor, decision=decision, what_changed="It.").authors.all()) == [editor]


def test_another_decisions_editors_stay() -> None:
    decision, other = factories.journey(), factories.decision()
    _save(decision)
    assert [e.decision for e in DraftEditor.objects.all()] == [other]


def test_the_stage_is_proven_only_with_all_evidence() -> None:
    decision = factories.journey()
    first = decision.candidates.get(key="c1")
    factories.edited(decision, first.evidence, stop_procedure="")
    assert _save(decision).stage == Stage.PLAN
    factories.edited(decision, Candidate.objects.get(pk=first.pk).evidence, stop_procedure="stop it")
    assert _save(decision).stage == Stage.PROVEN


def test_the_event_names_ids_and_digests() -> None:
    version = _save(factories.journey())
    event = Event.objects.last()
    assert (event.verb, event.actor, event.decision) == ("version.saved", version.saved_by, version.decision)
    assert event.payload == {
        "version": version.pk,
        "number": 1,
        "content": version.content_id,
        "manifest": version.manifest_id,
        "stage": "proven",
        "authors": [version.saved_by_id],
    }


def test_version_and_event_are_written_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = factories.journey()
    before = (Event.objects.count(), Blob.objects.count(), DraftEditor.objects.count())

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions, "append_event", fail)
    with pytest.raises(RuntimeError, match="disk"):
        _save(decision)
    assert not Version.objects.exists()
    assert not VersionAuthor.objects.exists()
    assert (Event.objects.count(), Blob.objects.count(), DraftEditor.objects.count()) == before


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_saving_costs_the_same_for_any_number_of_candidates(
    rows: int, django_assert_num_queries: Any
) -> None:
    decision = factories.decision()
    for _ in range(rows):
        factories.candidate(decision)
    by = factories.owner_of(decision.project)
    with django_assert_num_queries(SAVING_QUERIES[connection.vendor]):
        save_version(by=by, decision=decision, what_changed="It.")
