"""Reading `model_runtime_decision.md`: the decision shape, also as people edit it by hand."""

import re

from decisions.record.incoming import LARGEST_MARKDOWN, text_of
from decisions.record.keep import generated_record
from decisions.record.markdown_fields import Fields
from decisions.record.markdown_items import Item, scan
from decisions.record.markdown_places import Places
from decisions.record.markup import HEADING
from decisions.record.paragraph import generated
from decisions.record.reading import Aside, Reading, Remarks, Unreadable
from decisions.record.schema import Record, RecordToKeep
from decisions.states import TextLanguage


def read_markdown(data: bytes | str) -> Reading:
    """Read the decision shape from Markdown.

    The first candidate is the first choice, unless a *Roles* section says otherwise. A text equal to the
    one that would be generated is read as blank, so that it goes on following the rest. Raises `Unreadable`.
    """
    text = text_of(data, limit=LARGEST_MARKDOWN)
    items = scan(text.split("\n"))
    if not any(item.key and item.key.known for item in items if item.kind == "key"):
        raise Unreadable("nothing_understood")
    remarks = Remarks()
    if not any(_is_our_heading(item) for item in items):
        remarks.at_line("changed", 1, "no_heading")
    record = _following(_assemble(items, remarks), remarks)
    asides = tuple(_aside(item) for item in items if item.kind == "skipped")
    return Reading(record=record, remarks=remarks.all(), form="markdown", asides=asides)


def _aside(item: Item) -> Aside:
    title, *lines = item.lines
    return Aside(title, f"line {item.line}", item.line, "\n".join(lines))


def _is_our_heading(item: Item) -> bool:
    return item.kind == "heading" and item.text.strip().casefold() == HEADING.casefold()


def _assemble(items: list[Item], remarks: Remarks) -> Record:
    fields = Fields(remarks)
    places = Places(items)
    for index, item in enumerate(items):
        if item.kind == "key":
            fields.key(item, in_record=index in places.of_record)
        elif item.kind in {"role", "note"}:
            (fields.role if item.kind == "role" else fields.note_line)(item)
        elif item.kind == "skipped":
            remarks.at_line("not_read", item.line, "generated_section", title=item.lines[0])
        elif item.kind == "decoration":
            remarks.at_line("skipped", item.line, "decoration")
        elif index in places.of_paragraph:
            fields.paragraph_block(item, sure=index in places.before_record)
        elif not _is_our_heading(item):
            fields.stray(item)
    return fields.record()


def _following(record: Record, remarks: Remarks) -> Record:
    """Settle the language of the texts, and blank those that would be generated just so."""
    best = min((_blanked(record, language) for language in TextLanguage), key=_texts)
    if _texts(best) < _texts(record):
        return best
    language = _language_of(record.paragraph or record.need.project_goal + record.why.why_now)
    if language is not TextLanguage.ENGLISH:
        remarks.at_line("changed", 1, "language_guessed", language_word=language.label)
    return record.model_copy(update={"text_language": language})


def _blanked(record: Record, language: TextLanguage) -> Record:
    record = record.model_copy(update={"text_language": language})
    would_be = generated_record(record)
    kept = {name: "" if text == getattr(would_be, name) else text for name, text in record.record}
    record = record.model_copy(update={"record": RecordToKeep(**kept)})
    if record.paragraph == generated(record):
        record = record.model_copy(update={"paragraph": ""})
    return record


def _texts(record: Record) -> int:
    """How many of the texts that can be generated are written."""
    return sum(bool(text) for text in (record.paragraph, *record.record.model_dump().values()))


def _language_of(text: str) -> TextLanguage:
    if re.search("[\u3041-\u30ff]", text):
        return TextLanguage.JAPANESE
    return TextLanguage.CHINESE if re.search("[\u4e00-\u9fff]", text) else TextLanguage.ENGLISH
