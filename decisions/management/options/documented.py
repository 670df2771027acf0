"""The options of `llama-server` from the table in its README, which the program itself generates."""

import re
from typing import Any

from decisions.management.options.wanted import LLAMA_FLAGS

_ROW = re.compile(r"^\| `(-.+?)` \| (.*) \|$", re.MULTILINE)
_NUMBERS = {"N", "PORT", "INDEX"}


def options(readme: str) -> dict[str, Any]:
    """The options we keep, with what each takes, its choices and its default where it states one."""
    rows = (_option(*row) for row in _ROW.findall(readme))
    kept = [row for row in rows if LLAMA_FLAGS & set(row["flags"])]
    return {"arguments": 0, "options": kept}


def _option(spelling: str, explanation: str) -> dict[str, Any]:
    flags = re.findall(r"(?:^|, )(-[\w-]+)", spelling)
    value = re.sub(r"^.*?-[\w-]+(?: |$)", "", spelling.rsplit(", ", 1)[-1]).replace("\\|", "|").strip()
    choices = _choices(value, explanation)
    takes = "choice" if choices else "flag" if not value else "int" if value in _NUMBERS else "str"
    row = {"flags": flags, "takes": takes, "choices": choices, "default": _default(explanation)}
    if "--gpu-layers" in flags:
        row |= {"takes": "int", "choices": ["auto", "all"]}  # a number, or one of these
    return {key: one for key, one in row.items() if one is not None}


def _choices(value: str, explanation: str) -> list[str] | None:
    inside = re.fullmatch(r"[\[{]([\w|,]+)[\]}]", value)
    if inside:
        return re.split(r"[|,]", inside[1])
    allowed = re.search(r"allowed values: ([\w, ]+)", explanation)
    return allowed[1].split(", ") if allowed else None


def _default(explanation: str) -> str | None:
    found = re.search(r"\(default: '?([\w.-]+)'?[,)]", explanation)
    return found[1] if found else None
