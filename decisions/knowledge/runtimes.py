"""Runtimes: what each is for, what it gives up, what it can do in the version that was looked at."""

import re
from functools import cache
from typing import Literal

from decisions.knowledge.facts import Fact, read_toml


class Runtime(Fact):
    """What runs a model. None means nobody has established it.

    `purposes` and `not_for_purposes` hold values of `states.Purpose`: what it is made for, and what it is
    the wrong tool for; a purpose in neither is open. `makers` are those whose GPUs
    its documentation names, `formats` lower-case words for weight formats.
    """

    id: str
    name: str
    version: str
    aliases: tuple[str, ...] = ()
    purposes: tuple[str, ...]
    not_for_purposes: tuple[str, ...] = ()
    purpose: str
    trade_off: str
    not_for: str
    hardware: str
    makers: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    needs_gpu: bool
    serving: bool
    openai_compatible: bool | None = None
    structured_output: Literal["none", "json", "json_schema"] | None = None
    tool_calling: bool | None = None
    multimodal: bool | None = None
    lora: bool | None = None


@cache
def shipped() -> tuple[Runtime, ...]:
    """Every shipped runtime, from the simplest start to the hosted one."""
    return tuple(Runtime(**row) for row in read_toml("runtimes.toml")["runtime"])


@cache
def _by_name() -> dict[str, Runtime]:
    return {name.casefold(): row for row in shipped() for name in (row.id, row.name, *row.aliases)}


@cache
def _names() -> re.Pattern[str]:
    words = sorted(_by_name(), key=len, reverse=True)
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, words)) + r")(?![a-z0-9])")


def find(text: str) -> Runtime | None:
    """The runtime with that id or name; case does not matter."""
    return _by_name().get(text.strip().casefold())


def named_in(text: str) -> tuple[Runtime, ...]:
    """The runtimes a free text names, in order of first mention."""
    names = _names().findall(text.casefold())
    return tuple(dict.fromkeys(_by_name()[name] for name in names))
