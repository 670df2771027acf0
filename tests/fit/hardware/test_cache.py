"""The cache, to the byte of what engines printed, and its behaviour for any setting."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.architecture import (
    Attention,
    Dense,
    LatentAttention,
    Layer,
    LinearAttention,
    StateSpace,
)
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.cache_parts import REFUSING
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.kv_types import kv_types
from decisions.fit.hardware.problem import Unsizable
from decisions.knowledge import architectures
from tests.fit.hardware import data
from tests.fit.hardware.settings import asked, gpus, of_row
from tests.fit.hardware.shapes import SHAPES, plain

LOGS = data.read("engine_logs.json")
ROWS = [dict(zip(LOGS["columns"], row, strict=True)) for row in LOGS["rows"]]
THREADS = data.read("cache_logs.json")
TRUTH = [dict(zip(THREADS["columns"], row, strict=True)) for row in THREADS["rows"]]
names = st.sampled_from(sorted(SHAPES))
runtimes = st.sampled_from(["llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers"])
types = st.sampled_from(["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "q8_0/f16"])


@pytest.mark.parametrize(
    ("model", "runtime", "kv_dtype", "tokens", "gib"),
    [  # an indexer's keys in 8 bits beside the latent, and the latent with scales in 8 bits
        ("zai-org/GLM-5", "sglang", "", 314304, 29.32),
        ("zai-org/GLM-5.1", "vllm", "fp8", 341504, 19.55),
    ],
)
def test_an_indexers_keys_in_servers(model, runtime, kv_dtype, tokens, gib):
    """Logs of 8 GPUs, each of which holds all of it."""
    arch = read_config(architectures.find(model).config)
    setting = asked(tokens, runtime, kv_dtype=kv_dtype, device=gpus(8))
    assert cache_of(arch, setting).per_device_bytes / (1 << 30) == pytest.approx(gib, abs=0.02)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['model'].split('/')[1]}-{row['setting']}")
def test_the_engines_own_figures(row):
    cache = cache_of(SHAPES[row["model"]](), of_row(row))
    assert cache.bytes == cache.low_bytes == cache.high_bytes == row["kv_cache_bytes"]
    states = sum(part.bytes for part in cache.parts if part.kind == "state")
    assert states == row["state_bytes"]


@pytest.mark.parametrize("row", TRUTH, ids=lambda row: row["id"])
def test_logs_of_real_runs(row):
    """Logs print two decimals of MiB, SGLang two of GiB for keys and values each."""
    setting = asked(
        row["context_tokens"],
        row["runtime"],
        parallel=row["parallel"],
        kv_unified=bool(row["kv_unified"]),
        kv_dtype=row["kv_dtype"],
        ubatch_tokens=row["ubatch_tokens"],
        device=gpus(row["devices"]),
    )
    cache = cache_of(read_config(architectures.find(row["model"]).config), setting)
    found = sum(part.bytes for part in cache.parts if not row["kinds"] or part.kind in row["kinds"])
    tolerance = 0.0005 if row["runtime"] == "sglang" else 1e-5
    assert found == pytest.approx(row["kv_cache_bytes"], rel=tolerance)


def hybrid(kind: str):
    mixers = {
        "mamba1": StateSpace(1, 1024, 16, 4, dt_rank=32),
        "delta": LinearAttention("gated_delta", 2, 4, 64, 64, conv=4),
    }
    layers = (Layer((mixers[kind],), Dense(512)), Layer((Attention(4, 2, 64, 64),), Dense(512)))
    return plain("qwen3_next", 256, 1000, layers, tied=True)


def test_states_do_not_grow_with_the_context():
    for kind, bytes_each in (("mamba1", (3 * 1024 + 1024 * 16) * 4), ("delta", (3 * 512 + 4 * 64 * 64) * 4)):
        for context in (512, 8192):
            cache = cache_of(hybrid(kind), asked(context, parallel=3))
            [state] = [part for part in cache.parts if part.kind == "state"]
            assert state.bytes == 3 * bytes_each
            assert state.sequence_bytes == bytes_each
            assert state.token_bytes == 0


def test_heads_are_copied_where_devices_outnumber_them():
    shape = SHAPES["Qwen/Qwen2.5-0.5B-Instruct"]()
    one = cache_of(shape, asked(runtime="vllm"))
    eight = cache_of(shape, asked(runtime="vllm", device=gpus(8)))
    assert eight.per_device_bytes * 2 == one.bytes
    assert eight.bytes == 4 * one.bytes


def test_a_latent_row_is_on_every_device():
    shape = SHAPES["deepseek-ai/DeepSeek-V2-Lite"]()
    one = cache_of(shape, asked(runtime="vllm"))
    two = cache_of(shape, asked(runtime="vllm", device=gpus(2)))
    assert two.per_device_bytes == one.bytes


def test_transformers_expands_latent_attention():
    shape = SHAPES["deepseek-ai/DeepSeek-V2-Lite"]()
    row = 27 * 16 * (192 + 128) * 2
    assert cache_of(shape, asked(100, "transformers")).bytes == 100 * row


@pytest.mark.parametrize(
    ("model", "cells"), [("google/gemma-3-1b-it", 2 * 512 + 512), ("openai/gpt-oss-20b", 2 * 4096 + 512)]
)
def test_ollama_keeps_windows_of_its_own(model, cells):
    cache = cache_of(SHAPES[model](), asked(32_768, "ollama", parallel=2))
    [window] = [part for part in cache.parts if part.kind == "attention_window"]
    assert window.cells == cells


def test_ollamas_shared_cache_is_as_large_as_asked():
    shape = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    shared = cache_of(shape, asked(8192, "ollama", parallel=4, kv_unified=True))
    apart = cache_of(shape, asked(8192, "ollama", parallel=4))
    assert apart.bytes == 4 * shared.bytes == 4 << 30


def test_a_layer_that_shares_a_cache_has_none():
    mixer = Attention(4, 2, 64, 64)
    layers = (Layer((mixer,), Dense(512)), Layer((replace(mixer, shares_cache=True),), Dense(512)))
    shape = plain("gemma3n", 256, 1000, layers, tied=True)
    assert cache_of(shape, asked(256)).bytes == 256 * 2 * 2 * 64 * 2


def test_cross_attention_has_its_own_length():
    layers = (Layer((Attention(4, 2, 64, 64, cross_tokens=100),), Dense(512)),)
    cache = cache_of(plain("mllama", 256, 1000, layers, tied=True), asked(8192, "vllm", parallel=2))
    assert cache.bytes == 2 * 100 * 2 * 2 * 64 * 2
    assert cache.token_bytes == 0


@given(
    names, runtimes, types, st.integers(1, 60_000), st.integers(1, 20_000), st.integers(1, 9), st.booleans()
)
def test_more_never_needs_less(name, runtime, kv_dtype, context, more, parallel, unified):
    shape = SHAPES[name]()
    if runtime in REFUSING and any(isinstance(m, LatentAttention) for m in shape.layers[0].mixers):
        kv_dtype = kv_dtype.partition("/")[0]  # one type for both
    setting = asked(context, runtime, parallel=parallel, kv_unified=unified, kv_dtype=kv_dtype)
    least = cache_of(shape, setting).bytes
    assert least <= cache_of(shape, replace(setting, context_tokens=context + more)).bytes
    assert least <= cache_of(shape, replace(setting, parallel=parallel + 1)).bytes
    deeper = replace(shape, layers=(*shape.layers, shape.layers[-1]))
    assert least <= cache_of(deeper, setting).bytes
    assert least <= cache_of(shape, replace(setting, kv_dtype="f32")).bytes


@given(names, st.sampled_from(["vllm", "sglang"]), st.integers(1, 40_000), st.integers(1, 16))
def test_devices_together_hold_no_less(name, runtime, context, devices):
    shape = SHAPES[name]()
    one = cache_of(shape, asked(context, runtime))
    many = cache_of(shape, asked(context, runtime, device=gpus(devices)))
    assert many.bytes >= one.bytes
    assert many.per_device_bytes <= one.bytes


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"context": 0}, "context in tokens"),
        ({"context": -5}, "context in tokens"),
        ({"context": 10**15}, "context in tokens"),
        ({"parallel": 0}, "number of sequences"),
        ({"parallel": 10**9}, "number of sequences"),
        ({"ubatch_tokens": 0}, "physical batch"),
        ({"batch_tokens": -1}, "batch in tokens"),
        ({"outputs": 0}, "tokens with logits"),
        ({"gpu_layers": -1}, "layers on the GPU"),
        ({"device": gpus(0)}, "number of devices"),
        ({"kv_dtype": "q7_9"}, "q7_9"),
        ({"kv_dtype": "q8_0/what"}, "q8_0/what"),
    ],
)
def test_a_setting_without_sense_is_named(wrong, words):
    with pytest.raises(Unsizable, match=words):
        cache_of(SHAPES["Qwen/Qwen2.5-0.5B-Instruct"](), asked(**wrong))


def test_what_llama_cpp_refuses_is_said():
    narrow = plain("llama", 640, 1000, (Layer((Attention(8, 8, 80, 80),), Dense(512)),), tied=True)
    with pytest.raises(Unsizable, match="80"):
        cache_of(narrow, asked(kv_dtype="q8_0"))
    assert cache_of(narrow, asked(runtime="ollama", kv_dtype="q8_0")).bytes
    with pytest.raises(Unsizable, match="flash attention"):
        cache_of(SHAPES["google/gemma-2-2b-it"](), asked(kv_dtype="f16/q8_0", flash_attention=False))
    assert cache_of(SHAPES["google/gemma-2-2b-it"](), asked(kv_dtype="q8_0/f16", flash_attention=False)).bytes


def test_types_of_keys_and_values_may_be_named():
    assert kv_types("K:iq4_nl/V:f16") == kv_types("iq4_nl/f16") == ("iq4_nl", "f16")


@pytest.mark.parametrize(
    ("spelled", "same"),
    [
        ("auto", ""),
        ("f32 state", ""),
        ("torch.bfloat16", "bf16"),
        ("fp8_e5m2", "fp8"),
        ("torch.float8_e4m3fn", "fp8"),
        ("q8", "q8_0"),
        ("K:iq4_nl/V:f16", "iq4_nl/f16"),
    ],
)
def test_types_as_logs_and_options_spell_them(spelled, same):
    assert kv_types(spelled) == kv_types(same)


def test_transformers_cache_on_its_way():
    """Gemma 3 1B: 22 of 26 layers keep 512 tokens, as views of the whole prompt; one layer is there twice."""
    arch = read_config(architectures.find("google/gemma-3-1b-it").config)
    found = cache_of(arch, asked(4096, "transformers"))
    token = 2 * 2 * 256
    assert found.bytes == (4 * 4096 + 22 * 512) * token
    assert (found.low_bytes, found.high_bytes) == (found.bytes, 27 * 4096 * token)


@pytest.mark.parametrize(("kv_dtype", "gib"), [("f16", 2.6), ("q8_0", 2.23), ("q4_0", 2.05)])
def test_ollamas_own_engine_keeps_checkpoints_of_states(kv_dtype, gib):
    """Qwen3-Coder-Next with 32,768 tokens in a start-up log: 768 MiB of keys and values in 16 bits, and 25
    states of 75.4 MiB."""
    shape = read_config(architectures.find("Qwen/Qwen3-Coder-Next").config)
    own = cache_of(shape, asked(32_768, "ollama", kv_dtype=kv_dtype))
    assert own.bytes / (1 << 30) == pytest.approx(gib, abs=0.06)
    one = cache_of(shape, asked(32_768, kv_dtype=kv_dtype))
    assert own.low_bytes == one.bytes  # as releases since 0.30 start llama.cpp's server
    states = [sum(part.bytes for part in found.parts if part.kind == "state") for found in (own, one)]
    assert states[0] == 25 * states[1]
    assert own.sequence_bytes == 25 * one.sequence_bytes


def test_windows_are_off_in_the_library_that_ollama_runs():
    shape = SHAPES["google/gemma-2-2b-it"]()
    found = cache_of(shape, asked(32_768, "ollama", parallel=2))
    assert {(part.kind, part.cells, part.streams) for part in found.parts} == {
        ("attention_full", 32_768, 2),
        ("attention_window", 32_768, 2),
    }
    assert found.bytes == cache_of(shape, asked(32_768, parallel=2, swa_full=True)).bytes
