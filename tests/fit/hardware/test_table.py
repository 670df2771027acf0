"""The table of quantizations and devices: each cell is what an estimate of its own says."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.catalogue import memory_of
from decisions.fit.hardware.choices import ALL, USUAL, counterpart
from decisions.fit.hardware.estimate import Holder
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import RuntimeName, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.table import sized_or_none, table_of
from decisions.knowledge import devices

DEVICES = [memory_of(one, count) for one in devices.shipped()[::7] for count in (1, 2)]
MODELS = ("Qwen/Qwen3-8B", "Qwen/Qwen3-30B-A3B", "deepseek-ai/DeepSeek-R1")


def held(setting: Setting, model: str) -> Holder | None:
    """What an estimate says of the device."""
    try:
        return estimate(read_asked({"model": model}).architecture, setting).device
    except Unsizable:
        return None


@pytest.mark.parametrize("runtime", USUAL)
@pytest.mark.parametrize("model", MODELS)
def test_a_cell_is_what_an_estimate_of_its_own_says(model: str, runtime: RuntimeName) -> None:
    asked = read_asked({"model": model, "runtime": runtime, "context": 8192})
    for row in table_of(asked.architecture, asked.setting, ALL[runtime], DEVICES):
        for name, cell in zip(ALL[runtime], row.cells, strict=True):
            own = held(replace(asked.setting, quantization=name, device=row.device), model)
            assert (own is None) == (cell is None)
            if own and cell:
                assert cell == (own.ruling, own.needed_bytes, own.low_bytes, own.high_bytes)
                assert row.room_bytes == own.room_bytes


def test_what_a_runtime_does_not_take_has_no_cell() -> None:
    asked = read_asked({"model": MODELS[0], "runtime": "vllm"})
    (row,) = table_of(asked.architecture, asked.setting, ("Q2_K", "BF16"), DEVICES[:1])
    assert row.cells[0] is None
    assert row.cells[1] is not None
    assert sized_or_none(asked.architecture, replace(asked.setting, context_tokens=0)) is None


@pytest.mark.parametrize("runtime", USUAL)
def test_every_choice_is_one_the_runtime_takes(runtime: RuntimeName) -> None:
    arch = read_asked({"model": MODELS[0]}).architecture
    assert all(sized_or_none(arch, Setting(runtime, name, 4096)) for name in ALL[runtime])
    assert set(USUAL[runtime]) <= set(ALL[runtime])


def test_what_stands_for_a_quantization_elsewhere() -> None:
    assert counterpart("Q4_K_M", "vllm") == "AWQ"
    assert counterpart("q8_0", "transformers") == "BNB_INT8"
    assert counterpart("AWQ", "ollama") == "Q4_K_M"
    assert counterpart("Q2_K", "sglang") is None
    assert counterpart("", "vllm") == ""
    known = {name for names in ALL.values() for name in names}
    assert all(counterpart(n, r) in (None, *ALL[r]) for n in known for r in ALL)
