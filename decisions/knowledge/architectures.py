"""Shapes of the shipped models, as their config.json would say them; read only when a model is sized."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from decisions.knowledge.facts import HERE


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact on which sources differ: `value` is the one that is used, `other` what another source has."""

    field: str
    value: int
    other: int
    note: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One model's dimensions under the names of Hugging Face's config.json.

    `claims` names the fields that nobody looked up ("dims": all of them): they are shown as claims, never
    as evidence. `confidence` is that of the whole row.
    """

    id: str
    config: Mapping[str, Any]
    confidence: str
    claims: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    note: str
    source: str
    date: str


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {row["id"].casefold(): row for row in _shipped()["models"]}


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "architectures.json").read_text(encoding="utf-8"))
    return found


def shipped() -> tuple[Shape, ...]:
    """Every shipped shape, in the order of the models."""
    return tuple(_shape(row) for row in _shipped()["models"])


def find(model_id: str) -> Shape | None:
    """The shape of the model with that id, whatever its case; None where its dimensions are not sound."""
    row = _by_id().get(model_id.strip().casefold())
    return _shape(row) if row else None


def _shape(row: Mapping[str, Any]) -> Shape:
    return Shape(
        id=row["id"],
        config=row["config"],
        confidence=row["confidence"],
        claims=tuple(row.get("claims", ())),
        disagreements=tuple(Disagreement(**one) for one in row.get("disagreements", ())),
        note=row.get("note", ""),
        source=row["source"],
        date=_shipped()["date"],
    )
