"""The files an import is given: named one by one, as a folder, or on standard input."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management import CommandError
from django.utils.translation import gettext as _

from decisions.management.base import BAD_USAGE, UNREADABLE
from decisions.management.finding import quoted
from decisions.record.incoming import LARGEST_JSON
from decisions.record.text import NAME_LENGTH, UncleanText, clean_text

SUFFIXES = (".md", ".json")
STANDARD_INPUT = "-"
OUR_NAME = "model_runtime_decision"  # what every export is called; it says nothing about this one


@dataclass(frozen=True)
class Incoming:
    """One file to import. `name` is what it is called in reports."""

    name: str
    path: Path | None

    def data(self) -> bytes:
        """Its bytes, no more than a reader takes and one more. Raises `OSError`."""
        if self.path is None:
            return sys.stdin.buffer.read(LARGEST_JSON + 1)
        with self.path.open("rb") as file:
            return file.read(LARGEST_JSON + 1)

    @property
    def title(self) -> str:
        """A title made of its name, where that says something; else empty."""
        stem = self.path.stem if self.path else ""
        if stem.lower() == OUR_NAME:
            return ""
        try:
            return clean_text(stem[:NAME_LENGTH], limit=NAME_LENGTH, one_line=True)
        except UncleanText:
            return ""


def incoming(paths: list[str]) -> list[Incoming]:
    """All files, in the order given; those of a folder sorted by name. Ends the command for a wrong path."""
    found = [each for path in paths for each in _at(path)]
    if sum(each.path is None for each in found) > 1:
        raise CommandError(_("Standard input can be read only once."), returncode=BAD_USAGE)
    return found


def _at(name: str) -> Iterator[Incoming]:
    if name == STANDARD_INPUT:
        yield Incoming(_("standard input"), None)
        return
    path = Path(name)
    if not os.path.isdir(path):  # unlike `Path.is_dir` it raises nothing
        yield Incoming(name, path)
        return
    files = _files_of(path)
    if not files:
        sentence = _("The folder %(folder)s holds no .md and no .json file.") % {"folder": quoted(name)}
        raise CommandError(sentence, returncode=BAD_USAGE)
    yield from (Incoming(str(each), each) for each in files)


def _files_of(folder: Path) -> list[Path]:
    try:
        return sorted(
            each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES and os.path.isfile(each)
        )
    except OSError as error:
        sentence = _("The folder %(folder)s cannot be read: %(reason)s.")
        words = {"folder": quoted(str(folder)), "reason": error.strerror}
        raise CommandError(sentence % words, returncode=UNREADABLE) from error
