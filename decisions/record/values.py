"""Values of the document as a person reads them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from decisions.record.labels import IDENTITIES, Shown, label_of
from decisions.states import Named
from decisions.words import N_

Say = Callable[[str], str]
"""Turns an English word or template into the reader's language; `str` leaves it English."""


def grouped(number: int | str) -> str:
    """A whole number with its thousands in groups; a decimal, which is a text, as it is."""
    return f"{number:,}" if isinstance(number, int) else number


@dataclass(frozen=True)
class Writing:
    """How one language writes values; called, it says a word or template. Without more: as in a file."""

    say: Say = str
    number: Callable[[int | str], str] = grouped
    money: Callable[[str, str], str] = "{} {}".format
    items: Callable[[Iterable[str]], str] = ", ".join
    day: Callable[[str], str] = str
    moment: Callable[[str], str] = str

    def __call__(self, text: str) -> str:
        return self.say(text)


def joined(values: Iterable[str], say: Say = str) -> str:
    """One text of several, as the language lists them."""
    return say.items(values) if isinstance(say, Writing) else ", ".join(values)


UNKNOWN = N_("unknown")
MOST_BRIEF = 80  # characters
MEASURES = {
    "tokens": N_("{value} tokens"),
    "ms": N_("{value} ms"),
    "gib": N_("{value} GiB"),
    "hours": N_("{value} hours"),
}
OF_ONE = {"tokens": N_("{value} token"), "hours": N_("{value} hour")}


def shown(value: Any, how: Shown = "text", say: Say = str) -> str:
    """Write a plain JSON value for a reader: lists joined, yes and no, units; None is `unknown`.

    A `say` that is a `Writing` also writes numbers, lists, money and days in its own way.
    """
    writing = say if isinstance(say, Writing) else Writing(say)
    if value is None:
        return say(UNKNOWN)
    if isinstance(value, bool):
        return say(N_("yes")) if value else say(N_("no"))
    if isinstance(value, list):
        return writing.items([shown(item, how, say) for item in value])
    if how == "money" and isinstance(value, dict):
        return writing.money(str(value.get("amount", "")), str(value.get("currency", ""))).strip()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, str) and how not in MEASURES:
        return _text(value, how, writing)
    number = writing.number(value if isinstance(value, int | str) else str(value))
    measures = MEASURES | OF_ONE if number == "1" else MEASURES
    template = measures.get(how) if isinstance(how, str) else None
    return say(template).format(value=number) if template else number


def _text(value: str, how: Shown, writing: Writing) -> str:
    if isinstance(how, type):
        return writing(_state_label(how, value))
    return writing.day(value) if how == "day" else writing.moment(value) if how == "moment" else value


def brief(value: Any) -> str:
    """A value of a file inside a remark: shortened, with nothing in it that cannot be shown."""
    text = json.dumps(value, default=str) if isinstance(value, list | dict | bool) else str(value)
    short = text if len(text) <= MOST_BRIEF else text[: MOST_BRIEF - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def is_blank(value: Any) -> bool:
    """Whether nothing was given: None, an empty text or list, or parts that are all blank."""
    if isinstance(value, dict):
        return all(is_blank(part) for part in value.values())
    return value is None or value == "" or value == []


def flat(part: dict[str, Any], prefix: str) -> dict[str, Any]:
    """Every field of a part by its pattern, such as `candidates.*.model.revision`; money stays together."""
    found: dict[str, Any] = {}
    for name, value in part.items():
        pattern = f"{prefix}.{name}".lstrip(".")
        if isinstance(value, dict) and label_of(pattern).shown != "money":
            found |= flat(value, pattern)
        elif pattern not in IDENTITIES:
            found[pattern] = value
    return found


def _state_label(states: type[Named], value: str) -> str:
    return next((state.label for state in states if state.value == value), value)
