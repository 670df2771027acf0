"""The candidates side by side: one column each, the five fits first, then what is known of each."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from decisions.export.say import say
from decisions.fit.premature import size_text
from decisions.fit.resolve import runtime_of
from decisions.record.fields import plain_decimal
from decisions.record.schema import Candidate, Record
from decisions.states import CandidateRole, Fit
from decisions.web.workspace import Workspace, fits_of

UNKNOWN = ""


def table_of(workspace: Workspace) -> dict[str, Any]:
    """Columns (candidates), rows of fits and rows of texts, as `candidates/compare.html` takes them."""
    record = workspace.record
    columns = [_column(workspace, record, one) for one in record.candidates]
    for column in columns:
        judgement = workspace.judgements[column["key"]]
        column["fits"] = fits_of(judgement)
        column["premature"] = [say(step) for step in judgement.premature]
        column["route_closed"] = [say(reason) for reason in judgement.route_closed]
    return {
        "columns": columns,
        "fit_rows": [
            (fit, [(column, column["fits"][number]) for column in columns]) for number, fit in enumerate(Fit)
        ],
        "text_rows": _text_rows(record),
        "roles": [(role.value, _(role.label)) for role in CandidateRole],
    }


def _column(workspace: Workspace, record: Record, one: Candidate) -> dict[str, Any]:
    at = {"project": workspace.decision.project.slug, "decision": workspace.decision.slug, "key": one.key}
    names = ("duplicate", "move", "role", "remove")
    facts = (one.model.quantization, _runtime_in_short(record, one), _(one.role.label))
    return {
        "key": one.key,
        "name": one.name,
        "role": one.role.value,
        "facts": " · ".join(filter(None, facts)),
        "is_first_choice": one.role is CandidateRole.FIRST_CHOICE,
        "url": reverse("candidate", kwargs=at),
        **{f"{name}_url": reverse(f"candidate-{name}", kwargs=at) for name in names},
    }


def _runtime_in_short(record: Record, one: Candidate) -> str:
    """The runtime that is judged, with its version; where none is known, the text as far as it is short."""
    known = runtime_of(one, record.route_for(one)).runtime
    name = known.name if known else Truncator(one.runtime or one.runtime_id).chars(40)
    return " ".join(filter(None, (name, one.runtime_version)))


def _text_rows(record: Record) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = [
        (_("Model id"), [one.model.model_id for one in record.candidates]),
        (_("Revision"), [one.model.revision for one in record.candidates]),
        (_("Size"), [_size(one) for one in record.candidates]),
        (_("Quantization"), [one.model.quantization for one in record.candidates]),
        (_("Format"), [one.model.weight_format for one in record.candidates]),
        (_("Context"), [_tokens(one.model.context_tokens) for one in record.candidates]),
        (_("Runtime"), [_runtime(record, one) for one in record.candidates]),
        (_("Route"), [_route(record, one) for one in record.candidates]),
        (_("Stated need"), [_stated(one) for one in record.candidates]),
        (_("Licence note"), [one.license_note for one in record.candidates]),
        (_("Hardware note"), [one.hardware_note for one in record.candidates]),
        (_("Risk"), [one.risk for one in record.candidates]),
    ]
    if any(one.role is CandidateRole.REJECTED or one.rejected_reason for one in record.candidates):
        rows.append((_("Why rejected for now"), [one.rejected_reason for one in record.candidates]))
    return rows


def _size(one: Candidate) -> str:
    parameters = one.model.parameters
    return UNKNOWN if parameters is None else _("%(size)s parameters") % {"size": size_text(parameters)}


def _tokens(count: int | None) -> str:
    return (
        UNKNOWN if count is None else _("%(count)s tokens") % {"count": f"{count:,}".replace(",", "\u202f")}
    )


def _runtime(record: Record, one: Candidate) -> str:
    in_short = _runtime_in_short(record, one)
    return in_short if one.runtime in in_short else f"{one.runtime}\n{in_short}"


def _route(record: Record, one: Candidate) -> str:
    route = record.route_for(one)
    if route is None:
        return UNKNOWN
    return route.name if one.route else _("%(route)s, the decision's") % {"route": route.name}


def _stated(one: Candidate) -> str:
    amounts = (
        (_("%(size)s GiB of memory"), one.memory_needed_gib),
        (_("%(size)s GiB of disk"), one.disk_needed_gib),
    )
    return ", ".join(text % {"size": plain_decimal(size)} for text, size in amounts if size is not None)
