"""How many tokens and how many requests of the asked context the cache can hold in what is left for it.

vLLM's layers share one pool of blocks, so that a request is what counts: as many requests as whole ones go
in, and its "GPU KV cache size" is that many times the context. SGLang has a pool of its own for layers with
a window (0.8 of the full ones' tokens) and for recurrent states (0.9 of what the tokens get, three or more
for each running request), and divides the memory by these ratios, whatever is asked.
"""

from dataclasses import dataclass, replace

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import Cache, cache_of
from decisions.fit.hardware.setting import Setting

PAGE = 16  # tokens in a block of vLLM
WINDOW_RATIO = 0.8  # SGLang's swa_full_tokens_ratio
STATE_RATIO = 0.9  # SGLang's mamba_full_memory_ratio
STATES_PER_REQUEST = 3  # SGLang with its prefix cache


@dataclass(frozen=True, slots=True)
class Capacity:
    """Tokens and whole requests; `starts` says whether a server takes up work at all with what is asked,
    None where it does not reserve and so has nothing to refuse.
    """

    tokens: int
    requests: int
    starts: bool | None = None


def capacity_of(arch: Architecture, setting: Setting, cache: Cache, left: int) -> Capacity | None:
    """What goes into `left` bytes on one device; None for a model that keeps nothing per token."""
    if not cache.token_bytes and not cache.bytes:
        return None
    if setting.runtime == "vllm":
        return _vllm(arch, setting, left)
    if setting.runtime == "sglang":
        return _sglang(setting, cache, left)
    return _others(setting, cache, left)


def _vllm(arch: Architecture, setting: Setting, left: int) -> Capacity:
    """vLLM refuses to start where a single request of the asked context does not go in; where one does and
    all do not, the others wait.
    """
    one = cache_of(arch, replace(setting, parallel=1)).per_device_bytes
    left, context = max(0, left), setting.context_tokens
    tokens = left * context // one if one else 0
    return Capacity(tokens - tokens % PAGE, left // one if one else 0, left >= one)


def _sglang(setting: Setting, cache: Cache, left: int) -> Capacity:
    left, slots = max(0, left), None
    state = sum(part.sequence_bytes for part in cache.parts if part.kind == "state")
    if state:
        states = int(left * STATE_RATIO / (1 + STATE_RATIO))
        left, slots = left - states, max(0, states // state - 1) // STATES_PER_REQUEST
    cell = _cell(cache)
    if not cell:
        return Capacity(0, slots or 0, bool(slots))
    tokens = int(left / cell)
    requests = tokens // setting.context_tokens
    return Capacity(tokens, requests if slots is None else min(requests, slots), tokens > 0)


def _cell(cache: Cache) -> float:
    """Bytes of one token in all layers on one device, with the smaller pool of layers with a window."""
    full = windowed = 0.0
    for part in cache.parts:
        row = part.bytes / (part.cells * part.streams) if part.cells and part.streams else 0.0
        if part.kind == "attention_window":
            windowed += row
        elif part.kind not in ("state", "cross"):
            full += row
    return full + windowed * WINDOW_RATIO if full else windowed


def _others(setting: Setting, cache: Cache, left: int) -> Capacity | None:
    """Runtimes that take what the asked sequences need: tokens for these, what each takes beside them kept
    back; or else as many sequences as go in whole, each with its windows and states."""
    if not cache.token_bytes:
        return None
    one = cache.token_bytes * setting.context_tokens + cache.sequence_bytes
    tokens = (left - cache.sequence_bytes * setting.parallel) // cache.token_bytes
    return Capacity(max(0, tokens), max(0, left) // one)
