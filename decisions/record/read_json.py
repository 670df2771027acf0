"""Reading `model_runtime_decision.json`: a version's content, or the output of the lesson's helper."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from decisions.record.content import decision, profile
from decisions.record.incoming import LARGEST_JSON, text_of
from decisions.record.json_repair import record_from
from decisions.record.json_text import Node, join_path, parse_json
from decisions.record.read_helper import read_helper
from decisions.record.reading import Aside, Reading, Remarks, Unreadable
from decisions.record.schema import SCHEMA_VERSION, Judged, Record
from decisions.record.values import brief, is_blank
from decisions.record.versions import check_schema

_DERIVED = ("schema_version", "profile", "decision", "judged")


def read_json(data: bytes | str) -> Reading:
    """Read a decision from JSON.

    Projections and judgements are left aside, for they follow from the rest. A value that does not fit is
    left out with a remark that names its path. Raises `Unreadable`.
    """
    remarks = Remarks()
    value = parse_json(text_of(data, limit=LARGEST_JSON), remarks)
    if not isinstance(value, Node):
        raise Unreadable("not_an_object")
    if "schema_version" in value:
        check_schema(value)
    if not value.keys() & Record.model_fields.keys():
        if not any(isinstance(value.get(name), Node) for name in ("profile", "decision")):
            raise Unreadable("no_known_key")
        return Reading(record=read_helper(value, remarks), remarks=remarks.all(), form="helper")
    stated = {name: value.pop(name, None) for name in _DERIVED}
    record = _read_content(value, stated, remarks)
    asides = tuple(_asides(stated, remarks))
    return Reading(record=record, remarks=remarks.all(), form="content", asides=asides)


def _read_content(value: Node, stated: dict[str, Any], remarks: Remarks) -> Record:
    if stated["schema_version"] is None:
        remarks.at_path("changed", "schema_version", "no_schema_version", known=SCHEMA_VERSION)
    record = record_from(value, remarks)
    _compare("profile", stated["profile"], profile(record), remarks)
    projected = decision(record, Judged())
    del projected["claim"]  # it follows from the route's card, which the document does not hold
    _compare("decision", stated["decision"], projected, remarks)
    return record


def _asides(stated: dict[str, Any], remarks: Remarks) -> Iterator[Aside]:
    """What only a judgement can tell to be right."""
    decided = stated["decision"] if isinstance(stated["decision"], Node) else {}
    for path, said in (("decision.claim", decided.get("claim")), ("judged", stated["judged"])):
        if not is_blank(said):
            remarks.at_path("not_read", path, "json_derived")
            yield Aside(path, path, None, said)


def _compare(name: str, stated: Any, derived: dict[str, Any], remarks: Remarks) -> None:
    """Say where a projection was changed by hand: it is not read."""
    if not isinstance(stated, Node):
        if stated is not None:
            remarks.at_path("not_understood", name, "json_object")
        return
    for key in stated.keys() - derived.keys() - {"claim"}:
        remarks.at_path("not_understood", join_path(name, key), "json_unknown")
    for key in (key for key in derived if key in stated):
        if not _same(stated[key], derived[key]):
            told = {"stated": brief(stated[key]), "derived": brief(derived[key])}
            remarks.at_path("changed", join_path(name, key), "contradiction", **told)


def _same(stated: Any, derived: Any) -> bool:
    """Whether a projection says what follows; numbers are compared as the floats they were written from."""
    if isinstance(derived, float) and isinstance(stated, int | Decimal):
        return float(stated) == derived
    return bool(stated == derived)
