"""Filters for pages on paper."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from django import template

from decisions.export.stored import Line

register = template.Library()

HALF_A_LINE = 34  # Latin letters; a Chinese or Japanese character is as wide as two


@register.filter
def paired(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines as rows of a table: two short ones beside each other, a long one for itself."""
    rows: list[list[Line]] = []
    for line in lines:
        if _is_short(line) and rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_short(line: Line) -> bool:
    width = sum(2 if east_asian_width(character) in "WF" else 1 for character in line.value)
    return width <= HALF_A_LINE and "\n" not in line.value
