"""llama.cpp's buffers, to the byte of what the engine printed, and their behaviour for any setting."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.architecture import Attention, Dense, Layer
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.llama.buffers import batch_of, compute_buffer, host_buffer, output_buffer
from decisions.fit.hardware.llama.graph import graph_bytes
from decisions.fit.hardware.llama.layers import some_of
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import MIB, Setting
from decisions.knowledge import models
from tests.fit.hardware import data
from tests.fit.hardware.settings import CPU, asked, gpus, of_row
from tests.fit.hardware.shapes import SHAPES, plain

LOGS = data.read("engine_logs.json")
ROWS = [dict(zip(LOGS["columns"], row, strict=True)) for row in LOGS["rows"]]
names = st.sampled_from(sorted(SHAPES))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['model'].split('/')[1]}-{row['setting']}")
def test_the_engines_own_figures(row):
    shape, setting = SHAPES[row["model"]](), of_row(row)
    found = compute_buffer(shape, setting)
    assert found.bytes == row["compute_buffer_bytes"]
    assert found.low_bytes < found.bytes < found.high_bytes
    assert found.basis is Basis.COMPUTED
    assert output_buffer(shape, setting).bytes == row["output_buffer_bytes"]


def test_unusual_settings_of_every_family():
    """What tests/benchmarks/engine/unusual.py heard; the engine prints MiB with two decimals, and each cache
    apart."""
    off = []
    for model, more, compute, cache in data.read("engine_unusual.json")["rows"]:
        shape, setting = architecture_of(models.find(model)), Setting("llama_cpp", "F16", **more)
        if abs(cache_of(shape, setting).bytes / MIB - cache) > 0.03:
            off.append((model, more, "cache"))
        found = compute_buffer(shape, setting).bytes / MIB
        if abs(found - compute) > 0.0051:
            off.append((model, more, found, compute))
    assert off == []


def test_the_explanation_can_be_recomputed():
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    found = compute_buffer(shape, asked(4096))
    given_inputs = dict(found.inputs)
    assert given_inputs["outputs"] == given_inputs["tokens"] == 512
    logits = given_inputs["outputs"] * given_inputs["vocabulary"] * 4
    hidden = given_inputs["tokens"] * given_inputs["hidden"] * 4
    assert found.bytes == logits + 2 * hidden + 512 * 4
    assert found.formula
    assert found.source


def test_fewer_outputs_leave_other_values_to_decide():
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    every = compute_buffer(shape, asked(32_768))
    one = compute_buffer(shape, asked(32_768, outputs=1))
    assert one.bytes < every.bytes
    assert compute_buffer(shape, asked(32_768, outputs=512)).bytes == every.bytes


def test_a_family_nobody_compared_is_assumed_with_a_wide_range():
    layers = (Layer((Attention(4, 2, 64, 64),), Dense(512), (256, 256)),) * 3
    found = compute_buffer(plain("never_heard_of", 256, 1000, layers, tied=True), asked(4096))
    assert found.basis is Basis.ASSUMED
    assert found.high_bytes > 1.2 * found.bytes


def test_a_gpu_has_a_wider_range_than_a_processor():
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    on_cpu = compute_buffer(shape, asked(4096, device=CPU))
    on_gpu = compute_buffer(shape, asked(4096, device=gpus()))
    assert on_cpu.bytes == on_gpu.bytes
    assert on_cpu.high_bytes < on_gpu.high_bytes


def test_the_host_hands_over_rows_and_masks():
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    found = host_buffer(shape, asked(8192))
    assert found.bytes == 512 * 4096 * 8 + 512 * 8192 * 2


def test_shortened_layers_give_the_same_as_all_of_them():
    for name in sorted(SHAPES):
        shape = SHAPES[name]()
        batch = batch_of(shape, asked(8192, outputs=1))
        longer = replace(shape, layers=shape.layers * 2)
        assert graph_bytes(longer, batch) >= graph_bytes(shape, batch) * 0.98


def test_a_run_is_shortened_to_a_few_of_its_remainder():
    layer, other = (Layer((), Dense(8)), "a"), (Layer((), Dense(9)), "b")
    assert len(some_of((layer,) * 40)) == 4
    assert len(some_of((layer,) * 41)) == 5
    assert len(some_of((layer,) * 45)) == 9
    assert len(some_of((layer, layer, other) * 20)) == 3 * (3 + 17 % 6)
    assert some_of(()) == ()


@given(names, st.integers(1, 60_000), st.integers(1, 30_000), st.integers(1, 8), st.booleans())
def test_more_never_needs_less_than_rounding(name, context, more, parallel, flash):
    """More context, a larger batch or more outputs never need less, but for holes that happen to fit: the
    engine's own figures go down by up to a few rows of hidden values there."""
    shape = SHAPES[name]()
    setting = asked(context, parallel=parallel, flash_attention=flash, outputs=1)
    batch = batch_of(shape, setting)
    least = graph_bytes(shape, batch)
    slack = 4 * batch.tokens * 4 * shape.hidden + 0.12 * least
    assert (
        least <= graph_bytes(shape, batch_of(shape, replace(setting, context_tokens=context + more))) + slack
    )
    assert least <= graph_bytes(shape, batch_of(shape, replace(setting, outputs=None))) + slack


