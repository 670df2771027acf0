"""The tensors of one layer, by llama.cpp's names and shapes, without the layer's number.

A layer's tensors depend on its value and a few facts of the model alone, so equal layers share one answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    Layer,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
)
from decisions.fit.hardware.blocks_gemma import beside_layer, gemma4_norms
from decisions.fit.hardware.blocks_state import linear, short_conv, state_space
from decisions.fit.hardware.families import Family, family_of
from decisions.fit.hardware.tensor import Tensor, matrix

_ROUTER_BIASES = {"gpt-oss": "ffn_gate_inp.bias", "hy_v3": "exp_probs_b"}


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The tensors of a layer. Compared by identity, which is cheap: equal layers get the same one."""

    tensors: tuple[Tensor, ...]


def blocks_of(arch: Architecture) -> list[Block]:
    """The block of each layer, in order."""
    family = family_of(arch.model_type)
    known: dict[int, Block] = {}
    for layer in arch.layers:
        if id(layer) not in known:
            known[id(layer)] = block_of(family, arch.hidden, layer, arch.extra)
    return [known[id(layer)] for layer in arch.layers]


@lru_cache(maxsize=4096)
def block_of(family: Family, hidden: int, layer: Layer, extra: tuple[tuple[str, int], ...]) -> Block:
    """The tensors of a layer in the order a GGUF file is read: by name."""
    found = [
        *_norms(family, layer, dict(extra)),
        *(tensor for mixer in layer.mixers for tensor in mixer_tensors(family, hidden, mixer)),
        *_feed_forward(family, hidden, layer.feed_forward),
        *beside_layer(family.gguf, hidden, dict(extra)),
    ]
    return Block(tuple(sorted(found, key=lambda tensor: tensor.name)))


def mixer_tensors(family: Family, hidden: int, mixer: Mixer) -> Iterator[Tensor]:
    """The tensors of one mixer."""
    match mixer:
        case Attention():
            return _attention(family, hidden, mixer)
        case LatentAttention():
            return _latent(family, hidden, mixer)
        case StateSpace():
            return state_space(hidden, mixer)
        case LinearAttention():
            return linear(family, hidden, mixer)
        case ShortConv():
            return short_conv(hidden, mixer)


def _norms(family: Family, layer: Layer, extra: dict[str, int]) -> Iterator[Tensor]:
    if family.gguf == "gemma4":
        names = gemma4_norms(layer, extra.get("hidden_size_per_layer_input", 0))
    else:
        names = [name if name in family.bare else f"{name}.weight" for name in family.norms]
    if family.gguf == "deci" and not layer.mixers:
        names = names[1:]  # a searched block without attention keeps the other norm
    for index, width in enumerate(layer.norms):
        name = names[index] if index < len(names) else f"unnamed_{index}.weight"
        yield Tensor(name, width)
        if layer.norm_bias:
            yield Tensor(f"{name.removesuffix('weight')}bias", width)


def _attention(family: Family, hidden: int, at: Attention) -> Iterator[Tensor]:
    queries = at.heads * at.key_dim
    query = queries * (2 if at.gate and not family.gate_apart else 1)
    key, value = at.kv_heads * at.key_dim, at.kv_heads * at.value_dim
    if family.fused_qkv:
        yield from matrix("attn_qkv", hidden, query + key + value, bias=at.query_bias)
    else:
        yield from matrix("attn_q", hidden, query, bias=at.query_bias)
        has_own = not at.shares_cache or family.unused_kv
        if has_own:
            yield from matrix("attn_k", hidden, key, bias=at.kv_bias)
        if has_own and not at.value_is_key:
            yield from matrix("attn_v", hidden, value, bias=at.kv_bias)
    yield from matrix("attn_output", at.heads * at.value_dim, hidden, bias=at.output_bias)
    if at.gate and family.gate_apart:
        yield Tensor("attn_gate.weight", hidden, queries)
    if at.head_gate:
        yield Tensor("attn_gate.weight", hidden, at.heads)
    yield from _attention_vectors(family, at)
    if at.index_dim:
        yield Tensor("indexer.q_proj.weight", hidden, at.index_heads * at.index_dim)
        yield Tensor("indexer.k_proj.weight", hidden, at.index_dim)
        yield Tensor("indexer.q_norm.weight", at.index_dim)
        yield Tensor("indexer.k_norm.weight", at.index_dim)


