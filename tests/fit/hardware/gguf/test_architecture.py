"""The shape of a model from its header: each kind of layer, windows, experts, what is missing."""

import io
from typing import Any

import pytest

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    LinearAttention,
    ShortConv,
    StateSpace,
    Window,
)
from decisions.fit.hardware.gguf.architecture import architecture_of_header
from decisions.fit.hardware.gguf.header import read_header
from decisions.fit.hardware.problem import Unsizable
from tests.fit.hardware.ggufs import Shape, header, llama

BASE = {"block_count": 1, "embedding_length": 64, "attention.head_count": 4, "attention.head_count_kv": 2}
EMBEDDING = {"token_embd.weight": (64, 100)}
ATTENTION = {"attn_q.weight": (64, 64), "attn_k.weight": (64, 32), "attn_v.weight": (64, 32)}
OUTPUT = {"attn_output.weight": (64, 64)}


def read(
    architecture: str,
    keys: dict[str, Any],
    *layers: dict[str, Shape],
    outside: dict[str, Shape] | None = None,
) -> Architecture:
    tensors: dict[str, Shape] = {**EMBEDDING, **(outside or {})}
    for at, layer in enumerate(layers):
        tensors |= {f"blk.{at}.{name}": shape for name, shape in layer.items()}
    data = header(architecture, BASE | {"block_count": len(layers)} | keys, tensors)
    return architecture_of_header(read_header(io.BytesIO(data)))


def test_a_dense_model() -> None:
    found = architecture_of_header(read_header(io.BytesIO(llama(3))))
    assert (found.model_type, found.hidden, found.vocabulary, found.tied) == ("llama", 256, 1000, False)
    assert (found.max_context_tokens, found.rope_dim, found.final_norms) == (4096, 64, (256,))
    assert len(set(found.layers)) == 1
    layer = found.layers[0]
    assert layer.mixers == (Attention(heads=4, kv_heads=2, key_dim=64, value_dim=64),)
    assert layer.feed_forward == Dense(512)
    assert layer.norms == (256, 256)
    assert not found.unknown


def test_without_an_output_matrix_the_embedding_is_tied() -> None:
    assert read("llama", {}, ATTENTION | OUTPUT).tied


def test_heads_by_layer_biases_norms_and_sinks() -> None:
    extra: dict[str, Shape] = {"attn_q.bias": (64,), "attn_k.bias": (32,), "attn_sinks.weight": (4,)}
    norms: dict[str, Shape] = {"attn_q_norm.weight": (16,), "attn_k_norm.weight": (16,)}
    wide: dict[str, Shape] = {"attn_k.weight": (64, 64), "attn_v.weight": (64, 64)}
    found = read(
        "gpt-oss",
        {"attention.head_count_kv": [2, 4], "attention.sliding_window": 128},
        ATTENTION | OUTPUT | extra | norms,
        ATTENTION | wide | OUTPUT,
    )
    first, second = (layer.mixers[0] for layer in found.layers)
    assert isinstance(first, Attention)
    assert isinstance(second, Attention)
    assert (first.query_bias, first.kv_bias, first.output_bias, first.sinks) == (True, True, False, True)
    assert (first.query_norm_dim, first.key_norm_dim) == (16, 16)
    assert (first.kv_heads, second.kv_heads, second.key_dim) == (2, 4, 16)
    assert found.source_quantization == "mxfp4"


@pytest.mark.parametrize(
    ("architecture", "keys", "expected"),
    [
        ("gemma2", {"attention.sliding_window": 4096}, "w.w.w."),
        ("gemma2", {}, "w.w.w."),
        ("gemma3", {"attention.sliding_window": 512}, "wwwww."),
        ("gemma3", {}, "......"),
        ("gemma3", {"attention.sliding_window": 512, "attention.sliding_window_pattern": 3}, "ww.ww."),
        ("cohere2", {"attention.sliding_window": 4096}, "www.ww"),
        ("cohere2moe", {"attention.sliding_window": 4096}, ".www.w"),
        ("gpt-oss", {"attention.sliding_window": 128}, "w.w.w."),
        ("llama4", {}, "www.ww"),
        ("llama4", {"attention.sliding_window": 0}, "......"),
        ("exaone4", {"attention.sliding_window": 4096}, "......"),
        ("phi3", {"attention.sliding_window": 2048}, "......"),
        ("llama", {"attention.sliding_window": 4096}, "......"),
        (
            "gemma4",
            {"attention.sliding_window": 512, "attention.sliding_window_pattern": [True, False, True]},
            "w.w...",
        ),
    ],
)
def test_windows_follow_the_engine(architecture: str, keys: dict[str, Any], expected: str) -> None:
    found = read(architecture, keys, *[ATTENTION | OUTPUT] * 6)
    mixers = [layer.mixers[0] for layer in found.layers]
    assert all(isinstance(mixer, Attention) for mixer in mixers)
    windows = [mixer.window for mixer in mixers if isinstance(mixer, Attention)]
    assert "".join("." if window is Window.FULL else "w" for window in windows) == expected


def test_the_window_of_llama_4_is_a_chunk() -> None:
    mixer = read("llama4", {}, ATTENTION | OUTPUT).layers[0].mixers[0]
    assert isinstance(mixer, Attention)
    assert (mixer.window, mixer.window_tokens) == (Window.CHUNKED, 8192)


