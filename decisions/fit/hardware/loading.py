"""How much of the machine's memory loading takes for a moment. It is no part of the total: what was mapped or
passed through a buffer is free again, or can be dropped, once the weights are where they belong."""

from decisions.fit.hardware.estimate import Basis, Line, Part, Place
from decisions.fit.hardware.llama.split import Split, load_peak_bytes
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.weights import Weights

SHARD_BYTES = 5 * 10**9
"""The largest file of a checkpoint as transformers' save_pretrained writes it, unless told otherwise."""
_MAPPED = "the file is mapped: its bytes + the processor's second copy; pages may be dropped"
_COPIED = (
    "the file is read through a buffer: what stays with the processor + 64 MiB where a GPU takes the rest"
)
_STREAMED = "files are mapped one after another, tensor by tensor: min(5 GB, the largest file; all weights)"
_LLAMA = "llama.cpp v0.5.0, src/llama-model-loader.cpp"
_LOADERS = {
    "vllm": "vLLM 0.33.0, model_loader/weight_utils.py: safetensors are mapped lazily",
    "sglang": "SGLang 0.5.23, model_loader/weight_utils.py: safetensors are mapped lazily",
    "transformers": "transformers 5.23.0, core_model_loading.py: tensors are taken from the mapped file",
}


def load_of_gguf(setting: Setting, weights: Weights, split: Split) -> Line:
    """llama.cpp and LM Studio map the file; Ollama reads it through a buffer, so that nothing more is held
    than stays."""
    maps = setting.mmap and setting.runtime != "ollama"
    size = load_peak_bytes(split, weights, maps=maps)
    low = min(size, split.host_weights) if maps else size
    inputs = (
        (("file", weights.bytes), ("copy", split.host_repack)) if maps else (("stays", split.host_weights),)
    )
    return _line(size, low, _MAPPED if maps else _COPIED, inputs, _LLAMA, Basis.COMPUTED)


def load_of_checkpoint(setting: Setting, weights: Weights) -> Line:
    """Servers and Transformers stream safetensors; how large their files are nobody says beforehand."""
    whole = weights.bytes + weights.tower_bytes
    inputs = (("all_weights", whole),)
    return _line(min(whole, SHARD_BYTES), 0, _STREAMED, inputs, _LOADERS[setting.runtime], Basis.ASSUMED)


def _line(
    size: int, low: int, formula: str, inputs: tuple[tuple[str, int], ...], source: str, basis: Basis
) -> Line:
    return Line(
        code="load_peak",
        part=Part.WEIGHTS,
        place=Place.HOST,
        bytes=size,
        low_bytes=low,
        high_bytes=size,
        basis=basis,
        formula=formula,
        inputs=inputs,
        source=source,
    )
