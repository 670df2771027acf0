"""Headers and indexes of safetensors files: exact bytes, and words for whatever lies."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import (
    MOST_BYTES,
    group_of_name,
    read_index,
    read_safetensors_header,
)


def stored(header: object, tail: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + tail


def entry(dtype: str, shape: list[Any], begin: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


HONEST = {
    "__metadata__": {"format": "pt"},
    "lm_head.weight": entry("BF16", [10, 4], 8, 88),
    "model.layers.0.mlp.experts.gate_up_proj_scales": entry("F8_E8M0", [8], 0, 8),
    "model.layers.0.mlp.experts.gate_up_proj_blocks": entry("F4", [2, 8], 88, 96),
    "model.norm.weight": entry("F32", [], 96, 100),
}


def test_exact_bytes_from_the_first_bytes_of_a_file() -> None:
    data = stored(HONEST)
    read = read_safetensors_header(io.BytesIO(data))
    assert read.tensor_bytes == 100
    assert read.file_bytes == len(data) + 100
    assert read.bytes_by_dtype() == {"BF16": 80, "F8_E8M0": 8, "F4": 8, "F32": 4}
    assert read.bytes_by_group() == {"output": 80, "experts": 16, "other": 4}
    assert read.format == "pt"
    assert read.tensors[0].elements == 40


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("model.embed_tokens.weight", "embedding"),
        ("transformer.wte.weight", "embedding"),
        ("model.layers.3.self_attn.q_proj.weight", "attention"),
        ("model.layers.3.self_attn.q_norm.weight", "other"),
        ("model.layers.3.mlp.gate_proj.weight", "feed_forward"),
        ("model.layers.3.mlp.gate.weight", "router"),
        ("model.layers.3.mlp.experts.0.up_proj.weight", "experts"),
        ("model.layers.3.linear_attn.in_proj.weight", "state"),
        ("backbone.layers.3.mixer.in_proj.weight", "state"),
        ("model.visual.blocks.0.attn.qkv.weight", "vision"),
        ("mtp.layers.0.mlp.up_proj.weight", "mtp"),
    ],
)
def test_groups(name: str, group: str) -> None:
    assert group_of_name(name) == group


def test_an_index() -> None:
    index = {
        "metadata": {"total_size": 16060522496},
        "weight_map": {"a.weight": "model-1.safetensors", "b.weight": "model-2.safetensors"},
    }
    read = read_index(json.dumps(index).encode())
    assert read.tensor_bytes == 16060522496
    assert read.files == ("model-1.safetensors", "model-2.safetensors")
    assert read.tensors["a.weight"] == "model-1.safetensors"


def test_an_index_without_a_sum_says_so() -> None:
    assert read_index(b'{"weight_map": {"a": "f"}}').tensor_bytes is None


BAD_INDEXES = {
    "no JSON": (b"{", "not a JSON object"),
    "a list": (b"[]", "not a JSON object"),
    "no UTF-8": (b"\xff{}", "not a JSON object"),
    "deep": (b"[" * 100_000, "not a JSON object"),
    "a number without end": (b'{"metadata": ' + b"9" * 5000 + b"}", "not a JSON object"),
    "empty": (b"{}", "weight_map is missing"),
    "a list as map": (b'{"weight_map": ["a"]}', "weight_map is missing"),
    "numbers as files": (b'{"weight_map": {"a": 1}}', "weight_map is missing"),
    "twice": (b'{"weight_map": {"a": "f", "a": "g"}}', "^a stands in the file twice"),
    "a negative sum": (b'{"metadata": {"total_size": -1}, "weight_map": {"a": "f"}}', "total_size is -1"),
    "no number": (b'{"metadata": {"total_size": "1 GB"}, "weight_map": {"a": "f"}}', "total_size is 1 GB"),
    "infinite": (b'{"metadata": {"total_size": Infinity}, "weight_map": {"a": "f"}}', "total_size is inf"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1", "Git LFS pointer"),
}


@pytest.mark.parametrize(("text", "words"), BAD_INDEXES.values(), ids=BAD_INDEXES)
def test_bad_indexes_are_refused_in_words(text: bytes, words: str) -> None:
    with pytest.raises(Unsizable, match=words):
        read_index(text)


def test_an_index_too_large() -> None:
    with pytest.raises(Unsizable, match="larger than 96 MiB"):
        read_index(bytes(MOST_BYTES + 1))


HOSTILE = {
    "empty": (b"", "8 bytes are needed and 0 are here"),
    "a length of 2^63": ((1 << 63).to_bytes(8, "little"), "header of 9223372036854775808 bytes"),
    "GGUF": (b"GGUF\3\0\0\0" + bytes(99), "not a safetensors file"),
    "cut off": (stored(HONEST)[:40], "bytes are needed and 32 are here"),
    "no JSON": (stored(b"{]"), "not a JSON object"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1", "Git LFS pointer"),
    "a type that is none": (stored({"a": entry("Q4_K", [1], 0, 1)}), "^a has values of type Q4_K"),
    "a type that is a list": (
        stored({"a": entry("F32", [1], 0, 4) | {"dtype": {}}}),
        "^a has values of type",
    ),
    "no shape": (stored({"a": entry("F32", [1], 0, 4) | {"shape": "4"}}), "^a has no shape"),
    "a negative shape": (stored({"a": entry("F32", [-1, -1], 0, 4)}), r"^a\.shape is -1"),
    "a shape of words": (stored({"a": entry("F32", ["1"], 0, 4)}), r"^a\.shape is 1"),
    "more than its span": (stored({"a": entry("F32", [4], 0, 4)}), "^a takes 4 bytes where its .* make 16"),
    "half a byte": (stored({"a": entry("F4", [3], 0, 2)}), "^a takes 2 bytes"),
    "a huge shape": (stored({"a": entry("F32", [1 << 61] * 9, 0, 4)}), "^a takes 4 bytes"),
    "no span": (stored({"a": {"dtype": "F32", "shape": [1]}}), "^a does not say where"),
    "an entry that is a number": (stored({"a": 1}), "^a does not say where"),
    "backwards": (stored({"a": entry("F32", [1], 4, 0)}), "^a does not say where"),
    "a hole": (stored({"a": entry("F32", [1], 4, 8)}), "^a does not begin"),
    "over each other": (
        stored({"a": entry("F32", [1], 0, 4), "b": entry("F32", [1], 0, 4)}),
        "^b does not begin",
    ),
    "twice": (stored(b'{"a": 1, "a": 2}'), "^a stands in the file twice"),
}


@pytest.mark.parametrize(("data", "words"), HOSTILE.values(), ids=HOSTILE)
def test_what_lies_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unsizable, match=words):
        read_safetensors_header(io.BytesIO(data))


@given(st.data())
def test_a_damaged_header_never_crashes(data: st.DataObject) -> None:
    damaged = bytearray(stored(HONEST))
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_safetensors_header(io.BytesIO(damaged))
    except Unsizable:
        return
    assert read.tensor_bytes >= 0
