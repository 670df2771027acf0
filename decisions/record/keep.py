"""The record to keep: five lines, each as written or as the rest of the document says it."""

from decimal import Decimal

from decisions.record.fields import plain_decimal, utc_text
from decisions.record.paragraph import rejected_of, runtime_of
from decisions.record.phrases import Phrases, clause, clip, phrases
from decisions.record.schema import Candidate, Hardware, Record, RecordToKeep, Route

MARKDOWN_FILE = "model_runtime_decision.md"
JSON_FILE = "model_runtime_decision.json"
_MOST_COMMAND = 4_000


def record_to_keep(record: Record) -> RecordToKeep:
    """Each text of the record to keep, or where it is blank the generated one."""
    generated = generated_record(record)
    written = record.record.model_dump()
    return RecordToKeep(**{name: text or getattr(generated, name) for name, text in written.items()})


def generated_record(record: Record) -> RecordToKeep:
    """The record to keep that follows from the rest of the document, in its text language."""
    say = phrases(record.text_language)
    first = record.first_choice
    return RecordToKeep(
        model_decision=_model_decision(record, first, say),
        runtime_decision=_runtime_decision(record, first, say),
        hardware_note=_hardware_note(
            record.route_for(first) if first else record.route_of(record.route), say
        ),
        eval_gate=say.eval_gate,
        expected_output=_expected_output(first, say),
    )


def _model_decision(record: Record, first: Candidate | None, say: Phrases) -> str:
    context = first.model.context_tokens if first else None
    return say.model_decision.format(
        model=first.name if first else say.no_first_choice,
        licence=_licence(first, say),
        size=_size(first, say),
        context=say.unknown if context is None else say.tokens.format(count=f"{context:,}"),
        rejected=clause(rejected_of(record)) or say.nothing,
    )


def _licence(first: Candidate | None, say: Phrases) -> str:
    if first is None:
        return say.missing
    return clause(first.license_note) or first.licence.licence_id or say.missing


def _size(first: Candidate | None, say: Phrases) -> str:
    if first is None:
        return say.unknown
    count = first.model.parameters
    size = say.unknown if count is None else say.size.format(count=f"{count:,}")
    kinds = ", ".join(filter(None, (first.model.quantization, first.model.weight_format)))
    return say.size_kinds.format(size=size, kinds=kinds) if kinds else size


def _runtime_decision(record: Record, first: Candidate | None, say: Phrases) -> str:
    fallback = record.why.fallback_runtime or record.why.fallback
    return say.runtime_decision.format(
        runtime=runtime_of(first, say),
        reason=(clause(first.hardware_note) if first else "") or say.missing,
        fallback=clause(fallback) or say.missing,
    )


def _hardware_note(route: Route | None, say: Phrases) -> str:
    if route is None:
        return say.no_route
    facts = [_device(route.hardware, say), *_memory(route, say), *_cost(route, say)]
    return say.hardware.format(route=route.name, facts=say.joint.join(facts))


def _device(hardware: Hardware, say: Phrases) -> str:
    if not hardware.device:
        return say.no_device
    if hardware.device_count is None:
        return say.device.format(device=hardware.device)
    return say.devices.format(count=hardware.device_count, device=hardware.device)


def _memory(route: Route, say: Phrases) -> list[str]:
    hardware = route.hardware
    lines = [
        say.ram.format(value=_gib(hardware.ram_gib, say)),
        say.disk.format(value=_gib(hardware.disk_gib, say)),
    ]
    if route.traits.has_gpu or hardware.vram_gib is not None:
        lines.insert(0, say.vram.format(value=_gib(hardware.vram_gib, say)))
    return lines


def _cost(route: Route, say: Phrases) -> list[str]:
    """Price, hours and stop time: of a rented route always, of another where they were given."""
    price, hours, stop = (
        route.hardware.price_per_hour,
        route.hardware.planned_hours,
        route.hardware.expected_stop_at,
    )
    values = (
        (say.price, None if price is None else f"{plain_decimal(price.amount)} {price.currency}"),
        (say.hours, None if hours is None else plain_decimal(hours)),
        (say.stop_at, None if stop is None else utc_text(stop)),
    )
    return [
        template.format(value=say.unknown if value is None else value)
        for template, value in values
        if route.traits.is_rented or value is not None
    ]


def _gib(value: Decimal | None, say: Phrases) -> str:
    return say.unknown if value is None else f"{plain_decimal(value)} GiB"


def _expected_output(first: Candidate | None, say: Phrases) -> str:
    command = clip(first.evidence.command, _MOST_COMMAND) if first else ""
    return say.expected_output.format(markdown=MARKDOWN_FILE, json=JSON_FILE, command=command or say.missing)
