"""The content of a version as the PDF shows it: what the page shows, cut to the width of paper."""

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from decisions.export.emphasis import Piece, pieces
from decisions.export.estimates import EstimateShown
from decisions.export.stored import COLON, Line, Part, Stored, part, parts
from decisions.record.phrases import clause
from decisions.record.values import shown
from decisions.states import CandidateRole
from decisions.words import N_

SIDE_BY_SIDE = 3  # candidates that still read well beside each other on A4
MOST_IN_CELL = 280  # characters; a longer text stands in full below, over the whole width
MOST_LINES_IN_CELL = 8
NOTES = {
    "candidates.*.model_card": N_("Model-card note"),
    "candidates.*.licence": N_("Licence note"),
    "candidates.*.terms": N_("Terms note"),
    "candidates.*.evidence": N_("Evidence"),
}
WAYS_BACK = (
    "why.fallback",
    "why.fallback_model",
    "why.fallback_runtime",
    "why.rollback_steps",
    "why.rejected_for_now",
)
REASONS = (
    "why.why_now",
    "why.tried.prompt",
    "why.tried.rag",
    "why.tried.output_schema",
    "why.tried.quantization",
)


@dataclass(frozen=True)
class Cell:
    """One value in the table; `cut` says that the rest is in the candidate's own part."""

    text: str
    known: bool
    written: bool
    cut: bool


@dataclass(frozen=True)
class Group:
    """Candidates side by side; `first` and `last` count from 1."""

    first: int
    last: int
    columns: list[dict[str, Any]]
    fit_rows: list[dict[str, Any]]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Block:
    """Lines of one note of a candidate under its name; without a name where they are of none."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Detail:
    """One candidate over the whole width: verdicts with how they came about, the estimate, further fields."""

    number: int
    name: str
    small: str
    fits: list[dict[str, Any]]
    warnings: list[str]
    blocks: list[Block]
    estimate: EstimateShown | None
    commands: dict[str, Any]


class View:
    """A stored content, ready for the templates of the PDF. To be made and drawn in the reader's language."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._columns = stored.columns()
        self._fit_rows = stored.fit_rows()
        self._rows = stored.rows()

    def paragraph(self) -> list[Piece]:
        """The decision paragraph, the names of the first choice and its runtime apart."""
        return pieces(self.stored.paragraph, _names(self.stored.first))

    def groups(self) -> list[Group]:
        """The comparison in tables of a few candidates each, as many in one as in the other."""
        count = len(self._columns)
        tables = -(-count // SIDE_BY_SIDE)
        edges = [count * each // tables for each in range(tables + 1)] if tables else []
        return [self._group(start, stop) for start, stop in pairwise(edges)]

    def _group(self, start: int, stop: int) -> Group:
        rows = [
            {"label": row["label"], "cells": [_cell(line) for line in row["cells"][start:stop]]}
            for row in self._rows
            if any(line.known for line in row["cells"][start:stop])
        ]
        fits = [{"fit": row["fit"], "cells": row["cells"][start:stop]} for row in self._fit_rows]
        return Group(start + 1, stop, self._columns[start:stop], fits, rows)

    def details(self) -> list[Detail]:
        """Every candidate for itself: the long texts of the table, and what the table does not show."""
        more = {id(one): found for one, found in zip(self.stored.candidates, self._more(), strict=True)}
        return [
            Detail(
                number,
                each["name"],
                each["small"],
                each["fits"],
                each["warnings"],
                _blocks(more[id(one)]),
                self.stored.estimate(one),
                self.stored.commands(one),
            )
            for number, (one, each) in enumerate(
                zip(self.stored.candidates, self._columns, strict=True), start=1
            )
        ]

    def _more(self) -> list[list[Line]]:
        long = [
            [row["cells"][at] for row in self._rows if _cell(row["cells"][at]).cut]
            for at in range(len(self._columns))
        ]
        return [first + rest for first, rest in zip(long, self.stored.further(), strict=True)]

    def reasons(self) -> list[Line]:
        """Why this one, why now, and what was tried."""
        return self.stored.why(*REASONS)

    def ways_back(self) -> list[Line]:
        """Fallback, rollback and what is rejected for now."""
        return self.stored.why(*WAYS_BACK)

    def set_aside(self) -> list[Part]:
        """The fallback candidates, and the rejected ones with the reason."""
        roles = (CandidateRole.FALLBACK, CandidateRole.REJECTED)
        return [
            Part(str(one.get("name", "")), [_aside(one)])
            for role in roles
            for one in parts(self.stored.content, "candidates")
            if one.get("role") == role
        ]


def _names(candidate: dict[str, Any]) -> list[str]:
    """What a candidate and its runtime are called, in its fields and inside a sentence."""
    given = (candidate.get("name"), part(candidate, "model").get("model_id"))
    runs_on = (candidate.get("runtime"), candidate.get("runtime_id"))
    names = [str(name) for name in (*given, *runs_on) if name]
    return names + [clause(name) for name in names]


def _aside(candidate: dict[str, Any]) -> Line:
    reason = str(candidate.get("rejected_reason") or "")
    return Line(shown(candidate.get("role"), CandidateRole, _), reason, known=bool(reason), written=True)


def _blocks(lines: list[Line]) -> list[Block]:
    """Lines by the note they are of; its name stands above them and no more in each of their labels."""
    return [
        Block(
            _(heading) if heading else "",
            [replace(line, label=COLON.split(line.label)[-1]) for line in of_it],
        )
        for heading, of_it in groupby(lines, key=lambda line: NOTES.get(line.field.rpartition(".")[0], ""))
    ]


def _cell(line: Line) -> Cell:
    text = "\n".join(line.value.split("\n", MOST_LINES_IN_CELL)[:MOST_LINES_IN_CELL])[:MOST_IN_CELL]
    cut = text != line.value
    return Cell(text.rstrip() + "…" if cut else text, line.known, line.written, cut)
