"""Tensors of known models: their names, their number, their weights."""

import pytest

from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.families import family_of
from decisions.fit.hardware.tensors import active_parameters_of, parameters_of, tensors_of
from decisions.knowledge import models
from tests.fit.hardware.shapes import SHAPES

PARAMETERS = {  # unique weights of the checkpoints, published on the Hugging Face Hub
    "Qwen/Qwen2.5-0.5B-Instruct": 494_032_768,
    "Qwen/Qwen3-30B-A3B": 30_532_122_624,
    "HuggingFaceTB/SmolLM2-135M-Instruct": 134_515_008,
    "meta-llama/Llama-3.1-8B-Instruct": 8_030_261_248,
    "microsoft/Phi-3-mini-4k-instruct": 3_821_079_552,
    "google/gemma-2-2b-it": 2_614_341_888,
    "google/gemma-3-1b-it": 999_885_952,
    "openai/gpt-oss-20b": 20_914_757_184,
    "deepseek-ai/DeepSeek-V2-Lite": 15_706_484_224,
    "LiquidAI/LFM2-1.2B": 1_170_340_608,
    "ibm-granite/granite-4.0-h-tiny": 6_939_037_248,
}


@pytest.mark.parametrize("model", PARAMETERS)
def test_weights_are_counted_to_the_unit(model):
    assert parameters_of(SHAPES[model]()) == PARAMETERS[model]


@pytest.mark.parametrize("model", PARAMETERS)
def test_the_list_and_the_count_agree(model):
    tensors = tensors_of(SHAPES[model]())
    assert sum(tensor.elements for tensor in tensors if not tensor.derived) == PARAMETERS[model]
    assert len({tensor.name for tensor in tensors}) == len(tensors)


def test_only_experts_rest():
    qwen = SHAPES["Qwen/Qwen3-30B-A3B"]()
    experts = 48 * 3 * 2048 * 768
    assert active_parameters_of(qwen) == parameters_of(qwen) - 120 * experts
    llama = SHAPES["meta-llama/Llama-3.1-8B-Instruct"]()
    assert active_parameters_of(llama) == parameters_of(llama)


def test_names_are_those_of_the_engine():
    names = [tensor.name for tensor in tensors_of(SHAPES["microsoft/Phi-3-mini-4k-instruct"]())]
    assert names[:3] == ["output.weight", "output_norm.weight", "token_embd.weight"]
    assert names[3:9] == [
        "blk.0.attn_norm.weight",
        "blk.0.attn_output.weight",
        "blk.0.attn_qkv.weight",
        "blk.0.ffn_down.weight",
        "blk.0.ffn_norm.weight",
        "blk.0.ffn_up.weight",
    ]


def test_shipped_models_are_of_families_with_names():
    shapes = [arch for model in models.shipped() if (arch := architecture_of(model))]
    strangers = {arch.model_type for arch in shapes if not family_of(arch.model_type).gguf}
    assert strangers == {"gptj", "opt"}  # which llama.cpp does not run
    for arch in dict.fromkeys(shapes):
        filed = [tensor.name for tensor in tensors_of(arch) if tensor.is_filed]
        assert len(filed) == len(set(filed))


def test_biases_of_experts_rest_with_them():
    arch = SHAPES["openai/gpt-oss-20b"]()
    idle = 24 * 28 * (3 * 2880 * 2880 + 3 * 2880)
    assert active_parameters_of(arch) == parameters_of(arch) - idle
