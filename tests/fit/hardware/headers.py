"""The header that llama.cpp writes for a shape: our own tensors, and the keys beside them."""

from typing import Any

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Experts,
    LatentAttention,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
    Window,
)
from decisions.fit.hardware.families import family_of
from decisions.fit.hardware.gguf.header import GgufHeader, HeaderTensor
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.tensors import tensors_of

LISTED = ("gemma4", "mimo2", "step35", "granite_swa", "gemma3n")  # whose files list their windowed layers


def header_of(arch: Architecture) -> GgufHeader:
    """The header of a 16-bit file."""
    name = family_of(arch.model_type).gguf
    keys = {f"{name}.{key}": value for key, value in _keys(arch, name).items()}
    return GgufHeader(name, 3, keys, tuple(map(_stored, tensors_of(arch))), 0, 0)


def _stored(tensor: Tensor) -> HeaderTensor:
    shape = [tensor.row, tensor.rows, tensor.depth]
    while len(shape) > 1 and shape[-1] == 1:
        shape.pop()
    return HeaderTensor(tensor.name, "F16", tuple(shape), 2 * tensor.elements)


def _keys(arch: Architecture, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "block_count": len(arch.layers),
        "embedding_length": arch.hidden,
        "context_length": arch.max_context_tokens or 0,
        "rope.dimension_count": arch.rope_dim,
    }
    extra = dict(arch.extra)
    if extra.get("hidden_size_per_layer_input"):
        found["embedding_length_per_layer_input"] = extra["hidden_size_per_layer_input"]
    if "altup_num_inputs" in extra:
        found["altup.num_inputs"] = extra["altup_num_inputs"]
    mixers = [mixer for layer in arch.layers for mixer in layer.mixers]
    found |= _attention(arch, name)
    for mixer in mixers:
        found |= _of_mixer(mixer)
    for layer in arch.layers:
        if isinstance(layer.feed_forward, Experts):
            experts = layer.feed_forward
            found |= {"expert_count": experts.count, "expert_used_count": experts.active}
            found["moe_latent_size"] = experts.latent
    return found


def _attention(arch: Architecture, name: str) -> dict[str, Any]:
    each = [next((m for m in layer.mixers if isinstance(m, Attention)), None) for layer in arch.layers]
    some = [mixer for mixer in each if mixer]
    if not some:
        return {}
    windowed = [mixer for mixer in some if mixer.window is not Window.FULL]
    usual = next((mixer for mixer in some if mixer.window is Window.FULL), some[0])
    found: dict[str, Any] = {
        "attention.head_count": tuple(mixer.heads if mixer else 0 for mixer in each),
        "attention.head_count_kv": tuple(mixer.kv_heads if mixer else 0 for mixer in each),
        "attention.key_length": usual.key_dim,
        "attention.value_length": usual.value_dim,
        "attention.shared_kv_layers": sum(mixer.shares_cache for mixer in some),
    }
    if windowed:
        found["attention.sliding_window"] = windowed[0].window_tokens
        found["attention.key_length_swa"] = windowed[0].key_dim
        found["attention.value_length_swa"] = windowed[0].value_dim
    if name in LISTED:
        flags = tuple(mixer in windowed for mixer in each)
        found["attention.sliding_window_pattern"] = flags
    return found


def _of_mixer(mixer: Mixer) -> dict[str, Any]:
    if isinstance(mixer, ShortConv):
        return {"shortconv.l_cache": mixer.kernel}
    if isinstance(mixer, StateSpace | LinearAttention):
        return {f"ssm.{name}": value for name, value in _state(mixer).items()} | _kimi(mixer)
    indexed = {
        "attention.indexer.key_length": mixer.index_dim,
        "attention.indexer.head_count": mixer.index_heads,
    }
    return (indexed if mixer.index_dim else {}) | (
        _latent(mixer) if isinstance(mixer, LatentAttention) else {}
    )


def _state(mixer: StateSpace | LinearAttention) -> dict[str, int]:
    if isinstance(mixer, StateSpace):
        sizes = (mixer.inner, mixer.state, mixer.heads or mixer.dt_rank, mixer.groups)
    else:
        inner = mixer.value_heads * mixer.value_dim
        sizes = (inner, mixer.key_dim, mixer.value_heads, mixer.key_heads)
    names = ("inner_size", "state_size", "time_step_rank", "group_count")
    return dict(zip(names, sizes, strict=True)) | {"conv_kernel": mixer.conv}


def _kimi(mixer: StateSpace | LinearAttention) -> dict[str, int]:
    if isinstance(mixer, LinearAttention) and mixer.kind == "kimi_delta":
        return {"attention.head_count": mixer.key_heads, "kda.head_dim": mixer.key_dim}
    return {}


def _latent(mixer: LatentAttention) -> dict[str, int]:
    return {
        "attention.head_count": mixer.heads,
        "attention.head_count_kv": 1,
        "attention.kv_lora_rank": mixer.kv_rank,
        "attention.q_lora_rank": mixer.query_rank or 0,
        "attention.key_length_mla": mixer.nope_dim + mixer.rope_dim,
        "attention.value_length_mla": mixer.value_dim,
        "rope.dimension_count": mixer.rope_dim,
    }
