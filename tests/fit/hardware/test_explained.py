"""What a line shows suffices to work it out again by hand."""

import re
from math import prod

import pytest

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.llama.opened import opened
from decisions.fit.hardware.sizing import estimate


@pytest.mark.parametrize("runtime", ["llama_cpp", "vllm", "sglang", "transformers"])
@pytest.mark.parametrize("devices", [1, 2])
@pytest.mark.parametrize("model", ["Qwen/Qwen3-8B", "google/gemma-3-4b-it", "Qwen/Qwen3.5-9B"])
def test_a_cache_is_the_product_of_its_inputs(model, devices, runtime):
    """By hand, with nothing but what the line shows."""
    asked = {"model": model, "runtime": runtime, "context": 5000, "parallel": 3, "devices": devices}
    found = read_asked(asked)
    lines = as_values(estimate(found.architecture, found.setting))["lines"]
    inputs = next(line for line in lines if line["code"] == "kv_cache")["inputs"]
    kinds = [name.removesuffix("_each") for name in inputs if name.endswith("_each")]
    total = inputs.get("filled_bytes", 0)
    for kind in kinds:
        factors = (inputs[f"{kind}_{what}"] for what in ("layers", "caches", "cells", "each"))
        product = prod(factors)
        assert product == inputs[f"{kind}_bytes"]
        total += product
    caches = [line["bytes"] for line in lines if line["code"] == "kv_cache"]
    assert kinds
    assert sum(caches) == total * inputs["devices"]


@pytest.mark.parametrize("runtime", ["vllm", "sglang"])
@pytest.mark.parametrize("quant", ["BF16", "AWQ-INT4"])
def test_weights_of_servers_are_the_sum_of_their_inputs(quant, runtime):
    asked = {"model": "Qwen/Qwen3-8B", "runtime": runtime, "quant": quant, "devices": 2}
    found = read_asked(asked)
    line = estimate(found.architecture, found.setting).lines[0]
    assert line.bytes == sum(size for name, size in line.inputs if name != "devices")
    assert dict(line.inputs)["repeated"] > 0


@pytest.mark.parametrize("model", ["google/gemma-3-4b-it", "ibm-granite/granite-4.0-h-350m", "Qwen/Qwen3-8B"])
@pytest.mark.parametrize("runtime", ["llama_cpp", "transformers"])
def test_as_many_requests_as_there_is_room_for_go_in(model, runtime):
    """Each has its own windows and states: with as many the cache is no larger than the room for it."""
    asked = {"model": model, "runtime": runtime, "context": 8192, "parallel": 2, "device": "RTX 4090"}
    found = read_asked(asked)
    values = as_values(estimate(found.architecture, found.setting))
    count = values["requests_capacity"]
    room = values["device"]["margin_bytes"] + values["per_device"]["kv_cache_bytes"]
    sizes = []
    for parallel in (count, count + 1):
        more = read_asked(asked | {"parallel": parallel})
        sizes.append(as_values(estimate(more.architecture, more.setting))["per_device"]["kv_cache_bytes"])
    assert sizes[0] <= room < sizes[1]


@pytest.mark.parametrize("runtime", ["llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers"])
def test_every_line_names_its_formula_and_its_source(runtime):
    beside = {
        "device": "NVIDIA L4",
        "lora_rank": 16,
        "draft": "Qwen/Qwen3-0.6B",
        "vision": True,
        "used_gib": 1,
    }
    found = read_asked({"model": "google/gemma-3-4b-it", "runtime": runtime, **beside})
    lines = as_values(estimate(found.architecture, found.setting))["lines"]
    assert [line["code"] for line in lines if not (line["formula"] and line["source"])] == []


@pytest.mark.parametrize("runtime", ["llama_cpp", "ollama", "lm_studio"])
@pytest.mark.parametrize("devices", [1, 2])
@pytest.mark.parametrize("flash", ["on", "off"])
@pytest.mark.parametrize(
    "model",
    [
        "Qwen/Qwen3-8B",
        "google/gemma-3-4b-it",
        "Qwen/Qwen3.5-9B",
        "openai/gpt-oss-20b",
        "deepseek-ai/DeepSeek-V3.2",
        "ibm-granite/granite-4.0-h-tiny",
    ],
)
def test_a_compute_buffer_is_the_sum_of_what_is_in_it(model, flash, devices, runtime):
    """By hand, with nothing but what the line shows."""
    asked = {"model": model, "runtime": runtime, "context": 5000, "parallel": 3, "flash_attn": flash}
    found = read_asked(asked | {"devices": devices, "device": "RTX 4090"})
    lines = opened(estimate(found.architecture, found.setting).lines, found.architecture, found.setting)
    line = next(line for line in lines if line.code == "compute_buffer")
    shown = dict(line.inputs)
    beside = shown.get("mask_bytes", 0) + shown.get("copies_bytes", 0) // devices
    assert _added_up(shown["at_peak"]) + shown["holes"] + beside == line.per_device_bytes
    assert line.bytes == line.per_device_bytes * devices
    assert 0 <= shown["holes"] < line.per_device_bytes / 3


def _added_up(terms: str) -> int:
    """A sum of products, where a pair of brackets holds nothing but factors."""
    return sum(prod(map(int, re.findall(r"\d+", term))) for term in terms.split(" + "))


def test_what_is_not_of_llama_cpp_stays_as_it_is():
    found = read_asked({"model": "Qwen/Qwen3-8B", "runtime": "vllm"})
    lines = estimate(found.architecture, found.setting).lines
    assert opened(lines, found.architecture, found.setting) is lines
