"""Routes, notes and candidates for the tests of the fits; amounts are written as text, in GiB."""

from typing import Any

from decisions.knowledge import routes
from decisions.record.schema import (
    Candidate,
    Evidence,
    Hardware,
    LicenceNote,
    ModelCardNote,
    Route,
    TermsNote,
    Traits,
)

READ = {"source": "https://example.org/card", "read_on": "2026-11-01"}
COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775"
READY_GPU = {
    "device": "L4",
    "device_count": 1,
    "vram_gib": "24",
    "driver": "570",
    "security": "localhost only",
}


def route(kind: str = "local_cpu", **hardware: Any) -> Route:
    """A shipped route with these hardware facts."""
    shipped = routes.of_kind(kind)
    assert shipped is not None
    traits = Traits(**shipped.traits)
    return Route(code=kind, name=shipped.name, kind=kind, traits=traits, hardware=Hardware(**hardware))


def candidate(key: str = "c1", **fields: Any) -> Candidate:
    """A candidate that is not the first choice unless told."""
    return Candidate(**{"key": key, "name": "Small model", **fields})


def card_note(**fields: Any) -> ModelCardNote:
    """A model-card note that says where and when it was read."""
    return ModelCardNote(**READ, **fields)


def licence_note(**fields: Any) -> LicenceNote:
    """A licence note that was read."""
    return LicenceNote(**{**READ, "licence_id": "apache-2.0", **fields})


def terms_note(**fields: Any) -> TermsNote:
    """A terms note with everything in it; no training on inputs."""
    everything = {
        "provider": "Example",
        "retention": "none",
        "trains_on_inputs": "no",
        "region": "EU",
        "third_parties": "none",
        "output_rights": "ours",
    }
    return TermsNote(**{**READ, **everything, **fields})


def evidence(**fields: Any) -> Evidence:
    """All six items."""
    items = dict.fromkeys(Evidence.model_fields, "attached")
    return Evidence(**{**items, "model_version": COMMIT, **fields})
