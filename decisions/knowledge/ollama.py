"""Names of Ollama's library: which shipped model a name with a tag, such as `mistral:7b-instruct-q4_K_M`, is.

The library says sizes where repositories have full names, and which one a bare name means. What a tag means
changes with new models; the rows say how it was on their day.
"""

import re
from functools import cache

from decisions.knowledge.facts import Fact, read_json

_STORED = re.compile(r"-(?:(?:i?q|tq)\d(?:_[a-z0-9]+)*|(?:b?f|fp)(?:16|32)|mxfp4|nvfp4|it-qat|qat)$")
_PASSING = frozenset({"instruct", "chat", "text", "it", "latest", "cloud", "fp16", "preview", "thinking"})
"""Words of a tag that say what a model was trained for, which leaves its shape as it is."""


class LibraryName(Fact):
    """One name of the library with the models of its tags; `latest` is the tag that a bare name means."""

    name: str
    latest: str
    tags: dict[str, str]
    note: str = ""


@cache
def shipped() -> tuple[LibraryName, ...]:
    """Every shipped name, sorted."""
    return tuple(LibraryName(**row) for row in read_json("ollama.json"))


@cache
def _by_name() -> dict[str, LibraryName]:
    return {row.name: row for row in shipped()}


def find(text: str) -> str | None:
    """The id of the shipped model that a name with or without a tag means; None where the library has none
    such, or its model is not shipped.
    """
    name, _, tag = text.strip().casefold().partition(":")
    row = _by_name().get(name)
    return None if row is None else row.tags.get(_size(tag) or row.latest)


def _size(tag: str) -> str:
    """The tag without what says how weights are stored and what the model was trained for."""
    while found := _STORED.search(tag):
        tag = tag[: found.start()]
    return "-".join(word for word in tag.split("-") if word not in _PASSING)
