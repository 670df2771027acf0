"""What comes out of reading a file: a record, and what was not understood, line by line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from decisions.record.schema import Record, Statement
from decisions.record.sentences import say

MOST_REMARKS = 200

Kind = Literal["not_understood", "not_read", "kept_as_note", "skipped", "changed"]
LOSSES: frozenset[Kind] = frozenset({"not_understood", "not_read", "changed"})


@dataclass(frozen=True)
class Remark:
    """One thing a reader has to say. `where` is `line 12` or a path such as `candidates[2].role`.

    *not understood* was left out; *not read* is a part that follows from others and may say more than they;
    *kept as note* is in the notes; *skipped* carries nothing of its own; *changed* was taken, but not as it
    stood, or for something it does not say it is.
    """

    kind: Kind
    where: str
    line: int | None
    statement: Statement


@dataclass(frozen=True)
class Aside:
    """A part that was not read, for it follows from the rest: its heading or path, and what it says.

    There is a remark *not read* at the same place; `export.again` finds out whether it says something else.
    """

    name: str
    where: str
    line: int | None
    said: Any


@dataclass(frozen=True)
class Reading:
    """A file as it was understood. `form` says what it was: our Markdown, our JSON, or the helper's JSON."""

    record: Record
    remarks: tuple[Remark, ...] = ()
    form: Literal["markdown", "content", "helper"] = "markdown"
    asides: tuple[Aside, ...] = ()

    @property
    def lossless(self) -> bool:
        """Whether everything in the file is in the record, as it stood, or follows from it word for word."""
        return not any(remark.kind in LOSSES for remark in self.remarks)


class Unreadable(Exception):
    """The whole file cannot be read; `statement` says why, `line` or `where` say where when it is known."""

    def __init__(
        self, code: str, /, *, line: int | None = None, where: str = "", **params: str | int
    ) -> None:
        self.line = line
        self.where = where or (f"line {line}" if line else "")
        self.statement = say(code, **({"line": line} if line else {}), **params)
        super().__init__(self.statement.text)


@dataclass
class Remarks:
    """Collects remarks; past `MOST_REMARKS` it only counts them."""

    found: list[Remark] = field(default_factory=list)
    left_out: int = 0
    left_out_loss: bool = False

    def at_line(self, kind: Kind, line: int, code: str, /, **params: str | int) -> None:
        """Add a remark about a line, counted from 1."""
        self._add(Remark(kind, f"line {line}", line, say(code, **params)))

    def at_path(self, kind: Kind, path: str, code: str, /, **params: str | int) -> None:
        """Add a remark about a value of JSON."""
        self._add(Remark(kind, path, None, say(code, **params)))

    def take(self, others: "Remarks", place: Callable[[str], str]) -> None:
        """Add the remarks of another collection, each at the path that `place` makes of its own."""
        for remark in others.found:
            self._add(replace(remark, where=place(remark.where)))
        self.left_out += others.left_out
        self.left_out_loss |= others.left_out_loss

    def _add(self, remark: Remark) -> None:
        if len(self.found) < MOST_REMARKS:
            self.found.append(remark)
            return
        self.left_out += 1
        self.left_out_loss |= remark.kind in LOSSES

    def all(self) -> tuple[Remark, ...]:
        """The remarks in the order of lines, then as they were found."""
        return tuple(self._sorted())

    def _sorted(self) -> Iterator[Remark]:
        yield from sorted(self.found, key=lambda remark: remark.line or 0)
        if self.left_out:
            kind: Kind = "not_understood" if self.left_out_loss else "skipped"
            yield Remark(kind, "", None, say("and_more", count=self.left_out))
