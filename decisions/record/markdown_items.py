"""The first pass over a Markdown file: from lines to items, before anything is given a meaning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from decisions.record.markup import GENERATED, GENERATED_BEFORE, NEED_LISTS, NOTES, ROLES, KeyLine, key_line

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")
_BULLET = re.compile(r"\s*[-*+][ \t]+(.*)", re.DOTALL)
_DECORATION = re.compile(r"\s*(?:```+|~~~+)\s*\w*\s*|\s*(?:-{3,}|\*{3,}|_{3,})\s*")

ItemKind = Literal["key", "text", "heading", "note", "role", "skipped", "decoration"]
Section = Literal["", "notes", "roles", "generated"]
_SECTIONS: dict[str, Section] = {NOTES.casefold(): "notes", ROLES.casefold(): "roles"}


@dataclass
class Item:
    """A value, a block of text, a heading or a note: where it starts and its lines as they stood.

    Of a part for reading, which is skipped, the first line is its title.
    """

    kind: ItemKind
    line: int
    lines: list[str]
    key: KeyLine | None = None
    level: int = 0
    indent: int = 0

    @property
    def text(self) -> str:
        """The lines together."""
        return "\n".join(self.lines)

    @property
    def key_as_typed(self) -> str:
        """The key before the colon; blank for an item without one."""
        return self.key.key if self.key else ""


@dataclass
class Scanner:
    """Goes through the lines once. `open` is the item that further lines may belong to."""

    items: list[Item] = field(default_factory=list)
    open: Item | None = None
    blanks: list[str] = field(default_factory=list)
    section: Section = ""
    section_level: int = 0

    def feed(self, number: int, line: str) -> None:
        """Take the next line."""
        if not line.strip():
            self.blanks.append(line)
            return
        heading = _HEADING.fullmatch(line)
        if self.section == "generated" and not (heading and len(heading[1]) <= self.section_level):
            self.items[-1].lines += [*self.blanks, line]
        elif heading:
            self._heading(number, len(heading[1]), heading[2] or "")
        elif self._heading_follows_marker(line):
            self.section = "generated"
            self.items[-1].kind = "skipped"
        elif not self._continues(line):
            self._start(number, line)
        self.blanks.clear()

    def _heading(self, number: int, level: int, title: str) -> None:
        self.section = _SECTIONS.get(title.casefold(), "")
        self.section_level = level
        self.open = None
        if not self.section:
            self.items.append(Item("heading", number, [title], level=level))

    def _heading_follows_marker(self, line: str) -> bool:
        marked = line.strip() in (GENERATED, GENERATED_BEFORE)
        return marked and bool(self.items) and self.items[-1].kind == "heading"

    def _continues(self, line: str) -> bool:
        """Add the line to the open item when it belongs there."""
        if self.open is None:
            return False
        width = len(line) - len(line.lstrip(" \t"))
        if width and not self._nested_key(line, width):
            keep = 6 if self.open.kind == "note" else 4
            dedented = [_dedent(blank, keep) for blank in self.blanks]
            self.open.lines += [*dedented, _dedent(line, keep)]
            return True
        if self.open.kind == "text" and not self.blanks and key_line(line) is None:
            self.open.lines.append(line)
            return True
        return self._list_item(line)

    def _nested_key(self, line: str, width: int) -> bool:
        """Whether an indented line is a key of its own: by little, under a candidate, beside a nested key."""
        found = key_line(line.lstrip(" \t"))
        if found is None or self.open is None:
            return False
        under_candidate = self.open.key is not None and self.open.key.candidate_number is not None
        return width < 4 or (found.known and (under_candidate or width <= self.open.indent))

    def _list_item(self, line: str) -> bool:
        """Take `- item` under an empty `must_have:` or `nice_to_have:`."""
        item, bullet, found = self.open, _BULLET.fullmatch(line), key_line(line)
        if item is None or item.key is None or item.key.name not in NEED_LISTS or bullet is None:
            return False
        if item.lines[0].strip() or (found and found.known):
            return False
        item.lines.append(line)
        return True

    def _start(self, number: int, line: str) -> None:
        if _DECORATION.fullmatch(line):
            self.open = None
            self.items.append(Item("decoration", number, [line]))
            return
        found = key_line(line.lstrip(" \t"))
        if self.section == "notes":
            bullet = _BULLET.fullmatch(line)
            self.open = Item("note", number, [bullet[1] if bullet else line.lstrip(" \t")])
        elif found:
            kind: ItemKind = "role" if self.section == "roles" else "key"
            indent = len(line) - len(line.lstrip(" \t"))
            self.open = Item(kind, number, [found.value], found, indent=indent)
        else:
            self.open = Item("text", number, [line.lstrip(" \t")])
        self.items.append(self.open)


def scan(lines: Iterable[str]) -> list[Item]:
    """Cut a file into items; line numbers count from 1."""
    scanner = Scanner()
    for number, line in enumerate(lines, start=1):
        scanner.feed(number, line)
    return scanner.items


def bullet_text(line: str) -> str:
    """A line without the bullet before it."""
    match = _BULLET.fullmatch(line)
    return match[1] if match else line


def _dedent(line: str, width: int) -> str:
    """Take up to `width` leading spaces, or one tab, off a line."""
    if line.startswith("\t"):
        return line[1:]
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, width) :]
