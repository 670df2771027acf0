"""The cache of keys and values and the recurrent state, for every runtime's rule, to the byte where the
runtime's rounding is known.

Per layer and token the cache holds KV heads × (key width + value width) values; latent attention one row for
all heads; layers with a window only so many tokens; layers that share a cache nothing. Recurrent states
are per sequence and do not grow with the context.
"""

from dataclasses import dataclass
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache_parts import CachePart, has_window, parts_of, state_elements
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.kv_types import kv_types
from decisions.fit.hardware.limits import check_setting
from decisions.fit.hardware.setting import GGUF_RUNTIMES, Setting

__all__ = ["Cache", "CachePart", "cache_of", "has_window", "state_elements"]

LLAMA_SOURCE = "llama.cpp v0.5.0, src/llama-kv-cache.cpp; 113 start-up logs agree to the byte, 2026-11-22"
SOURCES = {
    "llama_cpp": LLAMA_SOURCE,
    "lm_studio": LLAMA_SOURCE,
    "ollama": "ollama kvcache/causal.go and its logs, 2026-11-22",
    "vllm": "vLLM v1/kv_cache_interface.py and its logs, 2026-11-22",
    "sglang": "SGLang mem_cache/memory_pool.py and its logs, 2026-11-22",
    "transformers": "transformers 5.23.0, cache_utils.py (DynamicLayer, DynamicSlidingWindowLayer)",
}


@dataclass(frozen=True, slots=True)
class Cache:
    """All parts, summed over all devices of a tensor-parallel group, replication included.

    `per_device_bytes` is one device's share. Cells and widths of the parts are those of one device's view.
    """

    parts: tuple[CachePart, ...]
    bytes: int
    low_bytes: int
    high_bytes: int
    basis: Basis
    per_device_bytes: int
    token_bytes: int
    sequence_bytes: int
    formula: str
    inputs: tuple[tuple[str, int | float | str], ...]
    source: str


@lru_cache(maxsize=8192)
def cache_of(arch: Architecture, setting: Setting) -> Cache:
    """The cache for `parallel` sequences of the asked context. Raises Unsizable for a setting that makes no
    sense (zero tokens, an unknown type)."""
    check_setting(setting)
    devices = setting.divided_by
    parts = tuple(parts_of(arch, setting, devices))
    filled = _filled_bytes(parts) if setting.runtime == "vllm" else 0
    each = sum(part.bytes for part in parts) + filled
    whole = each * devices
    low, high = _range(setting, parts)
    return Cache(
        parts=parts,
        bytes=whole,
        low_bytes=low * devices,
        high_bytes=(high + filled) * devices,
        basis=Basis.COMPUTED,
        per_device_bytes=each,
        token_bytes=sum(part.token_bytes for part in parts) * devices,
        sequence_bytes=sum(part.sequence_bytes for part in parts) * devices,
        formula=_formula(parts, filled, devices),
        inputs=(*_inputs(setting, parts, devices), *((("filled_bytes", filled),) if filled else ())),
        source=SOURCES[setting.runtime],
    )


def _filled_bytes(parts: tuple[CachePart, ...]) -> int:
    """What fills up the groups of vLLM's pool, on one device. Layers of one kind make groups as large as the
    smallest kind (as the largest, where that has less than half as many layers again), and the last group has
    room for layers that are not there (v1/core/kv_cache_utils.py; releases before the pool had none).

    Kinds with pages of different sizes are packed instead.
    """
    rows = {_row(part) for part in parts if part.kind != "state"}
    if len(parts) < 2 or len(rows) > 1:
        return 0
    counts = [part.layers for part in parts]
    group = max(counts) if max(counts) < 1.5 * min(counts) else min(counts)
    return sum(part.bytes * (-part.layers % group) // part.layers for part in parts)


def _row(part: CachePart) -> int:
    """Bytes of one token in one layer."""
    return part.bytes // max(1, part.layers * part.cells * part.streams)


def _range(setting: Setting, parts: tuple[CachePart, ...]) -> tuple[int, int]:
    """Exact, but for servers' states, whose type a release or an option changes between 16 and 32 bits, and
    for what Transformers holds on its way."""
    exact = sum(part.bytes for part in parts)
    if setting.runtime in GGUF_RUNTIMES:
        return exact - sum(_checkpoints(setting, part) for part in parts), exact
    if setting.runtime == "transformers":
        return exact, _growing(setting, parts)
    states = [part for part in parts if part.kind == "state"]
    low = exact - sum(part.value_bytes // 2 for part in states)
    return low, exact + sum(part.key_bytes for part in states)


def _checkpoints(setting: Setting, part: CachePart) -> int:
    """What of a state are the checkpoints that only Ollama's own engine keeps."""
    return part.bytes - part.bytes * setting.parallel // part.streams if part.kind == "state" else 0


def _growing(setting: Setting, parts: tuple[CachePart, ...]) -> int:
    """Transformers' cache at its largest: a window is a view of the whole prompt until the next token, and a
    layer that grows by one token is there twice."""
    whole = sum(
        part.bytes * setting.context_tokens // part.cells if part.kind == "attention_window" else part.bytes
        for part in parts
    )
    return whole + max((part.bytes // part.layers for part in parts), default=0)


_PLACES = "layers × caches × places × bytes each"


def _formula(parts: tuple[CachePart, ...], filled: int, devices: int) -> str:
    kinds = {part.kind for part in parts}
    said = []
    if kinds & {"attention_full", "attention_window", "expanded", "cross"}:
        said.append(f"{_PLACES}: KV heads × (key width + value width) × bytes per value")
    if kinds & {"latent", "index"}:
        said.append(f"{_PLACES}: (latent rank + rotary width, or indexer width) × bytes per value")
    if "state" in kinds:
        said.append("layers × sequences × bytes each: (convolution + recurrence elements) × bytes per value")
    if filled:
        said.append("filling of the pool's groups")
    whole = " + ".join(said)
    return f"({whole}) × devices" if devices > 1 else whole


def _inputs(
    setting: Setting, parts: tuple[CachePart, ...], devices: int
) -> tuple[tuple[str, int | float | str], ...]:
    usual = "f16" if setting.runtime in GGUF_RUNTIMES else "bf16"
    found: list[tuple[str, int | float | str]] = [
        ("context_tokens", setting.context_tokens),
        ("parallel", setting.parallel),
        (
            "kv_dtype",
            "/".join(kv_types(setting.kv_dtype, usual)),
        ),
        ("devices", devices),
    ]
    for part in parts:
        found += [(f"{part.kind}_{what}", value) for what, value in _factors(part)]
    return tuple(found)


def _factors(part: CachePart) -> tuple[tuple[str, int], ...]:
    """What is multiplied: layers × caches × cells × the bytes of each are those of the part. A state has one
    cell for every sequence."""
    caches = 1 if part.kind == "state" else part.streams
    places = part.layers * caches * part.cells
    return (
        ("layers", part.layers),
        ("caches", caches),
        ("cells", part.cells),
        ("each", part.bytes // max(1, places)),
        ("bytes", part.bytes),
    )
