"""One dimension of a configuration put right by a person; what it was before is kept beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

LARGEST = 1 << 48
_INNER = ("text_config", "vision_config", "audio_config")
Number = int | float | bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field of the configuration with the value it was given and the one it had; None was not there."""

    field: str
    value: Number
    before: Number | None


def numbers_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Number]]:
    """The fields that hold a number or a yes or no; inner ones as "text_config.hidden_size"."""
    for name, value in config.items():
        if isinstance(value, bool | int | float):
            yield name, value
        elif name in _INNER and isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", found) for inner, found in numbers_of(value))


def with_correction(config: Mapping[str, Any], field: str, text: str) -> tuple[dict[str, Any], Corrected]:
    """The configuration with one field set to what `text` says.

    Raises Unsizable for a field that is not among its numbers, and for a text that is no such number.
    """
    known = dict(numbers_of(config))
    if field not in known:
        raise Unsizable(say("sizing.fix_field", name=field[:80]))
    value = _value(field, text, known[field])
    outer, _, inner = field.partition(".")
    changed = {**config[outer], inner: value} if inner else value
    return {**config, outer: changed}, Corrected(field, value, known[field])


def _value(field: str, text: str, before: Number) -> Number:
    word = text.strip().casefold().replace(",", "").replace("_", "").replace(" ", "")
    if isinstance(before, bool):
        if word in ("true", "false"):
            return word == "true"
        raise Unsizable(say("sizing.fix_flag", name=field, found=text[:60]))
    if not word.isascii() or not word.isdigit() or not 0 < int(word[:20]) <= LARGEST:
        raise Unsizable(say("sizing.fix_number", name=field, found=text[:60]))
    return int(word)
