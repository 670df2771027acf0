"""Measured points as requests of the public door: an engine's own figures, and logs of public threads, asked
with all that is known of them and as an outsider would.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.fit.hardware.setting import MIB
from tests.fit.hardware import data

HERE = Path(__file__).parent
SETTING_KEYS = {
    "context_tokens": "context",
    "ubatch_tokens": "ubatch",
    "flash_attention": "flash_attn",
    "outputs": "n_outputs_max",
    "batch_tokens": "n_batch",
}
LIBRARY_OUTPUTS = 2048  # as many as a batch has: said, because the engine's server reserves fewer
ENGINE_BYTES = ("kv_cache_bytes", "compute_buffer_bytes", "output_buffer_bytes")
ROUNDING = 0.005 * MIB  # of what is printed with two decimals


@dataclass(frozen=True)
class Point:
    """`value` bytes (or tokens) of a quantity, printed to within `rounding`; `apart` says why today's engine
    is not what was measured."""

    set: str
    request: dict[str, Any]
    quantity: str
    value: float
    rounding: float = 0
    apart: str = ""


def points() -> Iterator[Point]:
    """All of them."""
    yield from logs()
    yield from weights()
    yield from more_weights()
    yield from buffers()
    yield from drawn()
    yield from untold()
    yield from threads()
    yield from outsiders()
    yield from posts()
    yield from posted()


def logs() -> Iterator[Point]:
    """The engine's buffers in some ten settings, and what they add up to with the weights."""
    table, known = data.read("engine_logs.json"), data.read("engine_weights.json")["repack"]
    for row in (dict(zip(table["columns"], each, strict=True)) for each in table["rows"]):
        mix, weights, _ = known[row["model"]]
        request = {"model": row["model"], "runtime": "llama.cpp", "quant": mix, **_setting(row)}
        for name in ENGINE_BYTES:
            yield Point("engine", request, name.removesuffix("_bytes"), row[name])
        total = weights + sum(row[name] for name in ENGINE_BYTES)
        yield Point("engine", request, "total", total)


def _setting(row: dict[str, Any]) -> dict[str, Any]:
    """The setting of a row, by the names of the door; a context is in all where the cache is unified."""
    names = ("context_tokens", "parallel", "kv_unified", "kv_dtype", "ubatch_tokens", "outputs")
    given = {SETTING_KEYS.get(name, name): row[name] for name in (*names, "flash_attention", "swa_full")}
    flags = {name: bool(given[name]) for name in ("kv_unified", "flash_attn", "swa_full")}
    return given | flags


def weights() -> Iterator[Point]:
    """Exact bytes in many mixes."""
    for name in ("engine_weights.json", "engine_families.json"):
        yield from _weights_of(data.read(name))


def more_weights() -> Iterator[Point]:
    """Exact bytes of most other shapes, in some mixes each."""
    yield from _weights_of(json.loads((HERE / "data_weights.json").read_text(encoding="utf-8")))


def _weights_of(table: dict[str, Any]) -> Iterator[Point]:
    for model, mixes in table["weights"].items():
        for mix, size in mixes.items():
            request = {"model": model, "runtime": "llama.cpp", "quant": mix}
            yield Point("engine", request, "weights", size[0] if isinstance(size, list) else size)


def buffers() -> Iterator[Point]:
    """Buffers of many more models."""
    table = json.loads((HERE / "data_buffers.json").read_text(encoding="utf-8"))
    for model, rows in table["rows"].items():
        for name, (compute, cache) in rows.items():
            setting = {SETTING_KEYS.get(key, key): value for key, value in table["settings"][name].items()}
            yield from _buffers_of(model, setting, compute, cache)


def drawn() -> Iterator[Point]:
    """Buffers in settings drawn at random, of up to five models of each kind."""
    table = json.loads((HERE / "data_drawn.json").read_text(encoding="utf-8"))
    for model, more, compute, cache in table["rows"]:
        setting = {SETTING_KEYS.get(key, key): value for key, value in more.items()}
        yield from _buffers_of(model, setting, compute, cache)


def _buffers_of(model: str, setting: dict[str, Any], compute: float, cache: float) -> Iterator[Point]:
    told = {"n_outputs_max": LIBRARY_OUTPUTS, **setting}
    request = {"model": model, "runtime": "llama.cpp", "quant": "F16", **told}
    yield Point("engine", request, "compute_buffer", compute * MIB, ROUNDING)
    yield Point("engine", request, "kv_cache", cache * MIB, 2 * ROUNDING)


def untold() -> Iterator[Point]:
    """The engine's first logs, asked by somebody whose program has no word for outputs."""
    for one in logs():
        request = {key: value for key, value in one.request.items() if key != "n_outputs_max"}
        yield Point("untold", request, one.quantity, one.value, one.rounding)


def threads() -> Iterator[Point]:
    """What people posted."""
    for row in _rows("data_threads.json"):
        yield Point("threads", row["request"], row["quantity"], row["value"], row["rounding"], row["apart"])


def outsiders() -> Iterator[Point]:
    """The same, asked by somebody who knows no more than the thread says; what it does not say is `apart`."""
    measured = {row["id"]: row for row in _rows("data_threads.json")}
    for row in _rows("data_outsiders.json"):
        told = measured[row["id"]]
        apart = told["apart"] or row["untold"]
        yield Point("outsiders", row["request"], told["quantity"], told["value"], told["rounding"], apart)


def posts() -> Iterator[Point]:
    """What servers printed elsewhere, asked likewise, in two halves by the model's digest. 2026.11.3
    was made with both in sight, by what recipes and sources say."""
    for row in _rows("data_posts_servers.json"):
        request = row["request"]
        yield Point(
            _half(request["model"]), request, row["quantity"], row["value"], row["rounding"], row["untold"]
        )


def _half(model: str) -> str:
    digest = hashlib.sha256(model.lower().encode()).hexdigest()
    return "posts, other half" if int(digest, 16) % 2 else "posts, one half"


def posted() -> Iterator[Point]:
    """Logs gathered afterwards, asked by the keys that every program may use, names as people write them."""
    for row in _rows("data_posts_llama.json"):
        yield Point("posted", row["request"], row["quantity"], row["value"], row["rounding"], row["apart"])


def _rows(name: str) -> list[dict[str, Any]]:
    table = json.loads((HERE / name).read_text(encoding="utf-8"))
    return [dict(zip(table["columns"], each, strict=True)) for each in table["rows"]]
