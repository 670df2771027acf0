"""What servers hold of weights beside their tensors: rounding by PyTorch's allocator, tables of positions,
and the latent's projection unpacked.

Read on 2026-11-28 in PyTorch's c10/cuda/CUDACachingAllocator.cpp, vLLM 0.33.0 (mla_attention.py,
rotary_embedding/base.py), SGLang 0.5.23 (deepseek_weight_loader.py, model_runner.py) and Transformers 5.23.0
(caching_allocator_warmup in modeling_utils.py).

PyTorch gives each tensor of 10 MiB and more a block in steps of 2 MiB, and cuts a block where more than 1 MiB
of it is left over. vLLM's figure is what is allocated, remainders that are not cut off among it: 57 MiB of
Qwen2.5-7B, 192 MiB of each half of Qwen2.5-32B, as its logs have it. SGLang's is what the GPU has less than
before, whole blocks and what loading itself takes.
"""

from decisions.fit.hardware.architecture import Architecture, LatentAttention
from decisions.fit.hardware.formats import is_kept_whole, pieces_of
from decisions.fit.hardware.setting import MIB, SERVERS, RuntimeName
from decisions.knowledge.quantizations import Format

_LARGE, _STEP, _CUT = 10 * MIB, 2 * MIB, 1 * MIB
_TRANSFORMERS = 64 * MIB  # takes all of its room at once from 4.50 on, block by block before
_STEP_TOKENS, _DEEPSTACK = 16384, 3
_LOADING = {"sglang": 32 * MIB}
"""Kernels, and segments of the allocator that are in part empty: 0 to 90 MiB in eight logs."""


def held_beside(arch: Architecture, form: Format, runtime: RuntimeName, devices: int) -> dict[str, int]:
    """Bytes on each of `devices` equal devices, by what they are for; what is nothing is left out."""
    latent = _unpacked_bytes(arch, form, runtime)
    found = {
        "rotary": rotary_bytes(arch, runtime),
        "unpacked": -(-latent // devices),
        "allocator": _rounding_bytes(arch, form, runtime, devices) + _LOADING.get(runtime, 0),
    }
    return {name: size for name, size in found.items() if size}


def rotary_bytes(arch: Architecture, runtime: RuntimeName) -> int:
    """A table of sines and cosines for every position, in vLLM in 16 bits, in SGLang in 32."""
    width = {"vllm": 2, "sglang": 4}.get(runtime, 0)
    return (arch.max_context_tokens or 0) * arch.rope_dim * width


def slack_bytes(arch: Architecture, size: int, runtime: RuntimeName, devices: int) -> int:
    """What servers' own figures may have above that, on all devices: buffers made while loading, parts that
    are not divided or padded (to 1.2 % on one GPU, to 5 % on several, in 60 logs), and vLLM 0.7's products of
    the latent's projections, in 8 bits."""
    if runtime not in SERVERS:
        return _TRANSFORMERS
    many = devices > 1
    products = sum(
        at.heads * at.kv_rank * ((at.query_rank or 0) + arch.hidden) if at.query_rank else 0
        for at in _latent(arch)
    )
    steps = _step_bytes(arch) + _second_table_bytes(arch) if runtime == "vllm" else 0
    return devices * ((256 if many else 64) * MIB + steps) + size * (30 if many else 13) // 1000 + products


def _step_bytes(arch: Architecture) -> int:
    """What vLLM's models put by at loading for each token of a step: per-layer inputs of Gemma 3n and 4 (35
    layers × 256 of E2B), three levels of vision features of Qwen3-VL. Steps have 2048 to 16,384 tokens."""
    per_layer = dict(arch.extra).get("hidden_size_per_layer_input", 0) * len(arch.layers)
    deep = _DEEPSTACK * arch.hidden if arch.model_type.startswith("qwen3_vl") else 0
    return _STEP_TOKENS * 2 * (per_layer + deep)


def _second_table_bytes(arch: Architecture) -> int:
    """Three logs of Gemma 4's E2B and E4B in vLLM have as much more as their tied table takes; two do not."""
    per_layer = dict(arch.extra).get("hidden_size_per_layer_input", 0)
    return 2 * arch.vocabulary * arch.hidden if per_layer and arch.tied else 0


def _rounding_bytes(arch: Architecture, form: Format, runtime: RuntimeName, devices: int) -> int:
    """Never less in all than on one device, so that dividing takes nothing away."""
    if runtime not in SERVERS:
        return 0
    one = _rounded(arch, form, runtime, 1)
    return one if devices == 1 else max(-(-one // devices), _rounded(arch, form, runtime, devices))


def _rounded(arch: Architecture, form: Format, runtime: RuntimeName, devices: int) -> int:
    counts = pieces_of(arch, form, devices)
    return sum(_left_over(size, runtime) * times for size, times in counts.items())


def _left_over(size: int, runtime: RuntimeName) -> int:
    over = -size % _STEP if size >= _LARGE else 0
    return 0 if runtime == "vllm" and over > _CUT else over


def _unpacked_bytes(arch: Architecture, form: Format, runtime: RuntimeName) -> int:
    """The latent's up-projection in 16 bits beside the stored one: in vLLM where that has fewer bits, in
    SGLang always."""
    if runtime not in SERVERS or (runtime == "vllm" and is_kept_whole("attention", form)):
        return 0
    return sum(2 * at.heads * at.kv_rank * (at.nope_dim + at.value_dim) for at in _latent(arch))


def _latent(arch: Architecture) -> list[LatentAttention]:
    mixers = (mixer for layer in arch.layers for mixer in layer.mixers)
    return [mixer for mixer in mixers if isinstance(mixer, LatentAttention)]
