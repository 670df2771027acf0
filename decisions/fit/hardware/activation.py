"""The peak of one forward pass: what lives at once in the widest layer, or while tokens are sampled."""

from dataclasses import dataclass

from decisions.fit.hardware.architecture import Architecture, Attention, Dense, Experts, LatentAttention
from decisions.fit.hardware.batches import Batch
from decisions.fit.hardware.setting import MIB

HALF = 2  # bytes of a 16-bit value
FUSED, SORTED, SORTED_HIGH = 10, 38.5, 40
"""Bytes per vocabulary entry and sequence while vLLM tries its sampler: logits in 16 and 32 bits and one copy
where a fused kernel draws from them; beside those a sorted copy, its index in 64 bits, the sort's own room
and the probabilities where PyTorch sorts them (38.5 in nine start-up logs of five vocabularies)."""
FEW = 256
"""Sequences that vLLM takes on small GPUs, and took on all of them before 0.9. Most releases sort for these;
those that try more of them mostly have the fused sampler."""
TOWER_HIGH, LARGE_TOWER_HIGH = 2048 * MIB, 5120 * MIB
"""vLLM tries its vision tower too, on as many tokens as a step or the largest image has: where images come in
any size (Qwen-VL, Kimi) 16,384 tokens of four patches, 1.6 GiB for each copy of the widest layer, of which
attention and video take up to three; else a few images of one size."""
_ANY_SIZE = ("qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_5", "kimi_k25", "exaone4_5")


@dataclass(frozen=True, slots=True)
class Peak:
    """Bytes on one GPU: the likely figure, its range and what it was worked out from."""

    bytes: int
    low_bytes: int
    high_bytes: int
    formula: str


def forward_bytes(arch: Architecture, tokens: int, devices: int) -> int:
    """Peak of live 16-bit tensors in one layer for `tokens`, on one of `devices` tensor-parallel GPUs.

    Residual and hidden states are whole on every GPU; projections and feed-forward widths are divided.
    """
    return tokens * HALF * (2 * arch.hidden + widest_layer(arch, devices))


def widest_layer(arch: Architecture, devices: int) -> int:
    """Values of one token that the widest layer holds at once on one of the GPUs."""
    return max((_widest(layer, arch.hidden, devices) for layer in set(arch.layers)), default=0)


def server_peak(arch: Architecture, batch: Batch, devices: int) -> Peak:
    """vLLM tries the largest step and then its sampler on the last token of as many sequences as it takes;
    logits are gathered, so that more GPUs do not lessen them.
    """
    forward, hidden = forward_bytes(arch, batch.tokens, devices), batch.tokens * arch.hidden * HALF
    usual = int(max(batch.sequences * FUSED, min(batch.sequences, FEW) * SORTED) * arch.vocabulary)
    most = batch.sequences * SORTED_HIGH * arch.vocabulary
    return Peak(
        bytes=max(forward, hidden + usual),
        low_bytes=max(forward * 3 // 4, batch.sequences * arch.vocabulary * FUSED * 4 // 5),
        high_bytes=max(forward * 3 // 2, hidden + most) + _tower_high(arch),
        formula=f"max(tokens × 2 × (2 × hidden + widest layer), tokens × 2 × hidden + vocabulary × "
        f"max(sequences × {FUSED}, min(sequences, {FEW}) × {SORTED}))",
    )


def _tower_high(arch: Architecture) -> int:
    if not arch.towers:
        return 0
    any_size = arch.model_type.startswith(_ANY_SIZE) or arch.wrapper.startswith(_ANY_SIZE)
    return LARGE_TOWER_HIGH if any_size else TOWER_HIGH


def prompt_peak(arch: Architecture, batch: Batch, devices: int) -> Peak:
    """SGLang's chunk of a prompt and the logits of its captured batch in 16 and 32 bits."""
    forward = forward_bytes(arch, batch.tokens, devices)
    logits = batch.sequences * arch.vocabulary * 6
    return Peak(
        bytes=max(forward, logits),
        low_bytes=max(forward, logits) // 2,
        high_bytes=forward * 2 + logits,
        formula="max(tokens × 2 × (2 × hidden + widest layer), sequences × vocabulary × 6)",
    )


def whole_peak(arch: Architecture, batch: Batch) -> Peak:
    """Transformers' generate(): the whole prompt of every sequence at once, and logits of its last token in
    16 and 32 bits. Scores of all pairs of tokens are held only by eager attention, which is not the default.
    """
    forward = forward_bytes(arch, batch.tokens * batch.sequences, 1)
    logits = batch.sequences * arch.vocabulary * 6
    return Peak(
        bytes=forward + logits,
        low_bytes=forward // 2 + logits,
        high_bytes=forward * 3 // 2 + logits,
        formula="tokens × sequences × 2 × (2 × hidden + widest layer) + sequences × vocabulary × 6",
    )


def _widest(layer: object, hidden: int, devices: int) -> int:
    widths = [_mixer_width(mixer, devices) for mixer in getattr(layer, "mixers", ())]
    widths.append(_feed_forward_width(getattr(layer, "feed_forward", None), hidden, devices))
    return max(widths)


def _mixer_width(mixer: object, devices: int) -> int:
    if isinstance(mixer, Attention):
        projected = mixer.heads * mixer.key_dim + mixer.kv_heads * (mixer.key_dim + mixer.value_dim)
        return -(-projected // devices) + -(-mixer.heads * mixer.value_dim // devices)
    if isinstance(mixer, LatentAttention):
        heads = -(-mixer.heads // devices)
        wide = heads * (2 * (mixer.nope_dim + mixer.rope_dim) + mixer.value_dim)
        return (mixer.query_rank or 0) + mixer.kv_rank + mixer.rope_dim + wide
    inner = getattr(mixer, "inner", 0) or getattr(mixer, "width", 0)
    return 3 * -(-inner // devices)


def _feed_forward_width(part: Dense | Experts | None, hidden: int, devices: int) -> int:
    if isinstance(part, Dense):
        return (3 if part.gated else 2) * -(-part.inner // devices)
    if isinstance(part, Experts):
        inner = -(-part.inner // devices)
        return part.active * (max(2 * inner, hidden) + inner) + 3 * -(-part.shared_inner // devices)
    return 0
