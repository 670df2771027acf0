import pytest

from decisions.fit.judge import judge
from decisions.fit.premature import size_text
from decisions.fit.resolve import parameters_of
from decisions.record.schema import Model, Need, Record, Tried, Why
from decisions.states import CandidateRole
from tests.fit.samples import READY_GPU, candidate, card_note, route

ALL_TRIED = Tried(prompt="a", rag="b", output_schema="c", quantization="d")
SMALL = candidate("c1", runtime_id="transformers", model=Model(parameters=500_000_000))
LARGE = candidate("c2", name="Large model", runtime_id="transformers", model=Model(parameters=7_600_000_000))
GPU = route("rented_gpu", **READY_GPU)
LARGER_GPU = route("own_server", **{**READY_GPU, "vram_gib": "80"})


def codes(*candidates, key="c2", need=None, tried=None):
    record = Record(
        need=Need(**(need or {})),
        routes=(GPU, LARGER_GPU),
        route=GPU.code,
        candidates=candidates,
        why=Why(tried=tried or Tried()),
    )
    return [said.code for said in judge(record).of(key).premature]


def test_a_larger_model_is_premature_while_a_smaller_one_is_open():
    assert codes(SMALL, LARGE) == ["premature.model"]
    assert codes(SMALL, LARGE, key="c1") == []


def test_no_step_up_is_premature_once_all_was_tried():
    assert codes(SMALL, LARGE, tried=ALL_TRIED) == []


def test_the_statement_names_sizes_and_what_was_not_tried():
    record = Record(candidates=(SMALL, LARGE), why=Why(tried=Tried(prompt="done")))
    text = judge(record).of("c2").premature[0].text
    assert text == (
        "Premature: 7.6 B parameters, where Small model with 500 M is still open. "
        "Not tried yet: RAG, Output schema, Quantization."
    )


def test_a_smaller_model_the_need_rules_out_makes_no_step_up():
    small = SMALL.model_copy(update={"model_card": card_note(context_tokens=2048)})
    assert codes(small, LARGE, need={"context_tokens": 32000}) == []


def test_a_rejected_smaller_model_does_not_count_and_a_rejected_larger_one_is_no_step():
    rejected = {"role": CandidateRole.REJECTED}
    assert codes(SMALL.model_copy(update=rejected), LARGE) == []
    assert codes(SMALL, candidate("c2", **rejected, model=Model(parameters=10**10))) == []


@pytest.mark.parametrize(
    ("need", "expected"),
    [({}, ["premature.serving"]), ({"needs_service": True}, []), ({"purpose": "serving"}, [])],
)
def test_a_serving_runtime_is_premature_unless_an_endpoint_is_asked_for(need, expected):
    assert codes(candidate("c2", runtime_id="vllm"), need=need) == expected


def test_a_larger_gpu_is_premature():
    small, large = candidate("c1"), candidate("c2", route=LARGER_GPU.code)
    assert codes(small, large) == ["premature.gpu"]


def test_a_smaller_gpu_that_cannot_hold_the_model_makes_no_step_up():
    small = candidate("c1", memory_needed_gib="40")
    large = candidate("c2", memory_needed_gib="40", route=LARGER_GPU.code)
    assert codes(small, large) == []


@pytest.mark.parametrize("name", ["7B with LoRA", "full fine-tuning", "QLoRA adapter"])
def test_fine_tuning_is_premature(name):
    assert codes(candidate("c2", name=name)) == ["premature.tuning"]


def test_shipped_sizes_are_used_where_none_is_stated():
    small = candidate("c1", name="Qwen2.5-0.5B-Instruct")
    assert codes(small, candidate("c2", name="Qwen2.5-7B-Instruct")) == ["premature.model"]


@pytest.mark.parametrize(("size", "text"), [(102_714, "103 k"), (494_032_768, "494 M"), (999, "999")])
def test_sizes_read_as_people_say_them(size, text):
    assert size_text(size) == text


def test_a_model_of_the_same_size_is_no_step_up():
    assert codes(SMALL, SMALL.model_copy(update={"key": "c2"})) == []


def test_a_copy_has_as_many_weights_as_what_it_is_a_copy_of():
    copy = candidate(name="unsloth/Qwen3-8B-GGUF")
    assert parameters_of(copy) == parameters_of(candidate(name="Qwen/Qwen3-8B"))
    assert parameters_of(candidate(name="Our own model")) is None
