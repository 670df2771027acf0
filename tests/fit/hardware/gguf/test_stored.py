"""The weights of a real file: its own bytes, which agree with our rule for the mix."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.gguf.header import GgufHeader, HeaderTensor
from decisions.fit.hardware.gguf.stored import weights_of_header
from decisions.fit.hardware.gguf.weights import types_of
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge.quantizations import blocks
from tests.fit.hardware import shapes
from tests.fit.hardware.headers import header_of

SHAPES = [shapes.qwen25_05b(), shapes.qwen3_30b_a3b(), shapes.llama31_8b(), shapes.gemma2_2b()]


def quantized(arch: Architecture, mix: str) -> GgufHeader:
    header = header_of(arch)
    kinds = [kind for _tensor, kind in types_of(arch, mix)]
    tensors = [
        HeaderTensor(each.name, kind, each.shape, each.elements // blocks()[kind][0] * blocks()[kind][1])
        for each, kind in zip(header.tensors, kinds, strict=True)
    ]
    return replace(header, tensors=tuple(tensors), file_bytes=1)


@pytest.mark.parametrize("mix", ["Q4_K_M", "Q8_0", "IQ4_XS"])
@pytest.mark.parametrize("arch", SHAPES, ids=lambda arch: arch.model_type)
def test_stored_and_computed_agree(arch: Architecture, mix: str) -> None:
    stored, computed = weights_of_header(quantized(arch, mix)), weights_of(arch, mix)
    assert stored.basis is Basis.MEASURED
    assert stored.bytes == stored.low_bytes == stored.high_bytes == computed.bytes
    assert dict(stored.groups) == dict(computed.groups)
    assert stored.repack_bytes == computed.repack_bytes
    assert stored.layer_bytes == computed.layer_bytes
    assert stored.layer_repack_bytes == computed.layer_repack_bytes
    assert stored.token_embedding_bytes == computed.token_embedding_bytes
    assert stored.output_bytes == computed.output_bytes


def test_a_drafting_block_is_on_the_disk_alone() -> None:
    header = quantized(shapes.qwen25_05b(), "Q8_0")
    draft = HeaderTensor("blk.24.nextn.eh_proj.weight", "F16", (4, 4), 32)
    more = replace(
        header,
        tensors=(*header.tensors, draft),
        metadata={**header.metadata, "qwen2.nextn_predict_layers": 1},
    )
    assert weights_of_header(more).bytes == weights_of_header(header).bytes
    assert len(weights_of_header(more).layer_bytes) == 24


def test_a_file_without_blocks() -> None:
    header = replace(header_of(shapes.qwen25_05b()), tensors=(HeaderTensor("a.weight", "F16", (2,), 4),))
    assert weights_of_header(header).bytes == 4
