"""What ships about a model, as values of a candidate's fields: facts and claims kept apart."""

import pytest

from decisions.fit.judge import facts_used
from decisions.fit.resolve import used
from decisions.fit.shipped import claims, facts, rests_on, row_for, still_open
from decisions.knowledge import models, runtimes
from decisions.record.schema import Candidate, LicenceNote, Model, ModelCardNote, Record
from tests.fit.samples import candidate, route

ROW = models.find("01-ai/Yi-1.5-6B-Chat")
assert ROW
NOTE = {"languages": ("en", "zh"), "modalities": ("text",), "context_tokens": 4096}


def of(candidates: Candidate) -> set[tuple[str, str]]:
    """The shipped facts a record with this candidate rests on."""
    return {(fact.kind, fact.id) for fact in facts_used(Record(candidates=(candidates,)))}


def test_a_claim_is_no_fact() -> None:
    assert {field for _, field in facts(ROW)} == {"model_id", "parameters", *NOTE}
    assert claims(ROW) == {("model_card", "tool_calling"): False, ("licence", "licence_id"): "apache-2.0"}
    for row in models.shipped():
        assert not set(facts(row)) & set(claims(row))


@pytest.mark.parametrize(
    ("note", "is_open"),
    [
        ({}, True),
        ({"limits": "makes things up"}, True),
        ({"source": f"{ROW.source} ({ROW.date})"}, True),
        ({"languages": ("fr",)}, False),
        ({"read_on": "2026-11-01"}, False),
        ({"source": "the model's page"}, False),
    ],
)
def test_only_what_is_empty_is_open(note: dict[str, object], is_open: bool) -> None:
    one = candidate(model_card=ModelCardNote(**note))
    place = ("model_card", "languages")
    assert (place in still_open(one, facts(ROW), ROW.source)) is is_open


@pytest.mark.parametrize(
    ("fields", "rests"),
    [
        ({}, False),
        ({"model": Model(model_id=ROW.id)}, False),
        ({"model": Model(parameters=ROW.parameters)}, True),
        ({"model": Model(parameters=1)}, False),
        ({"model_card": ModelCardNote(languages=("en", "zh"))}, True),
        ({"model_card": ModelCardNote(languages=("zh", "en"))}, False),
        ({"model_card": ModelCardNote(tool_calling=False)}, False),
        ({"licence": LicenceNote(licence_id="apache-2.0")}, False),
    ],
)
def test_a_candidate_rests_on_facts_it_still_holds(fields: dict[str, object], rests: bool) -> None:
    assert rests_on(candidate(**fields), ROW) is rests


def test_facts_that_filled_a_candidate_are_named_until_it_says_something_else() -> None:
    filled = candidate(model=Model(model_id=ROW.id, parameters=ROW.parameters), model_card=NOTE)
    assert of(filled) == {("model", ROW.id)}
    assert facts_used(Record(candidates=(filled,))) == (used(ROW),)
    rewritten = {"model": Model(model_id=ROW.id, parameters=6_000_000_000), "model_card": ModelCardNote()}
    assert of(filled.model_copy(update=rewritten)) == set()


def test_a_rejected_candidate_still_says_where_its_values_come_from() -> None:
    rejected = candidate(role="rejected", name=ROW.id, model=Model(parameters=ROW.parameters))
    assert of(rejected) == {("model", ROW.id)}


def test_the_runtime_is_the_one_that_is_judged() -> None:
    api = row_for(candidate(), route("cloud_api"), "runtime")
    assert api == runtimes.find("cloud_api")
    assert facts(api) == {("candidate", "runtime_id"): "cloud_api", ("candidate", "runtime"): api.name}
    assert claims(api) == {}
    assert row_for(candidate(runtime="vLLM, later SGLang"), None, "runtime") == runtimes.find("vllm")
    assert row_for(candidate(), None, "runtime") is None
