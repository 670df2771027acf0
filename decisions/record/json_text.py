"""From the text of a JSON file to plain values: safe against depth, duplicate keys and odd numbers."""

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from decisions.record.problems import of_syntax
from decisions.record.reading import Remarks, Unreadable

DEEPEST = 100  # levels; a decision has eight
MOST_ENTRIES = 1_000  # of one list or object; the longest list of a decision has 500
_MOST_DIGITS = 400
_LARGEST_EXPONENT = 40

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_PLAIN_KEY = re.compile(r"[\w-]{1,60}")


class Node(dict[str, Any]):
    """An object of the file that remembers where it stood, and which of its keys came twice."""

    path = ""
    duplicates: tuple[str, ...] = ()


class Odd:
    """A number that JSON does not have, or none that could be kept; `token` is how it was written."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __str__(self) -> str:
        return self.token


def parse_json(text: str, remarks: Remarks) -> Any:
    """Parse JSON. Duplicate keys, keys with lone surrogates and endless lists become remarks.

    Fractions are decimals, exact; NaN, infinities and endless numbers are `Odd`. Raises `Unreadable`
    naming line and column, or the line where it gets too deep.
    """
    _check_depth(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_node, parse_constant=Odd, parse_int=_integer, parse_float=_decimal
        )
    except json.JSONDecodeError as error:
        said = of_syntax(error)
        raise Unreadable("bad_json", line=error.lineno, column=error.colno, problem_word=said) from error
    return _plain(value, "", remarks)


def join_path(path: str, step: str | int) -> str:
    """Add a key or an index to a path such as `candidates[2].role`; strange keys are quoted."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    if not _PLAIN_KEY.fullmatch(step):
        return f"{path}[{json.dumps(step[:60])}]"
    return f"{path}.{step}" if path else step


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start()) + 1
            raise Unreadable("too_deep", line=line, limit=DEEPEST)


def _node(pairs: list[tuple[str, Any]]) -> Node:
    node = Node(pairs)
    if len(node) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        node.duplicates = tuple(key for key, count in counts.items() if count > 1)
    return node


def _integer(token: str) -> int | Odd:
    return int(token) if len(token) <= _MOST_DIGITS else Odd(token)


def _decimal(token: str) -> Decimal | Odd:
    try:
        value = Decimal(token) if len(token) <= _MOST_DIGITS else None
    except InvalidOperation:
        value = None
    return Odd(token) if value is None or abs(value.adjusted()) > _LARGEST_EXPONENT else value


def _plain(value: Any, path: str, remarks: Remarks) -> Any:
    if isinstance(value, Node):
        return _plain_node(value, path, remarks)
    if isinstance(value, list):
        if len(value) > MOST_ENTRIES:
            remarks.at_path("not_understood", path, "json_cut", limit=MOST_ENTRIES)
        items = enumerate(value[:MOST_ENTRIES])
        return [_plain(item, join_path(path, place), remarks) for place, item in items]
    return value


def _plain_node(node: Node, path: str, remarks: Remarks) -> Node:
    for key in node.duplicates[:MOST_ENTRIES]:
        remarks.at_path("changed", join_path(path, key), "json_duplicate")
    if len(node) > MOST_ENTRIES:
        remarks.at_path("not_understood", path, "json_cut", limit=MOST_ENTRIES)
    plain = Node(
        (key, _plain(value, join_path(path, key), remarks))
        for key, value in list(node.items())[:MOST_ENTRIES]
        if _storable(key, path, remarks)
    )
    plain.path = path
    return plain


def _storable(key: str, path: str, remarks: Remarks) -> bool:
    if not any("\ud800" <= character <= "\udfff" for character in key):
        return True
    remarks.at_path("not_understood", join_path(path, key), "json_unknown")
    return False
