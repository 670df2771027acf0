"""The commands of a candidate as a record has it, or what is missing for them."""

import re

from decisions.fit.commands.asked import Asked, Commands
from decisions.fit.commands.build import commands_for
from decisions.fit.hardware.drafted import split_draft
from decisions.fit.hardware.wanted import vision_of
from decisions.fit.resolve import CLOUD_API, is_hosted_elsewhere, runtime_of, shipped_model
from decisions.fit.say import say
from decisions.knowledge import options
from decisions.record.schema import Candidate, Need, Route, Statement
from decisions.states import StructuredOutput, TaskKind

_FILE = re.compile(r"\S+\.gguf", re.IGNORECASE)


def commands_of(need: Need, route: Route | None, candidate: Candidate) -> Commands | Statement:
    """The commands; a sentence instead where nothing is started here or something is not known."""
    if is_hosted_elsewhere(candidate, route):
        return say("command.hosted")
    runtime = runtime_of(candidate, route).runtime
    if runtime is None or runtime.id == CLOUD_API:
        return say("command.needs_runtime")
    if runtime.id not in options.shipped():
        return say("command.no_table", runtime=runtime.name)
    model_id = model_id_of(candidate)
    if not model_id:
        return say("command.needs_model")
    try:
        return commands_for(asked_of(need, route, candidate, runtime.id, model_id))
    except ValueError:
        return say("command.reads_as_option", model=model_id)


def model_id_of(candidate: Candidate) -> str:
    """The candidate's model id, else the one of the shipped model its name names; else empty."""
    if candidate.model.model_id:
        return candidate.model.model_id
    shipped = shipped_model(candidate)
    return shipped.id if shipped else ""


def asked_of(need: Need, route: Route | None, candidate: Candidate, runtime: str, model_id: str) -> Asked:
    """What need, route and candidate ask: its own sizing goes before the need, as in the estimate."""
    model, sizing = candidate.model, candidate.sizing
    file = _FILE.search(model.weight_format) or _FILE.search(model.quantization)
    draft, draft_quantization = split_draft(sizing.draft)
    return Asked(
        runtime=runtime,
        model_id=model_id,
        revision=model.revision,
        file=file[0] if file else "",
        quantization=_quantization(candidate),
        context_tokens=sizing.context_tokens or need.context_tokens or model.context_tokens,
        parallel=sizing.parallel or need.concurrent_requests,
        kv_dtype=sizing.kv_dtype,
        gpu_layers=sizing.gpu_layers,
        devices=_devices(route),
        structured_output=need.structured_output not in {None, StructuredOutput.NONE},
        tool_calling=TaskKind.TOOL_CALLING in need.task_kinds,
        lora=bool(need.needs_lora) or sizing.lora_rank is not None,
        lora_rank=sizing.lora_rank,
        loras=sizing.loras,
        draft=draft,
        draft_quantization=draft_quantization,
        vision=vision_of(need, sizing),
        rented=route is not None and route.traits.is_rented,
        ssh_target=route.hardware.ssh_target if route else "",
    )


def _quantization(candidate: Candidate) -> str:
    """What the candidate says; a weight format that names one ("GGUF Q4_K_M") says it too."""
    return candidate.model.quantization or candidate.model.weight_format


def _devices(route: Route | None) -> int | None:
    if route is None:
        return None
    if not route.traits.has_gpu and not route.hardware.vram_gib:
        return 0
    return route.hardware.device_count or 1
