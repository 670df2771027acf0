"""All runtimes side by side for the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from decisions.fit.answers import Answer
from decisions.fit.commands import Commands
from decisions.fit.hardware.asked import KEYS, read_asked, setting_of
from decisions.fit.hardware.config.text import mapping_of
from decisions.fit.hardware.setting import GIB, Setting
from decisions.fit.machine import ASKABLE, need_for
from decisions.fit.model_class import classes_named, classes_of_shape
from decisions.fit.side_by_side import Model, RuntimeRow, in_setting
from decisions.knowledge import models
from decisions.management.base import BAD_USAGE
from decisions.management.estimating import read_file, read_gguf
from decisions.record.schema import Statement
from decisions.states import Ruling

NAMES = {Ruling.FITS: "fits", Ruling.DOES_NOT_FIT: "does not fit", Ruling.UNKNOWN: "unknown"}


def rows_for(options: Mapping[str, Any]) -> tuple[RuntimeRow, ...]:
    """Every runtime for the model, setting and abilities that the options name. Raises Unsizable."""
    asks = [name for name in (options.get("asks") or "").split(",") if name]
    strange = [name for name in asks if name not in ASKABLE]
    if strange:
        said = {"name": strange[0], "known": ", ".join(ASKABLE)}
        message = _('"%(name)s" is no ability that is known; known are %(known)s.') % said
        raise CommandError(message, returncode=BAD_USAGE)
    model, setting = _of_file(options) if options.get("gguf") else _of_name_or_config(options)
    return in_setting(need_for(setting, asks), model, setting)


def _of_name_or_config(options: Mapping[str, Any]) -> tuple[Model, Setting]:
    given = {key: options.get(key) for key in KEYS}
    classes: tuple[str, ...] = ()
    if options.get("config"):
        given["config"] = config = read_file(options["config"])
        classes = classes_named(mapping_of(config))
    asked = read_asked(given)
    fact = models.find(str(given.get("model") or ""))
    known = classes or classes_of_shape(asked.architecture)
    return Model(asked.architecture, fact.id if fact else str(given.get("model") or ""), known), asked.setting


def _of_file(options: Mapping[str, Any]) -> tuple[Model, Setting]:
    found = read_gguf(options["gguf"])
    arch = found.architecture
    setting = setting_of({key: options[key] for key in KEYS if options.get(key) is not None}, arch)
    return Model(arch, options["gguf"], classes_of_shape(arch), found.weights_in), setting


def best(rows: Sequence[RuntimeRow]) -> Ruling:
    """Whether one of them fits; unknown where none does and one is open."""
    found = {row.ruling for row in rows}
    return next((ruling for ruling in (Ruling.FITS, Ruling.UNKNOWN) if ruling in found), Ruling.DOES_NOT_FIT)


def plain(row: RuntimeRow) -> dict[str, Any]:
    """One runtime as plain values; null is not known."""
    found, commands = row.sized, row.commands
    return {
        "runtime": row.runtime.id,
        "version": row.runtime.version,
        "verdict": row.ruling.value,
        "reasons": [reason.text for reason in row.reasons],
        "quantization": row.quantization,
        "memory": found
        and {
            "verdict": found.ruling.value,
            "devices": found.devices,
            "total_bytes": found.total_bytes,
            "needed_bytes": found.device.needed_bytes,
            "reserved_bytes": found.device.reserved_bytes,
            "room_bytes": found.device.room_bytes,
            "kv_tokens_capacity": found.kv_tokens_capacity,
            "requests_capacity": found.requests_capacity,
        },
        "answers": [_answer(answer) for answer in row.answers],
        "defaults": row.defaults,
        **_commands(commands),
    }


def _commands(found: Commands | Statement) -> dict[str, Any]:
    if not isinstance(found, Commands):
        return {"first_run": None, "stop": None, "options_version": None, "notes": [found.text]}
    return {
        "first_run": found.first_run,
        "stop": found.stop,
        "options_version": found.version,
        "notes": [note.text for note in found.notes],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "verdict": answer.ruling.value,
        "asked": answer.asked,
        "reason": answer.check.finding.text,
        "tables": [
            {"kind": fact.kind, "id": fact.id, "source": fact.source, "date": fact.date}
            for fact in answer.facts
        ],
    }


def text(rows: Sequence[RuntimeRow]) -> str:
    """Each runtime in a line, what stands against it below, then how it is started and stopped."""
    width = max(len(_title(row)) for row in rows)
    return "\n".join(line for row in rows for line in _lines(row, width))


def _lines(row: RuntimeRow, width: int) -> list[str]:
    lines = [f"{_title(row):{width}}  {NAMES[row.ruling]:12}  {_memory(row)}"]
    lines += [f"    {reason.text}" for reason in row.reasons]
    if isinstance(row.commands, Commands):
        lines += [f"    $ {line}" for line in row.commands.first_run.splitlines()]
        lines += [f"    stop: {line}" for line in row.commands.stop.splitlines()]
    return lines


def _title(row: RuntimeRow) -> str:
    return f"{row.runtime.name} {row.runtime.version}"


def _memory(row: RuntimeRow) -> str:
    found = row.sized
    if found is None:
        return "unknown"
    held = found.device
    each = f" on each of {found.devices} devices" if found.devices > 1 else ""
    parts = [row.quantization or "as published", f"needs {held.needed_bytes / GIB:.3f} GiB{each}"]
    if held.reserved_bytes is not None:
        parts.append(f"reserves {held.reserved_bytes / GIB:.3f} GiB")
    if found.kv_tokens_capacity is not None:
        parts.append(f"room for {found.kv_tokens_capacity} tokens")
    if found.requests_capacity is not None:
        parts.append(f"{found.requests_capacity} requests")
    return ", ".join(parts)