@given(names, st.integers(1, 200_000), st.integers(1, 64), st.integers(1, 4096), st.booleans(), st.booleans())
def test_any_setting_has_an_answer(name, context, parallel, ubatch, unified, flash):
    setting = asked(
        context, parallel=parallel, ubatch_tokens=ubatch, kv_unified=unified, flash_attention=flash
    )
    found = compute_buffer(SHAPES[name](), setting)
    assert 0 < found.low_bytes <= found.bytes <= found.high_bytes


def test_a_setting_without_sense_is_refused():
    shape = SHAPES["Qwen/Qwen2.5-0.5B-Instruct"]()
    for wrong in (asked(0), asked(4096, parallel=-1), asked(4096, ubatch_tokens=0)):
        for sized in (compute_buffer, output_buffer, host_buffer):
            with pytest.raises(Unsizable):
                sized(shape, wrong)


def test_latent_attention_keeps_one_type():
    shape = architecture_of(models.find("deepseek-ai/DeepSeek-V3"))
    with pytest.raises(Unsizable) as refused:
        cache_of(shape, asked(4096, kv_dtype="q8_0/f16"))
    assert refused.value.statement.code == "sizing.kv_latent"
    assert cache_of(shape, asked(4096, kv_dtype="q8_0")).bytes


def test_the_range_reaches_what_a_server_reserves_where_nobody_says_the_outputs():
    """llama-server reserves logits for its slots alone, the library for the whole batch: 148.0 and 266.5 MiB
    of Llama 3.1 8B at 32,768 tokens."""
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    unsaid, said = (compute_buffer(shape, asked(32_768, outputs=count)) for count in (None, 512))
    served = compute_buffer(shape, asked(32_768, outputs=1)).bytes
    assert unsaid.bytes == said.bytes
    assert served * 0.8 < unsaid.low_bytes < served < said.low_bytes
    assert compute_buffer(shape, asked(32_768, "lm_studio")).low_bytes > served


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['model'].split('/')[1]}-{row['setting']}")
def test_an_outsiders_range_holds_the_engines_figure(row):
    found = compute_buffer(SHAPES[row["model"]](), replace(of_row(row), outputs=None, batch_tokens=None))
    assert found.low_bytes <= row["compute_buffer_bytes"] <= found.high_bytes


def test_masks_of_earlier_releases_are_within_the_range():
    """Llama 3.2 3B at 131,072 tokens took 408.01 MiB in a release that made its mask in 32 bits first."""
    shape = architecture_of(models.find("meta-llama/Llama-3.2-3B-Instruct"))
    found = compute_buffer(shape, asked(131_072, device=gpus()))
    assert found.low_bytes <= 408.01 * MIB <= found.high_bytes
    assert compute_buffer(shape, asked(4096, device=gpus())).high_bytes < 310 * MIB


@pytest.mark.parametrize(
    ("model", "context", "device", "measured"),
    [
        ("Qwen/Qwen3-Coder-30B-A3B-Instruct", 4096, CPU, 88.0),
        ("google/gemma-3-1b-it", 4096, gpus(), 80.0),
        ("openai/gpt-oss-120b", 8192, gpus(), 121.8),
    ],
)
def test_ollamas_own_engine_makes_few_logits(model, context, device, measured):
    """Start-up logs of Ollama 0.11 to 0.17, with one decimal of a MiB."""
    shape = architecture_of(models.find(model))
    found = compute_buffer(shape, asked(context, "ollama", device=device))
    assert found.low_bytes <= measured * MIB <= found.high_bytes
    assert found.bytes == pytest.approx(measured * MIB, rel=0.25)
    assert batch_of(shape, asked(context, "ollama", parallel=3)).outputs == 3


def test_ollama_gets_hidden_values_beside_logits_from_the_library():
    """0.59 MiB of GLM-4 9B in a start-up log, 2.02 of Llama 3.1 8B with four requests at once."""
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    assert round(output_buffer(shape, asked(runtime="ollama", parallel=4)).bytes / MIB, 2) == 2.02
    assert round(output_buffer(shape, asked(parallel=4)).bytes / MIB, 2) == 1.96
    own = SHAPES["google/gemma-3-1b-it"]()
    assert output_buffer(own, asked(runtime="ollama")) == output_buffer(own, asked())
