"""The candidates side by side: one column each, the five fits first, then what is known of each.

Rows that are the same for all stand together at the end, where they can be folded away; a pinned column
stands first; what differs from the first choice is marked.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.export.say import fit_name, say
from decisions.record.schema import Candidate, Record
from decisions.states import CandidateRole, Fit
from decisions.web.candidates.arrangement import Arrangement, arrangement_of
from decisions.web.candidates.texts import runtime_in_short, text_rows
from decisions.web.workspace import Workspace, fits_of

LONG, CUT = 280, 160  # characters from which a text is cut, and what is left of it
LONG_NAME, START, END = 60, 40, 16


@dataclass
class Cell:
    """What one row says of one candidate; `says` is what makes it the same as another."""

    says: Any
    text: str = ""
    is_cut: bool = False
    fit: dict[str, Any] | None = None
    differs: bool = False


@dataclass
class Row:
    """A row of the comparison, one cell a column."""

    name: str
    label: str
    cells: list[Cell]
    fit: str = ""
    is_open: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it says the same of all; of one alone there is nothing to compare."""
        return len(self.cells) > 1 and all(cell.says == self.cells[0].says for cell in self.cells)

    @property
    def has_more(self) -> bool:
        """Whether there is something to open in it."""
        return any(cell.is_cut or (cell.fit and _more_of(cell.fit)) for cell in self.cells)


def table_of(workspace: Workspace) -> dict[str, Any]:
    """Columns (candidates) and rows as the person has arranged them, for `candidates/compare.html`."""
    arranged = arrangement_of(workspace.request)
    columns = _columns(workspace, arranged)
    rows = [*_fit_rows(columns, arranged), *_written_rows(workspace, columns, arranged)]
    first = next((n for n, column in enumerate(columns) if column["is_first_choice"]), None)
    if arranged.marks and first is not None:
        _mark(rows, first)
    return {
        "columns": columns,
        "rows": [row for row in rows if not row.is_same],
        "same_rows": [row for row in rows if row.is_same],
        "roles": [(role.value, _(role.label)) for role in CandidateRole],
        "shows_same": arranged.shows_same,
        "marks": arranged.marks,
        "can_mark": first is not None and len(columns) > 1,
        "is_pinned": any(column["is_pinned"] for column in columns),
        "can_pin": len(columns) > 2,
    }


def _columns(workspace: Workspace, arranged: Arrangement) -> list[dict[str, Any]]:
    """The candidates in their order, a pinned one before all."""
    record = workspace.record
    columns = [_column(workspace, record, place, one) for place, one in enumerate(record.candidates)]
    _tell_apart(columns)
    columns.sort(key=lambda column: column["key"] != arranged.pinned)
    for column in columns:
        column["is_pinned"] = column["key"] == arranged.pinned
    _set_ways([column for column in columns if not column["is_pinned"]])
    return columns


def _tell_apart(columns: list[dict[str, Any]]) -> None:
    """Candidates of the same name are heard with their place."""
    times = Counter(column["spoken"] for column in columns)
    for column in columns:
        if times[column["spoken"]] > 1:
            column["twin"] = f"({column['place'] + 1})"
            column["spoken"] += f" {column['twin']}"


def _set_ways(columns: list[dict[str, Any]]) -> None:
    """By how many places each moves to change with the one beside it; a pinned one is stepped over."""
    for left, right in pairwise(columns):
        left["to_right"] = right["place"] - left["place"]
        right["to_left"] = -left["to_right"]


def _column(workspace: Workspace, record: Record, place: int, one: Candidate) -> dict[str, Any]:
    at = {"project": workspace.decision.project.slug, "decision": workspace.decision.slug, "key": one.key}
    names = ("duplicate", "move", "role", "remove")
    facts = (one.model.quantization, runtime_in_short(record, one), _(one.role.label))
    judgement = workspace.judgements[one.key]
    return {
        "key": one.key,
        "name": one.name,
        "spoken": spoken(one.name),
        "place": place,
        "to_left": 0,
        "to_right": 0,
        "role": one.role.value,
        "facts": " · ".join(filter(None, facts)),
        "is_first_choice": one.role is CandidateRole.FIRST_CHOICE,
        "fits": fits_of(judgement),
        "premature": [say(step) for step in judgement.premature],
        "url": reverse("candidate", kwargs=at),
        **{f"{name}_url": reverse(f"candidate-{name}", kwargs=at) for name in names},
    }


def spoken(name: str) -> str:
    """A name short enough to be heard with every button: of a long one its start and its end."""
    return name if len(name) <= LONG_NAME else f"{name[:START]}…{name[-END:]}"


def _fit_rows(columns: list[dict[str, Any]], arranged: Arrangement) -> list[Row]:
    return [
        Row(
            fit.value,
            fit_name(fit.value),
            [_fit_cell(column["fits"][n]) for column in columns],
            fit.value,
            fit in arranged.opened,
        )
        for n, fit in enumerate(Fit)
    ]


def _fit_cell(fit: dict[str, Any]) -> Cell:
    return Cell(says=(fit["verdict"], fit["word"], fit["reason"]), fit=fit)


def _more_of(fit: dict[str, Any]) -> bool:
    return bool(fit["changes"] or fit["details"])


def _written_rows(workspace: Workspace, columns: list[dict[str, Any]], arranged: Arrangement) -> list[Row]:
    places = [column["place"] for column in columns]
    return [
        Row(
            name,
            label,
            [_text_cell(texts[place], name in arranged.opened) for place in places],
            is_open=name in arranged.opened,
        )
        for name, label, texts in text_rows(workspace.record, workspace.judgements)
    ]


def _text_cell(text: str, is_open: bool) -> Cell:
    is_long = len(text) > LONG
    return Cell(says=text, text=f"{text[:CUT]}…" if is_long and not is_open else text, is_cut=is_long)


def _mark(rows: list[Row], first: int) -> None:
    for row in rows:
        for cell in row.cells:
            cell.differs = cell.says != row.cells[first].says
