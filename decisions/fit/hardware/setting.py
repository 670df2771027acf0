"""What is asked of a runtime: the quantization, the context, the device."""

from dataclasses import dataclass
from typing import Literal

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.hashing import HashedOnce, hashed_once

RuntimeName = Literal["llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers"]
SERVERS = ("vllm", "sglang")
"""Runtimes that divide each layer among their devices."""
GGUF_RUNTIMES = frozenset({"llama_cpp", "ollama", "lm_studio"})
"""llama.cpp and what is built on it."""
GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """The memory of one device of `count` equal ones; None is not known.

    `total_bytes` is what the maker states, `usable_bytes` what a driver reported, `used_bytes` what other
    programs hold. `bandwidth_bytes_per_s` is the peak of the data sheet, `flops` dense 16-bit operations per
    second. `unified` memory is shared with the processor, of which the GPU may take only a part.
    """

    name: str = ""
    count: int = 1
    total_bytes: int | None = None
    usable_bytes: int | None = None
    used_bytes: int = 0
    bandwidth_bytes_per_s: float | None = None
    flops: float | None = None
    unified: bool = False
    is_cpu: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A small model whose guesses the large one checks (speculative decoding)."""

    name: str
    architecture: Architecture
    quantization: str = ""


@hashed_once
@dataclass(frozen=True, slots=True)
class Setting(HashedOnce):
    """How a candidate is to run. None follows the runtime's own default.

    `context_tokens` is per sequence, unless `kv_unified`: then it is in all. `parallel` counts sequences
    held at once (slots, max-num-seqs). `ubatch_tokens` is llama.cpp's physical batch, vLLM's
    max-num-batched-tokens, SGLang's chunked prefill. `outputs` is how many tokens of a batch get logits:
    llama.cpp's library reserves for the whole batch, its server for one per slot. `gpu_layers` of
    llama.cpp: how many layers are offloaded. `memory_fraction` is vLLM's gpu-memory-utilization and
    SGLang's mem-fraction-static. `kv_budget_bytes` is what one device's cache may take where a log or an
    option says so (vLLM's "Available KV cache memory"): then the capacity follows from it. `loras` adapters
    of at most `lora_rank` are held at once. `vision` says whether a vision part that is a file of its own is
    loaded (llama.cpp's mmproj).
    """

    runtime: RuntimeName
    quantization: str
    context_tokens: int
    parallel: int = 1
    kv_dtype: str = ""
    device: DeviceMemory | None = None
    ubatch_tokens: int | None = None
    batch_tokens: int | None = None
    flash_attention: bool | None = None
    kv_unified: bool = False
    swa_full: bool = False
    outputs: int | None = None
    gpu_layers: int | None = None
    memory_fraction: float | None = None
    mmap: bool = True
    kv_budget_bytes: int | None = None
    lora_rank: int | None = None
    loras: int = 1
    draft: Draft | None = None
    vision: bool | None = None

    @property
    def divided_by(self) -> int:
        """Devices among which matrices are divided; llama.cpp gives whole layers to devices instead."""
        return self.device.count if self.device and self.runtime in SERVERS else 1
