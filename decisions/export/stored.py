"""Stored content as a page shows it: plain values in, sentences of the reader's language out.

Works on what was frozen, never on today's facts, and does not stumble over keys that an older content lacks
or a later one adds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from decisions.export.charts.memory import estimate_bar, memory_bar
from decisions.export.estimates import EstimateShown, shown_estimate
from decisions.export.said import READER
from decisions.export.say import own_text, say, source_text, what_would_change
from decisions.fit.commands import is_placeholder
from decisions.record.labels import LABELS, label_of
from decisions.record.schema import Statement
from decisions.record.values import flat, is_blank, shown
from decisions.states import CandidateRole, Fit

Content = dict[str, Any]

WEB_ADDRESS = re.compile(r"https?://[!#-;=?-~]+")  # ASCII, and no quotation mark or angle bracket
COLON = re.compile(": |：")  # as the languages write it: what stands before it is the heading already
ROUTE = "candidates.*.route"
REASON = "candidates.*.rejected_reason"
WRITTEN = frozenset({"text", "line", "list", "route"})  # shown as somebody wrote them
HEAD = frozenset({"candidates.*.name", "candidates.*.role", "candidates.*.key"})
IN_TABLE = (
    "candidates.*.model.model_id",
    "candidates.*.model.revision",
    "candidates.*.model.parameters",
    "candidates.*.model.quantization",
    "candidates.*.model.weight_format",
    "candidates.*.model.context_tokens",
    "candidates.*.runtime",
    "candidates.*.runtime_version",
    ROUTE,
    "candidates.*.license_note",
    "candidates.*.hardware_note",
    "candidates.*.risk",
    REASON,
)


@dataclass(frozen=True)
class Line:
    """A field with its value as read; an unknown one says so. `written` is text of the record itself.

    `field` is its pattern in LABELS, where the line is one of many.
    """

    label: str
    value: str
    known: bool = True
    written: bool = False
    field: str = ""

    @property
    def href(self) -> str:
        """Where the value leads, if it is the address of a page on the web and nothing else."""
        return self.value if WEB_ADDRESS.fullmatch(self.value) else ""


@dataclass(frozen=True)
class Part:
    """Something with a name and fields: a route, or what the table does not show of a candidate.

    `written` says of a route that its name is as it stands in the record.
    """

    name: str
    lines: list[Line]
    key: str = ""
    written: bool = False


def tell(statement: Any) -> str:
    """A stored statement in the reader's language, or as it was stored where it is of another release."""
    try:
        return say(Statement.model_validate(statement))
    except ValidationError:
        return str(statement.get("text", "")) if isinstance(statement, dict) else ""


def drawn_fit(verdict: Content, estimate: Content | None = None) -> dict[str, Any]:
    """A stored verdict as `includes/fits.html` takes it; the bar is that of what decided it.

    `estimate` is worked into words only where a template asks for it.
    """
    fit, ruling = str(verdict.get("fit", "")), str(verdict.get("ruling", ""))
    sized = estimate if fit == Fit.HARDWARE and estimate else None
    return {
        "fit": fit,
        "verdict": ruling,
        "word": tell(verdict.get("word")),
        "reason": tell(verdict.get("reason")),
        "changes": what_would_change(fit, ruling, map(tell, parts(verdict, "changes"))),
        "details": [tell(each) for each in parts(verdict, "details")],
        "chart": memory_bar(verdict) or (estimate_bar(sized) if sized else None),
        "estimate": partial(shown_estimate, sized),
    }


def drawn_commands(commands: Content) -> dict[str, Any]:
    """Stored commands as (title, text) to copy, and what they rest on; empty where there are none."""
    titled = (
        (_("First run"), "first_run"),
        (tunnel_title(str(commands.get("tunnel", ""))), "tunnel"),
        (_("Stop"), "stop"),
    )
    blocks = [(title, str(commands[name])) for title, name in titled if commands.get(name)]
    if not blocks:
        return {}
    rests = " ".join(str(commands.get(name, "")) for name in ("runtime", "version"))
    return {
        "blocks": blocks,
        "rests_on": rests,
        "date": str(commands.get("date", "")),
        "notes": [tell(note) for note in parts(commands, "notes")],
    }


