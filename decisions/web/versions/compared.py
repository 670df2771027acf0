"""A difference as a page shows it: a panel per fit, a row per field, old beside new."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from decisions.export.said import READER
from decisions.export.say import own_text, say
from decisions.export.stored import Content, Stored, tell
from decisions.record.change import CANDIDATE
from decisions.record.difference import Change, Difference, difference
from decisions.record.difference_written import ORDERS
from decisions.record.labels import GROUPS, label_of
from decisions.states import Fit
from decisions.words import N_

ROUTE = N_("Route")
WHOLES = frozenset({CANDIDATE, ROUTE})
NAME_ROUTES = frozenset({ROUTE, label_of("route").name, label_of("candidates.*.route").name})
MOST_SAID = 8
FEW = 12
SHORT = 60  # characters that still read well in a column of their own
FITS = frozenset(fit.value for fit in Fit)
MATTERS = FITS | {"candidates"}  # of what merely followed, these are shown at once


@dataclass(frozen=True)
class Row:
    """One change. In `one_piece` old and new are woven into each other, otherwise they stand side by side."""

    group: str
    label: str
    subject: str
    kind: str
    pieces: tuple[tuple[str, str], ...]
    old: str
    new: str
    new_pieces: tuple[tuple[str, str], ...]
    one_piece: bool
    followed: bool
    aside: str
    is_order: bool


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

    @property
    def few(self) -> bool:
        """Whether all of it can be seen at a glance."""
        return sum(len(panel.rows) for panel in self.panels) <= FEW


def compare(old: Content, new: Content, *, everything: bool) -> Compared:
    """Compare two contents.

    Without `everything`, what merely followed is shown only where it matters, and a candidate or route that
    came or went is one row.
    """
    found = difference(old, new, say=READER, tell=tell)
    everything = everything or found.only_facts
    sides = Stored(old), Stored(new)
    folded = _folded(found.written, *sides)
    written = found.written if everything else folded
    followed = [c for c in found.judged if everything or c.group in MATTERS]
    rows = [_row(change, *sides, followed=False) for change in written]
    shown = rows + [_row(change, *sides, followed=True) for change in followed]
    return Compared(
        panels=_panels(shown, *sides),
        summary=_summary(found, [_row(change, *sides, followed=False) for change in folded]),
        nothing=found.nothing,
        only_facts=found.only_facts,
        hidden=len(found.written) + len(found.judged) - len(shown),
    )


def _folded(changes: tuple[Change, ...], old: Stored, new: Stored) -> list[Change]:
    """The changes without the fields of candidates and routes that are new as a whole."""
    came = {(c.group, c.subject) for c in changes if c.label in WHOLES and c.kind == "added"}
    names = Counter(name for side in (old, new) for name in side.names())
    whole = {name for group, name in came if names[name] == 1}  # a name borne twice tells nothing
    return [change for change in changes if change.subject not in whole or change.label in WHOLES]


def _summary(found: Difference, rows: list[Row]) -> list[str]:
    """What changed in a line: short values in full, texts by their name."""
    if found.nothing or found.only_facts:
        return [say(statement).rstrip(".。") for statement in found.summary()]
    said = list(dict.fromkeys(_in_short(row) for row in rows))
    more = len(said) - MOST_SAID
    return [*said[:MOST_SAID], _("%(count)d more") % {"count": more}] if more > 0 else said


def _in_short(row: Row) -> str:
    if row.kind == "added":
        said = _("%(label)s added: %(value)s") if len(row.new) <= SHORT else _("%(label)s added")
        return said % {"label": row.label, "value": row.new}
    if row.kind == "removed":
        said = _("%(label)s removed: %(value)s") if len(row.old) <= SHORT else _("%(label)s removed")
        return said % {"label": row.label, "value": row.old}
    if row.is_order:
        return _("%(label)s changed") % {"label": row.label}
    if row.group == "text" or row.one_piece:
        return _("%(label)s reworded") % {"label": row.label}
    if len(row.old + row.new) <= SHORT and "\n" not in row.old + row.new:
        return f"{row.label} {row.old} → {row.new}"
    return _("%(label)s changed") % {"label": row.label}


def _panels(rows: list[Row], old: Stored, new: Stored) -> list[Panel]:
    panels = []
    was, is_ = ({each["fit"]: each for each in side.first_fits} for side in (old, new))
    for group, title in sorted(GROUPS.items(), key=lambda pair: pair[0] not in FITS):
        panel = Panel(group, _(title), [row for row in rows if row.group == group])
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


def _row(change: Change, old: Stored, new: Stored, *, followed: bool) -> Row:
    change = _with_own_names(change)
    pieces = _pieces(change)
    stays = change.kind != "changed" or _stays(pieces)
    long = max(len(change.old), len(change.new)) > SHORT or "\n" in change.old + change.new
    side = new if change.kind == "added" else old
    return Row(
        group=change.group,
        label=_(change.label),
        subject="" if change.label in WHOLES else own_text(change.subject),
        kind=change.kind,
        pieces=pieces,
        old=change.old,
        new=change.new,
        new_pieces=tuple(piece for piece in pieces if piece[0] != "delete"),
        one_piece=stays and (change.kind != "changed" or long or change.group == "text"),
        followed=followed,
        aside=side.small_of(change.subject) if change.label == CANDIDATE else "",
        is_order=change.label in ORDERS,
    )


def _with_own_names(change: Change) -> Change:
    """The change with names of shipped routes in the reader's language."""
    if change.label not in NAME_ROUTES:
        return change
    words = tuple((op, own_text(text)) for op, text in change.words)
    return replace(change, old=own_text(change.old), new=own_text(change.new), words=words)


def _pieces(change: Change) -> tuple[tuple[str, str], ...]:
    """The change in pieces; what came or went as a whole is one."""
    if change.kind == "added":
        return (("insert", change.new),)
    if change.kind == "removed":
        return (("delete", change.old),)
    return change.words


def _stays(pieces: tuple[tuple[str, str], ...]) -> bool:
    """Whether enough stayed for a text with old and new woven into it to be read."""
    stayed = sum(len(text.strip()) for op, text in pieces if op == "equal")
    return stayed * 4 >= sum(len(text) for _op, text in pieces)
