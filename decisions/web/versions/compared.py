"""A difference as a page shows it: a panel per fit, a row per field, old beside new."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from decisions.record.difference import Change, Difference, difference
from decisions.record.labels import GROUPS
from decisions.states import Fit
from decisions.web.say import say
from decisions.web.versions.stored import Content, Stored, tell

SHORT = 60  # characters that still read well in a column of their own
FITS = frozenset(fit.value for fit in Fit)
MATTERS = FITS | {"candidates"}  # of what merely followed, these are shown at once


@dataclass(frozen=True)
class Row:
    """One change. In `one_piece` old and new are woven into each other, otherwise they stand side by side."""

    label: str
    subject: str
    kind: str
    pieces: tuple[tuple[str, str], ...]
    old: str
    new_pieces: tuple[tuple[str, str], ...]
    one_piece: bool
    followed: bool


@dataclass
class Panel:
    """The changes of one group, with the first choice's verdict where the group is a fit."""

    group: str
    title: str
    rows: list[Row] = field(default_factory=list)
    fit: dict[str, Any] | None = None
    was: str = ""


@dataclass(frozen=True)
class Compared:
    """All there is to say about two contents."""

    panels: list[Panel]
    summary: list[str]
    nothing: bool
    only_facts: bool
    hidden: int


def compare(old: Content, new: Content, *, everything: bool) -> Compared:
    """Compare two contents; without `everything` what merely followed is shown only where it matters."""
    found = difference(old, new, say=_, tell=tell)
    everything = everything or found.only_facts
    followed = [c for c in found.judged if everything or c.group in MATTERS]
    rows = [(c.group, _row(c, followed=False)) for c in found.written]
    rows += [(c.group, _row(c, followed=True)) for c in followed]
    return Compared(
        panels=_panels(rows, Stored(old), Stored(new)),
        summary=_summary(found),
        nothing=found.nothing,
        only_facts=found.only_facts,
        hidden=len(found.judged) - len(followed),
    )


def _summary(found: Difference) -> list[str]:
    return [say(statement).rstrip(".") for statement in found.summary()]


def _panels(rows: list[tuple[str, Row]], old: Stored, new: Stored) -> list[Panel]:
    panels = []
    was, is_ = ({each["fit"]: each for each in side.first_fits} for side in (old, new))
    for group, title in sorted(GROUPS.items(), key=lambda pair: pair[0] not in FITS):
        panel = Panel(group, _(title), [row for name, row in rows if name == group])
        panel.fit = is_.get(group)
        if panel.fit and group in was:
            panel.was = _was(was[group], panel.fit)
        if panel.rows:
            panels.append(panel)
    return panels


def _was(old: dict[str, Any], new: dict[str, Any]) -> str:
    """What the verdict was before, empty where it is the same."""
    same = (old["verdict"], old["word"]) == (new["verdict"], new["word"])
    return "" if same else str(old["word"])


def _row(change: Change, *, followed: bool) -> Row:
    pieces = change.words or _whole(change)
    long = max(len(change.old), len(change.new)) > SHORT or "\n" in change.old + change.new
    return Row(
        label=_(change.label),
        subject=change.subject,
        kind=change.kind,
        pieces=pieces,
        old=change.old,
        new_pieces=tuple(piece for piece in pieces if piece[0] != "delete"),
        one_piece=change.kind != "changed" or (long and not _all_new(pieces)),
        followed=followed,
    )


def _whole(change: Change) -> tuple[tuple[str, str], ...]:
    pieces = (("delete", change.old), ("insert", change.new))
    return tuple(piece for piece in pieces if piece[1])


def _all_new(pieces: tuple[tuple[str, str], ...]) -> bool:
    """Whether too little stayed for a woven text to be read."""
    stayed = sum(len(text.strip()) for op, text in pieces if op == "equal")
    return stayed * 4 < sum(len(text) for _op, text in pieces)
