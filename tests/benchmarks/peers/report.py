"""The comparison as Markdown that reads well in a terminal too."""

from collections.abc import Iterable, Sequence
from datetime import date

from tests.benchmarks.peers.questions import QUANTITIES
from tests.benchmarks.peers.score import TIE, Cell, Row, lost, percentile, row, rows
from tests.benchmarks.peers.tools import NOT_ASKED, Tool

OURS = "Routecard"
HEAD = ("tool", "answered", "median", "95th", "worst", "ours there", "nearer", "farther")
WORDS = {
    "weights": "weights",
    "kv_cache": "KV cache",
    "compute_buffer": "compute buffer",
    "total": "total",
    "kv_tokens_capacity": "tokens there is room for",
}
MOST_LOST = 40
_SAYS = """\
Made by `python -m tests.benchmarks.peers --heavy`; nothing in it was typed. The points are those of
`tests/benchmarks/points.py` and the start-up logs of `tests/fit/hardware/data/server_logs.json`, asked of
every tool in one run. Errors are shares of what was measured. *answered* is over all points of the table;
*ours there* is our median over the points the tool answered; *nearer* and *farther* count points where it is
nearer to the measurement than we are, or farther from it, by more than {tie:.1%} of the measured figure.

What is behind the figures:
- The engine's own figures ("asked") come from llama.cpp itself. Our rules were written with figures of this
  kind at hand, one model of each family and half of the servers' logs; the other tools' were not.
- Files handed to tools have true names, shapes and types and no weights; their mixes follow our rule, which
  is the engine's to the byte at these points. A tool that reads a file's header has the weights exactly.
- config.json is the model's own for {verbatim} models; for the others it is our shipped shape, completed with
  its class's defaults and the kinds of its layers. Checkpoints in other formats than 16 bits are handed over
  as config.json alone.
- A tool that has no words for a setting (a cache type, several devices, a mix) has not answered; it is not
  held to the nearest thing it knows. Several sequences are asked as the sum of their contexts where it knows
  one sequence only.
- Posted logs come from many versions and machines and are rounded as printed.
"""


def report(
    cells: Sequence[Cell], tools: Sequence[Tool], problems: dict[str, str], day: date, verbatim: int
) -> str:
    """All tables: by engine and quantity, by family, what is lost, who was asked."""
    names = [OURS, *(tool.title for tool in tools)]
    parts = [
        f"# Beside other tools, {day.isoformat()}",
        _SAYS.format(tie=TIE, verbatim=verbatim),
        *_by_quantity(cells, names),
        *_by_family(cells, names),
        _lost(cells),
        _tools(cells, tools, problems),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _by_quantity(cells: Sequence[Cell], names: Sequence[str]) -> Iterable[str]:
    for engine in dict.fromkeys(cell.engine for cell in cells):
        for quantity in QUANTITIES:
            some = [cell for cell in cells if cell.engine == engine and cell.point.quantity == quantity]
            if len(some) >= 3:
                lines = [_cells(one) for one in rows(names, some, OURS)]
                yield f"## {engine}: {WORDS[quantity]}, {len(some)} points\n\n{table(HEAD, lines)}"


def _cells(one: Row) -> tuple[str, ...]:
    own = one.tool == OURS
    return (
        f"**{one.tool}**" if own else one.tool,
        f"{one.answered / one.points:.0%}",
        percent(one.median),
        percent(one.high),
        percent(one.worst),
        "" if own else percent(one.ours),
        "" if own else str(one.nearer),
        "" if own else str(one.farther),
    )


def _by_family(cells: Sequence[Cell], names: Sequence[str]) -> Iterable[str]:
    head = ("family", "points", "ours", "95th", "nearest other", "its median", "answered")
    for quantity in ("weights", "kv_cache", "total"):
        lines = []
        for family in sorted({cell.family for cell in cells if cell.point.quantity == quantity}):
            some = [cell for cell in cells if (cell.family, cell.point.quantity) == (family, quantity)]
            lines.append(_family(family, some, names))
        yield f"## By family: {WORDS[quantity]}, all engines\n\n{table(head, lines)}"


def _family(family: str, cells: Sequence[Cell], names: Sequence[str]) -> tuple[str, ...]:
    """The nearest other has the least median of those that answered at least half of the family's points."""
    errors = sorted(error for cell in cells if (error := cell.error(OURS)) is not None)
    others = [
        found for name in names[1:] if (found := row(name, cells, OURS)) and found.answered * 2 >= len(cells)
    ]
    best = min(others, key=lambda one: one.median, default=None)
    own = (percent(percentile(errors, 50)), percent(percentile(errors, 95))) if errors else ("–", "–")
    if best is None:
        return family, str(len(cells)), *own, "–", "–", "–"
    return (
        family,
        str(len(cells)),
        *own,
        best.tool.rpartition(" ")[0],
        percent(best.median),
        f"{best.answered / best.points:.0%}",
    )


def _lost(cells: Sequence[Cell]) -> str:
    found = lost(cells, OURS)
    lines = [
        (
            cell.name,
            WORDS[cell.point.quantity],
            f"{cell.point.value:,.0f}",
            "not answered" if own == float("inf") else percent(own),
            tool.rpartition(" ")[0],
            percent(error),
        )
        for cell, tool, error, own in found[:MOST_LOST]
    ]
    text = f"## Where another tool is nearer: {len(found)} of {len(cells)} points"
    if not lines:
        return text
    said = f"The {len(lines)} farthest of them.\n\n" if len(lines) < len(found) else ""
    return (
        f"{text}\n\n{said}{table(('point', 'quantity', 'measured', 'ours', 'nearest', 'its error'), lines)}"
    )


def _tools(cells: Sequence[Cell], tools: Sequence[Tool], problems: dict[str, str]) -> str:
    lines = []
    for tool in tools:
        answered = sum(tool.title in cell.said for cell in cells)
        lines.append((tool.title, tool.registry, str(answered), str(len(cells) - answered)))
    notes = [f"- {tool.name}: {problems.get(tool.title) or tool.note}" for tool in tools]
    notes += [f"- {name}: not asked: {reason}" for name, reason in NOT_ASKED]
    head = ("tool", "from", "points answered", "not answered")
    return "\n".join(("## The tools", "", table(head, lines), "", *notes))


def percent(share: float) -> str:
    """An error as people read it: two digits that count."""
    if share >= 10:
        return f"{share:,.0f}×"
    return f"{share:.2%}" if share < 0.1 else f"{share:.0%}"


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Columns of one width, the first to the left and the others to the right."""
    widths = [max(len(line[column]) for line in (head, *lines)) for column in range(len(head))]
    bar = "|" + "|".join("-" * (width + 1) + ("-" if not i else ":") for i, width in enumerate(widths)) + "|"

    def text(line: Sequence[str]) -> str:
        first, *others = line
        cells = (
            first.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
        )
        return f"| {' | '.join(cells)} |"

    return "\n".join((text(head), bar, *map(text, lines)))
