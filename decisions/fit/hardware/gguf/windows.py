"""Which layers of a GGUF model see only a window of the context, by llama.cpp's own rule per architecture.

A file may list the windowed layers itself, or give the period; else the architecture's own period counts.
Source: `load_swa_pattern` and `src/models/*.cpp` of ggml-org/llama.cpp, read on 2026-11-28.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from decisions.fit.hardware.architecture import Window
from decisions.fit.hardware.gguf.header import Value


@dataclass(frozen=True, slots=True)
class WindowRule:
    """Of each `period` layers the last one sees everything, or the first where `dense_first`.

    `tokens` is the window where the file gives none; 0 says that without one there is no window. `always`
    takes `tokens` whatever the file says; `only_layers` limits the rule to models of that depth.
    """

    period: int
    tokens: int = 0
    dense_first: bool = False
    always: bool = False
    only_layers: int = 0
    window: Window = Window.SLIDING


RULES = {
    "gemma2": WindowRule(2, 4096),
    "gemma3": WindowRule(6),
    "gemma3n": WindowRule(5),
    "gemma4": WindowRule(6),
    "gemma-embedding": WindowRule(6),
    "cohere2": WindowRule(4),
    "cohere2moe": WindowRule(4, dense_first=True),
    "exaone4": WindowRule(4, 4096, only_layers=64),
    "exaone-moe": WindowRule(4, 128),
    "gpt-oss": WindowRule(2),
    "olmo2": WindowRule(4),
    "plamo3": WindowRule(8),
    "llama4": WindowRule(4, 8192, always=True, window=Window.CHUNKED),
    "smallthinker": WindowRule(4, 4096, dense_first=True),
    "afmoe": WindowRule(4),
    "mellum": WindowRule(4),
    "laguna": WindowRule(4, dense_first=True),
    "muse-glimmer": WindowRule(4),
    "mimo2": WindowRule(1),
    "step35": WindowRule(1),
    "granite_swa": WindowRule(1),
    "lfm2": WindowRule(0),
}
"""Others see the whole context in every layer; the window of Phi-3 is ignored by the engine."""


def windowed(metadata: Mapping[str, Value], architecture: str, layers: int) -> tuple[tuple[bool, ...], int]:
    """For each layer whether it is windowed, and the window in tokens (0: none has one)."""
    rule = RULES.get(architecture)
    tokens = _tokens(metadata.get(f"{architecture}.attention.sliding_window"), rule)
    if rule is None or not tokens or (rule.only_layers and layers != rule.only_layers):
        return (False,) * layers, 0
    listed = metadata.get(f"{architecture}.attention.sliding_window_pattern")
    if isinstance(listed, tuple):
        return tuple(bool(listed[at]) if at < len(listed) else False for at in range(layers)), tokens
    period = listed if isinstance(listed, int) and not isinstance(listed, bool) else rule.period
    return tuple(_in_period(at, period, rule.dense_first) for at in range(layers)), tokens


def _tokens(stated: Value | None, rule: WindowRule | None) -> int:
    if rule is None:
        return 0
    if not isinstance(stated, int):
        return rule.tokens
    return rule.tokens if stated and rule.always else max(stated, 0)


def _in_period(at: int, period: int, dense_first: bool) -> bool:
    if period <= 0:
        return True
    return at % period != 0 if dense_first else at % period < period - 1
