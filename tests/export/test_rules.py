"""Every rule that the engine writes can be said in the reader's language."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from decisions.export.rules import said_rule
from decisions.fit.hardware import beside, measured
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.gguf import stored
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.sizing import estimate
from decisions.fit.texts.sizing_rules import RULES
from decisions.knowledge import architectures, models

RUNTIMES = (("llama_cpp", "Q4_K_M"), ("ollama", ""), ("vllm", ""), ("sglang", "FP8"), ("transformers", "NF4"))
MACHINES = (
    {"device": "cpu", "memory_gib": 64},
    {"device": "RTX 4090", "devices": 2, "used_gib": 1},
    {"device": "H100", "draft": "Qwen/Qwen3-0.6B", "lora_rank": 16, "vision": True, "gpu_layers": 5},
)
ELSEWHERE = {stored._FORMULA, measured._FORMULA, beside._TOWERS, "Σ tensors: end − begin"}
"""Of files and logs, and of models that see."""


def one_of_each_class() -> list[str]:
    found = {}
    for model in models.shipped():
        if shape := architectures.find(model.id):
            found.setdefault(dict(shape.config).get("model_type"), model.id)
    return list(found.values())


def written() -> Iterator[str]:
    for model in one_of_each_class():
        for runtime, quant in RUNTIMES:
            for machine in MACHINES:
                try:
                    asked = read_asked({"model": model, "runtime": runtime, "quant": quant, **machine})
                    found = estimate(asked.architecture, asked.setting)
                except Unsizable:
                    continue
                yield from (line.formula for line in found.lines)


@pytest.fixture(scope="module")
def rules() -> set[str]:
    return {*written(), *ELSEWHERE}


def test_every_rule_is_known(rules: set[str]) -> None:
    with translation.override("ja"):
        assert {rule for rule in rules if said_rule(rule)[1]} == set()
    assert len(rules) > len(RULES)  # with those of all devices, and of several parts of a cache


@pytest.mark.parametrize("language", ["ja", "zh-hans"])
def test_no_rule_is_left_in_english(rules: set[str], language: str) -> None:
    with translation.override(language):
        assert {rule for rule in rules if said_rule(rule)[0] == rule} == set()


@pytest.mark.parametrize("rule", ["of another release", "(of another) × devices", "metadata.total_size"])
def test_what_is_not_known_stays_and_says_its_language(rule: str) -> None:
    with translation.override("ja"):
        assert said_rule(rule) == (rule, "en")
    with translation.override("en"):
        assert said_rule(rule) == (rule, "")
