"""How fast a candidate can be at best: bounds from memory bandwidth and arithmetic, never a promise.

The roofline (Williams, Waterman and Patterson, 2009, https://doi.org/10.1145/1498765.1498785) applied to
decoding as in Pope et al., 2022 (https://arxiv.org/abs/2211.05102): each step reads all weights that its
tokens use and all caches of its sequences once; whatever else a runtime does only adds to it.
"""

from dataclasses import dataclass

FLOPS_PER_WEIGHT = 2  # one multiplication, one addition


@dataclass(frozen=True, slots=True)
class Load:
    """What a decoding step touches.

    `dense_bytes` are read by every step; `expert_bytes` are all experts', of which a token uses `active` of
    `experts`. `sequence_bytes` is the cache of one sequence at the asked context, `sequences` how many
    decode at once. `active_parameters` is what one token passes through.
    """

    dense_bytes: int
    expert_bytes: int
    experts: int
    active: int
    sequence_bytes: int
    sequences: int
    active_parameters: int
    attention_flops_per_token: int = 0


@dataclass(frozen=True, slots=True)
class Machine:
    """The bandwidth (bytes per second) and dense arithmetic (operations per second) of the devices that
    work at the same time; None is not known. Layers split over devices one after another work as one device
    does.
    """

    bandwidth: float | None
    flops: float | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Upper bounds; None where a figure of the machine is missing.

    `decode_per_sequence` and `decode_total` are tokens per second, `prefill` prompt tokens per second,
    `first_token_s` seconds for a prompt that fills the context. `bound` is "memory" or "compute".
    """

    decode_per_sequence: float | None
    decode_total: float | None
    prefill: float | None
    first_token_s: float | None
    bound: str
    step_bytes: int


def distinct_experts(experts: int, active: int, tokens: int) -> float:
    """How many of `experts` a batch of `tokens` uses when each picks `active` at random: E(1 - (1 -
    k/E)^n).
    """
    if not experts:
        return 0.0
    return float(experts * (1.0 - (1.0 - active / experts) ** tokens))


def step_bytes(load: Load) -> int:
    """Bytes one decoding step reads: weights in use, and the caches of all its sequences."""
    share = (
        distinct_experts(load.experts, load.active, load.sequences) / load.experts if load.experts else 0.0
    )
    return int(load.dense_bytes + load.expert_bytes * share + load.sequence_bytes * load.sequences)


def bounds(load: Load, machine: Machine, prompt_tokens: int) -> Speed:
    """The best a machine can do on `load`, and with a prompt of `prompt_tokens`."""
    read = step_bytes(load)
    token_flops = FLOPS_PER_WEIGHT * load.active_parameters + load.attention_flops_per_token
    by_memory = read / machine.bandwidth if machine.bandwidth else None
    by_compute = token_flops * load.sequences / machine.flops if machine.flops else None
    step_s = None if by_memory is None else max(by_memory, by_compute or 0.0)
    prefill = machine.flops / token_flops if machine.flops and token_flops else None
    first = prompt_tokens / prefill + step_s if prefill and step_s is not None else None
    return Speed(
        decode_per_sequence=1 / step_s if step_s else None,
        decode_total=load.sequences / step_s if step_s else None,
        prefill=prefill,
        first_token_s=first,
        bound="compute" if by_memory is not None and (by_compute or 0.0) > by_memory else "memory",
        step_bytes=read,
    )
