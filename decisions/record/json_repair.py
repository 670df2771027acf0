"""From plain values to a record: what does not fit is left out and said, the rest is kept."""

import re
from itertools import count
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from decisions.record.json_text import Node, Odd, join_path
from decisions.record.problems import of_value
from decisions.record.reading import Remarks, Unreadable
from decisions.record.schema import Record
from decisions.record.sentences import UNCLEAN
from decisions.record.shipped_traits import mend_traits
from decisions.record.text import LINE_LENGTH, UncleanText, clean_text
from decisions.record.values import brief
from decisions.states import CandidateRole

_KEY = re.compile(r"c[1-9]\d{0,5}", re.ASCII)
_MOST_ROUNDS = 50
_CODES = {
    "extra_forbidden": "json_unknown",
    "model_type": "json_object",
    "tuple_type": "json_list",
    "string_type": "json_text",
    "bool_type": "json_bool",
    "bool_parsing": "json_bool",
    "int_type": "json_integer",
}


def record_from(data: Node, remarks: Remarks) -> Record:
    """Validate; leave out each value that does not fit, by its path, until the rest fits."""
    for _ in range(_MOST_ROUNDS):
        _mend_relations(data, remarks)
        try:
            return Record.model_validate(data)
        except ValidationError as error:
            _leave_out(data, error.errors(include_url=False, include_input=False), remarks)
    raise Unreadable("no_known_key")


def _leave_out(data: Node, errors: list[ErrorDetails], remarks: Remarks) -> None:
    """Take the values with errors out, the last of a list first so that indices hold."""
    ordered = sorted(errors, key=lambda error: error["loc"])
    for error in ordered:
        _say(data, error, remarks)
    for error in reversed(ordered):
        limit = error.get("ctx", {}).get("max_length")
        _remove(data, error["loc"], limit if error["type"] == "too_long" else None)


def _say(data: Node, error: ErrorDetails, remarks: Remarks) -> None:
    code, params = _reason(data, error)
    remarks.at_path("not_understood", _path(data, error["loc"]), code, **params)


def _reason(data: Node, error: ErrorDetails) -> tuple[str, dict[str, str | int]]:
    """Why a value cannot be taken, as the code and parameters of a sentence."""
    kind, context, value = error["type"], error.get("ctx", {}), _at(data, error["loc"])
    unclean = context.get("error")
    if isinstance(value, Odd):
        return "json_not_a_number", {"value": brief(value)}
    if isinstance(unclean, UncleanText):
        return UNCLEAN[unclean.template], unclean.params
    if kind == "too_long":
        return "json_cut", {"limit": context.get("max_length", 0)}
    if kind == "missing":
        return "json_missing", {"what": _path(data, error["loc"][:-1])}
    if kind == "enum":
        choices = str(context.get("expected", "")).replace(" or ", ", ")
        return "json_choice", {"value": brief(value), "choices": choices}
    if kind in _CODES:
        return _CODES[kind], {}
    return "json_invalid", {"problem_word": of_value(error)}


def _path(data: Any, loc: tuple[int | str, ...]) -> str:
    """The path in the file: objects remember theirs, also when a neighbour was taken out."""
    path = ""
    for step in loc:
        path = join_path(path, step)
        data = _step(data, step)
        if isinstance(data, Node):
            path = data.path or path
    return path


def _remove(data: Any, loc: tuple[int | str, ...], keep: int | None) -> None:
    """Take out what stands at `loc`, or where it is missing its parent; with `keep`, cut the list there."""
    chain = [data]
    for step in loc:
        chain.append(_step(chain[-1], step))
    present = [place for place, value in enumerate(chain) if place and value is not _NOTHING]
    if not present:
        return
    place = present[-1]
    parent, step = chain[place - 1], loc[place - 1]
    if keep is not None and isinstance(parent[step], list):
        del parent[step][keep:]
    else:
        del parent[step]


def _at(data: Any, loc: tuple[int | str, ...]) -> Any:
    for step in loc:
        data = _step(data, step)
    return data


_NOTHING = object()


def _step(data: Any, step: int | str) -> Any:
    if isinstance(data, dict) and step in data:
        return data[step]
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return _NOTHING


def _mend_relations(data: Node, remarks: Remarks) -> None:
    """Settle what one value cannot know alone: keys, names, the one first choice, the codes of routes."""
    candidates = _objects(data, "candidates")
    _mend_keys(candidates, remarks)
    for candidate in candidates:
        _mend_name(candidate, remarks)
    for candidate in [c for c in candidates if c.get("role") == CandidateRole.FIRST_CHOICE][1:]:
        candidate["role"] = CandidateRole.CONSIDERED.value
        remarks.at_path("changed", join_path(candidate.path, "role"), "two_first_choices")
    codes = _mend_routes(data, remarks)
    for holder in (data, *candidates):
        code = holder.get("route")
        if isinstance(code, str) and code not in codes:
            holder["route"] = None
            remarks.at_path("not_understood", join_path(holder.path, "route"), "no_route", route=brief(code))


def _objects(data: Node, name: str) -> list[Node]:
    found = data.get(name)
    return [item for item in found if isinstance(item, Node)] if isinstance(found, list) else []


def _mend_keys(candidates: list[Node], remarks: Remarks) -> None:
    taken = {key for candidate in candidates if isinstance(key := candidate.get("key"), str)}
    free = (key for number in count(1) if (key := f"c{number}") not in taken)
    seen: set[str] = set()
    for candidate in candidates:
        key = candidate.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key) or key in seen:
            key = next(free)
            candidate["key"] = key
            remarks.at_path("changed", join_path(candidate.path, "key"), "bad_key", key=key)
        seen.add(key)


def _mend_name(candidate: Node, remarks: Remarks) -> None:
    if _usable_name(candidate.get("name")):
        return
    model = candidate.get("model")
    model_id = model.get("model_id") if isinstance(model, Node) else None
    candidate["name"] = str(model_id) if _usable_name(model_id) else f"candidate {candidate['key']}"
    remarks.at_path("changed", join_path(candidate.path, "name"), "no_name", name=candidate["name"])


def _usable_name(name: Any) -> bool:
    try:
        return isinstance(name, str) and bool(clean_text(name, limit=LINE_LENGTH, one_line=True))
    except UncleanText:
        return False


def _mend_routes(data: Node, remarks: Remarks) -> set[str]:
    """Keep the first route of each code, each shipped one with its traits, and return the codes."""
    codes: set[str] = set()
    for route in _objects(data, "routes"):
        code = route.get("code")
        if not isinstance(code, str):
            continue
        if code in codes:
            data["routes"] = [other for other in data["routes"] if other is not route]
            remarks.at_path("not_understood", route.path, "duplicate_route", route=brief(code))
        codes.add(code)
    mend_traits(_objects(data, "routes"), remarks)
    return codes
