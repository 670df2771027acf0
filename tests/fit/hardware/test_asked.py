"""Requests by name, and each thing that may be wrong with one in words."""

import math
from dataclasses import replace

import pytest

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.architecture import TAKEN_FOR
from decisions.fit.hardware.asked import KEYS, read_asked
from decisions.fit.hardware.asked_device import device_memory
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB
from decisions.fit.hardware.sizing import estimate
from decisions.states import Ruling

CONFIG = {
    "model_type": "llama",
    "num_hidden_layers": 2,
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": 1000,
    "max_position_embeddings": 2048,
    "tie_word_embeddings": False,
}
REQUEST = {"config": CONFIG, "runtime": "llama.cpp", "quant": "Q8_0"}


def test_every_key_has_its_place():
    found = read_asked(
        REQUEST
        | {
            "context": 1000,
            "parallel": 3,
            "kv_dtype": "q8_0",
            "device": "RTX 4090",
            "devices": 2,
            "ubatch": 128,
        }
        | {"flash_attn": "off", "kv_unified": True, "swa_full": True, "n_outputs_max": 1, "n_batch": 256}
        | {"gpu_layers": 0, "used_gib": 1.5, "memory_fraction": 0.5, "kv_budget_bytes": 1 << 30}
        | {"lora_rank": 8, "loras": 2, "draft": "Qwen/Qwen3-0.6B:Q8_0", "vision": "on"}
    ).setting
    assert (found.runtime, found.quantization, found.context_tokens) == ("llama_cpp", "Q8_0", 1000)
    assert (found.parallel, found.kv_dtype, found.ubatch_tokens) == (3, "q8_0", 128)
    assert (found.flash_attention, found.kv_unified, found.swa_full) == (False, True, True)
    assert (found.outputs, found.batch_tokens, found.gpu_layers) == (1, 256, 0)
    assert (found.device.count, found.device.used_bytes) == (2, int(1.5 * GIB))
    assert (found.memory_fraction, found.kv_budget_bytes) == (0.5, GIB)
    assert (found.lora_rank, found.loras, found.vision) == (8, 2, True)
    assert (found.draft.name, found.draft.quantization) == ("Qwen/Qwen3-0.6B", "Q8_0")


def test_what_is_left_out_follows_the_runtime_and_the_model():
    found = read_asked(REQUEST | {"context": None}).setting
    assert found.context_tokens == 2048  # all that this model takes
    assert (found.device, found.flash_attention, found.parallel) == (None, None, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contxt": 5}, "“contxt” is not known"),
        ({"runtime": "tensorrt"}, "No runtime is called “tensorrt”"),
        ({"draft": "nobody/nothing:Q4_0"}, "No shipped model is called “nobody/nothing”; a draft model"),
        ({"draft": "Qwen/Qwen3-0.6B:AWQ"}, "The draft model cannot be had in “AWQ” here"),
        ({"draft": 5}, "“draft” must be a text"),
        ({"lora_rank": 0}, "“lora_rank” must be a whole number, 1 or more; it is 0"),
        ({"gpu_layers": -1}, "“gpu_layers” must be a whole number, 0 or more; it is -1"),
        ({"loras": "two"}, "“loras” must be a whole number"),
        ({"vision": "perhaps"}, "“vision” must be true or false"),
        ({"runtime": 5}, "“runtime” must be a text; it is 5"),
        ({"context": 0}, "“context” must be a whole number, 1 or more; it is 0"),
        ({"context": "8k"}, "“context” must be a whole number, 1 or more; it is 8k"),
        ({"parallel": True}, "“parallel” must be a whole number, 1 or more; it is True"),
        ({"parallel": 1.5}, "“parallel” must be a whole number, 1 or more; it is 1.5"),
        ({"flash_attn": 1}, "“flash_attn” must be true or false; it is 1"),
        ({"device": "cpu", "memory_gib": -1}, "“memory_gib” must be a number of zero or more; it is -1"),
        ({"device": "cpu", "memory_gib": float("nan")}, "“memory_gib” must be a number"),
        ({"memory_fraction": 7}, "“memory_fraction” must lie between 0.05 and 1; it is 7"),
        ({"device": [1]}, "“device” must be a text; it is […]"),
    ],
)
def test_what_is_wrong_is_named(change, words):
    with pytest.raises(Unsizable) as refused:
        read_asked(REQUEST | change)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("name", "words", "count"),
    [
        ("A card nobody sells", "No shipped device is called “A card nobody sells”", 1),
        ("4x A card nobody sells", "No shipped device is called “A card nobody sells”", 4),
        ("Apple M4 Max", "is sold with", 1),
        ("RTX 3060", "“RTX 3060” is sold with 8, 12 GiB; say which, as in “RTX 3060 8GB”", 1),
    ],
)
def test_a_device_of_which_only_the_name_is_known_has_no_room(name, words, count):
    """All else is answered, with a note; so is a line of a batch whose card nobody here knows."""
    asked = read_asked({"model": "Qwen/Qwen3-8B", "runtime": "vllm", "device": name})
    found = as_values(estimate(asked.architecture, asked.setting))
    assert asked.setting.device.count == count
    assert words in asked.notes[0].text
    assert (found["verdict"], found["missing"]) == ("unknown", ["device_memory"])
    assert found["weights_bytes"] > 15 * GIB
    with pytest.raises(Unsizable, match="sold with|No shipped device"):
        device_memory(asked.setting.device.name)


