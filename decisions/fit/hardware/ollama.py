"""Ollama and LM Studio: llama.cpp's engine with defaults and roundings of their own.

Ollama gives one cache to all sequences of a model (context × parallel); its own engine keeps parallel ×
window + batch tokens in layers with a window, and for gpt-oss 4096 + batch whatever the window (cells.py). It
leaves 457 MiB of every GPU alone. LM Studio starts llama.cpp with a physical batch of 512 and four slots that
share one cache.
"""

from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.setting import MIB, Setting

CONTEXT_MIB = (150, 300, 600)  # per GPU: driver context and kernels, not in the engine's own log
SPARED_BYTES = 457 * MIB  # ollama discover/gpu.go, cudaMinimumMemory, read 2026-11-22
SERVER_SLOTS = 4


@lru_cache(maxsize=4096)
def with_defaults(setting: Setting) -> Setting:
    """The setting with what the front end chooses where nothing was asked. llama.cpp's own library defaults
    stay as they are."""
    if setting.runtime == "ollama":
        return replace(setting, ubatch_tokens=setting.ubatch_tokens or 512)
    if setting.runtime == "lm_studio":
        outputs = setting.outputs or max(SERVER_SLOTS, setting.parallel)
        return replace(setting, ubatch_tokens=setting.ubatch_tokens or 512, outputs=outputs)
    return setting


def spared_bytes(setting: Setting) -> int:
    """What the front end leaves alone on each GPU, beside what driver and libraries take of it: that is a
    line of its own."""
    if setting.runtime != "ollama" or setting.device is None or setting.device.is_cpu:
        return 0
    return SPARED_BYTES - CONTEXT_MIB[1] * MIB
