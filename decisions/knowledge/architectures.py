"""Shapes of the shipped models, as their config.json would say them; read only when a model is sized."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from decisions.knowledge.facts import HERE

CONTEXT = "max_position_embeddings"


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


FILES = ("architectures.json", "architectures_older.json")
"""The second holds base models and older generations; most of its rows name a row of the same shape."""


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {row["id"].casefold(): row for row in _rows()}


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for name in FILES:
        file: dict[str, Any] = json.loads((HERE / name).read_text(encoding="utf-8"))
        found += ({"date": file["date"], **row} for row in file["models"])
    return tuple(found)


def shipped() -> tuple[Shape, ...]:
    """Every shipped shape, in the order of the models."""
    return tuple(_shape(row) for row in _rows())


def find(model_id: str) -> Shape | None:
    """The shape of the model with that id, whatever its case; None where its dimensions are not sound."""
    row = _by_id().get(model_id.strip().casefold())
    return _shape(row) if row else None


@cache
def _missing() -> dict[str, str]:
    rows = json.loads((HERE / "unsized.json").read_text(encoding="utf-8"))["models"]
    return {row["id"].casefold(): row["missing"] for row in rows}


def missing_of(model_id: str) -> str:
    """The fact without which a shipped model has no shape, as a code; empty where nobody named it."""
    return _missing().get(model_id.strip().casefold(), "")


def _shape(row: Mapping[str, Any]) -> Shape:
    return Shape(
        id=row["id"],
        config=_config(row),
        confidence=row["confidence"],
        claims=tuple(row.get("claims", ())),
        disagreements=tuple(Disagreement(**one) for one in row.get("disagreements", ())),
        note=row.get("note", ""),
        source=row["source"],
        date=row["date"],
    )


def _config(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row's own configuration, or that of the row it is like, with its own context where that differs."""
    if "config" in row:
        own: Mapping[str, Any] = row["config"]
        return own
    same = _config(_by_id()[row["like"].casefold()])
    context = {name: row[name] for name in (CONTEXT,) if name in row}
    if not context or "text_config" not in same:
        return {**same, **context}
    return {**same, "text_config": {**same["text_config"], **context}}
