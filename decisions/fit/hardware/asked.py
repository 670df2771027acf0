"""What somebody asks to be sized, by the names that the terminal, files of requests and pages share."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.asked_device import device_memory, device_remark
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.drafted import draft_remark, read_draft
from decisions.fit.hardware.named import named, shown_name
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.quantization import as_sizing_names_it
from decisions.fit.hardware.setting import DeviceMemory, RuntimeName, Setting
from decisions.fit.say import say
from decisions.knowledge import devices
from decisions.record.schema import Statement

RUNTIMES: dict[str, RuntimeName] = {
    "llama.cpp": "llama_cpp",
    "llama_cpp": "llama_cpp",
    "llama-cpp": "llama_cpp",
    "llamacpp": "llama_cpp",
    "llama-server": "llama_cpp",
    "llama-cpp-python": "llama_cpp",
    "ollama": "ollama",
    "lm_studio": "lm_studio",
    "lm studio": "lm_studio",
    "lm-studio": "lm_studio",
    "lmstudio": "lm_studio",
    "vllm": "vllm",
    "sglang": "sglang",
    "transformers": "transformers",
    "hf transformers": "transformers",
    "huggingface transformers": "transformers",
}
DEFAULT_CONTEXT_TOKENS = 4096
STARTING_CONTEXT_TOKENS = 1
"""Before the first prompt, where nobody says a context: Transformers sets nothing aside for it."""
MOST_GIB = 1 << 20  # of one device: a thousand times the largest one
KEYS = (
    "model",
    "config",
    "runtime",
    "quant",
    "context",
    "parallel",
    "kv_dtype",
    "device",
    "devices",
    "ubatch",
    "flash_attn",
    "kv_unified",
    "swa_full",
    "n_batch",
    "n_outputs_max",
    "gpu_layers",
    "memory_gib",
    "usable_gib",
    "used_gib",
    "memory_fraction",
    "kv_budget_bytes",
    "lora_rank",
    "loras",
    "draft",
    "vision",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood.

    `taken_for` is the shipped model whose shape stands in for that of a name that is not shipped, a copy or
    a sibling of it; `name` is what was asked for.
    """

    architecture: Architecture
    setting: Setting
    taken_for: str | None = None
    name: str = ""

    @property
    def notes(self) -> tuple[Statement, ...]:
        """What has to be said beside the estimate."""
        known = self.taken_for
        taken = say("asked.taken_for", name=shown(self.name), model=known) if known else None
        found = (taken, draft_remark(self.architecture, self.setting), device_remark(self.setting))
        return tuple(one for one in found if one)


def read_asked(values: Mapping[str, Any]) -> Asked:
    """Understand a request. Raises Unsizable, which names the key, for what cannot be taken as it stands.

    None is the same as a key that is left out; without `context` it is 4096 tokens or what the
    model takes, and with Transformers nothing yet.
    """
    given = {key: value for key, value in values.items() if value is not None}
    strange = next((key for key in given if key not in KEYS), None)
    if strange is not None:
        raise Unsizable(say("asked.unknown_key", name=shown(strange), known=KEYS))
    if "config" in given:
        arch = _of_config(given)
        return Asked(arch, _setting(given, arch))
    return _of_name(given)


def _setting(given: Mapping[str, Any], arch: Architecture) -> Setting:
    """The setting; a device of which nothing but its name is known has no room, and the rest is told all the
    same."""
    try:
        return setting_of(given, arch)
    except Unsizable as problem:
        if problem.statement.code not in ("asked.device", "asked.device_sizes"):
            raise
    name, said = devices.read_count(_text(given, "device"))
    setting = setting_of({key: value for key, value in given.items() if key != "device"}, arch)
    count = setting.device.count if setting.device else said or 1
    row = devices.find(name)
    unified = row is not None and row.kind == "unified"
    return replace(setting, device=DeviceMemory(name=name, count=count, unified=unified))


