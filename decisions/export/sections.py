"""The parts of the Markdown file that follow from the rest: five fits, need, candidates, routes, why.

They are for people; the reader knows them by the line under their heading and passes over them.
"""

import re
from typing import Any
from unicodedata import east_asian_width

from decisions.fit.commands import is_placeholder
from decisions.record.labels import in_order, label_of
from decisions.record.markup import CANDIDATE_KEYS, GENERATED, NOTE_INDENT, RECORD_KEYS, escape, indented
from decisions.record.values import flat, is_blank, shown
from decisions.states import Fit, Ruling

Content = dict[str, Any]
COMMANDS = ("first_run", "tunnel", "stop")

_IN_THE_SHAPE = re.compile(
    rf"need\.(project_goal|must_have|nice_to_have)|routes\.\*\.name|candidates\.\*\.(name|{'|'.join(CANDIDATE_KEYS)})"
    rf"|why\.(fallback|why_now|rejected_for_now)|record\.({'|'.join(RECORD_KEYS)})"
)


def sections(content: Content) -> list[str]:
    """The parts with their headings; a part with nothing to say is left out."""
    routes = {route.get("code"): route.get("name", "") for route in content.get("routes", [])}
    parts = (
        ("Five fits", _fits(content)),
        ("Memory by estimate", _estimates(content)),
        ("First run and stop", _commands(content)),
        ("Need", _fields(content.get("need", {}), "need", routes)),
        ("Candidates", _each(content, "candidates", routes)),
        ("Routes", _routes(content, routes)),
        ("Why", _fields(content.get("why", {}), "why", routes)),
    )
    return [_part(title, lines) for title, lines in parts if lines]


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", GENERATED, "", *lines])


def _fits(content: Content) -> list[str]:
    blocks = []
    for number, name, judgement in _judgements(content):
        rows = [_row(verdict) for verdict in judgement.get("verdicts", [])]
        table = _aligned([("fit", "verdict", "", "reason"), *rows])
        blocks.append("\n".join([f"### candidate_{number}: {escape(name)}", "", *table]))
    return ["\n\n".join(blocks)] if blocks else []


def _estimates(content: Content) -> list[str]:
    """What each candidate needs by the sizing engine: what it rests on, and every line in bytes."""
    blocks = []
    for number, name, judgement in _judgements(content):
        estimate = judgement.get("estimate")
        if isinstance(estimate, dict):
            title = f"### candidate_{number}: {escape(name)}"
            table = _aligned(
                [("line", "place", "bytes", "low", "high", "basis", "formula"), *_lines(estimate)]
            )
            blocks.append("\n".join([title, "", *_figures(estimate), "", *table]))
    return ["\n\n".join(blocks)] if blocks else []


def _commands(content: Content) -> list[str]:
    """What starts and stops each candidate, indented, so that nothing in a command can end its block."""
    blocks = []
    for number, name, judgement in _judgements(content):
        commands = judgement.get("commands")
        if isinstance(commands, dict):
            title = f"### candidate_{number}: {escape(name)}"
            rests = " ".join(str(commands.get(key, "")) for key in ("runtime", "version", "date"))
            told = [_told(key, str(commands[key])) for key in COMMANDS if commands.get(key)]
            blocks.append("\n\n".join([title, f"- options: {_cell(rests)}", *told]))
    return ["\n\n".join(blocks)] if blocks else []


def _told(key: str, command: str) -> str:
    note = " (user@host is a placeholder)" if key == "tunnel" and is_placeholder(command) else ""
    lines = "\n".join(f"      {line}" for line in command.splitlines())
    return f"- {key}{note}:\n\n{lines}"


def _judgements(content: Content) -> list[tuple[int, str, Content]]:
    """Number, name and judgement of each candidate."""
    names = {candidate.get("key"): candidate.get("name", "") for candidate in content.get("candidates", [])}
    judgements = content.get("judged", {}).get("judgements", [])
    return [
        (number, names.get(judgement.get("candidate"), ""), judgement)
        for number, judgement in enumerate(judgements, start=1)
    ]


def _lines(estimate: Content) -> list[tuple[str, ...]]:
    names = ("code", "place", "bytes", "low_bytes", "high_bytes", "basis", "formula")
    return [
        tuple(_cell(shown(line.get(name))) for name in names)
        for line in estimate.get("lines", [])
        if isinstance(line, dict)
    ]


def _figures(estimate: Content) -> list[str]:
    """Everything that is no line, by its path in the JSON; what is unknown or nothing is left out."""
    values = flat({name: value for name, value in estimate.items() if name != "lines"}, "")
    told = {"changes", "made_with.disagreements"}  # sentences; the fits say them
    return [
        f"- {name}: {_cell(shown(value))}"
        for name, value in values.items()
        if name not in told and not is_blank(value)
    ]


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """A table whose columns stand under each other in a terminal too; the last one is as long as it is."""
    widths = [max(3, *(_width(row[column]) for row in rows)) for column in range(len(rows[0]) - 1)]
    head, *others = ("| " + " | ".join(_padded(row, widths)) + " |" for row in rows)
    rule = "| " + " | ".join(["-" * width for width in widths] + ["---"]) + " |"
    return [head, rule, *others]


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
    return [*padded, row[-1]]


def _width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _row(verdict: Content) -> tuple[str, ...]:
    cells = (
        shown(verdict.get("fit"), Fit),
        shown(verdict.get("ruling"), Ruling),
        verdict.get("word", {}).get("text", ""),
        verdict.get("reason", {}).get("text", ""),
    )
    return tuple(_cell(cell) for cell in cells)


def _cell(text: str) -> str:
    return escape(" ".join(text.split())).replace("|", "\\|")


def _routes(content: Content, routes: dict[Any, str]) -> list[str]:
    chosen = _fields({"route": content.get("route")}, "", routes)
    return ["\n\n".join([*chosen, *_each(content, "routes", routes)])] if chosen or routes else []


def _each(content: Content, kind: str, routes: dict[Any, str]) -> list[str]:
    blocks = []
    for number, part in enumerate(content.get(kind, []), start=1):
        lines = _fields(part, f"{kind}.*", routes)
        title = f"candidate_{number}" if kind == "candidates" else "route"
        if lines:
            blocks.append("\n".join([f"### {title}: {escape(part.get('name', ''))}", "", *lines]))
    return ["\n\n".join(blocks)] if blocks else []


def _fields(part: Content, prefix: str, routes: dict[Any, str]) -> list[str]:
    values = flat(part, prefix)
    return [
        f"- {label_of(pattern).name}: {_value(values[pattern], pattern, routes)}"
        for pattern in in_order(values)
        if not is_blank(values[pattern]) and not _IN_THE_SHAPE.fullmatch(pattern)
    ]


def _value(value: Any, pattern: str, routes: dict[Any, str]) -> str:
    how = label_of(pattern).shown
    text = routes.get(value) or str(value) if how == "route" else shown(value, how)
    return indented(text, NOTE_INDENT)
