"""The metadata llama.cpp asks of a GGUF file before it reads its tensors, from a model's shape."""

from collections.abc import Iterator
from typing import Any

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
    Window,
)
from decisions.fit.hardware.families import family_of

Metadata = dict[str, Any]
_LISTED_HEADS = ("deci", "step35", "laguna", "mimo2")
_LISTED_WINDOWS = (
    *(
        "gemma4",
        "mimo2",
        "step35",
        "cohere2moe",
        "laguna",
        "afmoe",
        "plamo3",
        "olmo2",
        "exaone4",
        "exaone-moe",
    ),
    *("cohere2", "gemma3", "gemma3n", "mellum", "muse-glimmer"),
)
_NO_WINDOWS = ("llama", "qwen2", "qwen3", "mistral3", "phi3")
_SIGMOID = (
    *("minimax-m2", "glm4moe", "exaone-moe", "hy_v3", "lfm2moe", "afmoe", "kimi-linear", "nemotron_h_moe"),
    *("step35", "bailingmoe2", "bailingmoe3", "mimo2", "glm-dsa", "minimax-m3"),
)
_SCALES: Metadata = {
    "logit_scale": 8.0,
    "residual_scale": 0.22,
    "embedding_scale": 12.0,
    "attention.scale": 0.015,
}
_CAPS: Metadata = {"attn_logit_softcapping": 50.0, "final_logit_softcapping": 30.0}
_SECTIONS: Metadata = {"rope.dimension_sections": [16, 24, 24, 0], "n_deepstack_layers": 0}
_DEEPSTACK: Metadata = {**_SECTIONS, "n_deepstack_layers": 3}
_LOGITS: Metadata = {"logit_scale": 0.25}
_PARALLEL: Metadata = {"use_parallel_residual": True}
_BY_FAMILY: dict[str, Metadata] = {
    **dict.fromkeys(("granite", "granitehybrid", "granitemoe", "minicpm", "minicpm3"), _SCALES),
    **dict.fromkeys(("cohere2", "command-r", "cohere2moe", "muse-glimmer"), _LOGITS),
    **dict.fromkeys(("gemma2", "gemma3n", "gemma4"), _CAPS),
    "qwen2vl": _SECTIONS,
    **dict.fromkeys(("qwen3vl", "qwen3vlmoe"), _DEEPSTACK),
    **dict.fromkeys(("gptneox", "falcon", "phi2"), _PARALLEL),
}


def gguf_name(arch: Architecture) -> str:
    """The name of the architecture in the file; llama.cpp keeps two of its own for mixtures of experts."""
    name = family_of(arch.model_type).gguf
    mixed = any(isinstance(layer.feed_forward, Experts) for layer in arch.layers)
    return "nemotron_h_moe" if name == "nemotron_h" and mixed else name


def metadata_of(arch: Architecture) -> Metadata:
    """Keys without the architecture's prefix, and their values; lists are per layer."""
    name = gguf_name(arch)
    found: Metadata = {
        "block_count": len(arch.layers),
        "context_length": arch.max_context_tokens or 131_072,
        "embedding_length": arch.hidden,
        "attention.layer_norm_rms_epsilon": 1e-5,
        "attention.layer_norm_epsilon": 1e-5,
        "attention.head_count": 0,
        **_feed_forward(arch, name),
        **_experts(arch, name),
        **_attention(arch, name),
        **_windows(arch, name),
        **_states(arch, name),
        **_BY_FAMILY.get(name, {}),
    }
    if name in ("gemma3n", "gemma4"):
        found |= _gemma(arch, name)
    if name == "apertus":
        found |= {f"xielu.{key}": [0.8] * len(arch.layers) for key in ("alpha_n", "alpha_p", "beta", "eps")}
    return found


def _all(arch: Architecture, kind: type[Mixer]) -> Iterator[Any]:
    return (mixer for layer in arch.layers for mixer in layer.mixers if isinstance(mixer, kind))


def _each(arch: Architecture, kind: Any) -> list[Any]:
    return [next((mixer for mixer in layer.mixers if isinstance(mixer, kind)), None) for layer in arch.layers]


def _feed_forward(arch: Architecture, name: str) -> Metadata:
    widths = [part.inner if (part := layer.feed_forward) is not None else 0 for layer in arch.layers]
    dense = [layer.feed_forward.inner for layer in arch.layers if isinstance(layer.feed_forward, Dense)]
    beside = [part.dense_inner for layer in arch.layers if isinstance(part := layer.feed_forward, Experts)]
    listed = name in ("deci", "nemotron_h", "nemotron_h_moe") or (name == "gemma4" and len(set(dense)) > 1)
    return {"feed_forward_length": widths if listed else max([*dense, *beside, 0]) or max([*widths, 0])}


