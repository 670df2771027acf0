import pytest

from decisions.fit.judge import facts_used, judge, stage
from decisions.record.canonical import canonical_bytes
from decisions.record.content import content
from decisions.record.schema import CardTexts, Need, Record
from decisions.states import Fit, Ruling, Stage
from tests.fit.samples import READY_GPU, candidate, evidence, route

FIRST = candidate("c1", role="first_choice", runtime_id="transformers", name="sshleifer/tiny-gpt2")
RECORD = Record(need=Need(privacy="private_docs"), routes=(route(),), route="local_cpu", candidates=(FIRST,))


def test_an_empty_record_is_judged_and_is_a_plan():
    judged = judge(Record())
    assert (judged.cards, judged.judgements, judged.facts) == ((), (), ())
    assert stage(Record(), judged) is Stage.PLAN


def test_the_five_verdicts_come_in_the_order_of_fit():
    verdicts = judge(RECORD).of("c1").verdicts
    assert [verdict.fit for verdict in verdicts] == list(Fit)


def test_a_quick_start_shows_every_fit_as_unknown():
    record = Record(routes=(route(),), route="local_cpu", candidates=(FIRST,))
    assert {verdict.ruling for verdict in judge(record).of("c1").verdicts} == {Ruling.UNKNOWN}


def test_the_same_record_always_gives_the_same_bytes():
    once, again = (canonical_bytes(content(RECORD, judge(RECORD))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(("given", "expected"), [({}, Stage.PROVEN), ({"command": ""}, Stage.PLAN)])
def test_proven_only_with_all_evidence_of_the_first_choice(given, expected):
    first = FIRST.model_copy(update={"evidence": evidence(**given)})
    record = RECORD.model_copy(update={"candidates": (first,)})
    assert stage(record, judge(record)) is expected


def test_facts_are_named_once_in_order_with_digest_and_source():
    twice = (FIRST, FIRST.model_copy(update={"key": "c2", "role": "considered"}))
    facts = facts_used(RECORD.model_copy(update={"candidates": twice}))
    assert [(fact.kind, fact.id) for fact in facts] == [
        ("classes", "transformers"),
        ("model", "sshleifer/tiny-gpt2"),
        ("options", "transformers"),
        ("route", "local_cpu"),
        ("runtime", "transformers"),
    ]
    assert all(len(fact.digest) == 64 and fact.source and fact.date for fact in facts)


def test_the_tables_a_runtime_fit_looked_up_are_named():
    model = {"model_id": "Qwen/Qwen2.5-7B-Instruct", "quantization": "FP8"}
    served = candidate(runtime_id="vllm", model=model)
    gpu = route("rented_gpu", **READY_GPU)
    facts = facts_used(Record(routes=(gpu,), route="rented_gpu", candidates=(served,)))
    assert [(fact.kind, fact.id) for fact in facts if fact.kind not in ("route", "model")] == [
        ("capability", "vllm fp8"),
        ("classes", "vllm"),
        ("device", "NVIDIA L4"),
        ("options", "vllm"),
        ("runtime", "vllm"),
    ]
    assert all(len(fact.digest) == 64 and fact.source and fact.date for fact in facts)


def test_a_hosted_model_rests_on_no_table_of_a_runtime():
    there = candidate(runtime_id="vllm", model={"model_id": "Qwen/Qwen2.5-7B-Instruct"})
    facts = facts_used(Record(routes=(route("cloud_api"),), route="cloud_api", candidates=(there,)))
    assert not {fact.kind for fact in facts} & {"classes", "capability", "options", "device"}


def test_a_route_with_its_own_texts_rests_on_no_shipped_ones():
    own = CardTexts(**dict.fromkeys(CardTexts.model_fields, "ours"))
    record = Record(routes=(route().model_copy(update={"card": own}),))
    assert facts_used(record) == ()


def test_a_candidate_on_a_closed_route_says_so():
    record = RECORD.model_copy(update={"routes": (route("free_colab"),), "route": "free_colab"})
    closed = judge(record).of("c1").route_closed
    assert [statement.code for statement in closed] == ["card.candidate_on_closed", "card.private_notebook"]


def test_a_candidate_on_an_open_route_says_nothing():
    assert judge(RECORD).of("c1").route_closed == ()


def test_nothing_is_proven_on_a_closed_route():
    first = FIRST.model_copy(update={"evidence": evidence()})
    open_ = RECORD.model_copy(update={"candidates": (first,)})
    closed = open_.model_copy(update={"routes": (route("free_colab"),), "route": "free_colab"})
    assert stage(open_, judge(open_)) is Stage.PROVEN
    assert stage(closed, judge(closed)) is Stage.PLAN
