"""Backwards: what would fit. Each answer is found by estimating, so it can never disagree with the verdict.

More context, more sequences and more bits never need less (a property the tests hold), so that halving the
interval finds the edge. The one exception is llama.cpp's compute buffer, whose allocator may take a little
less for more context: near the edge an answer may then be smaller than the largest that fits, never larger.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from decisions.fit.hardware.setting import Setting
from decisions.states import Ruling

Judge = Callable[[Setting], Ruling]

CONTEXT_STEP = 256
MOST_REQUESTS = 4096
SMALLER_CACHE = ("q8_0", "q4_0")  # of llama.cpp and what is built on it
SMALLER_SERVER_CACHE = ("fp8",)


def largest_context(judge: Judge, setting: Setting, limit: int) -> int | None:
    """The largest context in tokens, a multiple of 256 and at most `limit`, that fits; None: not even the
    least.
    """

    def fits(steps: int) -> bool:
        return judge(replace(setting, context_tokens=min(limit, steps * CONTEXT_STEP))) is Ruling.FITS

    steps = _edge(fits, -(-limit // CONTEXT_STEP))
    return min(limit, steps * CONTEXT_STEP) if steps else None


def most_requests(judge: Judge, setting: Setting) -> int | None:
    """The most sequences at once, each with the asked context, up to 4096; None: not even one."""

    def fits(parallel: int) -> bool:
        asked = setting.context_tokens * parallel // setting.parallel if setting.kv_unified else None
        changed = replace(setting, parallel=parallel, context_tokens=asked or setting.context_tokens)
        return judge(changed) is Ruling.FITS

    return _edge(fits, MOST_REQUESTS) or None


def best_quantization(judge: Judge, setting: Setting, names: Iterable[str]) -> str | None:
    """The first of `names`, which go from most to fewest bits, that fits."""
    return next((name for name in names if judge(replace(setting, quantization=name)) is Ruling.FITS), None)


def cache_changes(setting: Setting) -> tuple[Setting, ...]:
    """The same with smaller values in the cache, in steps the runtime knows."""
    servers = setting.runtime in {"vllm", "sglang"}
    names = SMALLER_SERVER_CACHE if servers else SMALLER_CACHE
    if setting.runtime == "transformers" or setting.kv_dtype in names[-1:]:
        return ()
    later = names[names.index(setting.kv_dtype) + 1 :] if setting.kv_dtype in names else names
    return tuple(replace(setting, kv_dtype=name) for name in later)


def device_changes(setting: Setting, most: int = 8) -> tuple[Setting, ...]:
    """The same on 2, 4 and 8 times as many devices, at most `most` in all."""
    device = setting.device
    if device is None or device.is_cpu or device.unified:
        return ()
    counts = (device.count * times for times in (2, 4, 8))
    return tuple(replace(setting, device=replace(device, count=count)) for count in counts if count <= most)


def _edge(fits: Callable[[int], bool], most: int) -> int:
    """The largest n in 1 … `most` for which `fits` still holds; 0 where it holds for none."""
    low, high = 0, 1
    while high < most and fits(high):
        low, high = high, min(most, high * 2)
    if high == most and fits(most):
        return most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
