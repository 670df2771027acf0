"""What servers hold beside weights and cache, what they reserve, and what goes into the rest."""

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.activation import forward_bytes, server_peak, whole_peak
from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.batches import Batch, batch_of, sglang_batch, sglang_prefill_graphs, vllm_batch
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.estimate import Place
from decisions.fit.hardware.servers import fraction_of, runtime_lines
from decisions.fit.hardware.setting import GIB, MIB, DeviceMemory, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.knowledge import architectures
from decisions.states import Ruling
from tests.fit.hardware import shapes
from tests.fit.hardware.server_logs import LOGS, points, rows

LLAMA, LATENT, WINDOWED = shapes.llama31_8b(), shapes.deepseek_v2_lite(), shapes.gemma3_1b()
H100 = DeviceMemory("H100 80GB", 1, 80 * GIB, int(79.19 * GIB))
CARD = DeviceMemory("RTX 4090", 1, 24 * GIB, int(23.53 * GIB))


def shape(model):
    return read_config(architectures.find(model).config)


def asked(runtime="vllm", context=8192, device=H100, **more):
    return Setting(runtime, more.pop("quantization", "BF16"), context, device=device, **more)


@pytest.mark.parametrize(
    ("name", "gib", "expected"),
    [
        ("H100", 80, Batch(8192, 1024, 512)),
        ("NVIDIA A100 80GB", 80, Batch(2048, 256, 256)),
        ("DGX Spark", 128, Batch(2048, 256, 256)),
        ("RTX 4090", 24, Batch(2048, 256, 256)),
        ("B200", 192, Batch(16384, 1024, 512)),
    ],
)
def test_vllm_prepares_for_a_step_by_the_gpu(name, gib, expected):
    assert vllm_batch(asked(device=DeviceMemory(name, 1, gib * GIB))) == expected


@pytest.mark.parametrize(
    ("gib", "count", "tokens", "graphs"),
    [(16, 1, 2048, 8), (24, 1, 4096, 48), (24, 4, 4096, 160), (48, 2, 4096, 32), (80, 8, 8192, 512)],
)
def test_sglang_prepares_for_a_step_by_the_gpu(gib, count, tokens, graphs):
    batch = sglang_batch(asked("sglang", device=DeviceMemory("any", count, gib * GIB)))
    assert (batch.tokens, batch.graph_sequences) == (tokens, graphs)


def test_sglang_captures_prompt_lengths_as_its_source_lists_them():
    assert [sglang_prefill_graphs(tokens) for tokens in (32, 256, 2048, 8192)] == [8, 22, 42, 58]


def test_sglang_leaves_what_its_source_adds_up():
    """16,384 MiB, less 512 + 2048 × 1.5 + 8 × 2 + 42 × 8 + 128; a twentieth less with ViT-L beside."""
    small = asked("sglang", device=DeviceMemory("T4", 1, 16 * GIB))
    assert fraction_of(LLAMA, small) == round((16384 - 4064) / 16384, 3)
    seeing = shape("Qwen/Qwen2.5-VL-7B-Instruct")
    assert 0.75 < fraction_of(seeing, small) / fraction_of(LLAMA, small) < 0.96


def test_a_fraction_that_is_given_is_taken():
    assert fraction_of(LLAMA, asked(memory_fraction=0.5)) == 0.5
    assert fraction_of(LLAMA, asked("sglang", memory_fraction=0.5)) == 0.5
    assert fraction_of(LLAMA, asked()) == 0.92
    assert fraction_of(LLAMA, asked("transformers")) is None


def test_a_step_can_be_recomputed_by_hand():
    """Llama 3.1 8B, 2048 tokens: 2 × (2 × 4096 + 3 × 14336) bytes a token; sampler 256 × 128256 × 38.5."""
    assert forward_bytes(LLAMA, 2048, 1) == 2048 * 2 * (2 * 4096 + 3 * 14336)
    peak = server_peak(LLAMA, Batch(2048, 256, 256), 1)
    assert peak.bytes == 2048 * 4096 * 2 + 256 * 128_256 * 77 // 2
    assert peak.low_bytes < peak.bytes < peak.high_bytes
    assert whole_peak(LLAMA, Batch(100, 2, 0)).bytes == forward_bytes(LLAMA, 200, 1) + 2 * 128_256 * 6


