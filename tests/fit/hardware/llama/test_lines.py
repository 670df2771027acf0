"""Which memory takes what when llama.cpp, Ollama or LM Studio hold a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.estimate import Place
from decisions.fit.hardware.llama.lines import llama_lines
from decisions.fit.hardware.llama.ollama import spared_bytes, with_defaults
from decisions.fit.hardware.llama.split import layer_caches, split_of
from decisions.fit.hardware.setting import MIB
from decisions.fit.hardware.weights import weights_of
from tests.fit.hardware.settings import CPU, asked, gpus
from tests.fit.hardware.shapes import SHAPES

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
names = st.sampled_from(sorted(SHAPES))


def lines_of(name, setting):
    shape = SHAPES[name]()
    return llama_lines(shape, setting, weights_of(shape, setting.quantization), cache_of(shape, setting))


def by_code(lines, place=None):
    return {line.code: line.bytes for line in lines if place is None or line.place is place}


def test_a_processor_holds_everything():
    lines = lines_of(LLAMA, asked(8192, device=CPU))
    assert {line.place for line in lines if line.code != "load_peak"} == {Place.DEVICE}
    assert {"weights", "kv_cache", "compute_buffer", "output_buffer", "repack", "load_peak"} == {
        line.code for line in lines
    }
    assert by_code(lines)["kv_cache"] == 1024 * MIB


def test_without_a_mapped_file_there_is_one_copy():
    assert "repack" not in by_code(lines_of(LLAMA, asked(8192, device=CPU, mmap=False)))


def test_a_gpu_leaves_the_embedding_to_the_host():
    shape = SHAPES[LLAMA]()
    weights = weights_of(shape, "Q4_K_M")
    lines = lines_of(LLAMA, asked(8192, device=gpus()))
    assert by_code(lines, Place.HOST)["weights"] == weights.token_embedding_bytes
    total = sum(line.bytes for line in lines if line.code == "weights")
    assert total == weights.bytes
    assert "gpu_context" in by_code(lines, Place.DEVICE)


def test_a_tied_output_is_held_twice():
    shape = SHAPES["google/gemma-3-1b-it"]()
    weights = weights_of(shape, "Q8_0")
    lines = lines_of("google/gemma-3-1b-it", asked(8192, device=gpus(), quantization="Q8_0"))
    total = sum(line.bytes for line in lines if line.code == "weights")
    assert total == weights.bytes + weights.token_embedding_bytes
    assert by_code(lines, Place.HOST)["weights"] == 306 * MIB


def test_the_output_goes_first_then_the_last_layers():
    shape = SHAPES[LLAMA]()
    weights = weights_of(shape, "Q4_K_M")
    none = split_of(shape, asked(8192, device=gpus(), gpu_layers=0), weights)
    one = split_of(shape, asked(8192, device=gpus(), gpu_layers=1), weights)
    ten = split_of(shape, asked(8192, device=gpus(), gpu_layers=10), weights)
    # the output's norm and the table of rotary factors go with it
    assert (none.device_weights, none.gpu_layers) == (0, 0)
    assert (one.device_weights, one.gpu_layers) == (weights.output_bytes + (4096 + 64) * 4, 0)
    assert ten.device_weights == weights.output_bytes + (4096 + 64) * 4 + sum(weights.layer_bytes[-9:])
    assert ten.device_cache == 9 * 1024 * MIB // 32


def test_layers_add_up_to_the_cache():
    for name in sorted(SHAPES):
        shape = SHAPES[name]()
        assert sum(layer_caches(shape, asked(8192))) == cache_of(shape, asked(8192)).bytes


@given(names, st.integers(0, 70), st.integers(1, 8))
def test_nothing_is_lost_between_device_and_host(name, gpu_layers, devices):
    shape = SHAPES[name]()
    weights = weights_of(shape, "Q4_K_M")
    setting = asked(4096, device=gpus(devices), gpu_layers=gpu_layers)
    split = split_of(shape, setting, weights)
    assert split.device_weights + split.host_weights >= weights.bytes
    assert split.device_cache + split.host_cache == cache_of(shape, setting).bytes
    assert split.fullest_weights <= split.device_weights <= split.fullest_weights * devices
    assert split.fullest_cache <= split.device_cache <= split.fullest_cache * devices


@given(names, st.integers(1, 8))
def test_more_gpus_never_add_up_to_less(name, devices):
    one = by_code(lines_of(name, asked(4096, device=gpus(1))), Place.DEVICE)
    many = by_code(lines_of(name, asked(4096, device=gpus(devices))), Place.DEVICE)
    assert all(many[code] >= one[code] for code in one)


def test_loading_maps_the_file_or_copies_through_a_buffer():
    shape = SHAPES[LLAMA]()
    weights = weights_of(shape, "Q4_K_M")
    mapped = by_code(lines_of(LLAMA, asked(device=CPU)))["load_peak"]
    assert mapped == weights.bytes + weights.repack_bytes
    copied = [asked(device=gpus(), mmap=False), asked(4096, "ollama", device=gpus())]
    for setting in copied:
        load = by_code(lines_of(LLAMA, setting))["load_peak"]
        assert load == weights.token_embedding_bytes + 64 * MIB


@pytest.mark.parametrize(("runtime", "outputs"), [("llama_cpp", None), ("ollama", None), ("lm_studio", 4)])
def test_front_ends_fill_in_their_own_defaults(runtime, outputs):
    assert with_defaults(asked(4096, runtime)).outputs == outputs


def test_ollama_leaves_some_of_each_gpu_alone():
    """Of the 457 MiB, 300 are what driver and libraries take, which is a line of its own."""
    assert spared_bytes(asked(4096, "ollama", device=gpus(2))) == 157 * MIB
    assert spared_bytes(asked(4096, "llama_cpp", device=gpus(2))) == 0
    assert spared_bytes(asked(4096, "ollama", device=CPU)) == 0


def test_several_gpus_that_hold_all_keep_copies_of_inputs():
    """They work on a batch in turns: three more masks and embedded batches on each."""
    setting = asked(32_768, device=gpus(2))
    line = next(line for line in lines_of(LLAMA, setting) if line.code == "compute_buffer")
    copies = 3 * 512 * (32_768 * 2 + 4096 * 4) * 2
    assert dict(line.inputs)["copies_bytes"] == copies
    part = asked(32_768, device=gpus(2), gpu_layers=20)
    some = next(line for line in lines_of(LLAMA, part) if line.code == "compute_buffer")
    assert "copies_bytes" not in dict(some.inputs)
    assert line.bytes == some.bytes + copies
    own = next(
        line
        for line in lines_of("google/gemma-3-1b-it", asked(4096, "ollama", device=gpus(2)))
        if line.code == "compute_buffer"
    )
    assert dict(own.inputs)["copies_bytes"] == 0
