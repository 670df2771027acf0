"""A model as a text describes it: what was read of a file comes back from it, and nothing is believed."""

import json
from dataclasses import replace
from typing import Any

import gguf
import pytest

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.described import described
from decisions.fit.hardware.gguf.architecture import architecture_of_header
from decisions.fit.hardware.gguf.header import GgufHeader
from decisions.fit.hardware.gguf.kept import kept
from decisions.fit.hardware.gguf.names import FILE_TYPES
from decisions.fit.hardware.gguf.stored import weights_of_header
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.record.text import TEXT_LENGTH, clean_text
from tests.factories import CONFIG
from tests.fit.hardware import shapes
from tests.fit.hardware.gguf.test_stored import SHAPES, quantized

LLAMA = Setting("llama_cpp", "", 4096)
DIGEST = "a" * 64


def text_of(header: GgufHeader) -> str:
    return json.dumps(kept(header, DIGEST))


@pytest.mark.parametrize("mix", ["Q4_K_M", "IQ4_XS"])
@pytest.mark.parametrize("arch", SHAPES, ids=lambda arch: arch.model_type)
def test_a_header_comes_back_from_its_text(arch: Architecture, mix: str) -> None:
    header = quantized(arch, mix)
    text = text_of(header)
    assert len(text) < TEXT_LENGTH // 2
    assert clean_text(text) == text
    found = described(text)
    assert found.architecture == architecture_of_header(header)
    wanted = weights_of_header(header)
    assert found.gguf is not None
    assert replace(found.gguf, source="", groups=()) == replace(wanted, source="", groups=())
    assert dict(found.gguf.groups) == dict(wanted.groups)
    assert found.gguf.source.endswith(DIGEST)


def test_the_file_counts_in_its_own_quantization_alone() -> None:
    header = quantized(shapes.qwen25_05b(), "Q4_K_M")
    found = described(text_of(replace(header, metadata={**header.metadata, "general.file_type": 15})))
    assert found.mix == "Q4_K_M"
    for quantization, counts in (("", True), ("Q4_K_M", True), ("Q8_0", False)):
        assert (found.weights_in(replace(LLAMA, quantization=quantization)) is not None) is counts
    assert found.weights_in(replace(LLAMA, runtime="vllm")) is None


def test_sums_of_safetensors_stand_beside_the_configuration() -> None:
    sums = {"bytes": 2_000, "groups": {"embedding": 800}, "format": "BF16", "sha256": DIGEST}
    found = described(json.dumps({**json.loads(CONFIG), "safetensors": sums}))
    weights = found.weights_in(replace(LLAMA, runtime="vllm"))
    assert weights is not None
    assert (weights.bytes, weights.source) == (2_000, f"the file's own header, SHA-256 {DIGEST}")
    assert found.weights_in(LLAMA) is None
    assert described(CONFIG).is_file is False


def damaged() -> dict[str, dict[str, Any]]:
    good = kept(quantized(shapes.qwen25_05b(), "Q4_K_M"), DIGEST)["gguf"]
    tensors = {name: value for name, value in good["tensors"].items() if name != "token_embd.weight"}
    wrong: dict[str, Any] = {
        "gguf": [],
        "gguf.metadata": good | {"metadata": [1]},
        "gguf.metadata.a": good | {"metadata": {"a": {"b": 1}}},
        "gguf.file_bytes": good | {"file_bytes": -1},
        "gguf.tensors": good | {"tensors": None},
        "gguf.tensors.x": good | {"tensors": {"x": 1}},
        "gguf.tensors.blk.*.x": good | {"tensors": {"blk.*.x": [["F16", [4, 4], "0-99999999999"]]}},
        "200": good | {"tensors": {f"blk.*.{at}": [["F16", [4], "0-999"]] for at in range(300)}},
        "x is stored as type Q99": good | {"tensors": {"x": [["Q99", [4, 4], ""]]}},
        "shape that cannot be": good | {"tensors": {"x": [["F16", [0, 4], ""]]}},
        "token_embd.weight": good | {"tensors": tensors},
        "general.architecture": good | {"architecture": ""},
    }
    return wrong


@pytest.mark.parametrize(("said", "wrong"), damaged().items())
def test_what_somebody_wrote_into_it_is_told_by_name(said: str, wrong: Any) -> None:
    with pytest.raises(Unsizable) as problem:
        described(json.dumps({"gguf": wrong}))
    assert said.split(" ")[-1] in problem.value.statement.text


@pytest.mark.parametrize("wrong", [[], {}, {"bytes": -1}, {"bytes": True}, {"bytes": 1, "groups": [1]}])
def test_sums_that_are_none(wrong: Any) -> None:
    with pytest.raises(Unsizable, match="not what was read of a safetensors file"):
        described(json.dumps({**json.loads(CONFIG), "safetensors": wrong}))


def test_file_types_are_those_of_the_package() -> None:
    theirs = {each.value: each.name.split("_", 1)[1] for each in gguf.LlamaFileType if each.name != "GUESSED"}
    assert theirs == FILE_TYPES