def test_sglangs_share_holds_weights_and_cache_alone():
    """An H100 with 78.81 GiB free before and 63.72 after loading, at 0.88: 54.26 GiB for the cache."""
    free = int(78.81 * GIB) + 500 * MIB
    device = DeviceMemory("H100", 1, free, free)
    found = estimate(LLAMA, asked("sglang", 131_072, device, memory_fraction=0.88))
    assert found.kv_tokens_capacity * 131_072 / GIB == pytest.approx(54.26, rel=0.005)


def test_vllm_serves_fewer_at_once_than_asked_for_but_starts():
    found = estimate(LLAMA, asked(context=131_072, parallel=16))
    assert found.ruling is Ruling.DOES_NOT_FIT
    assert (found.requests_capacity, found.starts) == (3, True)


def test_vllm_refuses_where_one_request_does_not_go_in():
    found = estimate(LLAMA, asked(context=131_072, device=CARD))
    assert (found.requests_capacity, found.starts) == (0, False)
    assert 0 < found.kv_tokens_capacity < 131_072
    assert estimate(LLAMA, asked(context=8192, device=CARD)).starts


def test_vllm_refuses_where_others_hold_its_share():
    assert estimate(LLAMA, asked(device=replace(H100, used_bytes=10 * GIB))).starts is False
    assert estimate(LLAMA, asked(device=replace(H100, used_bytes=10 * GIB), memory_fraction=0.5)).starts


def test_runtimes_that_take_what_they_need_refuse_nothing():
    assert estimate(LLAMA, asked("transformers")).starts is None


def test_layers_with_a_window_leave_room_for_more_requests():
    """Gemma 3's windows keep 1,023 tokens and two steps, and a block."""
    long, short = (estimate(WINDOWED, asked(context=context)) for context in (32_768, 16_384))
    assert long.requests_capacity > short.requests_capacity / 2
    assert long.kv_tokens_capacity > short.kv_tokens_capacity


def test_groups_of_layers_are_filled_up():
    """Gemma 3 27B: 10 full layers and 52 with a window make seven groups of ten."""
    arch = shape("google/gemma-3-27b-it")
    cache = cache_of(arch, asked(context=4096))
    row, blocks = 2 * 16 * 128 * 2, (256, 257)
    assert cache.bytes == 10 * 16 * row * (blocks[0] + 6 * blocks[1])
    assert (cache.low_bytes, cache.high_bytes) == (
        cache.bytes - dict(cache.inputs)["filled_bytes"],
        cache.bytes,
    )
    assert "filled_bytes" not in dict(cache_of(LLAMA, asked()).inputs)
    found = as_values(estimate(arch, asked(context=4096)))
    assert found["attention_kv_bytes"] == found["kv_cache_bytes"] == cache.bytes


