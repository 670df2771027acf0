"""Which layers of a model are laid out, and in what style each."""

from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    LatentAttention,
    Layer,
    Mixer,
    Window,
)
from decisions.fit.hardware.llama.types import Style

Styled = tuple[Layer, Style]


def styles_of(arch: Architecture, style: Style) -> list[Style]:
    """The style of each layer: some have no rotary embedding."""
    if style.deepstack:
        later = replace(style, deepstack=0)
        return [style if i < style.deepstack else later for i in range(len(arch.layers))]
    plain = replace(style, rope="no")
    if style.rope == "three of four":
        return [plain if i % 4 == 3 else replace(style, rope="all") for i in range(len(arch.layers))]
    if style.rope != "window":
        return [style] * len(arch.layers)
    windows = [_has_window(layer) for layer in arch.layers]
    return [replace(style, rope="all") if has or not any(windows) else plain for has in windows]


def _has_window(layer: Layer) -> bool:
    return any(isinstance(m, Attention) and m.window is not Window.FULL for m in layer.mixers)


def is_sparse(arch: Architecture) -> bool:
    """Whether layers have places from the start, so that each of them counts."""
    return any(isinstance(m, LatentAttention) and m.index_dim for layer in arch.layers for m in layer.mixers)


@lru_cache(maxsize=256)
def without_windows(arch: Architecture) -> Architecture:
    """The same for an engine that ignores the windows of attention."""
    layers = tuple(replace(layer, mixers=tuple(map(_full, layer.mixers))) for layer in arch.layers)
    return replace(arch, layers=layers)


def _full(mixer: Mixer) -> Mixer:
    if isinstance(mixer, Attention) and mixer.window is not Window.FULL:
        return replace(mixer, window=Window.FULL, window_tokens=None)
    return mixer


@lru_cache(maxsize=1024)
def some_of(layers: tuple[Styled, ...]) -> tuple[Styled, ...]:
    """The layers worth laying out. Runs of equal layers, and repetitions of a pattern of runs, are shortened
    to a few; what is left of their number divided by six is kept, since places may come round every second
    or third time."""
    runs = [(layer, _few(len(list(same)), 4)) for layer, same in groupby(layers)]
    start, period, times = _pattern(runs)
    again = _few(times, 3)
    kept = runs[: start + period * again] + runs[start + period * times :]
    return tuple(layer for layer, count in kept for _ in range(count))


CYCLE = 6


def _few(count: int, most: int) -> int:
    return count if count < most + CYCLE else most + (count - most) % CYCLE


def _pattern(runs: list[tuple[Styled, int]]) -> tuple[int, int, int]:
    """Where a repeating pattern of runs starts, its length, how often it repeats; the longest stretch."""
    best = (0, 1, 1 if runs else 0)
    for start in range(min(3, len(runs))):
        for period in range(1, min(8, (len(runs) - start) // 2) + 1):
            pattern, times = runs[start : start + period], 1
            while runs[start + period * times : start + period * (times + 1)] == pattern:
                times += 1
            if times > 1 and period * times > best[1] * best[2]:
                best = (start, period, times)
    return best