@pytest.mark.parametrize(
    ("name", "gib"),
    [("RTX 3070 16GB", 16), ("RTX 4090 48 GiB", 48), ("H100 MIG 40GB", 40), ("ours (24GB)", 24)],
)
def test_a_card_that_nobody_sells_with_the_size_it_says(name, gib):
    assert device_memory(name).total_bytes == gib * GIB


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "No model is named"),
        ({"model": "nobody/knows"}, "No shipped model is called “nobody/knows”"),
        ({"model": 5}, "“model” must be a text"),
        ({"config": "{"}, "not JSON"),
        ({"config": []}, "no object with named fields"),
        ({"config": 5}, "no object with named fields"),
        ({"model": "x" * 500}, "…”"),
    ],
)
def test_a_request_without_a_model_that_can_be_sized(values, words):
    with pytest.raises(Unsizable) as refused:
        read_asked(values)
    assert words in str(refused.value)


def test_a_device_by_any_name_and_a_stated_size():
    assert device_memory("cpu", memory_gib=32).total_bytes == 32 * GIB
    assert device_memory("cpu").total_bytes is None
    assert device_memory("Apple M4 Max 64GB").total_bytes == 64 * GIB
    assert device_memory("ours", 2, 48).total_bytes == 48 * GIB
    stated = device_memory("RTX 4090", 1, 20)
    assert (stated.total_bytes, stated.usable_bytes) == (20 * GIB, None)
    assert stated.bandwidth_bytes_per_s > 1e12
    assert device_memory("RTX 3060", memory_gib=12).name == "GeForce RTX 3060 12GB"
    laptop = device_memory("NVIDIA GeForce RTX 4090 Laptop GPU")
    assert (laptop.total_bytes, laptop.bandwidth_bytes_per_s) == (16 * GIB, 576e9)


def test_the_keys_are_those_of_the_documentation():
    assert len(KEYS) == len(set(KEYS))


@pytest.mark.parametrize(
    ("name", "shipped", "stored"),
    [
        ("Qwen/Qwen2.5-1.5B-Instruct-AWQ", "Qwen/Qwen2.5-1.5B-Instruct", "awq"),
        ("somebody/Qwen3-8B-GGUF", "Qwen/Qwen3-8B", ""),
        ("Qwen/Qwen3.8-27B-FP8", "Qwen/Qwen3.8-27B", "fp8"),
        ("x/gpt-oss-20b-BF16", "openai/gpt-oss-20b", ""),
    ],
)
def test_a_copy_in_another_format_has_the_shape_of_the_model_and_says_so(name, shipped, stored):
    found, expected = (read_asked({"model": one}).architecture for one in (name, shipped))
    assert found.unknown == (*expected.unknown, TAKEN_FOR)
    assert found.source_quantization == stored
    assert found.layers == expected.layers


