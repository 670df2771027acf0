"""The catalogues hold every text of the code, translated, in the words of the glossary."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from decisions.management.messages import catalogue
from decisions.management.messages.extract import Text, texts

GLOSSARY = catalogue.FOLDER / "GLOSSARY.md"
SAME = {  # what has the same letters in every language
    *("CPU", "GPU", "JSON", "Markdown", "PDF", "RAG", "RAM", "RAM, GiB", "Routecard", "UTC", "VRAM"),
    *("%(size)s GiB", "%(size)s MiB", "{value} GiB", "{value} ms", "{group_word}: {count}", "%(moment)s UTC"),
}
_PERCENT = re.compile(r"%(?:\(\w+\))?[sd]|%%")
both = pytest.mark.parametrize("locale", catalogue.LOCALES)


@cache
def found() -> tuple[Text, ...]:
    return tuple(texts())


@cache
def stored(locale: str) -> Catalog:
    return catalogue.read(locale)


def messages(locale: str) -> Iterator[tuple[str, Message]]:
    for message in stored(locale):
        if message.id:
            yield (message.id[0] if isinstance(message.id, tuple) else message.id), message


def named(text: str) -> list[str]:
    """Every placeholder of a text, of both kinds."""
    return sorted(_PERCENT.findall(text)) + sorted(name for name in _braces(text) if name)


def _braces(text: str) -> list[str]:
    return [name or "" for _literal, name, _format, _conversion in Formatter().parse(text)]


@both
def test_the_catalogue_is_what_a_fresh_extraction_makes(locale: str) -> None:
    fresh = catalogue.updated(catalogue.read(locale), found())
    assert catalogue.written(fresh) == catalogue.source(locale).read_bytes(), "run script/messages"


@both
def test_every_text_is_translated(locale: str) -> None:
    assert [message.id for message in catalogue.untranslated(stored(locale))] == []


@both
def test_no_translation_is_its_source(locale: str) -> None:
    same = [source for source, message in messages(locale) if source in catalogue.strings(message)]
    assert [source for source in same if source not in SAME] == []


@both
def test_nothing_is_fuzzy_or_obsolete(locale: str) -> None:
    text = catalogue.source(locale).read_text("utf-8")
    assert not re.search(r"^#(, .*fuzzy|~)", text, re.MULTILINE)


@both
def test_placeholders_agree(locale: str) -> None:
    wrong = [
        source
        for source, message in messages(locale)
        for translation in catalogue.strings(message)
        if translation and named(translation) != named(_plural(message))
    ]
    assert wrong == []


def _plural(message: Message) -> str:
    return message.id[1] if isinstance(message.id, tuple) else message.id


@both
def test_lines_begin_and_end_alike(locale: str) -> None:
    wrong = [
        source
        for source, message in messages(locale)
        for translation in catalogue.strings(message)
        if translation
        and (source.count("\n") != translation.count("\n") or translation != translation.strip())
    ]
    assert wrong == []


@cache
def glossary() -> dict[str, dict[str, str]]:
    """English word in small letters → term of each locale."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    words = [row for row in rows if row[0] not in ("English", "---")]
    return {english.lower(): {"ja": ja, "zh_Hans": zh} for english, ja, zh in words}


def test_the_glossary_has_each_word_once() -> None:
    words = re.findall(r"^\| (?!English|---)(.+?) \|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    assert len(words) == len(set(words)) > 120


@both
def test_a_text_that_is_a_word_of_the_glossary_is_its_term(locale: str) -> None:
    wrong = {
        source: (catalogue.strings(message)[0], glossary()[source.lower()][locale])
        for source, message in messages(locale)
        if source.lower() in glossary()
        and catalogue.strings(message)[0] != glossary()[source.lower()][locale]
    }
    assert wrong == {}


def test_an_update_keeps_translations_and_drops_what_is_said_no_more(tmp_path: Path) -> None:
    old = catalogue.fresh("ja", [Text("Old", "", "", "a.py"), Text("Kept", "", "", "a.py")])
    for source in ("Old", "Kept"):
        old[source].string = f"{source} in Japanese"
    new = catalogue.updated(old, [Text("Kept", "", "", "b.py"), Text("New", "", "", "b.py")])
    assert [(m.id, m.string) for m in new if m.id] == [("Kept", "Kept in Japanese"), ("New", None)]
    assert "a.py" not in catalogue.written(new).decode()


def test_a_catalogue_is_compiled_when_it_changed(tmp_path: Path) -> None:
    path = catalogue.source("ja", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogue.written(catalogue.fresh("ja", [Text("Kept", "", "", "a.py")])))
    assert catalogue.compile_stale(tmp_path) == [path.with_suffix(".mo")]
    assert catalogue.compile_stale(tmp_path) == []
    path.touch()
    assert catalogue.compile_stale(tmp_path) == [path.with_suffix(".mo")]
    assert list(path.parent.glob("*.part")) == []
