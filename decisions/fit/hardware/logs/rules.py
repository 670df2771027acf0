"""A table of patterns for the lines of one engine, and what is collected with it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from decisions.fit.hardware.logs.amounts import AMOUNT, amount
from decisions.fit.hardware.logs.figures import Count, Figure, Quantity, Stated

HOSTS = ("CPU", "Host", "BLAS", "AMX")
_CUT = 300
_NEVER = re.compile(r"(?!)")


@dataclass
class Found:
    """What was found so far of one load of a model."""

    settings: list[Stated] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    version: str = ""
    model: str = ""
    ready: bool = False
    failure: str = ""
    draft: bool = False
    stale: bool = False

    def figure(self, quantity: Quantity, number: str, unit: str, place: str, at: int, raw: str) -> None:
        """Add an amount of memory; the first one of new accounts replaces the old ones."""
        if self.stale:
            self.figures, self.stale = [], False
        size, half = amount(number, unit)
        host = any(name in place for name in HOSTS)
        self.figures.append(Figure(quantity, size, half, place, at, raw[:_CUT], host, self.draft))


Taker = Callable[[Found, re.Match[str], int, str], None]


@dataclass(frozen=True)
class Rule:
    """Lines that match `pattern` are given to `take` with their number and text."""

    pattern: re.Pattern[str]
    take: Taker


@dataclass(frozen=True)
class Family:
    """How the lines of one engine are read.

    `seen` is a quick look whether a line may matter. `starts` begins another model, `again` begins its
    accounts anew, `restarts` a context of it, which replaces the quantities of `anew`; the model after a line
    of `drafts` is a draft model beside the first.
    """

    rules: tuple[Rule, ...]
    seen: re.Pattern[str]
    starts: re.Pattern[str]
    restarts: re.Pattern[str] = _NEVER
    again: re.Pattern[str] = _NEVER
    drafts: re.Pattern[str] = _NEVER
    anew: frozenset[Quantity] = frozenset()


def memory(pattern: str, quantity: Quantity, place: str = "") -> Rule:
    """A rule for lines that state one amount: `pattern` up to the number, with a group `place` or none."""

    def take(found: Found, match: re.Match[str], at: int, raw: str) -> None:
        where = match.groupdict().get("place") or place
        found.figure(quantity, match["number"], match["unit"], where, at, raw)

    return Rule(re.compile(pattern + AMOUNT), take)


def setting(pattern: str, name: str = "") -> Rule:
    """A rule for a setting: groups `value` and, without `name`, `name`."""

    def take(found: Found, match: re.Match[str], at: int, _raw: str) -> None:
        found.settings.append(Stated(name or match["name"], match["value"].strip()[:_CUT], at))

    return Rule(re.compile(pattern), take)


def count(pattern: str, name: str) -> Rule:
    """A rule for a number in the group `value`, with or without commas."""

    def take(found: Found, match: re.Match[str], at: int, raw: str) -> None:
        found.counts.append(Count(name, float(match["value"].replace(",", "")), at, raw[:_CUT]))

    return Rule(re.compile(pattern), take)


def mark(pattern: str, attribute: str) -> Rule:
    """A rule that sets `attribute` of what is found: to the group `value`, or to True where there is none."""

    def take(found: Found, match: re.Match[str], _at: int, _raw: str) -> None:
        said = match.groupdict().get("value")
        setattr(found, attribute, True if said is None else said.strip()[:_CUT])

    return Rule(re.compile(pattern), take)


def failure(pattern: str) -> Rule:
    """A rule for the line that says why the engine did not come up."""

    def take(found: Found, _match: re.Match[str], _at: int, raw: str) -> None:
        found.failure = raw[:_CUT]

    return Rule(re.compile(pattern), take)


def apply(rules: Iterable[Rule], found: Found, at: int, raw: str) -> bool:
    """Give a line to every rule that knows it; whether one did."""
    known = False
    for rule in rules:
        match = rule.pattern.search(raw)
        if match:
            rule.take(found, match, at, raw)
            known = True
    return known
