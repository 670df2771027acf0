"""The largest step that vLLM and SGLang prepare for when nothing is said, by the memory of the GPU."""

from dataclasses import dataclass

from decisions.fit.hardware.setting import GIB, MIB, Setting

VLLM = "vLLM 0.33.0, EngineArgs.get_batch_defaults and VllmConfig._set_cudagraph_sizes"
SGLANG = "SGLang 0.5.23, srt/arg_groups/memory_hook.py"
_VLLM_TIERS = ((160 * GIB, 16384, 1024), (70 * GIB, 8192, 1024), (0, 2048, 256))
"""GPU memory from so many bytes on: tokens of a step of the OpenAI server, sequences."""
_SGLANG_TIERS = (  # below so many MiB: prefill tokens, graph sequences with fewer than 4 GPUs, with more
    (20 * 1024, 2048, 8, 8),
    (35 * 1024, 4096, 48, 160),
    (60 * 1024, 4096, 32, 160),
    (160 * 1024, 8192, 256, 512),
)
_SGLANG_LARGEST = (16384, 512, 512)
_GRAPHS = 512  # sequences in vLLM's largest captured graph


@dataclass(frozen=True, slots=True)
class Batch:
    """The largest step a server is prepared for: tokens of a prompt, sequences, and sequences in captured
    graphs.
    """

    tokens: int
    sequences: int
    graph_sequences: int


LARGE = Batch(8192, 1024, _GRAPHS)
"""vLLM's step on the GPUs of 70 GiB and more that are not an A100."""


def batch_of(setting: Setting) -> Batch:
    """The largest step of the runtime; Transformers takes a whole prompt of every sequence at once."""
    if setting.runtime == "vllm":
        return vllm_batch(setting)
    if setting.runtime == "sglang":
        return sglang_batch(setting)
    return Batch(setting.context_tokens, setting.parallel, 0)


def vllm_batch(setting: Setting) -> Batch:
    """vLLM's defaults for its OpenAI server. An A100 of 80 GB and a GB10 count as small GPUs."""
    memory = _memory(setting)
    name = setting.device.name.casefold() if setting.device else ""
    small = "a100" in name or "gb10" in name or "dgx spark" in name
    tokens, sequences = next(tier[1:] for tier in _VLLM_TIERS if memory >= tier[0])
    if small and memory < 160 * GIB:
        tokens, sequences = _VLLM_TIERS[-1][1:]
    tokens = setting.ubatch_tokens or tokens
    return Batch(tokens, min(sequences, tokens), min(sequences, tokens, _GRAPHS))


def sglang_batch(setting: Setting) -> Batch:
    """SGLang's chunk of a prompt and its largest captured batch."""
    mib = _memory(setting) // MIB
    tokens, few, many = next((tier[1:] for tier in _SGLANG_TIERS if mib < tier[0]), _SGLANG_LARGEST)
    graphs = few if (setting.device.count if setting.device else 1) < 4 else many
    return Batch(setting.ubatch_tokens or tokens, max(graphs, setting.parallel), graphs)


def sglang_prefill_graphs(tokens: int) -> int:
    """How many prompt lengths SGLang captures up to `tokens`: closer to each other where they are short."""
    steps = (
        (4, 32, 4),
        (48, 256, 16),
        (288, 512, 32),
        (576, 1024, 64),
        (1280, 4096, 256),
        (4608, tokens, 512),
    )
    return sum(len(range(first, min(last, tokens) + 1, step)) for first, last, step in steps)


def _memory(setting: Setting) -> int:
    return (setting.device.total_bytes or 0) if setting.device else 0