def test_experts_shared_ones_and_a_draft_block() -> None:
    experts: dict[str, Shape] = {
        "ffn_gate_inp.weight": (64, 8),
        "ffn_gate_exps.weight": (64, 32, 8),
        "ffn_up_exps.weight": (64, 32, 8),
        "ffn_down_exps.weight": (32, 64, 8),
        "ffn_down_shexp.weight": (48, 64),
        "ffn_gate_inp_shexp.weight": (64,),
    }
    keys = {"expert_count": 8, "expert_used_count": 2, "nextn_predict_layers": 1}
    found = read("qwen2moe", keys, ATTENTION | OUTPUT | experts, {"nextn.eh_proj.weight": (128, 64)})
    assert found.model_type == "qwen2_moe"
    assert len(found.layers) == 1
    assert found.layers[0].feed_forward == Experts(8, 2, 32, shared_inner=48, shared_gate=True)
    assert [(tower.kind, tower.parameters) for tower in found.towers] == [("mtp", 128 * 64)]


def test_latent_attention() -> None:
    keys = {
        "attention.kv_lora_rank": 32,
        "attention.q_lora_rank": 48,
        "attention.key_length_mla": 24,
        "attention.value_length_mla": 16,
        "rope.dimension_count": 8,
    }
    tensors: dict[str, Shape] = {"attn_kv_a_mqa.weight": (64, 40), "attn_q_a.weight": (64, 48)}
    found = read("deepseek2", keys, tensors | OUTPUT)
    assert found.layers[0].mixers == (LatentAttention(4, 32, 8, 16, 16, query_rank=48),)


def test_mamba_beside_attention() -> None:
    keys = {
        "ssm.conv_kernel": 4,
        "ssm.inner_size": 128,
        "ssm.state_size": 16,
        "ssm.time_step_rank": 8,
        "ssm.group_count": 2,
    }
    state: dict[str, Shape] = {"ssm_in.weight": (64, 300), "ssm_a": (1, 8), "ssm_norm.weight": (64, 2)}
    found = read("falcon-h1", keys, ATTENTION | OUTPUT | state | {"ssm_conv1d.bias": (160,)})
    attention, space = found.layers[0].mixers
    assert isinstance(attention, Attention)
    assert space == StateSpace(2, inner=128, state=16, conv=4, heads=8, groups=2)


def test_linear_attention_and_gated_attention() -> None:
    keys = {
        "ssm.conv_kernel": 4,
        "ssm.inner_size": 64,
        "ssm.state_size": 16,
        "ssm.time_step_rank": 4,
        "ssm.group_count": 2,
    }
    linear: dict[str, Shape] = {"ssm_a": (4,), "attn_qkv.weight": (64, 128), "ssm_out.weight": (64, 64)}
    found = read("qwen3next", keys, linear, ATTENTION | OUTPUT | {"attn_q.weight": (64, 128)})
    assert found.layers[0].mixers == (LinearAttention("gated_delta", 2, 4, 16, 16, 4),)
    gated = found.layers[1].mixers[0]
    assert isinstance(gated, Attention)
    assert gated.gate


def test_short_convolution() -> None:
    found = read("lfm2", {"shortconv.l_cache": 3}, {"shortconv.conv.weight": (3, 64)})
    assert found.layers[0].mixers == (ShortConv(64, 3),)


def test_layers_that_share_a_cache() -> None:
    found = read("gemma4", {"attention.shared_kv_layers": 1}, *[ATTENTION | OUTPUT] * 2)
    shared = [getattr(layer.mixers[0], "shares_cache", None) for layer in found.layers]
    assert shared == [False, True]


def test_what_is_not_understood_is_unknown() -> None:
    found = read("rwkv7", {}, {"time_mix_key.weight": (64, 64)}, ATTENTION | OUTPUT)
    assert found.unknown == ("blk.0",)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"general.type": "mmproj"}, "no language model but something beside one: mmproj"),
        ({"general.type": "adapter"}, "something beside one: LoRA"),
        ({"block_count": 0}, r"^llama\.block_count is 0; a whole number from 1 to 1000 is expected"),
        ({"block_count": 4_000_000_000}, r"^llama\.block_count is 4000000000"),
        ({"block_count": "many"}, r"^llama\.block_count is many"),
        ({"embedding_length": 2.5}, r"^llama\.embedding_length is 2\.5"),
        ({"attention.head_count": True}, r"^llama\.attention\.head_count is True"),
        ({"split.count": 3}, "split into 3 files and these parts are here: 1"),
    ],
)
def test_what_cannot_be_is_named(keys: dict[str, Any], words: str) -> None:
    data = header(
        "llama", BASE | keys, EMBEDDING | {f"blk.0.{n}": s for n, s in (ATTENTION | OUTPUT).items()}
    )
    with pytest.raises(Unsizable, match=words):
        architecture_of_header(read_header(io.BytesIO(data)))


@pytest.mark.parametrize("missing", ["block_count", "embedding_length"])
def test_what_is_missing_is_named(missing: str) -> None:
    keys = {name: value for name, value in BASE.items() if name != missing}
    with pytest.raises(Unsizable, match=rf"^llama\.{missing} is missing in the header"):
        architecture_of_header(read_header(io.BytesIO(header("llama", keys, EMBEDDING))))


def test_a_model_without_embedding_is_refused() -> None:
    data = header("llama", BASE, {"output_norm.weight": (64,)})
    with pytest.raises(Unsizable, match=r"token_embd\.weight is missing"):
        architecture_of_header(read_header(io.BytesIO(data)))
