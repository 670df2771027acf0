"""What every shipped fact has in common, and the reading of its file."""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent
_SEPARATORS = re.compile(r"[\s/_\-:()+,]+|(?<!\d)\.|\.(?!\d)")  # 2.5 stays one part


class Fact(BaseModel):
    """A row of shipped facts: where it was found, and on which day (ISO 8601)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    date: str


def read_json(name: str) -> list[dict[str, Any]]:
    """The rows of a JSON file of this folder."""
    rows: list[dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return rows


def read_toml(name: str) -> dict[str, Any]:
    """The tables of a TOML file of this folder."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def parts_of(text: str) -> list[str]:
    """The parts of a name that a search compares: lower case, split at spaces and punctuation."""
    return [part for part in _SEPARATORS.split(text.casefold()) if part]


def ranked(query: str, names: Iterable[str], limit: int) -> list[str]:
    """The names that hold every part of `query`, the closest first, at most `limit`.

    A part at the start of a word counts more than one inside it; then the shorter name comes first.
    """
    wanted = parts_of(query)
    found = [(key, name) for name in names if wanted and (key := _distance(wanted, name)) is not None]
    return [name for _, name in sorted(found)[:limit]]


def _distance(wanted: list[str], name: str) -> tuple[int, int, int, str] | None:
    lower = name.casefold()
    if not all(part in lower for part in wanted):
        return None
    words = parts_of(name)
    inside = sum(not any(word.startswith(part) for word in words) for part in wanted)
    last = parts_of(name.rsplit("/", 1)[-1])
    elsewhere = last[: len(wanted)] != wanted
    return inside, elsewhere, len(name), lower
