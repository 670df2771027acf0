"""Open-weight models: sizes, context, licence tag and what their makers say they take."""

from collections import Counter
from functools import cache
from typing import Any, Literal

from decisions.knowledge.facts import Fact, ranked, read_json

FILES = ("models.json", "models_older.json")
"""The second holds base models and older generations."""


class ModelFact(Fact):
    """One model repository.

    `parameters` counts the unique weights an engine holds (vision included, drafting blocks not);
    `parameters_verified` says that arithmetic over the published shape agrees with an independent total
    within 0.1 %. `languages` are ISO 639 codes, or the word "multilingual" where only a number of
    languages is stated. `licence` is the tag of the repository, not a reading of the text. `claims` names
    the fields nobody looked up: they are shown as claims, never as evidence.
    """

    id: str
    organisation: str
    role: Literal["generation", "embedding"]
    parameters: int | None = None
    parameters_active: int | None = None
    parameters_basis: Literal["arithmetic", "class_count", "listed"] | None = None
    parameters_verified: bool = False
    context_tokens: int | None = None
    licence: str | None = None
    languages: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    tool_calling: bool | None = None
    gated: bool | None = None
    release_date: str | None = None
    claims: tuple[str, ...] = ()


@cache
def _rows() -> dict[str, dict[str, Any]]:
    """The rows of both files by id in lower case, sorted by id."""
    rows = [(row["id"].casefold(), row) for name in FILES for row in read_json(name)]
    return dict(sorted(rows, key=lambda pair: pair[0]))


@cache
def _fact(key: str) -> ModelFact:
    return ModelFact(**_rows()[key])


@cache
def shipped() -> tuple[ModelFact, ...]:
    """Every shipped model, sorted by id."""
    return tuple(_fact(key) for key in _rows())


@cache
def ids() -> tuple[str, ...]:
    """The id of every shipped model, sorted; without the facts, which take longer to read."""
    return tuple(row["id"] for row in _rows().values())


@cache
def _by_name() -> dict[str, str]:
    names = [key.rsplit("/", 1)[-1] for key in _rows()]
    times = Counter(names)
    return {name: key for name, key in zip(names, _rows(), strict=True) if times[name] == 1}


def find(text: str) -> ModelFact | None:
    """The model with that id, or with that name where the organisation is left out; case does not matter."""
    key = text.strip().casefold()
    found = key if key in _rows() else _by_name().get(key)
    return None if found is None else _fact(found)


def search(text: str, limit: int = 20) -> tuple[ModelFact, ...]:
    """Models whose id holds every part of `text`, the closest first."""
    names = ranked(text, ids(), limit)
    return tuple(_fact(name.casefold()) for name in names)
