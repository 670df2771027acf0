"""How many tokens each runtime keeps room for, in layers that keep all and in layers that keep a window."""

from dataclasses import dataclass

from decisions.fit.hardware.batches import vllm_batch
from decisions.fit.hardware.llama.ollama import OWN_ENGINE
from decisions.fit.hardware.setting import Setting

PAD = 256  # llama.cpp
UBATCH, BATCH = 512, 2048  # llama.cpp's and Ollama's defaults
PAGE = 16  # vLLM's block of tokens
IN_FLIGHT = 2  # steps that vLLM schedules ahead of what is settled
GPT_OSS_WINDOW = 4096  # Ollama keeps this much for gpt-oss, whatever the window


def padded(tokens: int, to: int) -> int:
    return -(-tokens // to) * to


@dataclass(frozen=True, slots=True)
class Cells:
    """Room per `streams` equal caches: `full` tokens, or in layers with a window what `window` gives."""

    full: int
    streams: int
    sequences: int
    runtime: str
    step: int
    swa_full: bool = False
    family: str = ""

    def window(self, tokens: int) -> int:
        """Tokens kept in a layer with a window of `tokens`."""
        if self.swa_full:
            return self.full
        match self.runtime:
            case "llama_cpp" | "lm_studio":
                shared = self.sequences if self.streams == 1 else 1
                return min(self.full, padded(min(self.full, tokens * shared + self.step), PAD))
            case "ollama":
                tokens = GPT_OSS_WINDOW if self.family == "gpt_oss" else tokens
                return min(self.full, padded(tokens * self.sequences + self.step, PAD))
            case "vllm":
                return padded(min(self.full, tokens - 1 + self.step), PAGE) + PAGE
            case _:
                return min(self.full, tokens)


def cells_of(setting: Setting, family: str) -> Cells:
    """The rule of the setting's runtime.

    llama.cpp pads the context to 256 and divides it by the sequences unless they share one cache, as its
    server has it by default and its library does not. Ollama's own engine keeps one cache for all; for other
    families it is the library, whose windows are off where nobody asks.
    """
    context, parallel = setting.context_tokens, setting.parallel
    match setting.runtime:
        case "llama_cpp" | "lm_studio":
            step = llama_ubatch(setting)
            if setting.kv_unified:
                full, streams = padded(context, PAD), 1
            else:
                full, streams = padded(context, PAD), parallel
        case "ollama" if family in OWN_ENGINE:
            step = setting.ubatch_tokens or UBATCH
            full, streams = padded(context if setting.kv_unified else context * parallel, PAD), 1
        case "ollama":
            step = setting.ubatch_tokens or UBATCH
            full, streams = padded(context, PAD), 1 if setting.kv_unified else parallel
            return Cells(full, streams, parallel, setting.runtime, step, swa_full=True, family=family)
        case "vllm":
            step = vllm_batch(setting).tokens * IN_FLIGHT
            full, streams = padded(context, PAGE), parallel
        case _:
            step, full, streams = 0, context, parallel
    return Cells(full, streams, parallel, setting.runtime, step, setting.swa_full, family)


def llama_ubatch(setting: Setting) -> int:
    """Tokens of one pass: the physical batch, never more than the batch or the whole context."""
    whole = setting.context_tokens if setting.kv_unified else setting.context_tokens * setting.parallel
    batch = min(whole, setting.batch_tokens or BATCH)
    return min(batch, setting.ubatch_tokens or UBATCH)