def setting_of(given: Mapping[str, Any], arch: Architecture) -> Setting:
    """The setting of a request, without its model."""
    runtime = _runtime(given)
    usual = STARTING_CONTEXT_TOKENS if runtime == "transformers" else DEFAULT_CONTEXT_TOKENS
    most = min(arch.max_context_tokens or usual, usual)
    return Setting(
        runtime=runtime,
        quantization=as_sizing_names_it(_text(given, "quant")),
        context_tokens=_whole(given, "context") or most,
        parallel=_whole(given, "parallel") or 1,
        kv_dtype=_text(given, "kv_dtype"),
        device=_device(given),
        ubatch_tokens=_whole(given, "ubatch"),
        batch_tokens=_whole(given, "n_batch"),
        flash_attention=_flag(given, "flash_attn"),
        kv_unified=_flag(given, "kv_unified") or False,
        swa_full=_flag(given, "swa_full") or False,
        outputs=_whole(given, "n_outputs_max"),
        gpu_layers=_whole(given, "gpu_layers", least=0),
        memory_fraction=_share(given, "memory_fraction"),
        kv_budget_bytes=_whole(given, "kv_budget_bytes"),
        lora_rank=_whole(given, "lora_rank"),
        loras=_whole(given, "loras") or 1,
        draft=read_draft(_text(given, "draft"), runtime),
        vision=_flag(given, "vision"),
    )


def shown(value: object) -> str:
    """A value as a message shows it: on one line, and not at length."""
    return shown_name(value if isinstance(value, str) else type_word(value))


def type_word(value: object) -> str:
    """A value that is no text, as it was written; lists and objects by their kind."""
    if isinstance(value, list | tuple):
        return "[…]"
    return "{…}" if isinstance(value, Mapping) else str(value)


def _of_config(given: Mapping[str, Any]) -> Architecture:
    if "model" in given and not isinstance(given["model"], str):
        raise Unsizable(say("asked.text", name="model", found=shown(given["model"])))
    return read_config(given["config"])


def _of_name(given: Mapping[str, Any]) -> Asked:
    name = _text(given, "model")
    if not name:
        raise Unsizable(say("asked.no_model"))
    found = named(name, _runtime(given))
    mix = "" if _text(given, "quant") or not found.taken_for else found.quantization_in(_runtime(given))
    given = {**given, "quant": mix} if mix else given
    return Asked(found.architecture, _setting(given, found.architecture), found.taken_for or None, name)


def _runtime(given: Mapping[str, Any]) -> RuntimeName:
    text = _text(given, "runtime") or "llama.cpp"
    found = RUNTIMES.get(text.strip().casefold())
    if found is None:
        raise Unsizable(say("asked.runtime", found=shown(text), known=sorted(set(RUNTIMES.values()))))
    return found


def _device(given: Mapping[str, Any]) -> DeviceMemory | None:
    """A name may say how many there are; a size needs no name, and several without either divide a model all
    the same."""
    size, count = _gib(given, "memory_gib"), _whole(given, "devices")
    name, said = devices.read_count(_text(given, "device"))
    if not name and size is None:
        return DeviceMemory(count=count) if count and count > 1 else None
    used, usable = _gib(given, "used_gib") or 0, _gib(given, "usable_gib")
    return device_memory(name, count or said or 1, size, used, usable)


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise Unsizable(say("asked.text", name=name, found=shown(value)))
    return value


def _whole(given: Mapping[str, Any], name: str, least: int = 1) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise Unsizable(say("asked.whole", name=name, least=least, found=shown(value)))
    return value


def _number(given: Mapping[str, Any], name: str) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1 << 40:
        raise Unsizable(say("asked.number", name=name, found=shown(value)))
    if not math.isfinite(value):
        raise Unsizable(say("asked.number", name=name, found=shown(value)))
    return float(value)


def _gib(given: Mapping[str, Any], name: str) -> float | None:
    value = given.get(name)
    if isinstance(value, int | float) and value > MOST_GIB:
        raise Unsizable(say("asked.memory", name=name, most=MOST_GIB, found=shown(value)))
    return _number(given, name)


def _share(given: Mapping[str, Any], name: str) -> float | None:
    value = _number(given, name)
    if value is not None and not 0.05 <= value <= 1:
        raise Unsizable(say("asked.share", name=name, found=shown(value)))
    return value


def _flag(given: Mapping[str, Any], name: str) -> bool | None:
    value = given.get(name)
    if isinstance(value, str) and value.casefold() in ("on", "off"):
        return value.casefold() == "on"
    if value is not None and not isinstance(value, bool):
        raise Unsizable(say("asked.flag", name=name, found=shown(value)))
    return value
