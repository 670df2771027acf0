"""What changed between two contents."""

import copy
from typing import Any

import pytest
from hypothesis import given

from decisions.record.canonical import canonical_bytes
from decisions.record.change import Change
from decisions.record.content import content
from decisions.record.difference import difference
from decisions.record.schema import (
    Candidate,
    Judged,
    Judgement,
    Record,
    Statement,
    UsedFact,
    Verdict,
)
from decisions.record.versions import load_content
from decisions.states import CandidateRole, Fit, Ruling, TextLanguage
from tests.record.strategies import content_of, examples, records

FIRST = Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="small")
SECOND = Candidate(key="c2", name="large")
RECORD = Record(candidates=(FIRST, SECOND))


def changed(**update: Any) -> dict[str, Any]:
    return content_of(RECORD.model_copy(update=update))


def brief(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str, str, str]]:
    return [(c.kind, c.group, c.label, c.subject, c.old, c.new) for c in changes]


def judged(ruling: Ruling, digest: str) -> Judged:
    word = Statement(code="w", text=ruling.label)
    verdict = Verdict(fit=Fit.RUNTIME, ruling=ruling, word=word, reason=Statement(code="r", text="Because."))
    fact = UsedFact(kind="runtime", id="vllm", digest=digest, source="vllm.ai", date="2026-11-01")
    return Judged(judgements=(Judgement(candidate="c1", verdicts=(verdict,)),), facts=(fact,))


@examples(60)
@given(records(), records())
def test_nothing_changed_exactly_when_the_contents_are_equal(one: Record, other: Record) -> None:
    assert difference(load_content(canonical_bytes(content_of(one))), content_of(one)).nothing
    assert difference(content_of(one), content_of(other)).nothing == (one == other)


@examples(30)
@given(records(), records())
def test_the_words_make_up_both_texts(one: Record, other: Record) -> None:
    for change in difference(content_of(one), content_of(other)).written:
        assert "".join(text for op, text in change.words if op != "insert") == change.old
        assert "".join(text for op, text in change.words if op != "delete") == change.new


def test_values_are_shown_as_people_read_them() -> None:
    need = {"task_kinds": ["chat", "code"], "needs_service": False, "context_tokens": 32768}
    need |= {
        "privacy": "private_docs",
        "budget": {"amount": "0.70", "currency": "EUR"},
        "must_have": ["a", "b"],
    }
    record = Record.model_validate({**RECORD.model_dump(), "need": need})
    assert brief(difference(content_of(RECORD), content_of(record)).written) == [
        ("added", "need", "Must have", "", "", "a, b"),
        ("added", "need", "Task kinds", "", "", "Chat, Code"),
        ("added", "need", "Privacy", "", "unknown", "Private documents"),
        ("added", "need", "Context length", "", "unknown", "32,768 tokens"),
        ("added", "need", "Needs a service", "", "unknown", "no"),
        ("added", "need", "Budget", "", "unknown", "0.7 EUR"),
    ]


def test_candidates_added_removed_and_given_another_role() -> None:
    promoted = SECOND.model_copy(update={"role": CandidateRole.FIRST_CHOICE})
    third = Candidate(key="c3", name="other", risk="slow")
    found = difference(content_of(RECORD), changed(candidates=(promoted, third)))
    assert brief(found.written) == [
        ("removed", "candidates", "Candidate", "small", "small", ""),
        ("changed", "candidates", "Role", "large", "considered", "first choice"),
        ("added", "candidates", "Candidate", "other", "", "other"),
        ("added", "candidates", "Role", "other", "", "considered"),
        ("added", "candidates", "Risk", "other", "", "slow"),
    ]
    assert [statement.text for statement in found.summary()] == [
        "Candidate removed: small.",
        "large: considered became first choice.",
        "Candidate added: other.",
        "Candidates: 5",
    ]


def test_candidates_in_another_order() -> None:
    found = difference(content_of(RECORD), changed(candidates=(SECOND, FIRST)))
    assert brief(found.written) == [
        ("changed", "candidates", "Order of candidates", "", "small, large", "large, small")
    ]


def test_a_text_is_compared_word_by_word() -> None:
    old = changed(why=RECORD.why.model_copy(update={"why_now": "prove the loop first"}))
    new = changed(why=RECORD.why.model_copy(update={"why_now": "prove the whole loop"}))
    (change,) = difference(old, new).written
    assert change.words == (
        ("equal", "prove the "),
        ("insert", "whole "),
        ("equal", "loop"),
        ("delete", " first"),
    )


def test_only_shipped_facts_changed() -> None:
    old, new = (
        content(RECORD, judged(Ruling.UNKNOWN, "a" * 64)),
        content(RECORD, judged(Ruling.FITS, "b" * 64)),
    )
    found = difference(old, new)
    assert found.only_facts
    assert [(c.group, c.subject, c.old) for c in found.judged] == [
        ("runtime", "small", "unknown. Because."),
        ("facts", "vllm", "vllm (2026-11-01, vllm.ai) aaaaaaaaaaaa"),
    ]
    assert found.summary()[0].code == "difference_only_facts"


def test_only_the_wording_of_a_rule_changed() -> None:
    old = content(RECORD, judged(Ruling.FITS, "a" * 64))
    new = copy.deepcopy(old)
    new["judged"]["judgements"][0]["verdicts"][0]["details"] = [{"code": "d", "params": {}, "text": "More."}]
    assert [change.label for change in difference(old, new).judged] == ["Wording of the rules"]


def test_generated_texts_follow_and_are_not_written() -> None:
    found = difference(content_of(RECORD), changed(text_language=TextLanguage.JAPANESE))
    assert [change.label for change in found.written] == ["Language of the texts"]
    assert "Decision paragraph" in [change.label for change in found.judged]


def test_fields_of_another_schema_are_compared_by_their_path() -> None:
    old, new = content_of(RECORD), content_of(RECORD)
    new |= {"schema_version": 2, "mood": {"colour": "blue"}}
    del new["need"]["purpose"]
    labels = [(change.label, change.new) for change in difference(old, new).written]
    assert labels == [("mood.colour", "blue"), ]  # fmt: skip
    assert not difference({}, {"schema_version": 2}).nothing


def test_words_inside_values_can_be_said_in_another_language() -> None:
    new = changed(need=RECORD.need.model_copy(update={"needs_service": True}))
    (change,) = difference(
        content_of(RECORD), new, say={"unknown": "不明", "yes": "はい"}.__getitem__
    ).written
    assert (change.old, change.new) == ("不明", "はい")


@pytest.mark.parametrize("kind", ["added", "removed"])
def test_groups_come_in_their_order(kind: str) -> None:
    full = changed(
        title="t",
        need=RECORD.need.model_copy(update={"project_goal": "g"}),
        candidates=(FIRST.model_copy(update={"license_note": "l", "runtime": "r"}), SECOND),
    )
    pair = (content_of(RECORD), full) if kind == "added" else (full, content_of(RECORD))
    found = difference(*pair)
    assert [name for name, _ in found.grouped()] == ["Need", "Licence", "Runtime", "Texts"]
    assert {change.kind for change in found.written} == {kind}
