import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.knowledge import devices, models, routes, runtimes


def ids(text: str, limit: int = 20) -> list[str]:
    return [model.id for model in models.search(text, limit)]


@pytest.mark.parametrize(
    "text", ["Qwen/Qwen2.5-0.5B-Instruct", " qwen/qwen2.5-0.5b-instruct ", "Qwen2.5-0.5B-Instruct"]
)
def test_a_model_is_found_by_id_or_name(text):
    found = models.find(text)
    assert found is not None
    assert (found.id, found.parameters) == ("Qwen/Qwen2.5-0.5B-Instruct", 494_032_768)


@pytest.mark.parametrize("text", ["", "7B instruct model", "Qwen"])
def test_a_vague_name_finds_no_model(text):
    assert models.find(text) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("qwen2.5 0.5b instruct", "Qwen/Qwen2.5-0.5B-Instruct"),
        ("tiny-gpt2", "sshleifer/tiny-gpt2"),
        ("GPT2", "openai-community/gpt2"),
        ("llama 3.1 8b", "meta-llama/Llama-3.1-8B"),
        ("phi-4", "microsoft/phi-4"),
    ],
)
def test_search_puts_the_closest_first(text, first):
    assert ids(text)[0] == first


def test_a_part_at_the_start_of_a_word_comes_before_one_inside():
    found = ids("qwen 7b")
    assert found.index("Qwen/Qwen2.5-7B") < found.index("Qwen/Qwen3-1.7B")


def test_search_is_limited_and_empty_for_nothing():
    assert len(ids("instruct", 5)) == 5
    assert ids("") == ids("  ") == ids("no-such-model-anywhere") == []


@given(st.text(max_size=30))
def test_search_takes_any_text(text):
    assert len(models.search(text)) <= 20


def test_devices_are_found_and_searched():
    assert devices.find("nvidia l4").memory_gib == (24,)
    assert devices.search("4090")[0].name == "GeForce RTX 4090"
    assert [device.name for device in devices.search("l4")] == ["NVIDIA L4", "NVIDIA L40", "NVIDIA L40S"]


def test_a_team_kind_has_no_shipped_route():
    assert routes.of_kind("team") is None
    assert routes.of_kind("free_colab").traits["is_notebook"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("vllm", "vllm"), ("vLLM", "vllm"), (" LLAMA.CPP ", "llama_cpp"), ("lm studio", "lm_studio")],
)
def test_a_runtime_is_found_by_id_or_name(text, found):
    assert runtimes.find(text).id == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("vLLM when GPU is available, Transformers for first local test", ["vllm", "transformers"]),
        ("vLLM or SGLang on rented GPU", ["vllm", "sglang"]),
        ("llama.cpp/Ollama, then LM Studio", ["llama_cpp", "ollama", "lm_studio"]),
        ("GPU があれば vLLM、最初は Transformers", ["vllm", "transformers"]),
        ("Ollama, ollama again", ["ollama"]),
        ("ollamas and myvllm", []),
        ("", []),
    ],
)
def test_runtimes_named_in_a_text_come_in_order_of_mention(text, named):
    assert [runtime.id for runtime in runtimes.named_in(text)] == named