def _experts(arch: Architecture, name: str) -> Metadata:
    parts = [layer.feed_forward for layer in arch.layers]
    one = next((part for part in parts if isinstance(part, Experts)), None)
    if one is None:
        return {}
    lead = next(index for index, part in enumerate(parts) if isinstance(part, Experts))
    found: Metadata = {
        "expert_count": one.count,
        "expert_used_count": one.active,
        "expert_feed_forward_length": one.inner,
        "leading_dense_block_count": lead,
        "interleave_moe_layer_step": 2 if name == "llama4" and lead == 1 else 1,
        "expert_gating_func": 2 if name in _SIGMOID else 1,
        "expert_weights_scale": 1.0,
        "expert_weights_norm": arch.model_type != "deepseek_v2",
    }
    if one.shared_inner:
        found["expert_shared_feed_forward_length"] = one.shared_inner
        found["expert_shared_count"] = max(1, one.shared_inner // one.inner)
    if one.latent:
        found["moe_latent_size"] = one.latent
    return found


def _attention(arch: Architecture, name: str) -> Metadata:
    latent = next(_all(arch, LatentAttention), None)
    if latent is not None:
        return _latent(arch, latent)
    each = _each(arch, Attention)
    full = [at for at in each if at and at.window is Window.FULL] or [at for at in each if at]
    if not full:
        return {}
    at, window = full[0], next((at for at in each if at and at.window is Window.SLIDING), None)
    heads, kv_heads = ([getattr(at, key, 0) for at in each] for key in ("heads", "kv_heads"))
    listed = name in _LISTED_HEADS and len(set(heads)) > 1
    by_layer = family_of(arch.model_type).kv_heads_by_layer or len(set(kv_heads) - {0}) > 1
    found: Metadata = {
        "attention.head_count": heads if listed else at.heads,
        "attention.head_count_kv": kv_heads if by_layer and len(set(kv_heads)) > 1 else at.kv_heads,
        "attention.key_length": at.key_dim,
        "attention.value_length": at.value_dim,
        "rope.dimension_count": at.key_dim if name in ("gemma4", "gpt-oss") else arch.rope_dim or at.key_dim,
    }
    index = next((one for one in each if one and one.index_dim), None)
    if index:
        found |= {f"attention.indexer.{key}": value for key, value in _indexer(index).items()}
    if window and (window.key_dim != at.key_dim or name == "gemma4"):
        found["attention.key_length_swa"] = found["rope.dimension_count_swa"] = window.key_dim
        found["attention.value_length_swa"] = window.value_dim
    return found


def _latent(arch: Architecture, at: LatentAttention) -> Metadata:
    each, split = _each(arch, LatentAttention), family_of(arch.model_type).split_latent
    some = [int(one is not None) for one in each]
    found: Metadata = {
        "attention.head_count": at.heads,
        "attention.head_count_kv": some if 0 in some else 1 if split else at.heads,
        "attention.kv_lora_rank": at.kv_rank,
        "rope.dimension_count": at.rope_dim,
        "attention.key_length": at.kv_rank + at.rope_dim if split else at.nope_dim + at.rope_dim,
        "attention.value_length": at.kv_rank if split else at.value_dim,
        "attention.key_length_mla": at.nope_dim + at.rope_dim,
        "attention.value_length_mla": at.value_dim,
    }
    if at.query_rank:
        found["attention.q_lora_rank"] = at.query_rank
    index = next((one for one in each if one and one.index_dim), None)
    if index:
        found |= {f"attention.indexer.{key}": value for key, value in _indexer(index).items()}
    return found


def _indexer(at: Attention | LatentAttention) -> Metadata:
    sizes = {"block_size": 64, "local_blocks": 2, "top_k": 2048}
    return {"head_count": at.index_heads, "key_length": at.index_dim, **sizes}


def _windows(arch: Architecture, name: str) -> Metadata:
    slides = [bool(at and at.window is not Window.FULL) for at in _each(arch, Attention)]
    if not any(slides) or name in _NO_WINDOWS:
        return {}
    first = next(at for at in _all(arch, Attention) if at.window is not Window.FULL)
    found: Metadata = {"attention.sliding_window": first.window_tokens, "rope.freq_base_swa": 10000.0}
    if name in _LISTED_WINDOWS:
        found["attention.sliding_window_pattern"] = slides
    return found


def _states(arch: Architecture, name: str) -> Metadata:
    found: Metadata = {}
    if ssm := next(_all(arch, StateSpace), None):
        found |= _ssm(ssm.conv, ssm.inner, ssm.state, ssm.heads or ssm.dt_rank)
        found["ssm.group_count"] = ssm.groups if ssm.version == 2 and not ssm.dt_rank else 0
    if linear := next(_all(arch, LinearAttention), None):
        found |= _ssm(linear.conv, linear.value_heads * linear.value_dim, linear.key_dim, linear.value_heads)
        found |= {"ssm.group_count": linear.key_heads, "kda.head_dim": linear.value_dim}
        found |= {"full_attention_interval": 4, "rope.dimension_sections": [11, 11, 10, 0]}
    if conv := next(_all(arch, ShortConv), None):
        found["shortconv.l_cache"] = conv.kernel
    if name == "granitehybrid" and not found:
        found |= _ssm(4, 2 * arch.hidden, 128, 48) | {"ssm.group_count": 1}
    return found


def _ssm(conv: int, inner: int, state: int, rank: int) -> Metadata:
    sizes = {"conv_kernel": conv, "inner_size": inner, "state_size": state, "time_step_rank": rank}
    return {f"ssm.{key}": value for key, value in sizes.items()}


def _gemma(arch: Architecture, name: str) -> Metadata:
    shared = sum(at.shares_cache for at in _all(arch, Attention))
    found: Metadata = {
        "embedding_length_per_layer_input": dict(arch.extra).get("hidden_size_per_layer_input", 0),
        "attention.shared_kv_layers": shared,
    }
    if name == "gemma3n":
        found |= {"altup.active_idx": 0, "altup.num_inputs": dict(arch.extra).get("altup_num_inputs", 4)}
        found["activation_sparsity_scale"] = [0.0] * len(arch.layers)
    return found
