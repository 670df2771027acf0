"""Ollama and LM Studio: llama.cpp's engine with defaults and roundings of their own.

Ollama has two engines: one of its own for the families of `OWN_ENGINE`, llama.cpp's library for the others.
Its own gives one cache to all sequences of a model (context × parallel), keeps parallel × window + batch
tokens in layers with a window, and for gpt-oss 4096 + batch whatever the window (cells.py); it makes logits
for as many tokens as there are sequences, and keeps 24 checkpoints beside every recurrent state. With the
library it asks for nothing about windows, whose layers then keep the whole context, and for embeddings
beside the logits. From release 0.30 on it starts llama.cpp's server for all of them: ranges reach so far.
It leaves 457 MiB of every GPU alone. LM Studio starts llama.cpp with a physical batch of 512 and four slots
that share one cache.
"""

from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.setting import MIB, Setting

CONTEXT_MIB = (150, 300, 600)  # per GPU: driver context and kernels, not in the engine's own log
SPARED_BYTES = 457 * MIB  # ollama discover/gpu.go, cudaMinimumMemory, read 2026-11-22
SERVER_SLOTS = 4
OWN_ENGINE = frozenset(
    {
        *("deepseek_v2", "deepseek_v3", "glm4_moe_lite", "laguna", "llama4", "mllama", "olmo3", "gpt_oss"),
        *("gemma3", "gemma3n", "gemma4", "gemma4_unified", "mistral3", "ministral3", "nemotron_h"),
        *("qwen2_5_vl", "qwen3", "qwen3_moe", "qwen3_vl", "qwen3_vl_moe", "qwen3_next", "qwen3_5"),
        *("qwen3_5_moe", "lfm2", "lfm2_moe"),
    }
)
"""fs/ggml/ggml.go of Ollama v0.23.2, OllamaEngineRequired."""
CHECKPOINTS = 24  # kvcache/recurrent.go of v0.23.2, DefaultCheckpointCount


def runs_own_engine(setting: Setting, model_type: str) -> bool:
    """Whether Ollama runs the family in its own engine."""
    return setting.runtime == "ollama" and model_type in OWN_ENGINE


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