def fact_word(kind: str) -> str:
    """What a shipped fact is of; empty for a kind that is not known."""
    words = {
        "model": _("model"),
        "route": _("route"),
        "runtime": _("runtime"),
        "classes": _("model classes"),
        "capability": _("least compute capability"),
        "options": _("options"),
        "device": _("device"),
    }
    return words.get(kind, "")


def tunnel_title(tunnel: str) -> str:
    """What stands above a tunnel's command: also that it names nobody yet, where it does not."""
    if is_placeholder(tunnel):
        return _("Tunnel, on your own machine; user@host is a placeholder")
    return _("Tunnel, on your own machine")


def parts(value: Any, name: str) -> list[Any]:
    """The parts of that name that are parts at all."""
    found = value.get(name) if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def part(value: Any, name: str) -> Content:
    """The part of that name, empty where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _is_rejected(values: Content) -> bool:
    return values.get("candidates.*.role") == CandidateRole.REJECTED


class Stored:
    """The content of one version, or of a draft as it would be frozen."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.judged = part(content, "judged")
        self.routes = {
            str(route.get("code")): str(route.get("name", "")) for route in parts(content, "routes")
        }

    @property
    def language(self) -> str:
        return str(self.content.get("text_language") or "en")

    @property
    def paragraph(self) -> str:
        return str(self.content.get("paragraph") or self.judged.get("paragraph") or "")

    @property
    def title(self) -> str:
        return str(self.content.get("title") or "")

    @cached_property
    def candidates(self) -> list[Content]:
        return parts(self.content, "candidates")

    @cached_property
    def first(self) -> Content:
        """The first choice; empty where nothing comes first."""
        chosen = (c for c in self.candidates if c.get("role") == CandidateRole.FIRST_CHOICE)
        return next(chosen, {})

    def fits(self, candidate: Content) -> list[dict[str, Any]]:
        """The verdicts of a candidate as they were frozen."""
        judgement = self._judgement(candidate)
        estimate = part(judgement, "estimate")
        fits = [drawn_fit(verdict, estimate) for verdict in parts(judgement, "verdicts")]
        for fit in fits:
            fit["commands"] = self.commands(candidate) if fit["fit"] == Fit.RUNTIME else {}
        return fits

    def commands(self, candidate: Content) -> dict[str, Any]:
        """What starts and stops a candidate, as it was frozen; empty where there was nothing."""
        return drawn_commands(part(self._judgement(candidate), "commands"))

    def estimate(self, candidate: Content) -> EstimateShown | None:
        """The estimate of a candidate as it was frozen; None where there was none."""
        return shown_estimate(self._judgement(candidate).get("estimate"))

    @property
    def first_fits(self) -> list[dict[str, Any]]:
        return self.fits(self.first) if self.first else []

    def warnings(self, candidate: Content) -> list[str]:
        """What was said against a candidate beyond its fits."""
        judgement = self._judgement(candidate)
        return [tell(each) for name in ("route_closed", "premature") for each in parts(judgement, name)]

    def _judgement(self, candidate: Content) -> Content:
        found = (j for j in parts(self.judged, "judgements") if j.get("candidate") == candidate.get("key"))
        return next(found, {})

    def columns(self) -> list[dict[str, Any]]:
        """The candidates as heads of a comparison."""
        return [
            {
                "name": str(one.get("name", "")),
                "small": self._small(one),
                "is_first": one is self.first,
                "fits": self.fits(one),
                "warnings": self.warnings(one),
            }
            for one in self.candidates
        ]

    def _small(self, candidate: Content) -> str:
        role = shown(candidate.get("role"), CandidateRole, _)
        texts = (part(candidate, "model").get("quantization"), candidate.get("runtime"), role)
        return " · ".join(str(text) for text in texts if text)

    def names(self) -> list[str]:
        """The names of candidates and routes."""
        return [str(c.get("name", "")) for c in self.candidates] + list(self.routes.values())

    def small_of(self, name: str) -> str:
        """What stands in small under a candidate's name."""
        return next((self._small(one) for one in self.candidates if one.get("name") == name), "")

    def fit_rows(self) -> list[dict[str, Any]]:
        """The five fits, a cell per candidate."""
        columns = self.columns()
        names = [each["fit"] for each in max((c["fits"] for c in columns), key=len, default=[])]
        by_fit = [{each["fit"]: each for each in column["fits"]} for column in columns]
        return [{"fit": name, "cells": [fits.get(name) for fits in by_fit]} for name in names]

    def rows(self) -> list[dict[str, Any]]:
        """What the table says of the candidates under their fits; a row nobody filled is left out."""
        values = [flat(one, "candidates.*") for one in self.candidates]
        return [
            {"label": _(label_of(pattern).name), "cells": [self._cell(one, pattern) for one in values]}
            for pattern in IN_TABLE
            if any(not is_blank(one.get(pattern)) for one in values) or (pattern == ROUTE and self.route)
        ]

    def _cell(self, values: Content, pattern: str) -> Line:
        """A value of a candidate; one that names no route runs on the decision's, and only what is rejected
        has a reason for it."""
        if pattern == ROUTE and is_blank(values.get(pattern)) and self.route:
            text = _("%(route)s, the decision's") % {"route": self.route}
            return Line(_(label_of(pattern).name), text)
        if pattern == REASON and is_blank(values.get(pattern)) and not _is_rejected(values):
            return Line(_(label_of(pattern).name), "–", known=False)
        return self._line(pattern, values.get(pattern))

    def more(self) -> list[Part]:
        """What else is known of each candidate: notes, licence, terms, evidence."""
        return [
            Part(str(one.get("name", "")), lines, str(one.get("key", "")))
            for one, lines in zip(self.candidates, self.further(), strict=True)
            if lines
        ]

    def further(self) -> list[list[Line]]:
        """The fields of each candidate that are not in the table."""
        left_out = HEAD | set(IN_TABLE)
        return [list(self._lines(flat(one, "candidates.*"), without=left_out)) for one in self.candidates]

    def need(self) -> list[Line]:
        """The whole need; what was not said is unknown."""
        return list(self._lines(flat(part(self.content, "need"), "need"), blank=True))

    def route_parts(self) -> list[Part]:
        """The routes with what was known of them; those that candidates run on first."""
        chosen = {self.content.get("route"), *(c.get("route") for c in self.candidates)}
        used = sorted(parts(self.content, "routes"), key=lambda route: route.get("code") not in chosen)
        without = {"routes.*.name", "routes.*.code"}
        return [
            Part(own_text(name), list(lines), written=own_text(name) == name)
            for name, lines in (
                (str(route.get("name", "")), self._lines(flat(route, "routes.*"), without=without))
                for route in used
            )
        ]

    @property
    def route(self) -> str:
        """The name of the decision's route."""
        return own_text(self.routes.get(str(self.content.get("route")), ""))

    def why(self, *only: str) -> list[Line]:
        """Why this, why now and the way back; of it `only` these fields where they are named."""
        values = flat(part(self.content, "why"), "why")
        return list(self._lines({name: values[name] for name in only or values if name in values}))

    def record(self) -> list[Line]:
        """The record to keep: as written, else as it was generated."""
        written, generated = part(self.content, "record"), part(self.judged, "record")
        texts = {**generated, **{name: text for name, text in written.items() if text}}
        return list(self._lines(flat(texts, "record"), short=True))

    def notes(self) -> list[Line]:
        """Lines of an imported file that no field took."""
        return [
            Line(str(n.get("key") or "–"), str(n.get("text", "")), written=True)
            for n in parts(self.content, "notes")
        ]

    def facts(self) -> list[Content]:
        """The shipped facts the verdicts rest on, kind and source in the reader's language."""
        return [
            fact
            | {
                "word": fact_word(str(fact.get("kind", ""))),
                "source": source_text(str(fact.get("source", ""))),
            }
            for fact in parts(self.judged, "facts")
        ]

    def _lines(
        self, values: Content, *, without: Iterable[str] = (), blank: bool = False, short: bool = False
    ) -> Iterator[Line]:
        order = {pattern: place for place, pattern in enumerate(LABELS)}
        for pattern in sorted(values, key=lambda each: (order.get(each, len(order)), each)):
            if pattern not in without and (blank or not is_blank(values[pattern])):
                line = replace(self._line(pattern, values[pattern]), field=pattern)
                yield replace(line, label=COLON.split(line.label)[-1]) if short else line

    def _line(self, pattern: str, value: Any) -> Line:
        label = label_of(pattern)
        if is_blank(value):
            return Line(_(label.name), _("unknown"), known=False)
        if label.shown == "route":
            name = self.routes.get(str(value), str(value))
            return Line(_(label.name), own_text(name), written=own_text(name) == name)
        return Line(_(label.name), shown(value, label.shown, READER), written=label.shown in WRITTEN)
