"""What happens to a candidate as a whole."""

from typing import Any

import pytest

from decisions.actions import candidates as actions
from decisions.actions.candidates import (
    add_candidate,
    bring_back_candidate,
    duplicate_candidate,
    move_candidate,
    remove_candidate,
    set_role,
)
from decisions.actions.refusal import Refused
from decisions.knowledge import models as shipped_models
from decisions.models import Candidate, Decision
from decisions.record.schema import Evidence
from decisions.states import CandidateRole
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, CONSIDERED = CandidateRole.FIRST_CHOICE, CandidateRole.CONSIDERED
KNOWN = "Qwen/Qwen2.5-0.5B-Instruct"


@pytest.fixture
def decision() -> Decision:
    """A decision with candidates A, B and C."""
    decision = factories.decision()
    for name in "ABC":
        factories.candidate(decision, name)
    return decision


def _now(decision: Decision) -> list[tuple[str, str, str]]:
    return [(c.name, c.key, CandidateRole(c.role).name.lower()) for c in decision.candidates.live()]


def _do(action: Any, decision: Decision, name: str, **more: Any) -> Any:
    candidate = decision.candidates.filter(name=name).order_by("pk").first()
    by = factories.owner_of(decision.project)
    return action(by=by, decision=decision, candidate=candidate, **more)


def test_the_first_one_is_the_first_choice(decision: Decision) -> None:
    expected = [("A", "c1", "first_choice"), ("B", "c2", "considered"), ("C", "c3", "considered")]
    assert _now(decision) == expected


def test_after_the_first_choice_is_gone_the_next_new_one_is_it(decision: Decision) -> None:
    _do(remove_candidate, decision, "A")
    assert factories.candidate(decision, "D").role == FIRST
    assert factories.candidate(decision, "E").role == CONSIDERED


def test_shipped_facts_fill_what_they_know(monkeypatch: pytest.MonkeyPatch) -> None:
    model = shipped_models.find(KNOWN)
    assert model
    known = model.model_copy(update={"claims": ("tool_calling",), "tool_calling": True})
    monkeypatch.setattr(shipped_models, "find", lambda text: known if KNOWN in text else None)
    candidate = factories.candidate(factories.decision(), KNOWN, runtime="llama.cpp")
    assert (candidate.model_id, candidate.parameters) == (KNOWN, model.parameters)
    assert candidate.runtime_id
    assert candidate.model_card.languages == list(model.languages)
    assert candidate.model_card.tool_calling is None  # a claim is no fact
    assert candidate.model_card.read_on is None  # nobody has read it
    assert candidate.licence.licence_id == "apache-2.0"
    assert candidate.licence.commercial_use == ""


def test_an_unknown_model_stays_unknown() -> None:
    candidate = factories.candidate(factories.decision(), "a model of ours", runtime="our runtime")
    assert (candidate.model_id, candidate.parameters, candidate.runtime_id) == ("", None, "")
    assert candidate.licence.licence_id == candidate.model_card.source == ""


def test_a_copy_stands_behind_its_original_without_evidence() -> None:
    decision = factories.journey()
    original = decision.candidates.get(key="c1")
    copy = duplicate_candidate(by=factories.owner_of(decision.project), decision=decision, candidate=original)
    assert [key for _, key, _ in _now(decision)] == ["c1", "c4", "c2", "c3"]
    new = {"key": "c4", "role": CONSIDERED, "evidence": Evidence(), "name": f"{original.name} (2)"}
    expected = original.to_part(None).model_copy(update=new)
    assert Candidate.objects.get(pk=copy.pk).to_part(None) == expected


def _copied(decision: Decision, name: str) -> str:
    return _do(duplicate_candidate, decision, name).name


def test_every_copy_has_a_name_of_its_own(decision: Decision) -> None:
    assert [_copied(decision, "A") for _ in range(3)] == ["A (2)", "A (3)", "A (4)"]
    assert _copied(decision, "A (2)") == "A (5)"
    _do(remove_candidate, decision, "A (5)")
    assert _copied(decision, "A") == "A (6)"  # the one that was removed may come back
    assert len({name for name, _, _ in _now(decision)}) == len(_now(decision))


def test_a_number_that_is_part_of_a_name_stays() -> None:
    decision = factories.decision()
    factories.candidate(decision, "Model (2024)")
    assert _copied(decision, "Model (2024)") == "Model (2024) (2)"


