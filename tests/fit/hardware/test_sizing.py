"""The whole estimate: lines that add up, the verdict, and what may never happen whatever is asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.architecture import TAKEN_FOR
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.estimate import Basis, Holder, Line, Part, Place, combined
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.room import room_of
from decisions.fit.hardware.setting import GIB, MIB, DeviceMemory, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.states import Ruling
from tests.fit.hardware import shapes

LLAMA, MOE, LATENT = shapes.llama31_8b(), shapes.qwen3_30b_a3b(), shapes.deepseek_v2_lite()
CARD = DeviceMemory("RTX 4090", 1, 24 * GIB, 24_564 * MIB, bandwidth_bytes_per_s=1.008e12)
LARGE = DeviceMemory("H100", 1, 80 * GIB)
RUNTIMES = ("llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers")
QUANT = {"llama_cpp": "Q4_K_M", "ollama": "Q4_K_M", "lm_studio": "Q4_K_M"}


def setting(runtime="llama_cpp", **more):
    values = {"context_tokens": 4096, "device": CARD} | more
    return Setting(runtime=runtime, quantization=QUANT.get(runtime, "BF16"), **values)


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("arch", [LLAMA, MOE, LATENT], ids=["dense", "experts", "latent"])
def test_lines_add_up_and_say_where_they_are_from(runtime, arch):
    found = estimate(arch, setting(runtime, device=LARGE))
    assert found.total_bytes == sum(line.bytes for line in found.counted)
    assert found.range_bytes[0] <= found.total_bytes <= found.range_bytes[1]
    for line in found.lines:
        assert line.low_bytes <= line.bytes <= line.high_bytes, line.code
        assert line.formula, line.code
        assert line.basis in (Basis.COMPUTED, Basis.ASSUMED)


def test_an_8b_model_at_4_bits_fits_a_24_gib_card_with_room_for_tokens():
    found = estimate(LLAMA, setting())
    assert found.ruling is Ruling.FITS
    assert found.device.needed_bytes < 6 * GIB
    per_token = 32 * 8 * 256 * 2  # layers x KV heads x (key + value) x 2 bytes
    left = found.device.margin_bytes + 4096 * per_token
    assert found.kv_tokens_capacity == left // per_token
    assert found.requests_capacity == found.kv_tokens_capacity // 4096
    assert found.deciding == "weights"


def test_what_does_not_go_in_is_said_with_what_is_short():
    found = estimate(
        LLAMA, setting("transformers", device=replace(CARD, total_bytes=8 * GIB, usable_bytes=None))
    )
    assert found.ruling is Ruling.DOES_NOT_FIT
    assert found.device.margin_bytes < 0


def test_without_a_device_it_is_unknown_and_says_what_is_missing():
    found = estimate(LLAMA, setting(device=None))
    assert (found.ruling, found.missing) == (Ruling.UNKNOWN, ("device_memory",))
    assert found.kv_tokens_capacity is None
    assert found.total_bytes > 4 * GIB


def test_too_close_to_call_is_unknown():
    needed = estimate(LLAMA, setting()).device
    edge = replace(CARD, usable_bytes=(needed.low_bytes + needed.high_bytes) // 2)
    assert estimate(LLAMA, setting(device=edge)).ruling is Ruling.UNKNOWN


def test_vllm_reserves_what_it_does_not_need():
    found = estimate(LLAMA, setting("vllm", device=LARGE))
    assert found.device.reserved_bytes > 60 * GIB > found.device.needed_bytes
    graphs = 32 * 14 * MIB
    outside = 500 * MIB + graphs  # CUDA's context was there before vLLM looked, graphs come after
    assert found.device.room_bytes == found.device.reserved_bytes + outside
    assert found.starts
    assert found.kv_tokens_capacity % 16 == 0


def test_memory_that_others_hold_is_not_there():
    held = estimate(LLAMA, setting(device=replace(CARD, used_bytes=20 * GIB)))
    assert held.ruling is Ruling.DOES_NOT_FIT


def test_a_processors_second_copy_is_a_line_of_its_own():
    found = estimate(LLAMA, setting(device=DeviceMemory("CPU", 1, 32 * GIB, is_cpu=True)))
    assert found.bytes_of("repack") == 3_359_637_504  # llama.cpp v0.5.0, AVX2
    spared = found.bytes_of("repack", "load_peak")
    assert found.total_bytes == sum(line.bytes for line in found.lines) - spared


@pytest.mark.parametrize(
    ("field", "value"), [("context_tokens", 0), ("parallel", -1), ("context_tokens", 1 << 40)]
)
def test_senseless_settings_are_refused_by_name(field, value):
    with pytest.raises(Unsizable) as refused:
        estimate(LLAMA, replace(setting(), **{field: value}))
    assert str(value) in str(refused.value).replace(",", "")


def test_a_stated_budget_gives_the_capacity():
    """vLLM on Qwen3-30B-A3B printed 4.85 GiB for its cache, and 52,960 tokens."""
    found = estimate(MOE, setting("vllm", device=None, kv_budget_bytes=int(4.85 * GIB)))
    assert found.kv_tokens_capacity == 52_960
    assert found.kv_tokens_range == (52_960, 52_960)


def test_a_capacity_is_as_unsure_as_what_it_is_left_by():
    found = estimate(LLAMA, setting("vllm", device=LARGE))
    low, high = found.kv_tokens_range
    assert low < found.kv_tokens_capacity < high


def test_layers_with_the_processor_lend_their_matrices():
    whole, part = (estimate(LLAMA, setting(gpu_layers=layers)) for layers in (33, 20))
    high = [
        next(line.high_bytes for line in found.lines if line.code == "compute_buffer")
        for found in (whole, part)
    ]
    assert high[1] > high[0] + 100 * MIB


def test_needs_are_those_of_the_kind_of_device():
    one, other = (estimate(LLAMA, setting(device=card)) for card in (CARD, LARGE))
    assert one.lines is other.lines
    assert one.device.room_bytes != other.device.room_bytes


def test_a_shape_that_was_taken_for_granted_is_missing():
    found = estimate(replace(LLAMA, unknown=(TAKEN_FOR,)), setting())
    assert found.missing == (TAKEN_FOR,)
    assert found.lines[0].basis is Basis.ASSUMED


@given(
    runtime=st.sampled_from(RUNTIMES),
    arch=st.sampled_from([LLAMA, MOE, LATENT]),
    context=st.integers(1, 200_000),
    more=st.integers(1, 60_000),
    parallel=st.integers(1, 16),
)
def test_more_is_never_less(runtime, arch, context, more, parallel):
    base = setting(runtime, context_tokens=context, parallel=parallel, device=LARGE)
    total = estimate(arch, base).total_bytes
    assert estimate(arch, replace(base, context_tokens=context + more)).total_bytes >= total
    assert estimate(arch, replace(base, parallel=parallel + 1)).total_bytes >= total
    longer = replace(arch, layers=(*arch.layers, arch.layers[-1]))
    assert estimate(longer, base).total_bytes >= total


@given(
    arch=st.sampled_from([LLAMA, MOE, LATENT]), runtime=st.sampled_from(RUNTIMES), devices=st.integers(2, 8)
)
def test_parts_on_devices_are_never_less_than_the_whole(arch, runtime, devices):
    one = estimate(arch, setting(runtime, device=LARGE))
    many = estimate(arch, setting(runtime, device=replace(LARGE, count=devices)))
    assert many.device.needed_bytes * devices + many.host.needed_bytes >= one.total_bytes
    assert many.total_bytes >= one.total_bytes


@pytest.mark.parametrize("arch", [LLAMA, MOE], ids=["dense", "experts"])
def test_more_bits_never_need_less(arch):
    mixes = ("Q2_K", "Q3_K_M", "Q4_K_S", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "F16")
    totals = [estimate(arch, replace(setting(), quantization=mix)).total_bytes for mix in mixes]
    assert totals == sorted(totals)


def line(size, low, high):
    return Line("x", Part.RUNTIME, Place.DEVICE, size, low, high, Basis.ASSUMED)


def test_ranges_of_lines_combine_as_independent_errors():
    assert combined([line(100, 97, 103), line(50, 46, 54)]) == (145, 155)
    assert combined([]) == (0, 0)


@pytest.mark.parametrize(
    ("low", "high", "room", "ruling"),
    [(9, 10, 10, "fits"), (9, 11, 10, "unknown"), (11, 12, 10, "does_not_fit"), (1, 2, None, "unknown")],
)
def test_a_holder_rules_by_both_ends_of_the_range(low, high, room, ruling):
    assert Holder(low, low, high, room).ruling.value == ruling


def test_room_is_less_than_the_maker_says():
    stated = room_of(DeviceMemory("any", 1, 24 * GIB))
    assert stated.low_bytes < stated.bytes < stated.high_bytes < 24 * GIB
    assert stated.basis is Basis.ASSUMED
    assert room_of(CARD).bytes == 24_564 * MIB
    assert room_of(DeviceMemory("any")) is None
    assert room_of(replace(CARD, used_bytes=100 * GIB)).bytes == 0


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_what_others_hold_is_a_line_of_its_own_and_no_need(runtime):
    alone, beside = (
        estimate(LLAMA, setting(runtime, device=replace(LARGE, used_bytes=n))) for n in (0, 3 * GIB)
    )
    assert "held" not in [line.code for line in alone.lines]
    held = next(line for line in beside.lines if line.code == "held")
    assert (held.bytes, held.per_device_bytes, held.basis) == (3 * GIB, 3 * GIB, Basis.ASSUMED)
    assert beside.total_bytes == alone.total_bytes
    assert beside.device.needed_bytes == alone.device.needed_bytes
    assert beside.device.room_bytes <= alone.device.room_bytes


@pytest.mark.parametrize("runtime", ["llama_cpp", "ollama", "transformers", "vllm", "sglang"])
@pytest.mark.parametrize("devices", [1, 2, 3])
def test_room_does_not_depend_on_how_much_of_it_is_asked_for(runtime, devices):
    """What the cache can hold is the same for one request and for eight, on however many devices, but for
    what a runtime makes in a step: that grows with requests, much in Transformers, little in Ollama."""
    asked = {"model": "Qwen/Qwen3-8B", "runtime": runtime, "context": 4096, "device": "RTX 4090"}
    one, more = (
        estimate(found.architecture, found.setting).kv_tokens_capacity
        for found in (read_asked(asked | {"devices": devices, "parallel": count}) for count in (1, 8))
    )
    assert one
    grows = {"transformers": 0.5, "ollama": 0.01}.get(runtime, 0)
    assert one * (1 - grows) <= more <= one


@pytest.mark.parametrize("runtime", ["llama_cpp", "transformers"])
def test_two_devices_hold_twice_what_is_left_beside_half_the_weights(runtime):
    """By hand, within a layer and the buffers of a step: (room - weights / 2) x 2 / bytes of a token."""
    asked = {
        "model": "Qwen/Qwen3-8B",
        "runtime": runtime,
        "quant": "BF16",
        "device": "RTX 4090",
        "devices": 2,
    }
    found = read_asked(asked)
    sized = estimate(found.architecture, found.setting)
    token = 36 * 2 * 8 * 128 * 2
    by_hand = (sized.device.room_bytes - sized.bytes_of("weights") / 2) * 2 / token
    assert sized.kv_tokens_capacity == pytest.approx(by_hand, rel=0.17)
    assert sized.kv_tokens_capacity < by_hand


def test_transformers_gives_whole_layers_to_devices():
    """An even share and a layer more is the fullest: Qwen3-32B in 16 bits goes on four cards of 24 GB."""
    found = read_asked(
        {"model": "Qwen/Qwen3-32B", "runtime": "transformers", "device": "RTX 4090", "devices": 4}
    )
    sized = estimate(found.architecture, found.setting)
    whole, layers = sized.bytes_of("weights"), len(found.architecture.layers)
    assert sized.lines[0].per_device_bytes == -(-whole // 4) + whole // layers
    assert sized.ruling is Ruling.FITS
