"""All runtimes side by side as a page shows them: a list, a table of marks, and each one opened."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from decisions.export import said
from decisions.export.said import number
from decisions.export.say import say, source_text
from decisions.export.stored import fact_word
from decisions.fit.answers import Answer
from decisions.fit.commands import Commands
from decisions.fit.hardware.changes import gib
from decisions.fit.side_by_side import RuntimeRow
from decisions.fit.texts.answers import QUESTIONS
from decisions.record.schema import UsedFact
from decisions.states import Ruling


def beside_of(rows: Iterable[RuntimeRow], own: str = "") -> dict[str, Any]:
    """`rows` to read, `questions` as a table of marks, `tables` of facts by number, `devices` that the sizes
    are said of; `own` is the runtime of the candidate or the setting.
    """
    rows = list(rows)
    tables = _tables(rows)
    numbers = {_key(fact): place for place, fact in enumerate(tables, start=1)}
    drawn = [_row(row, numbers) | {"is_own": row.runtime.id == own} for row in rows]
    devices = max((row.sized.devices for row in rows if row.sized), default=1)
    return {"rows": drawn, "questions": _questions(drawn), "tables": _named(tables), "devices": devices}


def _row(row: RuntimeRow, numbers: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {
        "id": row.runtime.id,
        "name": row.runtime.name,
        "version": row.runtime.version,
        "ruling": row.ruling.value,
        "reasons": [say(reason) for reason in row.reasons],
        "quantization": row.quantization,
        "answers": [_answer(answer, numbers) for answer in row.answers],
        "defaults": [(DEFAULTS[name](), value) for name, value in row.defaults.items()],
        **_memory(row),
        **_commands(row.commands),
    }


def _answer(answer: Answer, numbers: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {
        "question": _(QUESTIONS[answer.question]),
        "ruling": answer.ruling.value,
        "word": _yes_no(answer.ruling),
        "asked": answer.asked,
        "finding": say(answer.check.finding),
        "changes": [say(change) for change in answer.check.changes],
        "tables": [numbers[_key(fact)] for fact in answer.facts],
    }


def _yes_no(ruling: Ruling) -> str:
    """The answer to a question about a runtime."""
    if ruling is Ruling.FITS:
        return _("yes")
    return _("no") if ruling is Ruling.DOES_NOT_FIT else _("unknown")


def _memory(row: RuntimeRow) -> dict[str, Any]:
    found = row.sized
    if found is None:
        return {"is_sized": False}
    held = found.device
    return {
        "is_sized": True,
        "memory": found.ruling.value if held.room_bytes is not None else "",
        "need": _gib(held.needed_bytes),
        "reserved": _gib(held.reserved_bytes),
        "tokens": _number(found.kv_tokens_capacity),
        "requests": _number(found.requests_capacity),
    }


def _commands(commands: Any) -> dict[str, Any]:
    if not isinstance(commands, Commands):
        return {"missing": say(commands)}
    return {
        "first_run": commands.first_run,
        "tunnel": commands.tunnel,
        "stop": commands.stop,
        "options": commands.version,
        "options_date": commands.date,
        "notes": [say(note) for note in commands.notes],
    }


def _questions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each question with the answers of all runtimes in their order."""
    columns = [row["answers"] for row in rows]
    return [
        {
            "question": answers[0]["question"],
            "asked": any(each["asked"] for each in answers),
            "cells": answers,
        }
        for answers in zip(*columns, strict=True)
    ]


def _tables(rows: Iterable[RuntimeRow]) -> list[UsedFact]:
    """Every table an answer rests on, once, in the order in which one meets them."""
    found = (fact for row in rows for answer in row.answers for fact in answer.facts)
    return list({_key(fact): fact for fact in found}.values())


def _key(fact: UsedFact) -> tuple[str, str]:
    return fact.kind, fact.id


def _named(tables: Iterable[UsedFact]) -> list[dict[str, str]]:
    return [
        {"id": fact.id, "word": fact_word(fact.kind), "source": source_text(fact.source), "date": fact.date}
        for fact in tables
    ]


DEFAULTS = {
    "context": lambda: _("Context"),
    "parallel": lambda: _("Requests at once"),
    "kv": lambda: _("Type of the cache"),
    "memory_share": lambda: _("Reserved share"),
    "port": lambda: _("Port"),
    "dtype": lambda: _("Type of the weights"),
    "device": lambda: _("Device"),
}


def _gib(size: int | None) -> str:
    return "" if size is None else said.gib(gib(size))


def _number(value: int | None) -> str:
    return "" if value is None else number(value)
