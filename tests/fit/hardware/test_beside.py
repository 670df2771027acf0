"""What runs beside the model: adapters, a draft model, a vision part; and what loading takes."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.estimate import Basis, Place
from decisions.fit.hardware.formats import lora_bytes, tower_bytes
from decisions.fit.hardware.llama.buffers import compute_buffer
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB, MIB, DeviceMemory
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.table import table_of
from decisions.fit.hardware.weights import weights_of
from decisions.states import Ruling

VISION = {"model": "Qwen/Qwen3-VL-8B-Instruct", "device": "RTX 4090", "context": 8192, "parallel": 2}
GGUF = {**VISION, "runtime": "llama.cpp", "quant": "Q4_K_M"}
SERVED = {**VISION, "runtime": "vllm", "quant": "BF16"}


def sized(request):
    asked = read_asked(request)
    return asked, estimate(asked.architecture, asked.setting)


def line(found, code):
    return next((one for one in found.lines if one.code == code), None)


def test_a_draft_has_weights_a_cache_of_the_same_context_and_a_graph():
    asked, found = sized(GGUF | {"draft": "Qwen/Qwen3-0.6B:Q8_0"})
    small = asked.setting.draft.architecture
    alone = replace(asked.setting, draft=None)
    assert line(found, "draft_weights").bytes == weights_of(small, "Q8_0").bytes
    assert line(found, "draft_kv_cache").bytes == cache_of(small, alone).bytes
    assert line(found, "draft_compute_buffer").bytes == compute_buffer(small, alone).bytes
    more = sum(one.bytes for one in found.lines if one.code.startswith("draft_"))
    assert found.total_bytes == estimate(asked.architecture, alone).total_bytes + more


def test_a_server_divides_the_draft_as_it_divides_the_model():
    _, found = sized(SERVED | {"device": "H100", "devices": 2, "draft": "Qwen/Qwen3-0.6B"})
    assert line(found, "draft_compute_buffer") is None
    for code in ("draft_weights", "draft_kv_cache"):
        one = line(found, code)
        assert one.bytes // 2 <= one.per_device_bytes < one.bytes


def test_adapters_are_reserved_by_servers_and_loaded_by_others():
    asked, found = sized(SERVED | {"lora_rank": 16, "loras": 4})
    one = line(found, "lora")
    assert one.bytes == one.low_bytes == one.high_bytes == lora_bytes(asked.architecture, 16, 4)
    _, other = sized(GGUF | {"lora_rank": 16, "loras": 4})
    assert other.total_bytes - sized(GGUF)[1].total_bytes == one.bytes
    assert line(other, "lora").low_bytes < one.bytes < line(other, "lora").high_bytes


@pytest.mark.parametrize("rank", [0, 5000])
def test_a_rank_without_a_meaning_is_refused(rank):
    with pytest.raises(Unsizable):
        sized(GGUF | {"lora_rank": rank})


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({}, False),
        ({"vision": True}, True),
        ({"runtime": "ollama"}, True),
        ({"runtime": "ollama", "vision": "off"}, False),
        ({"runtime": "lm_studio"}, False),
    ],
)
def test_a_vision_part_counts_where_it_is_loaded(more, counted):
    asked, found = sized(GGUF | more)
    size = tower_bytes(asked.architecture)
    assert line(found, "projector" if counted else "apart_projector").bytes == size
    off = estimate(asked.architecture, replace(asked.setting, vision=False))
    assert found.total_bytes == off.total_bytes + (size if counted else 0)


def test_a_vision_part_of_unknown_size_leaves_it_open():
    asked = read_asked(GGUF | {"vision": True})
    arch = replace(asked.architecture, towers=(), unknown=("towers",))
    found = estimate(arch, asked.setting)
    assert (found.ruling, found.missing) == (Ruling.UNKNOWN, ("towers",))
    assert line(found, "projector").basis is Basis.UNKNOWN
    row = table_of(arch, asked.setting, ["Q4_K_M"], [asked.setting.device])[0]
    assert row.cells[0].ruling is Ruling.UNKNOWN
    assert estimate(arch, replace(asked.setting, vision=False)).ruling is Ruling.FITS


def test_a_draft_of_other_words_is_remarked_on():
    asked, _ = sized(GGUF | {"draft": "meta-llama/Llama-3.2-1B-Instruct:Q8_0"})
    assert [note.code for note in asked.notes] == ["asked.draft_words"]
    assert not sized(GGUF | {"draft": "Qwen/Qwen3-0.6B:Q8_0"})[0].notes


@pytest.mark.parametrize("runtime", ["vllm", "sglang", "transformers"])
def test_servers_stream_the_checkpoint(runtime):
    _, found = sized(SERVED | {"runtime": runtime})
    load = line(found, "load_peak")
    assert (load.place, load.bytes, load.basis) == (Place.HOST, 5 * 10**9, Basis.ASSUMED)
    assert load not in found.counted
    assert found.host.needed_bytes == 0


def test_what_ollama_leaves_alone_is_no_room():
    device = DeviceMemory("GPU", 2, usable_bytes=24 * GIB, total_bytes=24 * GIB)
    rooms = []
    for runtime in ("llama.cpp", "ollama"):
        asked, _ = sized(GGUF | {"runtime": runtime})
        rooms.append(estimate(asked.architecture, replace(asked.setting, device=device)).device.room_bytes)
    assert rooms[0] - rooms[1] == 157 * MIB
