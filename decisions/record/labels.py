"""What each field of the document is called, where a difference lists it, and how its value is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from decisions.states import (
    Answer,
    CandidateRole,
    LicenceUse,
    Modality,
    Named,
    Privacy,
    Purpose,
    RouteKind,
    StructuredOutput,
    TaskKind,
    TextLanguage,
)
from decisions.words import N_

Group = Literal[
    "need", "task", "licence", "hardware", "runtime", "evidence", "text", "candidates", "routes", "facts"
]
Shown = (
    Literal["text", "line", "list", "yes_no", "count", "tokens", "ms", "gib", "hours", "money", "route"]
    | Literal["day", "moment"]
    | type[Named]
)

GROUPS: dict[Group, str] = {
    "need": N_("Need"),
    "task": N_("Task"),
    "licence": N_("Licence"),
    "hardware": N_("Hardware"),
    "runtime": N_("Runtime"),
    "evidence": N_("Evidence"),
    "candidates": N_("Candidates"),
    "routes": N_("Routes"),
    "text": N_("Texts"),
    "facts": N_("Shipped facts and rules"),
}


@dataclass(frozen=True)
class Label:
    """A field: its English name (the key of its translations), its group, and how its value is shown."""

    name: str
    group: Group
    shown: Shown = "line"


IDENTITIES = frozenset({"candidates.*.key", "routes.*.code"})  # what parts are matched by, never changed

LABELS: dict[str, Label] = {
    "title": Label(N_("Title"), "text"),
    "text_language": Label(N_("Language of the texts"), "text", TextLanguage),
    "need.project_goal": Label(N_("Project goal"), "need", "text"),
    "need.must_have": Label(N_("Must have"), "need", "list"),
    "need.nice_to_have": Label(N_("Nice to have"), "need", "list"),
    "need.task_kinds": Label(N_("Task kinds"), "need", TaskKind),
    "need.languages": Label(N_("Languages"), "need", "list"),
    "need.privacy": Label(N_("Privacy"), "need", Privacy),
    "need.licence_use": Label(N_("Licence use"), "need", LicenceUse),
    "need.context_tokens": Label(N_("Context length"), "need", "tokens"),
    "need.concurrent_requests": Label(N_("Concurrent requests"), "need", "count"),
    "need.latency_target_ms": Label(N_("Latency target"), "need", "ms"),
    "need.structured_output": Label(N_("Structured output"), "need", StructuredOutput),
    "need.needs_service": Label(N_("Needs a service"), "need", "yes_no"),
    "need.needs_lora": Label(N_("Needs LoRA adapters"), "need", "yes_no"),
    "need.purpose": Label(N_("Purpose"), "need", Purpose),
    "need.budget": Label(N_("Budget"), "need", "money"),
    "need.product_boundary": Label(N_("Product boundary"), "need", "text"),
    "route": Label(N_("Route of the decision"), "routes", "route"),
    "routes.*.name": Label(N_("Name"), "routes"),
    "routes.*.kind": Label(N_("Kind of route"), "routes", RouteKind),
    "routes.*.traits.has_gpu": Label(N_("Has a GPU"), "routes", "yes_no"),
    "routes.*.traits.is_notebook": Label(N_("Is a notebook"), "routes", "yes_no"),
    "routes.*.traits.leaves_the_house": Label(N_("Data leaves the house"), "routes", "yes_no"),
    "routes.*.traits.can_serve": Label(N_("Can serve"), "routes", "yes_no"),
    "routes.*.traits.is_rented": Label(N_("Is rented"), "routes", "yes_no"),
    "routes.*.traits.hosts_model": Label(N_("Hosts the model"), "routes", "yes_no"),
    "routes.*.hardware.device": Label(N_("Device"), "hardware"),
    "routes.*.hardware.device_count": Label(N_("Number of devices"), "hardware", "count"),
    "routes.*.hardware.vram_gib": Label(N_("VRAM per device"), "hardware", "gib"),
    "routes.*.hardware.usable_gib": Label(N_("Usable memory per device"), "hardware", "gib"),
    "routes.*.hardware.ram_gib": Label(N_("RAM"), "hardware", "gib"),
    "routes.*.hardware.disk_gib": Label(N_("Disk"), "hardware", "gib"),
    "routes.*.hardware.price_per_hour": Label(N_("Price per hour"), "hardware", "money"),
    "routes.*.hardware.planned_hours": Label(N_("Planned hours"), "hardware", "hours"),
    "routes.*.hardware.expected_stop_at": Label(N_("Expected stop time"), "hardware", "moment"),
    "routes.*.hardware.driver": Label(N_("Driver"), "hardware"),
    "routes.*.hardware.security": Label(N_("Security"), "hardware", "text"),
    "routes.*.hardware.ssh_target": Label(N_("SSH target"), "hardware"),
    "routes.*.card.first_model": Label(N_("First model"), "routes", "text"),
    "routes.*.card.runtime": Label(N_("Runtime on the card"), "routes", "text"),
    "routes.*.card.proves_first": Label(N_("What it proves first"), "routes", "text"),
    "routes.*.card.cannot_prove": Label(N_("What it cannot prove"), "routes", "text"),
    "routes.*.card.not_for": Label(N_("What it is not for"), "routes", "text"),
    "routes.*.card.evidence_to_keep": Label(N_("Evidence to keep"), "routes", "text"),
    "routes.*.card.upgrade_signal": Label(N_("Upgrade signal"), "routes", "text"),
    "candidates.*.role": Label(N_("Role"), "candidates", CandidateRole),
    "candidates.*.name": Label(N_("Name"), "candidates"),
    "candidates.*.license_note": Label(N_("Licence note"), "licence", "text"),
    "candidates.*.runtime": Label(N_("Runtime"), "runtime", "text"),
    "candidates.*.hardware_note": Label(N_("Hardware note"), "hardware", "text"),
    "candidates.*.risk": Label(N_("Risk"), "candidates", "text"),
    "candidates.*.model.model_id": Label(N_("Model id"), "candidates"),
    "candidates.*.model.revision": Label(N_("Revision"), "candidates"),
    "candidates.*.model.parameters": Label(N_("Parameters"), "hardware", "count"),
    "candidates.*.model.quantization": Label(N_("Quantization"), "hardware"),
    "candidates.*.model.weight_format": Label(N_("Weight format"), "runtime"),
    "candidates.*.model.context_tokens": Label(N_("Context length of the model"), "task", "tokens"),
    "candidates.*.runtime_id": Label(N_("Runtime from the list"), "runtime"),
    "candidates.*.runtime_version": Label(N_("Runtime version"), "runtime"),
    "candidates.*.route": Label(N_("Route"), "routes", "route"),
    "candidates.*.rejected_reason": Label(N_("Reason for rejecting"), "text", "text"),
    "candidates.*.memory_needed_gib": Label(N_("Memory needed"), "hardware", "gib"),
    "candidates.*.disk_needed_gib": Label(N_("Disk needed"), "hardware", "gib"),
    "candidates.*.needed_source": Label(N_("Source of the need for memory"), "hardware"),
    "candidates.*.sizing.context_tokens": Label(N_("Sizing: context of a request"), "hardware", "tokens"),
    "candidates.*.sizing.parallel": Label(N_("Sizing: requests at once"), "hardware", "count"),
    "candidates.*.sizing.kv_dtype": Label(N_("Sizing: type of the cache"), "hardware"),
    "candidates.*.sizing.gpu_layers": Label(N_("Sizing: layers on the GPU"), "hardware", "count"),
    "candidates.*.sizing.flash_attention": Label(N_("Sizing: flash attention"), "hardware", "yes_no"),
    "candidates.*.sizing.lora_rank": Label(N_("Sizing: rank of LoRA adapters"), "hardware", "count"),
    "candidates.*.sizing.loras": Label(N_("Sizing: adapters at once"), "hardware", "count"),
    "candidates.*.sizing.draft": Label(N_("Sizing: draft model"), "hardware"),
    "candidates.*.sizing.vision": Label(N_("Sizing: vision part loaded"), "hardware", "yes_no"),
    "candidates.*.sizing.memory_used_gib": Label(N_("Sizing: memory in use already"), "hardware", "gib"),
    "candidates.*.sizing.config": Label(N_("Sizing: config.json of the model"), "hardware", "text"),
    "candidates.*.sizing.config_source": Label(N_("Sizing: source of the config.json"), "hardware"),
    "candidates.*.sizing.measured": Label(N_("Sizing: measured by the engine"), "hardware", "list"),
    "candidates.*.sizing.measured_setting": Label(N_("Sizing: setting of the measurement"), "hardware"),
    "candidates.*.sizing.measured_log": Label(N_("Sizing: digest of the engine's log"), "hardware"),
    "candidates.*.sizing.config_read_on": Label(N_("Sizing: config.json read on"), "hardware", "day"),
    "candidates.*.model_card.task_kinds": Label(N_("Model card: task kinds"), "task", TaskKind),
    "candidates.*.model_card.languages": Label(N_("Model card: languages"), "task", "list"),
    "candidates.*.model_card.modalities": Label(N_("Model card: modalities"), "task", Modality),
    "candidates.*.model_card.tool_calling": Label(N_("Model card: tool calling"), "task", "yes_no"),
    "candidates.*.model_card.structured_output": Label(N_("Model card: structured output"), "task", "yes_no"),
    "candidates.*.model_card.context_tokens": Label(N_("Model card: context length"), "task", "tokens"),
    "candidates.*.model_card.limits": Label(N_("Model card: stated limits"), "task", "text"),
    "candidates.*.model_card.data": Label(N_("Model card: data"), "task", "text"),
    "candidates.*.model_card.source": Label(N_("Model card: source"), "task"),
    "candidates.*.model_card.revision": Label(N_("Model card: revision"), "task"),
    "candidates.*.model_card.reader": Label(N_("Model card: read by"), "task"),
    "candidates.*.model_card.read_on": Label(N_("Model card: read on"), "task", "day"),
    "candidates.*.licence.licence_id": Label(N_("Licence id"), "licence"),
    "candidates.*.licence.source": Label(N_("Licence: source"), "licence"),
    "candidates.*.licence.read_on": Label(N_("Licence: read on"), "licence", "day"),
    "candidates.*.licence.commercial_use": Label(N_("Licence: commercial use"), "licence", Answer),
    "candidates.*.licence.redistribution": Label(N_("Licence: redistribution"), "licence", Answer),
    "candidates.*.licence.data_use": Label(N_("Licence: data use"), "licence", Answer),
    "candidates.*.licence.conditions": Label(N_("Licence: conditions that bite"), "licence", "list"),
    "candidates.*.terms.provider": Label(N_("Terms: provider"), "licence"),
    "candidates.*.terms.source": Label(N_("Terms: source"), "licence"),
    "candidates.*.terms.read_on": Label(N_("Terms: read on"), "licence", "day"),
    "candidates.*.terms.retention": Label(N_("Terms: retention"), "licence", "text"),
    "candidates.*.terms.trains_on_inputs": Label(N_("Terms: training on inputs"), "licence", Answer),
    "candidates.*.terms.region": Label(N_("Terms: region"), "licence"),
    "candidates.*.terms.third_parties": Label(N_("Terms: third parties"), "licence", "text"),
    "candidates.*.terms.output_rights": Label(N_("Terms: output rights"), "licence", "text"),
    "candidates.*.evidence.model_version": Label(N_("Model version"), "evidence", "text"),
    "candidates.*.evidence.command": Label(N_("Command"), "evidence", "text"),
    "candidates.*.evidence.first_output": Label(N_("First output"), "evidence", "text"),
    "candidates.*.evidence.evaluation_table": Label(N_("Evaluation table"), "evidence", "text"),
    "candidates.*.evidence.stop_procedure": Label(N_("Stop procedure"), "evidence", "text"),
    "candidates.*.evidence.shutdown_proof": Label(N_("Shutdown proof"), "evidence", "text"),
    "why.fallback": Label(N_("Fallback"), "text", "text"),
    "why.fallback_model": Label(N_("Fallback model"), "text"),
    "why.fallback_runtime": Label(N_("Fallback runtime"), "runtime"),
    "why.rollback_steps": Label(N_("Rollback steps"), "text", "text"),
    "why.why_now": Label(N_("Why now"), "text", "text"),
    "why.rejected_for_now": Label(N_("Rejected for now"), "text", "text"),
    "why.tried.prompt": Label(N_("Tried: prompt"), "text", "text"),
    "why.tried.rag": Label(N_("Tried: RAG"), "text", "text"),
    "why.tried.output_schema": Label(N_("Tried: output schema"), "text", "text"),
    "why.tried.quantization": Label(N_("Tried: quantization"), "text", "text"),
    "paragraph": Label(N_("Decision paragraph"), "text", "text"),
    "record.model_decision": Label(N_("Record to keep: model decision"), "text", "text"),
    "record.runtime_decision": Label(N_("Record to keep: runtime decision"), "text", "text"),
    "record.hardware_note": Label(N_("Record to keep: hardware note"), "text", "text"),
    "record.eval_gate": Label(N_("Record to keep: eval gate"), "text", "text"),
    "record.expected_output": Label(N_("Record to keep: expected output"), "text", "text"),
    "notes.*.key": Label(N_("Note"), "text"),
    "notes.*.text": Label(N_("Note"), "text", "text"),
}


def in_order(patterns: Iterable[str]) -> list[str]:
    """Fields in the order of the document, whatever order its keys were stored in; unknown ones last."""
    places = {pattern: place for place, pattern in enumerate(LABELS)}
    return sorted(patterns, key=lambda pattern: (places.get(pattern, len(places)), pattern))


def label_of(pattern: str) -> Label:
    """The label of a field; a field this Routecard does not know is called by its path."""
    return LABELS.get(pattern) or Label(pattern, "text", "text")
