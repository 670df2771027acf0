"""The tensors of mixers that keep a state of fixed size: Mamba, linear attention, short convolutions."""

from collections.abc import Iterator

from decisions.fit.hardware.architecture import LinearAttention, ShortConv, StateSpace
from decisions.fit.hardware.families import Family
from decisions.fit.hardware.tensor import Tensor, matrix


def state_space(hidden: int, ssm: StateSpace) -> Iterator[Tensor]:
    """Mamba-1, Mamba-2, or PLaMo 2's."""
    if ssm.version == 1:
        yield from _mamba_1(hidden, ssm)
    elif ssm.dt_rank:
        yield from _plamo_mamba(hidden, ssm)
    else:
        yield from _mamba_2(hidden, ssm)


def _mamba_1(hidden: int, ssm: StateSpace) -> Iterator[Tensor]:
    yield from matrix("ssm_in", hidden, 2 * ssm.inner, bias=ssm.proj_bias)
    yield from matrix("ssm_conv1d", ssm.conv, ssm.inner, bias=ssm.conv_bias)
    yield Tensor("ssm_x.weight", ssm.inner, ssm.dt_rank + 2 * ssm.state)
    yield from matrix("ssm_dt", ssm.dt_rank, ssm.inner, bias=True)
    yield Tensor("ssm_a", ssm.state, ssm.inner)
    yield Tensor("ssm_d", ssm.inner)
    yield from matrix("ssm_out", ssm.inner, hidden, bias=ssm.proj_bias)
    if ssm.inner_norm:
        yield from _step_norms(ssm)


def _mamba_2(hidden: int, ssm: StateSpace) -> Iterator[Tensor]:
    mixed = ssm.inner + 2 * ssm.groups * ssm.state
    yield from matrix("ssm_in", hidden, ssm.inner + mixed + ssm.heads, bias=ssm.proj_bias)
    yield from matrix("ssm_conv1d", ssm.conv, mixed, bias=ssm.conv_bias)
    yield Tensor("ssm_dt.bias", ssm.heads)
    yield Tensor("ssm_a", 1, ssm.heads)
    yield Tensor("ssm_d", 1, ssm.heads)
    if ssm.inner_norm:
        yield Tensor("ssm_norm.weight", ssm.inner // ssm.groups, ssm.groups)
    yield from matrix("ssm_out", ssm.inner, hidden, bias=ssm.proj_bias)


def _plamo_mamba(hidden: int, ssm: StateSpace) -> Iterator[Tensor]:
    yield Tensor("ssm_in.weight", hidden, 2 * ssm.inner)
    yield Tensor("ssm_conv1d.weight", ssm.conv, ssm.inner)
    yield Tensor("ssm_x.weight", ssm.inner, ssm.dt_rank + 2 * ssm.state)
    yield from matrix("ssm_dt", ssm.dt_rank, ssm.heads, bias=True)
    yield Tensor("ssm_a", ssm.heads)
    yield Tensor("ssm_d", ssm.heads)
    yield Tensor("ssm_out.weight", ssm.inner, hidden)
    yield from _step_norms(ssm, suffix="")


def _step_norms(ssm: StateSpace, suffix: str = ".weight") -> Iterator[Tensor]:
    yield Tensor(f"ssm_dt_norm{suffix}", ssm.dt_rank)
    yield Tensor(f"ssm_b_norm{suffix}", ssm.state)
    yield Tensor(f"ssm_c_norm{suffix}", ssm.state)


def linear(family: Family, hidden: int, at: LinearAttention) -> Iterator[Tensor]:
    """Linear attention with a gated delta rule."""
    if at.kind == "kimi_delta":
        yield from _kda(family, hidden, at)
    else:
        yield from _gated_delta(family, hidden, at)


def _gated_delta(family: Family, hidden: int, at: LinearAttention) -> Iterator[Tensor]:
    key, value = at.key_heads * at.key_dim, at.value_heads * at.value_dim
    yield Tensor("attn_qkv.weight", hidden, 2 * key + value)
    yield Tensor("attn_gate.weight", hidden, value)
    if at.conv:
        yield Tensor("ssm_conv1d.weight", at.conv, 2 * key + value)
    if family.delta_joined:
        yield Tensor("ssm_ba.weight", hidden, 2 * at.value_heads)
    else:
        yield Tensor("ssm_beta.weight", hidden, at.value_heads)
        yield Tensor("ssm_alpha.weight", hidden, at.value_heads)
    yield Tensor("ssm_dt.bias", at.value_heads)
    yield Tensor("ssm_a", at.value_heads)
    yield Tensor("ssm_norm.weight", at.value_dim)
    yield Tensor("ssm_out.weight", value, hidden)


def _kda(family: Family, hidden: int, at: LinearAttention) -> Iterator[Tensor]:
    key, value = at.key_heads * at.key_dim, at.value_heads * at.value_dim
    for name, width in (("q", key), ("k", key), ("v", value)):
        yield Tensor(f"attn_{name}.weight", hidden, width)
        yield Tensor(f"ssm_conv1d_{name}.weight", at.conv, 1, width)
    if family.gguf == "bailingmoe3":
        yield Tensor("ssm_f_a.weight", hidden, key)
        yield Tensor("ssm_g_a.weight", hidden, value)
    else:
        yield Tensor("ssm_f_a.weight", hidden, at.key_dim)
        yield Tensor("ssm_f_b.weight", at.key_dim, key)
        yield Tensor("ssm_g_a.weight", hidden, at.value_dim)
        yield Tensor("ssm_g_b.weight", at.value_dim, value)
    yield Tensor("ssm_beta.weight", hidden, at.value_heads)
    yield Tensor("ssm_a", 1, at.value_heads)
    yield Tensor("ssm_dt.bias", key)
    yield Tensor("ssm_norm.weight", at.value_dim)
    yield Tensor("attn_output.weight", value, hidden)


def short_conv(hidden: int, conv: ShortConv) -> Iterator[Tensor]:
    """LFM2's gated convolution."""
    yield from matrix("shortconv.in_proj", hidden, 3 * conv.width, bias=conv.bias)
    yield from matrix("shortconv.conv", conv.kernel, conv.width, bias=conv.bias)
    yield from matrix("shortconv.out_proj", conv.width, hidden, bias=conv.bias)
