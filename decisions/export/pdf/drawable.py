"""What paper cannot show as it was written stands there as its Unicode numbers: [U+1780].

A character that no font of ours has would be a box that says nothing, as wide as the renderer happens to
think: another line break, and other bytes, after another document. Marks piled on one letter would run over
the lines above it, and a turned direction would read the rest of a sentence backwards.
"""

import re
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import category

FONTS = Path(__file__).resolve().parents[3] / "static" / "fonts" / "pdf"
MOST_MARKS = 4  # on one letter: Hebrew with its accents needs so many
TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# never drawn, whatever the font: joiners, directions of a single character, selectors of a variant, tags
UNSEEN = frozenset(
    map(chr, (0xAD, 0x34F, 0x61C, *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2060, 0x2065)))
) | frozenset(map(chr, (0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000))))
LAYOUT = frozenset("\t\n\r\u2028")


def drawable(html: str) -> tuple[str, bool]:
    """The document with such characters as their numbers, and whether there were any."""
    held = set(html)
    strange = {each for each in held if not _is_drawn(each)}
    marks = {each for each in held - strange if category(each) in ("Mn", "Me") and each not in UNSEEN}
    found = 0
    if strange:
        html, found = re.subn(f"{_one_of(strange)}+", _numbers, html)
    if marks:
        any_mark = _one_of(marks)
        piled = f"(?<={any_mark}{{{MOST_MARKS}}}){any_mark}+"
        html, more = re.subn(piled, _numbers, html)
        found += more
    return html, found > 0


def _is_drawn(character: str) -> bool:
    if character in LAYOUT or character in UNSEEN:
        return True
    return character in _with_a_glyph() and character not in TURNING and category(character) != "Cc"


def _one_of(characters: set[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


def _numbers(found: re.Match[str]) -> str:
    """[U+1780 U+1798], a character that comes again and again with how often: [U+0301 ×60]."""
    runs = [(f"U+{ord(each):04X}", len(list(same))) for each, same in groupby(found[0])]
    return f"[{' '.join(number if times == 1 else f'{number} ×{times}' for number, times in runs)}]"


@cache
def _with_a_glyph() -> frozenset[str]:
    """The characters of all our faces together."""
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as face:
            codes.update(face.getBestCmap())
    return frozenset(map(chr, codes))
