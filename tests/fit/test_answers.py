"""The questions every runtime is asked: what is found, whether it counts, and what it rests on."""

import json

import pytest

from decisions.fit.answers import AT_ONCE, answers_of
from decisions.fit.texts.answers import QUESTIONS
from decisions.knowledge import options
from decisions.knowledge.runtimes import find
from decisions.record.schema import Candidate, Need
from decisions.states import Ruling
from tests.fit.samples import READY_GPU, candidate, route

GPU = route("rented_gpu", **READY_GPU)
MODEL = "Qwen/Qwen2.5-7B-Instruct"


def asked(runtime_id: str, question: str, need: dict | None = None, where=GPU, **model: str):
    one = candidate(runtime_id=runtime_id, model={"model_id": MODEL, **model})
    answers = answers_of(Need(**(need or {})), where, one, find(runtime_id))
    return next(answer for answer in answers if answer.question == question)


@pytest.mark.parametrize("runtime_id", AT_ONCE)
def test_every_question_is_answered_in_order_with_a_source(runtime_id):
    one = candidate(runtime_id=runtime_id, model={"model_id": MODEL})
    answers = answers_of(Need(), GPU, one, find(runtime_id))
    assert [answer.question for answer in answers] == list(QUESTIONS)
    for answer in answers:
        assert answer.facts
        assert all(fact.source and fact.date and len(fact.digest) == 64 for fact in answer.facts)


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("endpoint", {"needs_service": True}),
        ("shape", {"structured_output": "json"}),
        ("tools", {"task_kinds": ["tool_calling"]}),
        ("inputs", {"task_kinds": ["multimodal"]}),
        ("lora", {"needs_lora": True}),
        ("concurrency", {"concurrent_requests": 2}),
    ],
)
def test_only_what_the_need_asks_for_counts(question, need):
    assert asked("vllm", question, need).asked
    assert not asked("vllm", question).asked


@pytest.mark.parametrize(
    ("runtime_id", "quantization", "ruling", "code"),
    [
        ("llama_cpp", "Q4_K_M", Ruling.FITS, "answer.quantization_yes"),
        ("vllm", "Q4_K_M", Ruling.DOES_NOT_FIT, "answer.quantization_other"),
        ("vllm", "Q2_K", Ruling.DOES_NOT_FIT, "answer.quantization_no"),
        ("transformers", "Q4_K_M", Ruling.UNKNOWN, "answer.quantization_unsized"),
        ("llama_cpp", "FP8", Ruling.DOES_NOT_FIT, "answer.quantization_other"),
        ("vllm", "AWQ", Ruling.FITS, "runtime.capability_yes"),
        ("vllm", "", Ruling.FITS, "answer.quantization_published"),
        ("vllm", "our own mix", Ruling.UNKNOWN, "answer.quantization_unread"),
    ],
)
def test_quantizations(runtime_id, quantization, ruling, code):
    found = asked(runtime_id, "quantization", quantization=quantization)
    assert (found.ruling, found.check.finding.code) == (ruling, code)


def test_an_old_gpu_rules_a_quantization_out():
    old = route("rented_gpu", **{**READY_GPU, "device": "NVIDIA T4 (Colab free tier)"})
    found = asked("sglang", "quantization", where=old, quantization="FP8")
    assert (found.ruling, found.check.finding.code) == (Ruling.DOES_NOT_FIT, "runtime.capability_no")
    assert [(fact.kind, fact.id) for fact in found.facts] == [
        ("runtime", "sglang"),
        ("capability", "sglang fp8"),
        ("device", "NVIDIA T4 (Colab free tier)"),
    ]


def test_the_class_of_a_pasted_configuration_is_looked_up():
    def of(classes):
        config = json.dumps({"architectures": classes})
        one = Candidate(key="c1", name="x", runtime_id="vllm", sizing={"config": config})
        return answers_of(Need(), GPU, one, find("vllm"))[0]

    assert of(["Qwen3ForCausalLM"]).check.finding.code == "answer.class_yes"
    assert of(["NobodysForCausalLM"]).check.finding.code == "runtime.model_open"
    assert of([]).check.finding.code == "answer.class_unknown"


@pytest.mark.parametrize(
    ("runtime_id", "device", "code"),
    [
        ("vllm", "Apple M4 Max", "runtime.maker_open"),
        ("llama_cpp", "Apple M4 Max", "answer.starts_anywhere"),
        ("sglang", "Intel Arc B580", "runtime.maker_open"),
        ("vllm", "NVIDIA L4", "runtime.gpu_yes"),
    ],
)
def test_makers_that_a_runtime_does_not_name_are_open(runtime_id, device, code):
    where = route("rented_gpu", **{**READY_GPU, "device": device})
    assert asked(runtime_id, "hardware", where=where).check.finding.code == code


def test_the_options_for_several_requests_are_in_the_tables():
    for runtime_id, option in AT_ONCE.items():
        table = options.shipped()[runtime_id]
        known = {
            flag for command in table.commands.values() for each in command.options for flag in each.flags
        }
        assert option in known | set(table.environment)
