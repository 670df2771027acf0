"""Every quantization on every device shown, and all runtimes side by side."""

from dataclasses import dataclass, replace
from typing import Any

from decisions.export.said import number, percent
from decisions.fit.hardware.choices import ALL, USUAL
from decisions.fit.hardware.setting import DeviceMemory, RuntimeName, Setting
from decisions.fit.hardware.table import Cell, Row, sized_or_none, table_of
from decisions.fit.side_by_side import as_in
from decisions.knowledge import runtimes
from decisions.web.sizing.devices import chosen
from decisions.web.sizing.shown import gib_text, runtime_name, size_text
from decisions.web.sizing.sources import Source


@dataclass(frozen=True)
class Grid:
    """The table as the page draws it: names of columns, and rows of cells."""

    quantizations: tuple[str, ...]
    own: str
    rows: list[dict[str, Any]]


def grid_of(source: Source, setting: Setting, show: str, *, every: bool) -> Grid:
    """The devices asked for, the chosen one first, in the quantizations of the runtime."""
    names = (ALL if every else USUAL)[setting.runtime]
    own = setting.quantization.strip().upper()
    if own and own not in names:
        names = (own, *names)
    weights = source.weights_in(setting)
    if weights is not None:
        own, names = "", ("", *names)
    shown = [(name, _like(device, setting)) for name, device in chosen(show)]
    if setting.device:
        mine = setting.device
        shown = [(mine.name, mine), *(each for each in shown if not _same(each[1], mine))]
    devices = [device for _name, device in shown]
    rows = table_of(source.architecture, setting, names, devices, weights)
    named = zip((name for name, _device in shown), rows, strict=True)
    return Grid(names, own, [_row(name, row, row.device is setting.device) for name, row in named])


def _same(one: DeviceMemory, mine: DeviceMemory) -> bool:
    return (one.name, one.total_bytes) == (mine.name, mine.total_bytes)


def _like(device: DeviceMemory, setting: Setting) -> DeviceMemory:
    """As many of them as are chosen, and with as much held by others."""
    own = setting.device
    if own is None:
        return device
    count = 1 if device.unified else own.count
    return replace(device, count=count, used_bytes=own.used_bytes)


def _row(name: str, row: Row, is_chosen: bool) -> dict[str, Any]:
    room = row.room_bytes
    return {
        "name": name,
        "count": row.device.count,
        "room": "" if room is None else gib_text(room),
        "is_chosen": is_chosen,
        "cells": [_cell(cell, room) for cell in row.cells],
    }


def _cell(cell: Cell | None, room_bytes: int | None) -> dict[str, str] | None:
    if cell is None:
        return None
    share = percent(round(cell.needed_bytes / room_bytes, 2)) if room_bytes else ""
    return {"ruling": cell.ruling.value, "size": gib_text(cell.needed_bytes), "share": share}


def side_by_side(source: Source, setting: Setting) -> list[dict[str, Any]]:
    """Each runtime with the nearest to the chosen quantization, or to the file's own, by its defaults."""
    own = replace(setting, quantization=setting.quantization or source.described.mix)
    names: list[RuntimeName] = list(USUAL)
    return [_beside(source, name, as_in(own, name)) for name in names]


def _beside(source: Source, name: RuntimeName, setting: Setting | None) -> dict[str, Any]:
    about = runtimes.find(name)
    found = sized_or_none(source.architecture, setting, source.weights_in(setting)) if setting else None
    row = {"name": runtime_name(name), "purpose": about.purpose if about else "", "found": found}
    if found is None or setting is None:
        return row
    held = found.device
    return row | {
        "quantization": setting.quantization,
        "ruling": found.ruling.value,
        "need": size_text(held.needed_bytes),
        "reserved": "" if held.reserved_bytes is None else size_text(held.reserved_bytes),
        "tokens": "" if found.kv_tokens_capacity is None else number(found.kv_tokens_capacity),
        "requests": "" if found.requests_capacity is None else number(found.requests_capacity),
    }
