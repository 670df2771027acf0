"""What is known of each candidate beside its fits, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.export.estimates import Content, best_speed, disk, largest_context, needed, room
from decisions.export.said import items, number
from decisions.export.say import own_text
from decisions.fit.premature import size_text
from decisions.fit.resolve import runtime_of
from decisions.record.schema import Candidate, Judgement, Record
from decisions.states import CandidateRole

UNKNOWN = ""
LONG_NAME = 80  # characters from which a name is not read in the head of its column


def text_rows(record: Record, judgements: Mapping[str, Judgement]) -> list[tuple[str, str, list[str]]]:
    """Rows as (name, label, a text for each candidate in its order); an empty text is unknown."""
    candidates = record.candidates
    sizes = [_estimate(judgements.get(one.key)) for one in candidates]
    rows = [
        ("model_id", _("Model id"), [one.model.model_id for one in candidates]),
        ("revision", _("Revision"), [one.model.revision for one in candidates]),
        ("size", _("Size"), [_size(one) for one in candidates]),
        ("quantization", _("Quantization"), [one.model.quantization for one in candidates]),
        ("format", _("Format"), [one.model.weight_format for one in candidates]),
        ("context", _("Context"), [_tokens(one.model.context_tokens) for one in candidates]),
        ("runtime", _("Runtime"), [_runtime(record, one) for one in candidates]),
        ("route", _("Route"), [_route(record, one) for one in candidates]),
        ("need", _("Stated memory and disk"), [_stated(one) for one in candidates]),
        ("estimated", _("Memory by estimate"), [_said(one, needed) for one in sizes]),
        ("usable", _("Usable memory"), [_said(one, room) for one in sizes]),
        ("largest_context", _("Largest context that fits"), [_said(one, largest_context) for one in sizes]),
        ("speed", _("At best, for each request"), [_said(one, best_speed) for one in sizes]),
        ("download", _("Disk for the download"), [_said(one, disk) for one in sizes]),
        ("licence_note", _("Licence note"), [one.license_note for one in candidates]),
        ("hardware_note", _("Hardware note"), [one.hardware_note for one in candidates]),
        ("risk", _("Risk"), [one.risk for one in candidates]),
    ]
    if any(len(one.name) > LONG_NAME for one in candidates):
        rows.insert(0, ("name", _("Name"), [one.name for one in candidates]))
    if any(one.role is CandidateRole.REJECTED or one.rejected_reason for one in candidates):
        rows.append(("rejected", _("Why rejected for now"), [one.rejected_reason for one in candidates]))
    return rows


def _estimate(judgement: Judgement | None) -> dict[str, Any]:
    """The estimate as content has it; empty where there is none."""
    return judgement.estimate.model_dump() if judgement and judgement.estimate else {}


def _said(estimate: dict[str, Any], tell: Callable[[Content], str]) -> str:
    """One figure of an estimate; unknown where there is none."""
    return tell(estimate) if estimate else UNKNOWN


def runtime_in_short(record: Record, one: Candidate) -> str:
    """The runtime that is judged, with its version; where none is known, the text as far as it is short."""
    known = runtime_of(one, record.route_for(one)).runtime
    name = known.name if known else Truncator(one.runtime or one.runtime_id).chars(40)
    return " ".join(filter(None, (name, one.runtime_version)))


def _size(one: Candidate) -> str:
    parameters = one.model.parameters
    return UNKNOWN if parameters is None else _("%(size)s parameters") % {"size": size_text(parameters)}


def _tokens(count: int | None) -> str:
    if count is None:
        return UNKNOWN
    return ngettext("%(count)s token", "%(count)s tokens", count) % {"count": number(count)}


def _runtime(record: Record, one: Candidate) -> str:
    in_short = runtime_in_short(record, one)
    return in_short if one.runtime in in_short else f"{one.runtime}\n{in_short}"


def _route(record: Record, one: Candidate) -> str:
    route = record.route_for(one)
    if route is None:
        return UNKNOWN
    name = own_text(route.name)
    return name if one.route else _("%(route)s, the decision's") % {"route": name}


def _stated(one: Candidate) -> str:
    amounts = (
        (_("%(size)s GiB of memory"), one.memory_needed_gib),
        (_("%(size)s GiB of disk"), one.disk_needed_gib),
    )
    return items(text % {"size": number(size)} for text, size in amounts if size is not None)
