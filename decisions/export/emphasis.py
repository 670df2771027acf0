"""Names that stand out in a text somebody may have rewritten: found as they are, never guessed at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 80  # characters: what is longer is a sentence, and nobody's name
BEFORE = r"(?<![A-Za-z0-9_])(?<![A-Za-z0-9_][-./])"  # the name does not begin inside a longer one …
AFTER = r"(?![A-Za-z0-9_])(?![-./][A-Za-z0-9_])"  # … nor does it end inside one: "Qwen" is not in "Qwen-7B"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `named` where it is one of the names."""

    text: str
    named: bool


def pieces(text: str, names: Iterable[str]) -> list[Piece]:
    """The text in stretches that join to it again, with every exact occurrence of a name one of its own.

    Letters beside a name that are not Latin do not hide it: Japanese and Chinese put no space between words.
    """
    wanted = sorted({name for name in names if name and len(name) <= MOST}, key=len, reverse=True)
    if not wanted:
        return [Piece(text, named=False)]
    found = re.split(f"{BEFORE}({'|'.join(map(re.escape, wanted))}){AFTER}", text)
    return [Piece(part, named=bool(at % 2)) for at, part in enumerate(found) if part]
