"""Where two texts differ, word by word; Chinese and Japanese go character by character."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Op = Literal["equal", "delete", "insert"]
Words = tuple[tuple[Op, str], ...]
_Inner = Callable[[Sequence[str], Sequence[str]], "list[tuple[Op, str]]"]

_MOST_PAIRS = 250_000  # tokens of the one text times tokens of the other: past it larger pieces are compared
_ENOUGH_STAYED = 0.4  # of the letters and digits between the first and the last difference
_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W{_SPACELESS}]+|\s+|.", re.DOTALL)
_PIECE = re.compile(r"[^\n.!?。！？]*[\n.!?。！？]+\s*|[^\n.!?。！？]+")


def words(old: str, new: str) -> Words:
    """Split two texts into what stayed, what went and what came. Joining equal and insert gives `new`.

    The work is bounded: long texts that differ everywhere are compared by sentences, or as a whole.
    """
    if _cheap(old_words := _WORD.findall(old), new_words := _WORD.findall(new)):
        return _joined(_with_edges(old_words, new_words, _readable))
    if _cheap(old_pieces := _PIECE.findall(old), new_pieces := _PIECE.findall(new)):
        return compare(old_pieces, new_pieces)
    return _joined(_with_edges(old_words, new_words, _whole))


def compare(old: Sequence[str], new: Sequence[str]) -> Words:
    """The same for texts that are already in pieces, such as the items of a list."""
    return _joined(_with_edges(old, new, _matched))


def _cheap(old: Sequence[str], new: Sequence[str]) -> bool:
    same = _same_edges(old, new)
    return (len(old) - sum(same)) * (len(new) - sum(same)) <= _MOST_PAIRS


def _same_edges(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many tokens are the same at the start, and of the rest at the end."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    tails = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    return start, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], tails))


def _with_edges(old: Sequence[str], new: Sequence[str], inner: _Inner) -> list[tuple[Op, str]]:
    start, end = _same_edges(old, new)
    return [
        ("equal", "".join(old[:start])),
        *inner(old[start : len(old) - end], new[start : len(new) - end]),
        ("equal", "".join(old[len(old) - end :])),
    ]


def _whole(old: Sequence[str], new: Sequence[str]) -> list[tuple[Op, str]]:
    return [("delete", "".join(old)), ("insert", "".join(new))]


def _readable(old: Sequence[str], new: Sequence[str]) -> list[tuple[Op, str]]:
    """Word by word while enough stayed; else the old words whole, then the new: a patchwork is not read."""
    matched = _matched(old, new)
    stayed = sum(len(_signs(text)) for op, text in matched if op == "equal")
    longer = max(len(_signs("".join(old))), len(_signs("".join(new))))
    return matched if stayed >= _ENOUGH_STAYED * longer else _whole(old, new)


def _signs(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[Op, str]]:
    found: list[tuple[Op, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("equal", "".join(old[a:b])))
        else:
            found += [("delete", "".join(old[a:b])), ("insert", "".join(new[c:d]))]
    return found


def _joined(parts: list[tuple[Op, str]]) -> Words:
    """Leave empty parts out and join neighbours of one kind."""
    joined: list[tuple[Op, str]] = []
    for op, text in parts:
        if text and joined and joined[-1][0] == op:
            joined[-1] = (op, joined[-1][1] + text)
        elif text:
            joined.append((op, text))
    return tuple(joined)
