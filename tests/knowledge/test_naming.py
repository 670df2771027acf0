"""Other names of shipped models: found where they plainly are, and never mistaken for another shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.knowledge import architectures, models, ollama
from decisions.knowledge.naming import LONGEST, resolve


@pytest.mark.parametrize(
    ("text", "model_id", "quantization"),
    [
        ("unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit", "meta-llama/Llama-3.1-8B-Instruct", "NF4"),
        ("bartowski/google_gemma-3-4b-it-GGUF:Q4_K_M", "google/gemma-3-4b-it", "Q4_K_M"),
        ("bartowski/Qwen_Qwen3-8B-GGUF", "Qwen/Qwen3-8B", ""),
        ("google/gemma-3-12b-it-qat-q4_0-gguf", "google/gemma-3-12b-it", "Q4_0"),
        ("TheBloke/Llama-2-7B-Chat-AWQ", "meta-llama/Llama-2-7b-chat-hf", "AWQ"),
        ("Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8", "Qwen/Qwen2.5-7B-Instruct", "GPTQ_INT8"),
        ("lmstudio-community/Llama-3.3-70B-Instruct-GGUF", "meta-llama/Llama-3.3-70B-Instruct", ""),
        ("mlx-community/Qwen3-30B-A3B-4bit", "Qwen/Qwen3-30B-A3B", "MLX_4BIT"),
        ("RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic", "meta-llama/Llama-3.3-70B-Instruct", "FP8"),
        (
            "neuralmagic/Meta-Llama-3.1-8B-Instruct-quantized.w4a16",
            "meta-llama/Llama-3.1-8B-Instruct",
            "W4A16",
        ),
        ("nvidia/Llama-3.1-8B-Instruct-FP8", "meta-llama/Llama-3.1-8B-Instruct", "FP8"),
        ("hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "meta-llama/Llama-3.2-3B-Instruct", "Q4_K_M"),
        ("qwen2.5-7b-instruct-q4_k_m.gguf", "Qwen/Qwen2.5-7B-Instruct", "Q4_K_M"),
        ("llama3.1:8b-instruct-q4_K_M", "meta-llama/Llama-3.1-8B-Instruct", "Q4_K_M"),
        ("qwen2.5:7b", "Qwen/Qwen2.5-7B", ""),
        ("gemma3:27b", "google/gemma-3-27b-it", ""),
        ("microsoft/phi-1.5", "microsoft/phi-1_5", ""),
        ("mistralai/Mistral-Nemo-Base-2407", "mistralai/Mistral-Nemo-Instruct-2407", ""),
        ("deepseek-ai/DeepSeek-V3-Base", "deepseek-ai/DeepSeek-V3", ""),
    ],
)
def test_a_copy_or_a_sibling_is_taken_for_the_shipped_one(text, model_id, quantization):
    found = resolve(text)
    assert (found.taken_for, found.quantization) == (model_id, quantization)
    assert found.model == models.find(model_id)
    assert found.reason in ("copy", "sibling", "tag")


@pytest.mark.parametrize(
    ("text", "model_id", "quantization"),
    [
        ("mistral:7b", "mistralai/Mistral-7B-Instruct-v0.3", ""),
        ("mistral:7b-instruct-v0.2-q4_K_M", "mistralai/Mistral-7B-Instruct-v0.2", "Q4_K_M"),
        ("mixtral:8x7b", "mistralai/Mixtral-8x7B-Instruct-v0.1", ""),
        ("deepseek-r1:7b", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", ""),
        ("deepseek-r1:8b-llama-distill-q8_0", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "Q8_0"),
        ("deepseek-r1:671b", "deepseek-ai/DeepSeek-R1", ""),
        ("ollama.com/library/phi3:mini", "microsoft/Phi-3-mini-4k-instruct", ""),
        ("qwen3:30b-a3b-q4_K_M", "Qwen/Qwen3-30B-A3B", "Q4_K_M"),
        ("gemma3:4b-it-qat", "google/gemma-3-4b-it", ""),
        ("llama3.2", "meta-llama/Llama-3.2-3B-Instruct", ""),
        ("llama3.2:latest", "meta-llama/Llama-3.2-3B-Instruct", ""),
        ("granite3.3:8b", "ibm-granite/granite-3.3-8b-instruct", ""),
    ],
)
def test_a_name_of_ollamas_library(text, model_id, quantization):
    found = resolve(text)
    assert (found.taken_for, found.quantization) == (model_id, quantization)


def test_every_name_of_the_library_is_a_shipped_model():
    for row in ollama.shipped():
        assert row.latest in row.tags
        for tag, model_id in row.tags.items():
            assert models.find(model_id).id == model_id
            assert shape(resolve(f"{row.name}:{tag}").model.id) == shape(model_id), (row.name, tag)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "7b",
            "chat",
            "mistral",
            "mistral:8b",
            "llama3.1:9b",
            "phi3:tiny",
            "Qwen",
            "GGUF",
            "Q4_K_M",
            "/",
            "meta-llama/",
        ),
        *("huihui-ai/Llama-3.1-8B-Instruct-abliterated", "someone/Llama-3.1-8B-Instruct-lora"),
        *("cerebras/Qwen3-30B-A3B-REAP", "Llama-3.1-80B", "Llama-3.9-8B", "Qwen/Qwen3-8B-VL"),
        *("nvidia/gpt-oss-120b-Eagle3", "meta-llama/Llama-3.1-8B-Instruct-" + "GGUF-" * LONGEST),
    ],
)
def test_a_name_that_may_be_something_else_is_nobody(text):
    assert resolve(text).model is None
    assert resolve(text).taken_for is None


def test_siblings_of_two_shapes_are_ambiguous():
    """Granite's tuned models have three rows of vocabulary more than its base models."""
    assert resolve("someone/granite-3.1-8b").reason == "ambiguous"
    assert resolve("someone/granite-3.1-8b").model is None


def test_what_is_shipped_is_itself():
    for model in models.shipped():
        found = resolve(model.id)
        assert (found.model, found.taken_for, found.reason) == (model, None, "exact")


@pytest.mark.parametrize(
    "form", ["other/{}", "{}", "{}-GGUF", "x/{}-AWQ", "x/{}-bnb-4bit", "{}:Q4_K_M", "{}-it"]
)
def test_no_spelling_of_a_shipped_name_means_another_shape(form):
    for model in models.shipped():
        found = resolve(form.format(model.id.rsplit("/", 1)[-1])).model
        assert found is None or shape(found.id) == shape(model.id), model.id


def test_every_copy_of_a_shipped_model_is_found():
    lost = [
        model.id for model in models.shipped() if resolve(f"x/{model.id.split('/')[1]}-GGUF").model is None
    ]
    assert lost == []


@given(st.text(max_size=60) | st.from_regex(r"[a-z]{0,6}/?[a-z0-9.:_-]{0,30}"))
def test_any_text_is_answered(text):
    found = resolve(text)
    assert (found.model is None) is (found.reason in ("ambiguous", "unknown"))
    assert found.taken_for is None or found.model.id == found.taken_for


def shape(model_id):
    """The configuration without what may differ between copies of a shape."""
    found = architectures.find(model_id)
    if found is None:
        return model_id
    inner = found.config.get("text_config", {})
    return [part(found.config), part(inner)]


def part(config):
    passing = ("text_config", "torch_dtype", "quantization_config", architectures.CONTEXT)
    return {name: value for name, value in config.items() if name not in passing}