@pytest.mark.parametrize("name", ["x" * 300, "モ" * 300, "word " * 59 + "words"])
def test_the_name_of_a_copy_is_no_longer_than_a_name_may_be(name: str) -> None:
    decision = factories.decision()
    factories.candidate(decision, name)
    copies = [_copied(decision, name) for _ in range(10)]
    copies.append(_copied(decision, copies[0]))
    assert len(set(copies)) == 11
    assert all(len(copy) <= 300 for copy in copies)
    assert copies[-1].endswith(" (12)")


def test_a_copy_keeps_the_model_its_original_is_judged_by(decision: Decision) -> None:
    decision.candidates.filter(name="A").update(name=KNOWN, model_id="")
    copy = _do(duplicate_candidate, decision, KNOWN)
    assert (copy.name, copy.model_id) == (f"{KNOWN} (2)", KNOWN)


@pytest.mark.parametrize(
    ("name", "places", "order"),
    [("A", 1, "BAC"), ("C", -1, "ACB"), ("A", 9, "BCA"), ("C", -9, "CAB"), ("B", 0, "ABC"), ("A", -1, "ABC")],
)
def test_moving_stops_at_the_ends(decision: Decision, name: str, places: int, order: str) -> None:
    _do(move_candidate, decision, name, places=places)
    assert "".join(found for found, _, _ in _now(decision)) == order


def test_there_is_one_first_choice(decision: Decision) -> None:
    _do(set_role, decision, "C", role=FIRST)
    assert [role for _, _, role in _now(decision)] == ["considered", "considered", "first_choice"]
    _do(set_role, decision, "C", role=CandidateRole.REJECTED)
    assert [role for _, _, role in _now(decision)] == ["considered", "considered", "rejected"]


def test_a_removed_one_comes_back_where_it_was(decision: Decision) -> None:
    before = _now(decision)
    _do(remove_candidate, decision, "A")
    assert [name for name, _, _ in _now(decision)] == ["B", "C"]
    _do(bring_back_candidate, decision, "A")
    assert _now(decision) == before


def test_a_first_choice_that_comes_back_after_another_is_considered(decision: Decision) -> None:
    _do(remove_candidate, decision, "A")
    _do(set_role, decision, "B", role=FIRST)
    _do(bring_back_candidate, decision, "A")
    assert _now(decision)[0] == ("A", "c1", "considered")


def test_a_key_is_never_used_again(decision: Decision) -> None:
    _do(remove_candidate, decision, "C")
    assert factories.candidate(decision, "D").key == "c4"


def test_one_that_comes_back_after_its_key_was_taken_gets_a_new_one(decision: Decision) -> None:
    _do(remove_candidate, decision, "A")
    Candidate.objects.filter(name="C").update(key="c1")  # as an import does
    _do(bring_back_candidate, decision, "A")
    assert sorted(key for _, key, _ in _now(decision)) == ["c1", "c2", "c3"]


@pytest.mark.parametrize("action", [move_candidate, set_role, duplicate_candidate])
def test_what_was_removed_is_not_acted_on(decision: Decision, action: Any) -> None:
    more = {move_candidate: {"places": 1}, set_role: {"role": FIRST}}.get(action, {})
    _do(remove_candidate, decision, "B")
    before = _now(decision)
    with pytest.raises(Refused, match="removed in the meantime"):
        _do(action, decision, "B", **more)
    assert _now(decision) == before


def test_removing_and_bringing_back_twice_is_once(decision: Decision) -> None:
    for action in (remove_candidate, remove_candidate, bring_back_candidate, bring_back_candidate):
        _do(action, decision, "B")
    assert len(_now(decision)) == 3


def test_a_candidate_of_another_decision_is_not_acted_on(decision: Decision) -> None:
    foreign = factories.candidate(factories.decision(), "foreign")
    by = factories.owner_of(decision.project)
    with pytest.raises(Refused):
        set_role(by=by, decision=decision, candidate=foreign, role=CandidateRole.REJECTED)
    remove_candidate(by=by, decision=decision, candidate=foreign)
    foreign.refresh_from_db()
    assert (foreign.role, foreign.removed_at) == (FIRST, None)


def test_there_is_a_most(decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_CANDIDATES", 3)
    with pytest.raises(Refused, match="at most 3 candidates"):
        factories.candidate(decision)
    _do(remove_candidate, decision, "A")
    add_candidate(by=factories.owner_of(decision.project), decision=decision, name="D")
    with pytest.raises(Refused, match="at most 3 candidates"):
        _do(bring_back_candidate, decision, "A")
