"""Reading `model_runtime_decision.json`: a version's content, or the output of the lesson's helper."""

from decimal import Decimal
from typing import Any

from decisions.record.content import decision, profile
from decisions.record.incoming import LARGEST_JSON, text_of
from decisions.record.json_repair import record_from
from decisions.record.json_text import Node, join_path, parse_json
from decisions.record.read_helper import read_helper
from decisions.record.reading import Reading, Remarks, Unreadable
from decisions.record.schema import SCHEMA_VERSION, Judged, Record
from decisions.record.values import brief
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
    return Reading(record=_read_content(value, remarks), remarks=remarks.all(), form="content")


def _read_content(value: Node, remarks: Remarks) -> Record:
    if "schema_version" not in value:
        remarks.at_path("changed", "schema_version", "no_schema_version", known=SCHEMA_VERSION)
    stated = {name: value.pop(name, None) for name in _DERIVED}
    record = record_from(value, remarks)
    _compare("profile", stated["profile"], profile(record), remarks)
    projected = decision(record, Judged())
    del projected["claim"]  # it follows from the route's card, which the document does not hold
    _compare("decision", stated["decision"], projected, remarks)
    return record


def _compare(name: str, stated: Any, derived: dict[str, Any], remarks: Remarks) -> None:
    """Say where a projection was changed by hand: it is not read."""
    if not isinstance(stated, Node):
        return
    for key in (key for key in derived if key in stated):
        if not _same(stated[key], derived[key]):
            told = {"stated": brief(stated[key]), "derived": brief(derived[key])}
            remarks.at_path("changed", join_path(name, key), "contradiction", **told)


def _same(stated: Any, derived: Any) -> bool:
    """Whether a projection says what follows; numbers are compared as the floats they were written from."""
    if isinstance(derived, float) and isinstance(stated, int | Decimal):
        return float(stated) == derived
    return bool(stated == derived)
