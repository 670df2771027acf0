"""What the shipped facts on a model or a runtime say, as values of a candidate's own fields."""

from collections.abc import Mapping
from typing import Any

from decisions.fit.resolve import runtime_of, shipped_model
from decisions.knowledge.models import ModelFact
from decisions.knowledge.runtimes import Runtime
from decisions.record.schema import Candidate, Model, Route

Place = tuple[str, str]  # "candidate" or the name of a note, then the field
Values = dict[Place, Any]

NOTES = ("model_card", "licence")
_PLACES: dict[Place, str] = {
    ("candidate", "model_id"): "id",
    ("candidate", "parameters"): "parameters",
    ("model_card", "languages"): "languages",
    ("model_card", "modalities"): "modalities",
    ("model_card", "tool_calling"): "tool_calling",
    ("model_card", "context_tokens"): "context_tokens",
    ("licence", "licence_id"): "licence",
}


def row_for(candidate: Candidate, route: Route | None, about: str) -> ModelFact | Runtime | None:
    """The shipped row on the candidate's "model" or "runtime", as it is judged on that route."""
    return shipped_model(candidate) if about == "model" else runtime_of(candidate, route).runtime


def facts(row: ModelFact | Runtime) -> Values:
    """What the row says, without what it only claims and without what it does not know."""
    if isinstance(row, Runtime):
        return {("candidate", "runtime_id"): row.id, ("candidate", "runtime"): row.name}
    return {place: value for place, value in _known(row).items() if _PLACES[place] not in row.claims}


def claims(row: ModelFact | Runtime) -> Values:
    """What the row claims: nobody looked it up, so that no field of a candidate may hold it as a fact."""
    if isinstance(row, Runtime):
        return {}
    return {place: value for place, value in _known(row).items() if _PLACES[place] in row.claims}


def _known(model: ModelFact) -> Values:
    values = {place: getattr(model, name) for place, name in _PLACES.items()}
    return {place: value for place, value in values.items() if not _is_empty(value)}


def still_open(candidate: Candidate, values: Mapping[Place, Any], source: str) -> Values:
    """Those of the values whose field is empty and whose note is not somebody's reading of another source.

    A note has one source, one reader and one day: what it names there holds for all that stands in it.
    """
    return {
        place: value
        for place, value in values.items()
        if _is_empty(value_at(candidate, place)) and not _is_read(candidate, place[0], source)
    }


def rests_on(candidate: Candidate, model: ModelFact) -> bool:
    """Whether a field of the candidate still says what the shipped facts say, the id itself left aside."""
    said = facts(model)
    said.pop(("candidate", "model_id"), None)
    return any(value_at(candidate, place) == value for place, value in said.items())


def value_at(candidate: Candidate, place: Place) -> Any:
    """What the candidate says there."""
    part, field = place
    if part in NOTES:
        return getattr(getattr(candidate, part), field)
    return getattr(candidate.model if field in Model.model_fields else candidate, field)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", ())


def _is_read(candidate: Candidate, part: str, source: str) -> bool:
    if part not in NOTES:
        return False
    note = getattr(candidate, part)
    return note.read_on is not None or bool(note.source and source not in note.source)
