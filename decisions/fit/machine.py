"""A setting that belongs to no project, as the parts of a record that the fits read."""

import json
from collections.abc import Iterable
from decimal import Decimal

from decisions.fit.hardware.drafted import draft_text
from decisions.fit.hardware.limits import check_setting
from decisions.fit.hardware.setting import GIB, DeviceMemory, Setting
from decisions.record.schema import Candidate, Hardware, Model, Need, Route, Sizing, Traits
from decisions.record.text import LINE_LENGTH, NAME_LENGTH, UncleanText, clean_text
from decisions.states import RouteKind, StructuredOutput, TaskKind

ASKABLE = {
    "endpoint": "endpoint",
    "structured_output": "shape",
    "tool_calling": "tools",
    "multimodal": "inputs",
    "lora": "lora",
}
"""What can be asked of a runtime without a need, and the question it is."""
PLACES = Decimal("0.0001")


def route_of(device: DeviceMemory | None) -> Route | None:
    """A machine of one's own with that device; None where none is named."""
    if device is None:
        return None
    memory = None if device.total_bytes is None else (Decimal(device.total_bytes) / GIB).quantize(PLACES)
    name = _line(device.name, NAME_LENGTH) or "?"
    hardware = Hardware(
        device="" if device.is_cpu else name,
        device_count=0 if device.is_cpu else device.count,
        vram_gib=None if device.is_cpu else memory,
        ram_gib=memory if device.is_cpu else None,
    )
    traits = Traits(has_gpu=not device.is_cpu, can_serve=True)
    return Route(code="machine", name=name, kind=RouteKind.TEAM, traits=traits, hardware=hardware)


def candidate_in(model_id: str, classes: tuple[str, ...], setting: Setting, runtime_id: str) -> Candidate:
    """The model in that setting; of its configuration it carries the classes alone.

    A file's path is an id for llama.cpp alone: the others are told by a repository or a name of their own.
    """
    is_file = model_id.endswith(".gguf") or model_id.startswith(("/", "./", "../", "~"))
    known = "" if is_file and runtime_id != "llama_cpp" else _line(model_id, LINE_LENGTH)
    return Candidate(
        key="c1",
        name=known or "model",
        runtime_id=runtime_id,
        model=Model(model_id=known, quantization=setting.quantization),
        sizing=Sizing(
            context_tokens=setting.context_tokens,
            parallel=setting.parallel,
            kv_dtype=setting.kv_dtype,
            gpu_layers=setting.gpu_layers,
            lora_rank=setting.lora_rank,
            loras=setting.loras if setting.lora_rank is not None else None,
            draft=_line(draft_text(setting.draft), LINE_LENGTH),
            vision=setting.vision,
            config=json.dumps({"architectures": classes}) if classes else "",
        ),
    )


def need_for(setting: Setting, asks: Iterable[str]) -> Need:
    """What a runtime has to give for that setting; `asks` are names of ASKABLE. Raises Unsizable for absurd
    numbers."""
    check_setting(setting)
    asked = frozenset(asks)
    kinds = {kind.value: kind for kind in (TaskKind.TOOL_CALLING, TaskKind.MULTIMODAL)}
    return Need(
        context_tokens=setting.context_tokens,
        concurrent_requests=setting.parallel,
        needs_service="endpoint" in asked or None,
        needs_lora="lora" in asked or None,
        structured_output=StructuredOutput.JSON_SCHEMA if "structured_output" in asked else None,
        task_kinds=tuple(kind for name, kind in kinds.items() if name in asked),
    )


def _line(text: str, limit: int) -> str:
    """The text where a record could keep it; empty where it could not."""
    try:
        return clean_text(text, limit=limit, one_line=True)
    except UncleanText:
        return ""
