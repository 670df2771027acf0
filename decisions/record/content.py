"""What is frozen as a version's content: projections for the lesson's readers, the record, what followed."""

from decimal import Decimal
from typing import Any

from decisions.record.schema import SCHEMA_VERSION, Judged, Record


def content(record: Record, judged: Judged) -> dict[str, Any]:
    """The frozen document as plain JSON values: projections, what people wrote, what followed."""
    return {
        "schema_version": SCHEMA_VERSION,
        "profile": profile(record),
        "decision": decision(record, judged),
        **record.model_dump(mode="json"),
        "judged": judged.model_dump(mode="json"),
    }


def profile(record: Record) -> dict[str, Any]:
    """The lesson's profile, projected from the need and the first choice's route; None is unknown.

    `available_vram_gb` is the VRAM of all the route's devices in GiB, which device sheets print as GB.
    """
    first = record.first_choice
    route = record.route_for(first) if first else record.route_of(record.route)
    vram_gib = route.hardware.total_vram_gib if route else None
    if route and not route.traits.has_gpu:
        vram_gib = vram_gib or Decimal(0)
    return {
        "task": record.need.project_goal,
        "route": route.code if route else None,
        "privacy": record.need.privacy and record.need.privacy.value,
        "available_vram_gb": None if vram_gib is None else float(vram_gib),
        "needs_service": record.need.needs_service,
    }


def decision(record: Record, judged: Judged) -> dict[str, str]:
    """The lesson's decision, projected from the first choice; the claim is what its route proves first."""
    first = record.first_choice
    if first is None:
        return {"model": "", "runtime": "", "claim": ""}
    route = record.route_for(first)
    card = next((card for card in judged.cards if route and card.route == route.code), None)
    return {
        "model": first.name,
        "runtime": first.runtime or first.runtime_id,
        "claim": card.texts.proves_first if card else "",
    }
