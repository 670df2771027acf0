"""Runtime fit by the model's class, the GPU's age and the format a quantization comes in."""

import pytest

from decisions.fit import class_lists, model_class, runtime
from decisions.knowledge import model_classes
from decisions.knowledge.capabilities import as_number
from decisions.record.schema import Need
from decisions.states import Ruling
from tests.fit.samples import READY_GPU, candidate, route

LLAMA = {"model": {"model_id": "meta-llama/Llama-3.1-8B-Instruct"}}


def codes(runtime_id: str, where=None, need: dict | None = None, **fields) -> set[str]:
    verdict = runtime.judge(Need(**(need or {})), where, candidate(runtime_id=runtime_id, **fields))
    return {each.code for each in verdict.details}


@pytest.mark.parametrize("runtime_id", ["transformers", "ollama", "lm_studio", "llama_cpp", "vllm", "sglang"])
def test_every_runtime_has_code_for_llama(runtime_id):
    assert model_class.classes_of(candidate(**LLAMA)) == ("LlamaForCausalLM",)
    assert class_lists.has_code(runtime_id, ("LlamaForCausalLM",))
    assert not [code for code in codes(runtime_id, **LLAMA) if code.startswith("runtime.model")]


def test_a_model_nobody_knows_is_not_spoken_of():
    found = codes("vllm", name="A model nobody knows")
    assert not [code for code in found if code.startswith("runtime.model")]


@pytest.mark.parametrize(
    ("runtime_id", "model", "ruling", "code"),
    [
        ("llama_cpp", "NewForCausalLM", Ruling.DOES_NOT_FIT, "runtime.model_no"),
        ("vllm", "Phi3SmallForCausalLM", Ruling.DOES_NOT_FIT, "runtime.model_removed"),
        ("vllm", "NewForCausalLM", Ruling.UNKNOWN, "runtime.model_open"),
        ("sglang", "NewForCausalLM", Ruling.UNKNOWN, "runtime.model_open"),
        ("ollama", "NewForCausalLM", Ruling.UNKNOWN, "runtime.model_open"),
    ],
)
def test_a_class_without_code(monkeypatch, runtime_id, model, ruling, code):
    monkeypatch.setattr(model_class, "classes_of", lambda one: (model,))
    where = route("rented_gpu", **READY_GPU)
    verdict = runtime.judge(Need(needs_service=True), where, candidate(runtime_id=runtime_id))
    assert (verdict.ruling, verdict.reason.code) == (ruling, code)


def test_a_class_known_for_text_only_takes_no_pictures():
    need = {"task_kinds": ["multimodal"]}
    assert "runtime.model_text_only" in codes("llama_cpp", need=need, **LLAMA)
    assert "runtime.model_text_only" not in codes("llama_cpp", **LLAMA)


@pytest.mark.parametrize(
    ("runtime_id", "device", "quantization", "code"),
    [
        ("vllm", "T4", "BF16", "runtime.capability_no"),
        ("vllm", "T4", "AWQ", "runtime.capability_yes"),
        ("sglang", "T4", "FP8", "runtime.capability_no"),
        ("sglang", "L4", "FP8", "runtime.capability_yes"),
    ],
)
def test_a_gpu_is_new_enough_for_a_quantization_or_not(runtime_id, device, quantization, code):
    where = route("rented_gpu", **{**READY_GPU, "device": device})
    model = {"model_id": "org/unknown", "quantization": quantization}
    assert code in codes(runtime_id, where, model=model)


def test_an_unknown_gpu_is_not_judged_by_its_age():
    where = route("rented_gpu", **{**READY_GPU, "device": "A GPU nobody knows"})
    found = codes("vllm", where, model={"model_id": "org/unknown", "quantization": "FP8"})
    assert not [code for code in found if "capability" in code]


def test_versions_are_compared_as_numbers():
    assert as_number("10.0") > as_number("8.9") > as_number("8.0")


@pytest.mark.parametrize(
    ("runtime_id", "quantization", "code"),
    [
        ("vllm", "Q4_K_M", "runtime.format_no"),
        ("vllm", "NF4", "runtime.format_no"),
        ("llama_cpp", "AWQ", "runtime.format_no"),
        ("llama_cpp", "Q4_K_M", "runtime.format_yes"),
        ("sglang", "NF4", "runtime.format_yes"),
        ("transformers", "GPTQ 4-bit", "runtime.format_yes"),
    ],
)
def test_a_quantization_with_one_format_says_it(runtime_id, quantization, code):
    assert code in codes(runtime_id, model={"model_id": "org/unknown", "quantization": quantization})


def test_types_have_their_classes():
    assert model_classes.classes_of("qwen3_moe") == ("Qwen3MoeForCausalLM",)
    assert model_classes.classes_of("exaone") == ("ExaoneForCausalLM",)
    assert model_classes.classes_of("no such type") == ()
