"""Every text that a person reads, found in the Python files, the templates and the shipped facts."""

import ast
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from decisions.knowledge.sources import is_ours

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ("config", "decisions")
TEMPLATES = ("templates",)
CARD = (
    "first_model",
    "runtime",
    "proves_first",
    "cannot_prove",
    "not_for",
    "evidence_to_keep",
    "upgrade_signal",
)
FACTS = {  # file → (table, keys whose texts a person reads)
    "decisions/knowledge/routes.toml": ("route", ("name", "source", *CARD)),
    "decisions/knowledge/runtimes.toml": (
        "runtime",
        ("purpose", "trade_off", "not_for", "hardware", "source"),
    ),
}
PARTS: dict[str, tuple[str, ...]] = {  # what the first arguments of a marking function are
    "plain": ("id",),
    "plural": ("id", "plural"),
    "context": ("context", "id"),
    "both": ("context", "id", "plural"),
}
KEYWORDS = {
    **dict.fromkeys(("_", "_t", "N_", "gettext", "gettext_lazy", "gettext_noop"), "plain"),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), "plural"),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), "context"),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), "both"),
}
TAGS: dict[str, tuple[int | tuple[int, str], ...] | None] = {  # what Django turns the tags of a template into
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


class Text(NamedTuple):
    """One text as the code has it: `plural` and `context` are empty where there is none."""

    id: str
    plural: str
    context: str
    file: str


def texts(root: Path = ROOT) -> Iterator[Text]:
    """The texts of the whole product, file by file; one that is used twice comes twice."""
    for file in _files(root, PYTHON, ".py"):
        yield from _called(file.read_text("utf-8"), file.relative_to(root).as_posix())
    for file in _files(root, TEMPLATES, ""):
        name = file.relative_to(root).as_posix()
        yield from _tagged(file.read_text("utf-8"), name)
    for name, (table, keys) in FACTS.items():
        yield from _facts(root / name, name, table, keys)


def _files(root: Path, folders: tuple[str, ...], suffix: str) -> list[Path]:
    found = (file for folder in folders for file in (root / folder).rglob(f"*{suffix}"))
    return sorted(file for file in found if file.is_file() and file.suffix != ".pyc")


def _called(source: str, file: str) -> Iterator[Text]:
    """The texts given to a function of KEYWORDS in Python source, in their order."""
    nodes = ast.walk(ast.parse(source))
    calls = [node for node in nodes if isinstance(node, ast.Call) and _name(node) in KEYWORDS]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        given = dict(zip(PARTS[KEYWORDS[_name(call)]], call.args, strict=False))
        said = {part: str(arg.value) for part, arg in given.items() if isinstance(arg, ast.Constant)}
        if said.get("id"):
            yield Text(said["id"], said.get("plural", ""), said.get("context", ""), file)


def _name(call: ast.Call) -> str:
    """The name of a called function, however it is reached."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _tagged(source: str, file: str) -> Iterator[Text]:
    """The texts of the tags of a template."""
    lines = io.BytesIO(f"({templatize(source, origin=file)}\n)".encode())
    for _line, message, _comments, context in extract("python", lines, TAGS, options={"encoding": "utf-8"}):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Text(singular, plural, context or "", file)


def _facts(path: Path, file: str, table: str, keys: tuple[str, ...]) -> Iterator[Text]:
    for row in tomllib.loads(path.read_text("utf-8"))[table]:
        named = row | row.get("card", {})
        yield from (
            Text(named[key], "", "", file)
            for key in keys
            if named.get(key) and (key != "source" or is_ours(named[key]))
        )
