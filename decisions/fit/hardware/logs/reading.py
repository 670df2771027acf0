"""From the text of a log to what its engine said."""

import re
from collections.abc import Iterator

from decisions.fit.hardware.logs import llama_cpp, lm_studio, ollama, sglang, vllm
from decisions.fit.hardware.logs.amounts import AMOUNT
from decisions.fit.hardware.logs.figures import EngineLog, Quantity, kept
from decisions.fit.hardware.logs.rules import Family, Found, apply
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import RuntimeName
from decisions.fit.say import say

MIB = 1 << 20
MOST_BYTES = 8 * MIB
_LONGEST_LINE = 4_000
_KEPT = 300
_MOST_LEFT = 20
_MOST_FIGURES = 2_000
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_AMOUNT = re.compile(rf"(?:size|mem|memory|buffer|usage|took|takes?)\b[^\d\n]{{0,20}}{AMOUNT}")

Lines = list[tuple[int, str]]


def read_log(log: str | bytes) -> EngineLog:
    """What the start-up log of llama.cpp, Ollama, LM Studio, vLLM or SGLang says.

    One that is cut off gives what was there: see `ready`. Raises Unsizable for a log that is too large, is
    empty, or is another program's.
    """
    lines = list(_lines(_text(log)))
    if not lines:
        raise Unsizable(say("log.empty"))
    readings = [(name, *_read(family, lines)) for name, family in _families(lines)]
    name, loads, left = max(readings, key=lambda each: max(map(_weight, each[1])))
    if not max(map(_weight, loads)):
        raise Unsizable(say("log.another"))
    return _log_of(name, loads, left)


def _text(log: str | bytes) -> str:
    if len(log) > MOST_BYTES:
        raise Unsizable(say("log.large", most=MOST_BYTES // MIB))
    if isinstance(log, str):
        return log
    if log[:2] in (b"\xff\xfe", b"\xfe\xff"):  # what PowerShell writes with >
        return log.decode("utf-16", "replace")
    return log.decode("utf-8", "replace")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their number, without colours and control characters."""
    for at, line in enumerate(text.split("\n"), 1):
        clean = _COLOUR.sub("", line[:_LONGEST_LINE]).strip()
        if clean:
            yield at, clean if clean.isprintable() else "".join(c if c.isprintable() else " " for c in clean)


def _families(lines: Lines) -> Iterator[tuple[RuntimeName, Family]]:
    yield "vllm", vllm.FAMILY
    yield "sglang", sglang.FAMILY
    if any(ollama.MARKS.search(line) for _at, line in lines):
        yield "ollama", ollama.FAMILY
    elif any(lm_studio.MARKS.search(line) for _at, line in lines):
        yield "lm_studio", lm_studio.FAMILY
    else:
        yield "llama_cpp", llama_cpp.FAMILY


def _read(family: Family, lines: Lines) -> tuple[list[Found], Lines]:
    """What each load of a model said, and the lines with an amount that no rule knows."""
    loads: list[Found] = [Found()]
    left: Lines = []
    for at, line in lines:
        if not family.seen.search(line):
            continue
        _turn(family, loads, line)
        full = len(loads[-1].figures) >= _MOST_FIGURES
        known = full or apply(family.rules, loads[-1], at, line)
        if not known and len(left) < _MOST_LEFT and _AMOUNT.search(line):
            left.append((at, line[:_KEPT]))
    return loads, left


def _turn(family: Family, loads: list[Found], line: str) -> None:
    """Begin another model, a draft beside it, its accounts or its context anew, where `line` says so."""
    now = loads[-1]
    if family.drafts.search(line):
        now.draft = True
    elif family.starts.search(line) and not now.draft and (now.figures or now.settings):
        loads.append(Found(version=now.version))
    elif family.again.search(line):
        now.stale = True
    elif family.restarts.search(line):
        now.figures = [e for e in now.figures if e.draft is not now.draft or e.quantity not in family.anew]


def _weight(found: Found) -> int:
    """How much was read of a load, amounts first: what a model's file is said to take is no amount yet."""
    figures = sum(each.quantity is not Quantity.FILE for each in found.figures)
    return 1_000 * figures + 10 * len(found.counts) + len(found.settings) + len(found.figures)


def _log_of(name: RuntimeName, loads: list[Found], left: Lines) -> EngineLog:
    said = [each for each in loads if _weight(each) >= 1_000] or [max(loads, key=_weight)]
    last = said[-1]
    figures = list(kept(llama_cpp.lines_before_table(last.figures)))
    if name == "ollama":
        figures = ollama.own_only_where_alone(figures)
    return EngineLog(
        engine=name,
        version=last.version or next((each.version for each in loads if each.version), ""),
        model=last.model or next((each.model for each in reversed(loads) if each.model), ""),
        settings=tuple(last.settings),
        figures=tuple(figures),
        counts=tuple(last.counts),
        not_understood=tuple(left),
        loads=len(said),
        ready=last.ready,
        failure="" if last.ready else last.failure[:_KEPT],
    )
