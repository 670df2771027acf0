"""What the layers of a GGUF model are made of, told from the names and shapes of their tensors."""

from collections.abc import Iterator, Mapping

from decisions.fit.hardware.architecture import (
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
from decisions.fit.hardware.families import FAMILIES
from decisions.fit.hardware.gguf.header import HeaderTensor
from decisions.fit.hardware.gguf.keys import Keys

Tensors = Mapping[str, HeaderTensor]
Seen = tuple[Window, int] | None
MADE_NORMS = frozenset(family.gguf for family in FAMILIES.values() if family.made_norms)
GATED_DELTA = ("qwen3next", "qwen35", "qwen35moe")


def mixers_of(keys: Keys, tensors: Tensors, layer: int, hidden: int, window: Seen) -> tuple[Mixer, ...]:
    """The mixers of one layer. `window` is the kind and size of its window, None where it sees everything."""
    return tuple(_mixers(keys, tensors, layer, hidden, window))


def feed_forward_of(keys: Keys, tensors: Tensors) -> Dense | Experts | None:
    """The feed-forward part of one layer, if it has one."""
    down = _of_experts(tensors)
    if down:
        return _experts(keys, tensors, down)
    if "ffn_down.weight" in tensors:
        return _dense(tensors)
    return None


def _mixers(keys: Keys, tensors: Tensors, layer: int, hidden: int, window: Seen) -> Iterator[Mixer]:
    if "attn_kv_a_mqa.weight" in tensors:
        yield _latent(keys, tensors, layer)
    elif "ssm_a" in tensors and keys.architecture in GATED_DELTA:
        yield _gated_delta(keys)
    elif "ssm_conv1d_q.weight" in tensors:
        yield _kimi_delta(keys, layer)
    elif "attn_output.weight" in tensors or "attn_out.weight" in tensors:
        yield _attention(keys, tensors, layer, hidden, window)
    if "ssm_in.weight" in tensors and keys.architecture not in GATED_DELTA:
        yield _state_space(keys, tensors)
    if "shortconv.conv.weight" in tensors:
        yield ShortConv(hidden, keys.whole("shortconv.l_cache"), "shortconv.conv.bias" in tensors)


def _attention(keys: Keys, tensors: Tensors, layer: int, hidden: int, window: Seen) -> Attention:
    heads = keys.whole("attention.head_count", layer)
    kv_heads = keys.whole("attention.head_count_kv", layer) or heads
    ending = "_swa" if window else ""
    even = hidden // heads if heads else 0
    key_dim = keys.whole(f"attention.key_length{ending}") or keys.whole("attention.key_length") or even
    value_dim = keys.whole(f"attention.value_length{ending}") or keys.whole("attention.value_length") or even
    key, value = tensors.get("attn_k.weight"), tensors.get("attn_v.weight")
    if key and kv_heads and _rows(key) % kv_heads == 0:
        key_dim = _rows(key) // kv_heads
    if value and kv_heads and _rows(value) % kv_heads == 0:
        value_dim = _rows(value) // kv_heads
    fused = "attn_qkv.bias" in tensors
    return Attention(
        heads=heads,
        kv_heads=kv_heads,
        key_dim=key_dim,
        value_dim=value_dim,
        window=window[0] if window else Window.FULL,
        window_tokens=window[1] if window else None,
        query_bias=fused or "attn_q.bias" in tensors,
        kv_bias=fused or "attn_k.bias" in tensors,
        output_bias="attn_output.bias" in tensors,
        query_norm_dim=_norm_width(keys, tensors, "attn_q_norm.weight"),
        key_norm_dim=_norm_width(keys, tensors, "attn_k_norm.weight"),
        value_is_key=key is not None and value is None,
        gate=_is_gated(tensors, heads, key_dim),
        head_gate="attn_gate.weight" in tensors and _rows(tensors["attn_gate.weight"]) == heads,
        norm_bias="attn_q_norm.bias" in tensors,
        index_dim=keys.whole("attention.indexer.key_length") if _is_indexed(tensors) else 0,
        index_heads=keys.whole("attention.indexer.head_count") if _is_indexed(tensors) else 0,
        sinks="attn_sinks.weight" in tensors,
        shares_cache=_shares(keys, layer) or (key is None and "attn_qkv.weight" not in tensors),
    )


def _is_gated(tensors: Tensors, heads: int, key_dim: int) -> bool:
    """Whether queries have a gate of their width: in their own projection, or beside it."""
    query, beside = tensors.get("attn_q.weight"), tensors.get("attn_gate.weight")
    wide = query is not None and bool(key_dim) and _rows(query) == 2 * heads * key_dim
    return wide or (beside is not None and _rows(beside) > heads)


def _is_indexed(tensors: Tensors) -> bool:
    return any(name.startswith("indexer.") for name in tensors)


def _shares(keys: Keys, layer: int) -> bool:
    """Gemma 3n keeps its unused projections in the file; llama.cpp has its first 20 layers keep a cache."""
    if keys.architecture == "gemma3n":
        return layer >= 20
    shared = keys.whole("attention.shared_kv_layers")
    return bool(shared) and layer >= keys.whole("block_count") - shared


def _latent(keys: Keys, tensors: Tensors, layer: int) -> LatentAttention:
    rope = keys.whole("rope.dimension_count")
    key = keys.whole("attention.key_length_mla") or keys.whole("attention.key_length")
    value = keys.whole("attention.value_length_mla") or keys.whole("attention.value_length")
    indexed = _is_indexed(tensors)
    return LatentAttention(
        heads=keys.whole("attention.head_count", layer),
        kv_rank=keys.whole("attention.kv_lora_rank"),
        rope_dim=rope,
        nope_dim=max(key - rope, 0),
        value_dim=value,
        query_rank=(keys.whole("attention.q_lora_rank") or None) if "attn_q_a.weight" in tensors else None,
        index_dim=keys.whole("attention.indexer.key_length") if indexed else 0,
        index_heads=keys.whole("attention.indexer.head_count") if indexed else 0,
    )


def _gated_delta(keys: Keys) -> LinearAttention:
    heads = keys.whole("ssm.time_step_rank")
    return LinearAttention(
        kind="gated_delta",
        key_heads=keys.whole("ssm.group_count"),
        value_heads=heads,
        key_dim=keys.whole("ssm.state_size"),
        value_dim=keys.whole("ssm.inner_size") // heads if heads else 0,
        conv=keys.whole("ssm.conv_kernel"),
    )


def _kimi_delta(keys: Keys, layer: int) -> LinearAttention:
    heads, size = keys.whole("attention.head_count", layer), keys.whole("kda.head_dim")
    return LinearAttention("kimi_delta", heads, heads, size, size, keys.whole("ssm.conv_kernel"))


def _state_space(keys: Keys, tensors: Tensors) -> StateSpace:
    first = "ssm_x.weight" in tensors
    rank = keys.whole("ssm.time_step_rank")
    return StateSpace(
        version=1 if first else 2,
        inner=keys.whole("ssm.inner_size"),
        state=keys.whole("ssm.state_size"),
        conv=keys.whole("ssm.conv_kernel"),
        heads=0 if first else rank,
        groups=1 if first else keys.whole("ssm.group_count"),
        dt_rank=rank if first else 0,
        conv_bias="ssm_conv1d.bias" in tensors,
        proj_bias="ssm_in.bias" in tensors,
        inner_norm="ssm_norm.weight" in tensors or "ssm_dt_norm.weight" in tensors,
    )


def _of_experts(tensors: Tensors) -> HeaderTensor | None:
    """The experts' second matrix: one tensor for all of them, or (before 2024) one for each."""
    return tensors.get("ffn_down_exps.weight") or tensors.get("ffn_down.0.weight")


def _experts(keys: Keys, tensors: Tensors, down: HeaderTensor) -> Experts:
    shared, beside = tensors.get("ffn_down_shexp.weight"), tensors.get("ffn_down.weight")
    gates = ("ffn_gate_exps.weight", "ffn_gate_up_exps.weight", "ffn_gate.0.weight")
    return Experts(
        count=keys.whole("expert_count"),
        active=keys.whole("expert_used_count"),
        inner=down.shape[0],
        shared_inner=shared.shape[0] if shared else 0,
        gated=any(name in tensors for name in gates),
        bias="ffn_down_exps.bias" in tensors,
        router_bias=any(name in tensors for name in ("ffn_gate_inp.bias", "exp_probs_b.bias", "exp_probs_b")),
        shared_gate="ffn_gate_inp_shexp.weight" in tensors,
        latent=keys.whole("moe_latent_size"),
        dense_inner=beside.shape[0] if beside else 0,
    )


def _dense(tensors: Tensors) -> Dense:
    inner = tensors["ffn_down.weight"].shape[0]
    up = tensors.get("ffn_up.weight")
    fused = up is not None and _rows(up) == 2 * inner
    return Dense(inner, fused or "ffn_gate.weight" in tensors, "ffn_down.bias" in tensors)


def _rows(tensor: HeaderTensor) -> int:
    return tensor.shape[1] if len(tensor.shape) > 1 else 1


def _norm_width(keys: Keys, tensors: Tensors, name: str) -> int:
    """Elements of a norm; none where the converter made it and no checkpoint has it."""
    return tensors[name].elements if name in tensors and keys.architecture not in MADE_NORMS else 0
