"""An estimate in the reader's language: inputs by their names, what others hold beside what is needed."""

from typing import Any

import pytest
from django.utils.translation import override

from decisions.export.estimates import shown_estimate
from decisions.fit import hardware
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.sizing import estimate
from decisions.fit.texts.sizing_words import INPUTS, KINDS, OF_KIND
from decisions.record.schema import Model, Need, Sizing
from tests.fit.samples import candidate, route

NAMES = ("Qwen/Qwen3-8B", "deepseek-ai/DeepSeek-V3", "google/gemma-3-27b-it", "openai/gpt-oss-20b")


def content(**sizing: Any) -> dict[str, Any]:
    one = candidate(
        name="Qwen/Qwen3-8B",
        runtime_id="llama_cpp",
        model=Model(quantization="Q4_K_M"),
        sizing=Sizing(context_tokens=8192, **sizing),
    )
    found = hardware.estimate_of(Need(), route("rented_gpu", device="NVIDIA L4", vram_gib="24"), one)
    assert found is not None
    return found.model_dump(mode="json")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "context in tokens = 8,192, requests at once = 1"),
        ("ja", "フルアテンション・層数 = 36"),
        ("zh-hans", "全注意力·层数 = 36"),
    ],
)
def test_inputs_have_names_in_the_readers_language(language: str, said: str) -> None:
    with override(language):
        shown = shown_estimate(content())
    assert shown is not None
    assert any(said in line.inputs for line in shown.lines)


@pytest.mark.parametrize("model", NAMES)
@pytest.mark.parametrize("runtime", ["llama_cpp", "vllm", "sglang", "transformers"])
def test_every_input_has_a_name(model: str, runtime: str) -> None:
    beside = {"lora_rank": 16, "draft": "Qwen/Qwen3-0.6B", "used_gib": 1}
    asked = read_asked({"model": model, "runtime": runtime, "device": "NVIDIA L4", **beside})
    for line in estimate(asked.architecture, asked.setting).lines:
        for name, _value in line.inputs:
            kind, _separator, what = name.rpartition("_")
            assert name in INPUTS or (kind in KINDS and what in OF_KIND), (line.code, name)


def test_what_others_hold_stands_beside_the_need() -> None:
    shown = shown_estimate(content(memory_used_gib="2"))
    assert shown is not None
    assert shown.chart is not None
    assert ("Held by others", "2 GiB") in shown.chart.rows
    held = next(line for line in shown.lines if line.name == "held by other programs")
    assert (held.size, held.basis, held.inputs) == (
        "2 GiB",
        "assumed",
        "on each device, MiB = 2,048, devices = 1",
    )
    alone = shown_estimate(content())
    assert alone is not None
    assert alone.chart is not None
    assert [row[0] for row in alone.chart.rows].count("Held by others") == 0


def test_an_input_of_another_release_stays_as_it_is() -> None:
    made = content()
    made["lines"][0]["inputs"] = [["soul", 3], "odd", ["devices", 0]]
    shown = shown_estimate(made)
    assert shown is not None
    assert shown.lines[0].inputs == "soul = 3"


def test_what_was_held_beside_it_is_said() -> None:
    shown = shown_estimate(content(lora_rank=16, loras=2, draft="Qwen/Qwen3-0.6B:Q8_0", vision=False))
    assert shown is not None
    said = dict(shown.facts)["Worked out for"]
    assert "2 adapters of rank 16 · drafted by Qwen/Qwen3-0.6B:Q8_0 · vision part not loaded" in said
    old = content()
    for name in ("lora_rank", "loras", "draft", "vision"):
        del old["made_with"][name]
    before = shown_estimate(old)
    assert before is not None
    assert "adapter" not in dict(before.facts)["Worked out for"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "flash attention = on"), ("ja", "= オン"), ("zh-hans", "= 开")]
)
def test_a_switch_is_said_in_the_readers_language(language: str, said: str) -> None:
    with override(language):
        shown = shown_estimate(content())
    assert shown is not None
    assert any(said in line.inputs for line in shown.lines)


@pytest.mark.parametrize("devices", [1, 2])
def test_what_each_holds_is_said_of_several_devices_only(devices: int) -> None:
    found = hardware.estimate_of(
        Need(),
        route("rented_gpu", device="NVIDIA L4", vram_gib="24", device_count=devices),
        candidate(name="Qwen/Qwen3-8B", runtime_id="llama_cpp", model=Model(quantization="Q4_K_M")),
    )
    assert found is not None
    shown = shown_estimate(found.model_dump(mode="json"))
    assert shown is not None
    assert any(line.each for line in shown.lines) is (devices > 1)
