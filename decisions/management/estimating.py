"""Requests of the terminal, sized and told: one from options, or one from a line of JSON."""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.asked import KEYS, Asked, read_asked, setting_of
from decisions.fit.hardware.config.text import LIMIT_BYTES
from decisions.fit.hardware.drafted import draft_remark
from decisions.fit.hardware.estimate import Estimate, Holder, Line, share_of
from decisions.fit.hardware.llama.opened import opened
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.weights import Weights
from decisions.fit.say import say
from decisions.management.base import BAD_USAGE
from decisions.record.schema import Statement

if TYPE_CHECKING:
    from decisions.fit.hardware.described import Described


class Sized(NamedTuple):
    """An estimate; the shipped model whose shape stands in for a name that is not; what to say on that."""

    estimate: Estimate
    taken_for: str | None = None
    notes: tuple[Statement, ...] = ()


def sized(options: Mapping[str, Any]) -> Sized:
    """The estimate that the options ask for. Raises Unsizable for what cannot be sized."""
    given = {key: options.get(key) for key in KEYS}
    if options.get("config"):
        given["config"] = read_file(options["config"])
    if options.get("gguf"):
        return _of_header(options["gguf"], given)
    return _sized(read_asked(given))


def _sized(asked: Asked) -> Sized:
    found = _estimated(asked.architecture, asked.setting)
    return Sized(found, asked.taken_for, asked.notes)


def _estimated(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Estimate:
    found = estimate(arch, setting, weights)
    return replace(found, lines=opened(found.lines, arch, setting))


def values_of(found: Sized) -> dict[str, Any]:
    """The estimate as plain values, with what was assumed of its model."""
    notes = [note.text for note in found.notes]
    return {**as_values(found.estimate), "taken_for": found.taken_for, "notes": notes}


def answer(line: str) -> dict[str, Any]:
    """The answer to one line of a file of requests; a bad one is answered with its reason."""
    try:
        return values_of(_sized(_asked(line)))
    except Unsizable as problem:
        return {"verdict": "unknown", "error": said(problem)}


def said(problem: Unsizable) -> str:
    """Why something cannot be sized, as the terminal says it."""
    return problem.statement.text


def table(sized: Sized) -> str:
    """What was assumed of the model; the lines, the totals and the verdict, in columns. Of several devices
    there is a column for what each of them holds."""
    found = sized.estimate
    low, high = found.range_bytes
    rows = [
        *_heading(found.devices),
        *(_row(line, found.devices) for line in found.lines),
        ("total", _gib(found.total_bytes), _gib(found.device.needed_bytes), f"{_gib(low)} … {_gib(high)}"),
        ("disk", _gib(found.disk_bytes), "", ""),
    ]
    width = max(len(row[0]) for row in rows)
    text = [note.text for note in sized.notes]
    text += [_columns(row, width, several=found.devices > 1) for row in rows]
    text.append(_room(found.device, found.device.ruling.label, found.devices))
    if found.obstacle:
        text.append(f"{found.ruling.label}: {found.obstacle.statement.text}")
    return "\n".join(text)


Columns = tuple[str, str, str, str]
"""A name, its size, what of it one device holds, and how it was come by or its range."""


def _heading(devices: int) -> list[Columns]:
    return [(f"over {devices} devices", "in all", "on each", "")] if devices > 1 else []


def _row(line: Line, devices: int) -> Columns:
    share = share_of(line, devices)
    each = "" if share is None else _gib(share)
    return line.code.replace("_", " "), _gib(line.bytes), each, f"{line.basis.value:8}  {line.formula}"


def _columns(row: Columns, width: int, *, several: bool) -> str:
    name, size, each, rest = row
    return f"{name:{width}}  {size:>12}  {f'{each:>12}  ' if several else ''}{rest}".rstrip()


def _room(device: Holder, verdict: str, devices: int) -> str:
    if device.room_bytes is None or device.margin_bytes is None:
        return f"{verdict}: the memory of the device is not known; name it with --device or --memory-gib"
    rest = "left" if device.margin_bytes >= 0 else "short"
    each = f" on each of {devices} devices" if devices > 1 else ""
    of = f"{_gib(device.needed_bytes)} of {_gib(device.room_bytes)}{each}"
    return f"{verdict}: {of}, {_gib(abs(device.margin_bytes))} {rest}"


def _gib(size: int | None) -> str:
    return "unknown" if size is None else f"{size / GIB:.3f} GiB"


def _asked(line: str) -> Asked:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        other = "nested too deeply" if isinstance(error, RecursionError) else "a number has too many digits"
        reason = getattr(error, "msg", other)
        raise Unsizable(say("asked.row_json", reason=reason)) from error
    if not isinstance(values, dict):
        raise Unsizable(say("asked.row_object"))
    return read_asked(values)


def _of_header(name: str, given: Mapping[str, Any]) -> Sized:
    described = read_gguf(name)
    arch = described.architecture
    clean = {key: value for key, value in given.items() if value is not None}
    setting = setting_of(clean, arch)
    remark = draft_remark(arch, setting)
    return Sized(_estimated(arch, setting, described.gguf), notes=(remark,) if remark else ())


def read_gguf(name: str) -> "Described":
    """What the header of a GGUF file describes. Raises CommandError and Unsizable."""
    from decisions.fit.hardware.described import described_header
    from decisions.fit.hardware.gguf.header import read_header

    try:
        with Path(name).open("rb") as file:
            return described_header(read_header(file))
    except OSError as error:
        raise unreadable(name, error) from error


def read_file(name: str) -> bytes:
    """A file, or standard input, as far as anybody reads it. Raises CommandError."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LIMIT_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> CommandError:
    """That a file cannot be read, and why: bad input, as everything that leaves a verdict out."""
    reason = getattr(error, "strerror", None) or str(error)
    sentence = _('"%(file)s" cannot be read: %(reason)s.') % {"file": name, "reason": reason}
    return CommandError(sentence, returncode=BAD_USAGE)
