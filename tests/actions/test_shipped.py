"""Shipped facts taken over into a candidate: what is empty is filled, nothing is overwritten."""

from datetime import date

import pytest

from decisions.actions.candidates import remove_candidate
from decisions.actions.refusal import Refused
from decisions.actions.shipped import UNSAID, take_facts, values_for
from decisions.knowledge import models
from decisions.models import Candidate, Decision
from tests import factories

pytestmark = pytest.mark.django_db
MODEL = "01-ai/Yi-1.5-6B-Chat"
ROW = models.find(MODEL)
assert ROW


@pytest.fixture
def decision() -> Decision:
    """A decision with a candidate whose model id was typed later."""
    made = factories.decision()
    one = factories.candidate(made, "Our small one", runtime="vLLM when there is a GPU")
    return factories.edited(made, one, model_id=MODEL)


def _one(decision: Decision) -> Candidate:
    return factories.loaded(decision).live_candidates[0]


def _take(decision: Decision, about: str = "model", row_id: str = MODEL, **more: object) -> list[str]:
    by = factories.owner_of(decision.project)
    given = {"about": about, "row_id": row_id, "typed": ()} | more
    places = take_facts(by=by, decision=decision, candidate=_one(decision), **given)
    return [f"{part}.{field}" for part, field in places]


def test_everything_empty_is_filled(decision: Decision) -> None:
    filled = {"languages", "modalities", "context_tokens", "source", "reader"}
    expected = {"candidate.parameters", "licence.source", *(f"model_card.{name}" for name in filled)}
    assert set(_take(decision)) == expected
    one = _one(decision)
    assert (one.parameters, one.name) == (ROW.parameters, "Our small one")
    assert (one.model_card.languages, one.model_card.context_tokens) == (["en", "zh"], 4096)
    assert (one.model_card.reader, one.model_card.read_on) == ("shipped facts", None)
    assert _take(decision) == []


def test_a_claim_fills_no_field_and_is_kept_as_a_claim(decision: Decision) -> None:
    _take(decision)
    one, source = _one(decision), f"{ROW.source} ({ROW.date})"
    assert (one.model_card.tool_calling, one.licence.licence_id) == (None, "")
    assert one.model_card.source == f"{source}; only claimed there: tool calling no"
    assert one.licence.source == f"{source}; only claimed there: licence apache-2.0"


def test_what_somebody_wrote_stays(decision: Decision) -> None:
    decision = factories.edited(decision, _one(decision), parameters=7)
    note = {"languages": ["fr"], "limits": "names", "reader": "A. Reader"}
    decision = factories.edited(decision, _one(decision).model_card, **note)
    assert "candidate.parameters" not in _take(decision)
    one = _one(decision)
    assert (one.parameters, one.model_card.languages, one.model_card.reader) == (7, ["fr"], "A. Reader")
    assert one.model_card.modalities == ["text"]
    assert one.model_card.source.startswith("takes in, stated context, tokens: llmfit")


@pytest.mark.parametrize("read", [{"read_on": date(2026, 5, 2)}, {"source": "the model's page"}])
def test_what_somebody_read_elsewhere_is_left_alone(decision: Decision, read: dict[str, object]) -> None:
    for note in ("model_card", "licence"):
        decision = factories.edited(decision, getattr(_one(decision), note), **read)
    assert _take(decision) == ["candidate.parameters"]


def test_a_field_somebody_is_writing_in_is_left_alone(decision: Decision) -> None:
    typed = [("candidate", "parameters"), ("model_card", "languages"), ("licence", "source")]
    assert not {"candidate.parameters", "model_card.languages", "licence.source"} & set(
        _take(decision, typed=typed)
    )
    assert (_one(decision).parameters, _one(decision).model_card.languages) == (None, [])


def test_the_runtime_that_a_text_names(decision: Decision) -> None:
    assert _take(decision, "runtime", "vllm") == ["candidate.runtime_id"]
    assert (_one(decision).runtime_id, _one(decision).runtime) == ("vllm", "vLLM when there is a GPU")
    assert _one(decision).runtime_version == ""  # which version will run is for people to say


def test_a_runtime_that_was_only_chosen_is_named(decision: Decision) -> None:
    factories.edited(decision, _one(decision), runtime="", runtime_id="ollama")
    assert _take(decision, "runtime", "ollama") == ["candidate.runtime"]
    assert _one(decision).runtime == "Ollama"


@pytest.mark.parametrize(
    ("about", "row_id"),
    [("model", "Qwen/Qwen2.5-7B-Instruct"), ("runtime", "ollama"), ("", ""), ("x", MODEL)],
)
def test_other_facts_than_those_shown_are_refused(decision: Decision, about: str, row_id: str) -> None:
    with pytest.raises(Refused, match="Look at them again"):
        _take(decision, about, row_id)
    assert _one(decision).parameters is None


def test_a_removed_candidate_is_not_filled(decision: Decision) -> None:
    one, by = _one(decision), factories.owner_of(decision.project)
    remove_candidate(by=by, decision=decision, candidate=one)
    with pytest.raises(Refused, match="removed in the meantime"):
        take_facts(by=by, decision=decision, candidate=one, about="model", row_id=MODEL, typed=())


def test_who_takes_them_over_is_an_editor_of_the_draft(decision: Decision) -> None:
    member = factories.member(decision.project)
    given = {"decision": decision, "candidate": _one(decision), "about": "model", "row_id": MODEL}
    assert take_facts(by=member, typed=(), **given)
    assert decision.draft_editors.filter(person=member).exists()


def test_adding_and_taking_over_fill_the_same(decision: Decision) -> None:
    _take(decision)
    added = factories.candidate(decision, MODEL)
    for part in ("model_card", "licence"):
        assert getattr(_one(decision), part).to_part() == getattr(added, part).to_part()
    assert (added.model_id, added.parameters) == (MODEL, ROW.parameters)


def test_every_shipped_row_fits_its_fields() -> None:
    for row in models.shipped():
        for (_part, field), value in values_for(UNSAID, row).items():
            assert value not in (None, "", []), (row.id, field)
            assert len(str(value)) <= 300, (row.id, field)
