"""The setting an engine ran in, as far as its own log states it; the rest is what was asked."""

from dataclasses import replace

from decisions.fit.hardware.gguf.mix import mix_name
from decisions.fit.hardware.kv_types import kv_types
from decisions.fit.hardware.logs.figures import EngineLog, Quantity
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.quantization import read_quantization
from decisions.fit.hardware.setting import DeviceMemory, Setting

_CONTEXT = ("n_ctx_seq", "n_ctx_per_seq", "max_seq_len", "context_length")
_UBATCH = {"llama_cpp": "n_ubatch", "sglang": "chunked_prefill_size"}
_TENSOR_PARALLEL = ("tensor_parallel_size", "tp_size")
_TYPES = {"Small": "S", "Medium": "M", "Large": "L"}


def setting_of_log(log: EngineLog, asked: Setting) -> Setting:
    """The setting of the log: runtime, quantization, context, sequences, types of the cache, layers on GPU.

    What the log does not state stays as it was asked; so does what is stated in words nobody here knows.
    """
    parallel = _number(log, "n_seq_max") or asked.parallel
    unified = _flag(log.setting("kv_unified"))
    offloaded = log.setting("offloaded").partition("/")
    found = replace(
        asked,
        runtime=log.engine,
        quantization=_quantization(log) or asked.quantization,
        parallel=parallel,
        context_tokens=_context(log, parallel, bool(unified)) or asked.context_tokens,
        kv_unified=asked.kv_unified if unified is None else unified,
        kv_dtype=_kv_dtype(log) or asked.kv_dtype,
        ubatch_tokens=_number(log, _UBATCH.get(log.engine, "")) or asked.ubatch_tokens,
        batch_tokens=_number(log, "n_batch") or asked.batch_tokens,
        flash_attention=_flash(log, asked.flash_attention),
        outputs=_number(log, "n_outputs_max") or asked.outputs,
        gpu_layers=_layers(offloaded[0], offloaded[2], asked.gpu_layers),
    )
    return _on_as_many(found, log)


def _context(log: EngineLog, parallel: int, unified: bool) -> int | None:
    """Tokens of one sequence; llama.cpp's n_ctx is that of all of them."""
    for name in _CONTEXT:
        if tokens := _number(log, name):
            return tokens
    whole = _number(log, "n_ctx")
    return whole and (whole if unified or log.engine == "lm_studio" else max(1, whole // parallel))


def _number(log: EngineLog, name: str) -> int | None:
    text = log.setting(name).replace(",", "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 16 and int(text) else None


def _quantization(log: EngineLog) -> str:
    """llama.cpp says "Q4_K - Medium", Ollama Q4_K_M, vLLM "awq" or None."""
    text = log.setting("quantization").removeprefix("(guessed)").strip()
    name, _, size = text.partition(" - ")
    if size in _TYPES:
        return mix_name(f"{name}_{_TYPES[size]}") or mix_name(name) or ""
    return mix_name(name) or read_quantization(text) or ""


def _kv_dtype(log: EngineLog) -> str:
    key, value = log.setting("kv_type_k").lower(), log.setting("kv_type_v").lower()
    stated = (
        log.setting(name).strip("'\"").removeprefix("torch.") for name in ("kv_cache_dtype", "kv_dtype")
    )
    other = next((each.lower() for each in stated if each not in ("", "auto")), "")
    name = (key if value in ("", key) else f"{key}/{value}") or other
    try:
        kv_types(name)
    except Unsizable:
        return ""
    return "" if name == "auto" else name


def _flag(text: str) -> bool | None:
    word = text.casefold()
    if word in ("1", "true", "enabled", "on"):
        return True
    return False if word in ("0", "false", "disabled", "off") else None


def _flash(log: EngineLog, asked: bool | None) -> bool | None:
    found = _flag(log.setting("flash_attn"))
    return asked if found is None else found


def _layers(on_gpu: str, whole: str, asked: int | None) -> int | None:
    """The number of layers on the GPU; None where all of them are. The output counts as one in the log."""
    if not on_gpu.isascii() or not on_gpu.isdigit() or not whole.isdigit():
        return asked
    return None if int(on_gpu) >= int(whole) else int(on_gpu)


def _on_as_many(setting: Setting, log: EngineLog) -> Setting:
    """On as many devices as the log says share the model."""
    count = next((n for name in _TENSOR_PARALLEL if (n := _number(log, name))), None)
    if setting.device is None and any(not each.host for each in log.of(Quantity.WEIGHTS)):
        return replace(setting, device=DeviceMemory(count=count or 1))  # a GPU that nobody named
    if count is None or setting.device is None or setting.device.is_cpu:
        return setting
    return replace(setting, device=replace(setting.device, count=count))