def test_a_copy_is_sized_by_the_shape_of_its_original_and_says_so():
    found = read_asked({"model": "unsloth/Llama-3.1-8B-Instruct-GGUF:Q4_K_M"})
    exact = read_asked({"model": "meta-llama/Llama-3.1-8B-Instruct"})
    assert found.taken_for == "meta-llama/Llama-3.1-8B-Instruct"
    assert replace(found.architecture, unknown=()) == exact.architecture
    assert found.architecture.unknown == (TAKEN_FOR,)
    assert "meta-llama/Llama-3.1-8B-Instruct" in found.notes[0].text
    assert (exact.taken_for, exact.notes, exact.architecture.unknown) == (None, (), ())
    assert {line.basis for line in estimate(found.architecture, found.setting).lines} == {Basis.ASSUMED}


@pytest.mark.parametrize(
    ("values", "quantization"),
    [
        ({"model": "x/Qwen3-8B-GGUF:Q5_K_M"}, "Q5_K_M"),
        ({"model": "x/Qwen3-8B-GGUF:Q5_K_M", "quant": "Q8_0"}, "Q8_0"),
        ({"model": "x/Qwen3-8B-GGUF:Q5_K_M", "runtime": "vllm"}, ""),
        ({"model": "x/Qwen3-8B-AWQ", "runtime": "vllm"}, ""),
        ({"model": "x/Qwen3-8B-AWQ"}, ""),
        ({"model": "x/Qwen3-8B"}, ""),
    ],
)
def test_a_name_says_the_quantization_where_nobody_else_does(values, quantization):
    assert read_asked(values).setting.quantization == quantization


def test_a_bare_name_is_ollamas_where_ollama_is_asked():
    """Ollama's deepseek-r1 is eight billions; elsewhere the name is that of the large model."""
    small = read_asked({"model": "deepseek-r1", "runtime": "ollama", "quant": "Q4_K_M"})
    large = read_asked({"model": "deepseek-r1", "runtime": "vllm"})
    assert small.taken_for == "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B"
    assert (large.taken_for, len(large.architecture.layers)) == (None, 61)
    assert read_asked({"model": "mistral", "runtime": "ollama"}).taken_for.endswith("Instruct-v0.3")


@pytest.mark.parametrize(
    ("given", "name", "count"),
    [
        ({"device": "2x RTX 3090"}, "GeForce RTX 3090", 2),
        ({"device": "RTX 3090 x4", "devices": 2}, "GeForce RTX 3090", 2),
        ({"devices": 2}, "", 2),
    ],
)
def test_how_many_devices_there_are(given, name, count):
    device = read_asked({"model": "Qwen/Qwen3-8B", "runtime": "vllm", **given}).setting.device
    assert (device.name, device.count) == (name, count)


def test_a_size_needs_no_name():
    asked = read_asked(REQUEST | {"memory_gib": 24, "used_gib": 1})
    device = asked.setting.device
    assert (device.name, device.count, device.total_bytes, device.used_bytes) == ("", 1, 24 * GIB, GIB)
    assert as_values(estimate(asked.architecture, asked.setting))["verdict"] == "fits"


def test_several_devices_without_a_name_divide_a_model():
    found = {}
    for count in (1, 2):
        asked = read_asked({"model": "meta-llama/Meta-Llama-3-8B", "runtime": "vllm", "devices": count})
        found[count] = as_values(estimate(asked.architecture, asked.setting))
    one, half = (found[count]["per_device"]["weights_bytes"] for count in (1, 2))
    assert 0.5 < half / one < 0.501
    assert (found[2]["verdict"], found[2]["missing"]) == ("unknown", ["device_memory"])


@pytest.mark.parametrize(("runtime", "devices"), [("llama.cpp", 1), ("sglang", 1), ("vllm", 2)])
def test_what_grows_with_the_context_and_what_does_not(runtime, devices):
    asked = read_asked({"model": "Qwen/Qwen3.5-9B", "runtime": runtime, "devices": devices, "context": 8192})
    found = as_values(estimate(asked.architecture, asked.setting))
    growing, state = found["attention_kv_bytes"], found["recurrent_state_bytes"]
    assert growing + state == found["kv_cache_bytes"]
    assert growing == 8192 * 8 * 2 * 4 * 256 * 2  # tokens × layers × (keys, values) × heads × width × bytes
    assert state > 40 << 20


