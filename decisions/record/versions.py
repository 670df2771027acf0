"""Stored content of every schema version, read into today's shape.

A change of the schema adds a reader for the old `schema_version` here; stored bytes never change.

- 1: the first.
- 2: a candidate says how it is to be sized (`sizing`), its judgement carries the estimate and the commands;
  a need may ask for LoRA adapters, a route may say where ssh reaches it.
"""

import json
from typing import Any

from decisions.record.fields import LARGEST_INTEGER
from decisions.record.reading import Unreadable
from decisions.record.schema import SCHEMA_VERSION, Record


def load_content(data: bytes) -> dict[str, Any]:
    """Parse the stored bytes of a version as plain values. Raises `Unreadable` for a newer schema."""
    content: dict[str, Any] = json.loads(data, parse_int=_number)
    check_schema(content)
    return content


def _number(token: str) -> int | float:
    """Canonical JSON writes a large float with the digits of an integer; no integer is that large."""
    value = int(token)
    return value if abs(value) <= LARGEST_INTEGER else float(token)


def record_of(content: dict[str, Any]) -> Record:
    """What people wrote in a version's content, without what followed from it.

    Content of schema 1 lacks what schema 2 added, all of which nobody had stated then: it takes its
    defaults, and nothing has to be moved.
    """
    return Record.model_validate({name: content[name] for name in Record.model_fields if name in content})


def check_schema(content: dict[str, Any]) -> int:
    """Return the schema version of a document. Raises `Unreadable` for a newer or a senseless one."""
    version = content.get("schema_version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Unreadable("bad_schema", where="schema_version")
    if version > SCHEMA_VERSION:
        raise Unreadable(
            "newer_schema", where="schema_version", found=str(version)[:20], known=SCHEMA_VERSION
        )
    return version
