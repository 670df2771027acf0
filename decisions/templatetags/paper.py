"""Filters for pages on paper."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from unicodedata import east_asian_width

from django import template
from django.utils.html import format_html

from decisions.export.stored import Line

register = template.Library()
Item = TypeVar("Item")

MOST_TOGETHER = 600  # characters of a row that stays on one page
HALF_A_LINE = 34  # Latin letters; a Chinese or Japanese character is as wide as two


@register.simple_tag(takes_context=True)
def of_the_record(context: dict[str, Any]) -> str:
    """The `lang` of a text of the record, where it is not the language of the whole document.

    `stored` is the content, `language` the document's (BCP 47). Every `lang` costs the renderer time.
    """
    own = context["stored"].language
    return "" if own == context["language"] else format_html(' lang="{}"', own)


@register.filter
def paired(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines as rows of a table: two short ones beside each other, a long one for itself."""
    return _rows(lines, lambda line: line.value)


@register.filter
def paired_facts(facts: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The same for labels with their values."""
    return _rows(facts, lambda fact: fact[1])


def _rows(items: Sequence[Item], text_of: Callable[[Item], str]) -> list[list[Item]]:
    rows: list[list[Item]] = []
    for item in items:
        if _is_short(text_of(item)) and rows and len(rows[-1]) == 1 and _is_short(text_of(rows[-1][0])):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


@register.filter
def may_break(text: str) -> bool:
    """Whether a text is so tall that its row goes on over the page, where a lower one moves as a whole."""
    return _width(text) > MOST_TOGETHER or text.count("\n") > MOST_TOGETHER // (2 * HALF_A_LINE)


def _is_short(text: str) -> bool:
    return _width(text) <= HALF_A_LINE and "\n" not in text


def _width(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
