"""Run the comparison: see the package's docstring."""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import files, hub, install, report, talk
from tests.benchmarks.peers.questions import QUANTITIES, Question, questions
from tests.benchmarks.peers.score import Cell
from tests.benchmarks.peers.tools import TOOLS, Tool
from tests.benchmarks.test_sizing_accuracy import answered
from tests.fit.hardware import data

RESULT = Path(__file__).parent / "RESULT.md"
WORKERS = 2
Answers = dict[str, list[talk.Answer]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Install, ask, print, write."""
    options = _options(arguments)
    tools = [tool for tool in TOOLS if (options.heavy or not tool.heavy) and _wanted(tool, options.only)]
    asked = questions(every=options.all)
    told = [files.prepare(options.folder / "files", question) for question in asked]
    problems = {tool.title: reason for tool in tools if (reason := _installed(tool, options.folder))}
    answers: Answers = {}
    with hub.serving(options.folder / "files") as endpoint, ThreadPoolExecutor(WORKERS) as pool:
        ready = [tool for tool in tools if tool.title not in problems]
        work = {tool.title: pool.submit(_ask, tool, options.folder, endpoint, told) for tool in ready}
        answers = {title: future.result() for title, future in work.items()}
    cells = cells_of(asked, answers)
    verbatim = len(data.read("configs.json")["configs"])
    text = report.report(cells, tools, problems, datetime.now(UTC).date(), verbatim)
    print(text)
    if not options.only:
        RESULT.write_text(text, encoding="utf-8")
    return 0


def cells_of(asked: Sequence[Question], answers: Answers) -> list[Cell]:
    """Every point with what we and the tools say to it."""
    found = []
    for index, question in enumerate(asked):
        for quantity, point in question.points.items():
            said = {
                title: float(value)
                for title, each in answers.items()
                if (value := each[index].get(QUANTITIES[quantity])) is not None
            }
            own = answered(point).best
            if own is not None:
                said[report.OURS] = own
            family = question.architecture.model_type
            found.append(Cell(question.measured_by, family, _name(question), point, said))
    return found


def _name(question: Question) -> str:
    request = question.request
    setting = [
        str(value) for key, value in request.items() if key in ("quant", "context", "parallel", "kv_dtype")
    ]
    flags = [key for key in ("kv_unified", "swa_full") if request.get(key)]
    if request.get("flash_attn") is False:
        flags.append("no flash attention")
    return " ".join([request["model"].rpartition("/")[2], *setting, *flags])


def _ask(tool: Tool, folder: Path, endpoint: str, told: Sequence[dict[str, Any]]) -> list[talk.Answer]:
    place, start = (folder / tool.name).resolve(), time.monotonic()
    driver = talk.Talk(install.command(tool, place), talk.environment(place, endpoint), place)
    found = list(driver.answers(told))
    failed = sum("error" in answer for answer in found)
    minutes = (time.monotonic() - start) / 60
    print(
        f"{tool.title}: {len(found) - failed} of {len(found)} answered in {minutes:.1f} min", file=sys.stderr
    )
    return found


def _installed(tool: Tool, folder: Path) -> str:
    reason = install.installed(tool, folder / tool.name)
    return f"does not install: {reason}" if reason else ""


def _wanted(tool: Tool, only: Sequence[str]) -> bool:
    return not only or tool.name in only


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument(
        "--heavy", action="store_true", help="also the tools that bring gigabytes of libraries"
    )
    parser.add_argument("--all", action="store_true", help="every measured point, not a selection")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these tools; writes no file")
    parser.add_argument("--folder", type=Path, default=Path("var/peers"), help="where tools are installed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
