"""From what somebody pasted or uploaded to a mapping, or to a sentence that says why not."""

import json
from collections.abc import Mapping
from typing import Any

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

LIMIT_BYTES = 8 << 20
"""The largest config.json seen has 1 MB, for it lists every module that is not quantized."""


def mapping_of(given: object) -> Mapping[str, Any]:
    """The object that a config.json holds. Raises Unsizable for anything else."""
    if isinstance(given, Mapping):
        return given
    if not isinstance(given, str | bytes):
        raise Unsizable(say("sizing.config_object"))
    if len(given) > LIMIT_BYTES:
        raise Unsizable(say("sizing.config_large", most=LIMIT_BYTES >> 20))
    found = _parsed(_decoded(given))
    if not isinstance(found, dict):
        raise Unsizable(say("sizing.config_object"))
    return found


def _decoded(given: str | bytes) -> str:
    if isinstance(given, str):
        return given.removeprefix("\ufeff")
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unsizable(say("sizing.config_text")) from error


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        problem = say("sizing.config_json", line=error.lineno, column=error.colno)
        raise Unsizable(problem) from error
    except RecursionError as error:
        raise Unsizable(say("sizing.config_deep")) from error
    except ValueError as error:  # an integer of thousands of digits
        raise Unsizable(say("sizing.config_number")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: JSON leaves open which of two equal names counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unsizable(say("sizing.config_twice", name=twice[:80]))
    return found
