"""Run the comparison: see the package's docstring."""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import files, hub, install, report, talk
from tests.benchmarks.peers.questions import QUANTITIES, Question, questions
from tests.benchmarks.peers.score import Cell
from tests.benchmarks.peers.tools import TOOLS, Tool
from tests.benchmarks.test_sizing_accuracy import answered
from tests.fit.hardware import data

RESULT = Path(__file__).parent / "RESULT.md"
KEPT = "answers.json"
WORKERS = 2
Answers = dict[str, list[talk.Answer]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Install, ask, print, write."""
    options = _options(arguments)
    tools = [tool for tool in TOOLS if (options.heavy or not tool.heavy) and _wanted(tool, options.only)]
    asked, kept = questions(every=options.all), options.folder / KEPT
    if not options.again:
        kept.write_text(json.dumps(_run(tools, asked, options.folder)), encoding="utf-8")
    run = json.loads(kept.read_text(encoding="utf-8"))
    if [each["request"] for each in run["told"]] != [question.request for question in asked]:
        print("What was asked then is not what would be asked now.", file=sys.stderr)
        return 1
    cells = cells_of(asked, run["answers"])
    verbatim = len(data.read("configs.json")["configs"])
    text = report.report(cells, tools, run["problems"], date.fromisoformat(run["date"]), verbatim)
    print(text)
    if not options.only:
        RESULT.write_text(text, encoding="utf-8")
    return 0


def _run(tools: Sequence[Tool], asked: Sequence[Question], folder: Path) -> dict[str, Any]:
    """What was asked and answered, on which day, and the tools that do not install."""
    shutil.rmtree(folder / "files", ignore_errors=True)
    told = [files.prepare(folder / "files", question) for question in asked]
    problems = {tool.title: reason for tool in tools if (reason := _installed(tool, folder))}
    answers = _answers([tool for tool in tools if tool.title not in problems], folder, told)
    today = datetime.now(UTC).date().isoformat()
    return {"date": today, "told": told, "answers": answers, "problems": problems}


def _answers(tools: Sequence[Tool], folder: Path, told: Sequence[dict[str, Any]]) -> Answers:
    """What each tool says to each question, two tools at a time."""
    with hub.serving(folder / "files") as endpoint, ThreadPoolExecutor(WORKERS) as pool:
        work = {tool.title: pool.submit(_ask, tool, folder, endpoint, told) for tool in tools}
        return {title: future.result() for title, future in work.items()}


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
    parser.add_argument("--again", action="store_true", help="the tables of the last run, without asking")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these tools; writes no file")
    parser.add_argument("--folder", type=Path, default=Path("var/peers"), help="where tools are installed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
