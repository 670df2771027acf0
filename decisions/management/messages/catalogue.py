"""The catalogues in `decisions/locale`: read, brought up to date without losing a translation, compiled."""

import io
import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from decisions.management.messages.extract import ROOT, Text

LOCALES = ("ja", "zh_Hans")
FOLDER = ROOT / "decisions" / "locale"
HEAD = """# Routecard's texts in {name}. Kept up by script/messages; the words are those of GLOSSARY.md.
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
NAMES = {"ja": "Japanese", "zh_Hans": "Simplified Chinese"}


def source(locale: str, folder: Path = FOLDER) -> Path:
    """The catalogue people translate in."""
    return folder / locale / "LC_MESSAGES" / "django.po"


def read(locale: str, folder: Path = FOLDER) -> Catalog:
    """The catalogue as it stands; an empty one where there is no file."""
    path = source(locale, folder)
    content = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(content), locale=locale, abort_invalid=True)


def fresh(locale: str, texts: Iterable[Text]) -> Catalog:
    """A catalogue of exactly these texts, in their order, without translations."""
    catalogue = Catalog(locale=locale, fuzzy=False)
    for text in texts:
        named = (text.id, text.plural) if text.plural else text.id
        catalogue.add(named, locations=[(text.file, 0)], context=text.context or None)
    return catalogue


def updated(old: Catalog, texts: Iterable[Text]) -> Catalog:
    """A fresh catalogue with the translations of the old one; what is said no more is dropped."""
    catalogue = fresh(str(old.locale), texts)
    for message in catalogue:
        before = old.get(message.id, message.context) if message.id else None
        if before is not None and bool(before.pluralizable) == bool(message.pluralizable):
            message.string = before.string
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue: no dates and no line numbers, so that a change shows only what changed."""
    locale = str(catalogue.locale)
    for message in catalogue:
        message.locations = list(dict.fromkeys(message.locations))
        message.flags.discard("fuzzy")
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    head = HEAD.format(name=NAMES[locale], tag=locale.replace("_", "-"))
    return head.encode() + body.getvalue()


def untranslated(catalogue: Catalog) -> list[Message]:
    """The texts that still have no translation."""
    return [message for message in catalogue if message.id and not any(strings(message))]


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a text: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def compile_stale(folder: Path = FOLDER) -> list[Path]:
    """Compile each catalogue whose compiled file is missing or of another state; the compiled files.

    A compiled file carries the time of the catalogue it was made from.
    """
    made = []
    for locale in LOCALES:
        path = source(locale, folder)
        compiled = path.with_suffix(".mo")
        if path.exists() and not (compiled.exists() and _same_time(path, compiled)):
            _compile(locale, folder, compiled)
            made.append(compiled)
    return made


def _same_time(path: Path, compiled: Path) -> bool:
    return path.stat().st_mtime_ns == compiled.stat().st_mtime_ns


def _compile(locale: str, folder: Path, compiled: Path) -> None:
    """Write the file whole under another name first: a server may be reading the old one."""
    stamp = source(locale, folder).stat().st_mtime_ns
    part = compiled.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        write_mo(file, read(locale, folder))
    os.utime(part, ns=(stamp, stamp))  # an edit while we compiled makes it old again
    part.replace(compiled)
