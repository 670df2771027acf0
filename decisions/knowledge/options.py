"""The options that each runtime's commands take, as its own parser or documentation has them."""

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from decisions.knowledge.facts import HERE, Fact, read_json


class Value(BaseModel):
    """What an option or a variable takes: nothing (a flag), a number, a text, or one of `choices`.

    Choices beside a number are words that may stand in its place.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    takes: Literal["flag", "int", "float", "str", "choice"]
    choices: tuple[str, ...] = ()
    default: str | int | float | bool | None = None


class Option(Value):
    """An option by all its spellings; `several` values may follow it."""

    flags: tuple[str, ...] = Field(min_length=1)
    several: bool = False


class Command(BaseModel):
    """A command: at most `arguments` words beside its options."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    arguments: int
    options: tuple[Option, ...]

    def option(self, flag: str) -> Option | None:
        """The option with that spelling."""
        return next((option for option in self.options if flag in option.flags), None)


class Options(Fact):
    """What a runtime is told by, in one version: commands by their first words, and the environment."""

    runtime: str
    version: str
    commands: dict[str, Command]
    environment: dict[str, Value] = {}


class ToolParser(Fact):
    """How a runtime reads the tool calls of models whose id holds one of these names, in lower case."""

    runtime: str
    names: tuple[str, ...]
    parser: str


@cache
def shipped() -> dict[str, Options]:
    """The options of every runtime that has a table, by its id."""
    files = sorted((HERE / "options").glob("*.json"))
    tables = (Options.model_validate_json(file.read_text(encoding="utf-8")) for file in files)
    return {table.runtime: table for table in tables}


@cache
def _tool_parsers() -> tuple[ToolParser, ...]:
    return tuple(ToolParser(**row) for row in read_json("tool_parsers.json"))


def tool_parser(runtime: str, model_id: str) -> str:
    """What `--tool-call-parser` has to be for this model; empty where nobody has said it."""
    name = model_id.casefold()
    rows = (row for row in _tool_parsers() if row.runtime == runtime)
    return next((row.parser for row in rows if any(each in name for each in row.names)), "")