def test_states_have_a_pool_of_their_own_in_sglang():
    """Granite 4.0 H micro on 16 GB: 38 states and 399,740 tokens, 2.74 and 3.04 GiB of 5.81."""
    arch = shape("ibm-granite/granite-4.0-h-micro")
    device = DeviceMemory("16 GB", 1, 16 * GIB, int(15.24 * GIB) + 500 * MIB)
    found = estimate(arch, asked("sglang", 4096, device, memory_fraction=0.774))
    assert found.kv_tokens_capacity == pytest.approx(399_740, rel=0.03)
    assert found.requests_capacity == pytest.approx(38 // 3, abs=1)


def test_a_hybrids_capacity_in_vllm_is_that_of_whole_requests():
    """Qwen3-Next 80B on two H200: 14.77 requests of 262,144 tokens in 44.59 GiB."""
    arch = shape("Qwen/Qwen3-Next-80B-A3B-Instruct")
    one = cache_of(arch, asked(context=262_144, device=replace(H100, count=2))).per_device_bytes
    assert 44.59 * GIB / one == pytest.approx(14.77, rel=0.01)


def test_a_latent_cache_is_whole_on_every_gpu():
    one, two = (estimate(LATENT, asked(device=replace(H100, count=count))) for count in (1, 2))
    cache = cache_of(LATENT, asked(device=replace(H100, count=2)))
    assert cache.per_device_bytes == cache_of(LATENT, asked()).per_device_bytes
    assert two.kv_tokens_capacity < one.kv_tokens_capacity * 1.5


@given(
    runtime=st.sampled_from(["vllm", "sglang", "transformers"]),
    tokens=st.integers(256, 20_000),
    more=st.integers(1, 20_000),
    devices=st.integers(1, 8),
)
def test_more_never_needs_less(runtime, tokens, more, devices):
    base = asked(runtime, ubatch_tokens=tokens, device=replace(H100, count=devices))
    small, large = (
        runtime_lines(LLAMA, base),
        runtime_lines(LLAMA, replace(base, ubatch_tokens=tokens + more)),
    )
    for one, other in zip(small, large, strict=True):
        assert one.bytes <= other.bytes
        assert one.low_bytes <= other.low_bytes
        assert one.high_bytes <= other.high_bytes
    wider = replace(base, device=replace(base.device, count=devices + 1))
    assert sum(x.bytes for x in runtime_lines(LLAMA, wider)) >= sum(x.bytes for x in small)


@given(context=st.integers(16, 131_072), more=st.integers(0, 65_536))
def test_a_longer_context_never_leaves_room_for_more_requests(context, more):
    for runtime in ("vllm", "sglang", "transformers"):
        one, other = (estimate(LLAMA, asked(runtime, length)) for length in (context, context + more))
        assert one.requests_capacity >= other.requests_capacity


def test_lines_say_what_they_come_from():
    for runtime in ("vllm", "sglang", "transformers"):
        for line in runtime_lines(LLAMA, asked(runtime)):
            assert line.place is Place.DEVICE
            assert line.source
            assert line.low_bytes <= line.bytes <= line.high_bytes
            values = dict(line.inputs)
            if line.code == "graphs":
                assert line.bytes == values["layers"] * 14 * MIB * values["devices"]
    assert batch_of(asked("transformers", 100, parallel=3)) == Batch(100, 3, 0)


def errors(quantity, *, held_out):
    known = set(LOGS["calibration"])
    wanted = [p for p in points() if p.quantity == quantity and (p.model not in known) is held_out]
    return median(p.error for p in wanted), sum(p.inside for p in wanted) / len(wanted)


@pytest.mark.parametrize("held_out", [False, True], ids=["calibration", "held out"])
@pytest.mark.parametrize(
    ("quantity", "most", "inside"),
    [
        ("weights", 0.005, 0.87),
        ("KV bytes", 0.05, 0.93),
        ("capacity", 0.05, 0.9),
        ("tokens of KV", 0.005, 0.85),
    ],
)
def test_start_up_logs_agree(quantity, most, inside, held_out):
    error, covered = errors(quantity, held_out=held_out)
    assert error <= most
    assert covered >= inside


def test_logs_are_many_and_say_where_they_are_from():
    found = [*rows("vllm"), *rows("sglang")]
    assert len(found) >= 60
    assert len({row["model"] for row in found}) >= 35
    assert all(row["source"] for row in found)


@pytest.mark.parametrize(
    ("model", "gib"),
    [  # "PyTorch activation peak memory takes" in logs of vLLM 0.6 to 0.13, 256 sequences
        ("Qwen/Qwen2.5-1.5B-Instruct", 1.40),
        ("Qwen/Qwen3-8B", 1.40),
        ("meta-llama/Llama-3.1-8B-Instruct", 1.19),
        ("microsoft/Phi-4-mini-instruct", 1.83),
    ],
)
def test_steps_that_sort(model, gib):
    assert server_peak(shape(model), Batch(2048, 256, 256), 1).bytes / GIB == pytest.approx(gib, rel=0.04)


def test_images_of_any_size_may_need_more():
    qwen, gemma = (shape(name) for name in ("Qwen/Qwen2.5-VL-7B-Instruct", "google/gemma-3-4b-it"))
    over = [
        server_peak(arch, Batch(2048, 256, 256), 1).high_bytes
        - server_peak(replace(arch, towers=()), Batch(2048, 256, 256), 1).high_bytes
        for arch in (qwen, gemma)
    ]
    assert over == [5 * GIB, 2 * GIB]


def test_the_share_of_another_release_is_in_the_range_of_the_capacity():
    found, said = (estimate(LLAMA, asked(memory_fraction=share)) for share in (None, 0.92))
    assert found.kv_tokens_range[0] < said.kv_tokens_range[0]
    assert (found.kv_tokens_capacity, found.kv_tokens_range[1]) == (
        said.kv_tokens_capacity,
        said.kv_tokens_range[1],
    )


def test_sglang_counts_what_others_took_where_memory_is_shared():
    shared = DeviceMemory("GB10", 1, 128 * GIB, unified=True)
    own = replace(shared, unified=False)
    lines = [estimate(LLAMA, asked("sglang", device=one)).lines[0] for one in (shared, own)]
    assert lines[0].bytes == lines[1].bytes
    assert lines[0].low_bytes < 0.98 * lines[0].bytes < lines[1].low_bytes
    assert lines[0].high_bytes > lines[1].high_bytes
