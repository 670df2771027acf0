"""Values of the document as a person reads them."""

import json
from collections.abc import Callable
from typing import Any

from decisions.record.labels import IDENTITIES, Shown, label_of
from decisions.states import Named
from decisions.words import N_

Say = Callable[[str], str]
"""Turns an English word or template into the reader's language; `str` leaves it English."""

UNKNOWN = N_("unknown")
MOST_BRIEF = 80  # characters
_TEMPLATES = {
    "tokens": N_("{value} tokens"),
    "ms": N_("{value} ms"),
    "gib": N_("{value} GiB"),
    "hours": N_("{value} hours"),
}


def shown(value: Any, how: Shown = "text", say: Say = str) -> str:
    """Write a plain JSON value for a reader: lists joined, yes and no, units; None is `unknown`."""
    if value is None:
        return say(UNKNOWN)
    if isinstance(value, bool):
        return say(N_("yes")) if value else say(N_("no"))
    if isinstance(value, list):
        return ", ".join(shown(item, how, say) for item in value)
    if how == "money" and isinstance(value, dict):
        return f"{value.get('amount', '')} {value.get('currency', '')}".strip()
    if isinstance(how, type) and isinstance(value, str):
        return say(_state_label(how, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    number = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    template = _TEMPLATES.get(how) if isinstance(how, str) else None
    return say(template).format(value=number) if template else number


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