def test_nobody_says_a_context():
    """Transformers sets nothing aside for it; others do."""
    asked = {
        name: read_asked({"model": "Qwen/Qwen3-8B", "runtime": name}) for name in ("transformers", "vllm")
    }
    assert [one.setting.context_tokens for one in asked.values()] == [1, 4096]


@pytest.mark.parametrize(
    ("text", "runtime"),
    [
        ("llamacpp", "llama_cpp"),
        ("LM-Studio", "lm_studio"),
        ("vLLM", "vllm"),
        ("HF Transformers", "transformers"),
    ],
)
def test_runtimes_as_people_write_them(text, runtime):
    assert read_asked({"model": "Qwen/Qwen3-8B", "runtime": text}).setting.runtime == runtime


@pytest.mark.parametrize("model", ["deepseek-ai/DeepSeek-V4-Flash", "pfnet/plamo-2-8b", "BAAI/bge-m3"])
def test_a_shipped_model_without_a_shape_says_which_fact_is_missing(model):
    with pytest.raises(Unsizable) as refused:
        read_asked({"model": model})
    assert refused.value.statement.code == "asked.model_missing"
    assert "nothing here says" in refused.value.statement.text


def test_what_is_usable_goes_before_what_is_usual():
    shipped = device_memory("GeForce RTX 4090", usable_gib=22.5)
    assert (shipped.total_bytes, shipped.usable_bytes) == (24 * GIB, int(22.5 * GIB))
    assert device_memory("Our card", usable_gib=10).total_bytes == 10 * GIB
    assert device_memory("Our card", memory_gib=12, usable_gib=10).usable_bytes == 10 * GIB
    assert device_memory("Our card", memory_gib=12, usable_gib=100).usable_bytes == 12 * GIB
    with pytest.raises(Unsizable):
        device_memory("Our card")


@pytest.mark.parametrize("name", ["memory_gib", "usable_gib", "used_gib"])
@pytest.mark.parametrize("size", [2e6, 1e300, math.inf])
def test_absurd_memory_is_told_as_too_much(name, size):
    with pytest.raises(Unsizable) as refused:
        read_asked({"model": "Qwen/Qwen3-8B", "device": "NVIDIA L4", name: size})
    assert refused.value.statement.code == "asked.memory"


@pytest.mark.parametrize(
    ("name", "words", "unified"),
    [
        ("A card nobody sells", "No shipped device is called “A card nobody sells”", False),
        ("Apple M4 Max", "is sold with", True),
        ("2x Radeon IX", "No shipped device is called “Radeon IX”", False),
    ],
)
def test_a_device_whose_memory_nobody_knows_is_sized_and_the_verdict_stays_unknown(name, words, unified):
    asked = read_asked({"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M", "device": name})
    device = asked.setting.device
    assert (device.total_bytes, device.unified, device.is_cpu) == (None, unified, False)
    assert device.count == (2 if name.startswith("2x") else 1)
    assert words in " ".join(note.text for note in asked.notes)
    found = estimate(asked.architecture, asked.setting)
    assert found.ruling is Ruling.UNKNOWN
    assert "device_memory" in found.missing
    known = read_asked({"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M", "device": "RTX 4090"})
    if device.count == 1:
        assert found.total_bytes == estimate(known.architecture, known.setting).total_bytes


@pytest.mark.parametrize("runtime", ["ollama", "lm_studio", "vllm", "sglang", "transformers"])
def test_every_runtime_takes_a_device_that_nobody_knows(runtime):
    asked = read_asked({"model": "Qwen/Qwen3-8B", "runtime": runtime, "device": "Radeon VII", "devices": 2})
    assert estimate(asked.architecture, asked.setting).total_bytes
    assert asked.setting.device.count == 2


def test_what_is_usable_says_which_of_several_sizes_it_is():
    """A name alone leaves it open; 12 GiB usable can only be the card that has them, with its bandwidth."""
    found = device_memory("RTX 3060", usable_gib=12)
    assert found.name == "GeForce RTX 3060 12GB"
    assert found.bandwidth_bytes_per_s