def _attention_vectors(family: Family, at: Attention) -> Iterator[Tensor]:
    widths = {"q": at.query_norm_dim, "k": 0 if at.shares_cache and not family.unused_kv else at.key_norm_dim}
    for name, width in widths.items():
        heads = width // at.key_dim if family.norms_by_head else 1
        if width:
            yield Tensor(f"attn_{name}_norm.weight", width // max(heads, 1), max(heads, 1))
        if width and at.norm_bias:
            yield Tensor(f"attn_{name}_norm.bias", width)
    if family.made_norms:
        yield Tensor("attn_q_norm.weight", at.key_dim, derived=True)
        yield Tensor("attn_k_norm.weight", at.key_dim, derived=True)
    if at.sinks:
        yield Tensor("attn_sinks.weight", at.heads)


def _latent(family: Family, hidden: int, at: LatentAttention) -> Iterator[Tensor]:
    query = at.heads * (at.nope_dim + at.rope_dim)
    if at.query_rank:
        yield Tensor("attn_q_a.weight", hidden, at.query_rank)
        yield Tensor("attn_q_a_norm.weight", at.query_rank)
        yield Tensor("attn_q_b.weight", at.query_rank, query)
    else:
        yield Tensor("attn_q.weight", hidden, query)
    yield Tensor("attn_kv_a_mqa.weight", hidden, at.kv_rank + at.rope_dim)
    yield Tensor("attn_kv_a_norm.weight", at.kv_rank)
    if family.split_latent:
        yield Tensor("attn_k_b.weight", at.nope_dim, at.kv_rank, at.heads)
        yield Tensor("attn_v_b.weight", at.kv_rank, at.value_dim, at.heads)
    else:
        yield Tensor("attn_kv_b.weight", at.kv_rank, at.heads * (at.nope_dim + at.value_dim))
    yield Tensor("attn_output.weight", at.heads * at.value_dim, hidden)
    if at.index_dim:
        yield from _indexer(hidden, at)


def _indexer(hidden: int, at: LatentAttention) -> Iterator[Tensor]:
    yield Tensor("indexer.k_norm.weight", at.index_dim)
    yield Tensor("indexer.k_norm.bias", at.index_dim)
    yield Tensor("indexer.proj.weight", hidden, at.index_heads)
    yield Tensor("indexer.attn_k.weight", hidden, at.index_dim)
    yield Tensor("indexer.attn_q_b.weight", at.query_rank or hidden, at.index_heads * at.index_dim)


def _feed_forward(family: Family, hidden: int, part: Dense | Experts | None) -> Iterator[Tensor]:
    match part:
        case Dense():
            yield from _dense(family, hidden, part)
        case Experts():
            yield from _experts(family, hidden, part)


def _dense(family: Family, hidden: int, part: Dense) -> Iterator[Tensor]:
    if family.fused_gate_up and part.gated:
        yield from matrix("ffn_up", hidden, 2 * part.inner, bias=part.bias)
    else:
        if part.gated:
            yield from matrix("ffn_gate", hidden, part.inner, bias=part.bias)
        yield from matrix("ffn_up", hidden, part.inner, bias=part.bias)
    yield from matrix("ffn_down", part.inner, hidden, bias=part.bias)


def _experts(family: Family, hidden: int, part: Experts) -> Iterator[Tensor]:
    width = part.latent or hidden
    yield Tensor("ffn_gate_inp.weight", hidden, part.count)
    if part.router_bias:
        yield Tensor(_ROUTER_BIASES.get(family.gguf, "exp_probs_b.bias"), part.count)
    if part.gated and family.fused_experts:
        yield from _stack("ffn_gate_up_exps", width, 2 * part.inner, part)
    else:
        if part.gated:
            yield from _stack("ffn_gate_exps", width, part.inner, part)
        yield from _stack("ffn_up_exps", width, part.inner, part)
    yield from _stack("ffn_down_exps", part.inner, width, part)
    if part.latent:
        yield Tensor("ffn_latent_down.weight", hidden, part.latent)
        yield Tensor("ffn_latent_up.weight", part.latent, hidden)
    if part.shared_inner:
        yield from _shared(hidden, part)
    if part.dense_inner:
        yield from _dense(family, hidden, Dense(part.dense_inner, gated=part.gated))


def _stack(name: str, row: int, rows: int, part: Experts) -> Iterator[Tensor]:
    yield Tensor(f"{name}.weight", row, rows, part.count)
    if part.bias:
        yield Tensor(f"{name}.bias", rows, part.count)


def _shared(hidden: int, part: Experts) -> Iterator[Tensor]:
    if part.gated:
        yield Tensor("ffn_gate_shexp.weight", hidden, part.shared_inner)
    yield Tensor("ffn_up_shexp.weight", hidden, part.shared_inner)
    yield Tensor("ffn_down_shexp.weight", part.shared_inner, hidden)
    if part.shared_gate:
        yield Tensor("ffn_gate_inp_shexp.weight", hidden)
