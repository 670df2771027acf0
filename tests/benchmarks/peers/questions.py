"""What every tool is asked: measured points, those of one setting of one model together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from decisions.fit.hardware.architecture import Architecture, Attention, LatentAttention, Window
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.gguf.mix import mix_name
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB
from decisions.knowledge import models
from tests.benchmarks import points
from tests.benchmarks.points import LIBRARY_OUTPUTS, Point
from tests.fit.hardware.server_logs import rows

QUANTITIES = {
    "weights": "weights",
    "kv_cache": "kv",
    "compute_buffer": "compute",
    "total": "total",
    "kv_tokens_capacity": "tokens",
}
"""Quantities of points that tools answer, by the names that drivers give them."""
GGUF_RUNTIMES = ("llama.cpp", "ollama", "lm_studio")
MIXES = ("Q4_K_M", "Q8_0")
SETTINGS: tuple[dict[str, Any], ...] = (
    {"context": 4096},
    {"context": 32_768},
    {"context": 8192, "kv_dtype": "q8_0"},
    {"context": 2048, "parallel": 4},
)


@dataclass(frozen=True)
class Question:
    """One setting of one model, and what was measured there: points by quantity, in bytes or tokens."""

    request: dict[str, Any]
    architecture: Architecture
    points: dict[str, Point] = field(default_factory=dict)

    @property
    def runtime(self) -> str:
        return str(self.request["runtime"])

    @property
    def mix(self) -> str | None:
        """The mix of the GGUF file that is asked about; None for runtimes that read checkpoints."""
        return mix_name(self.request["quant"]) if self.runtime in GGUF_RUNTIMES else None

    @property
    def measured_by(self) -> str:
        """The engine itself, asked here, or logs of it that people posted."""
        own = next(iter(self.points.values())).set == "engine"
        return f"{self.runtime}, asked" if own else f"{self.runtime}, posted logs"


def questions(*, every: bool = False) -> list[Question]:
    """All of them, or, without `every`, the small models of families that have many and fewer settings."""
    weights, buffers = points.weights(), points.buffers()
    if not every:
        weights = (
            one for one in weights if one.request["quant"] in MIXES or one.request["model"] in logged()
        )
        buffers = (one for one in buffers if one.request["model"] in smallest() and _setting(one) in SETTINGS)
    return grouped((*points.logs(), *weights, *buffers, *points.threads(), *servers()))


def grouped(found: Iterable[Point]) -> list[Question]:
    """Points of the same setting together, in their first order. Left out is what was measured by other
    rules than today's, and files in mixes that cannot be made again."""
    asked: dict[str, Question | None] = {}
    for point in found:
        if point.apart or point.quantity not in QUANTITIES:
            continue
        key = point.set + json.dumps(point.request, sort_keys=True)
        question = asked[key] if key in asked else asked.setdefault(key, _question(point.request))
        if question:
            question.points[point.quantity] = point
    return [question for question in asked.values() if question]


def _question(request: dict[str, Any]) -> Question | None:
    """None where no file can be handed to a tool."""
    try:
        arch = read_asked(request).architecture
    except Unsizable:
        return None
    plain = request["runtime"] not in GGUF_RUNTIMES or mix_name(request["quant"])
    return Question(request, arch) if plain else None


def servers() -> Iterator[Point]:
    """Start-up logs of vLLM and SGLang as requests: what one GPU holds of the weights, the cache of one
    sequence of the context, and how many tokens there was room for."""
    for engine in ("vllm", "sglang"):
        for row in rows(engine):
            yield from _of_log(engine, row)


def _of_log(engine: str, row: dict[str, Any]) -> Iterator[Point]:
    context, total = row["context"] or 8192, row.get("total_gib") or row.get("free_gib")
    request = {
        "model": row["model"],
        "runtime": engine,
        "quant": row["quantization"],
        "context": context,
        "device": row["gpu"],
        "devices": row["devices"],
        "memory_gib": total or 80,
        "memory_fraction": row["fraction"],
        "ubatch": row.get("step"),
    }
    if row["weights_gib"]:
        yield Point("servers", request, "weights", row["weights_gib"] * GIB, 0.005 * GIB)
    shown = row["devices"] == 1 and row["tokens"] and (row["kv_gib"] or 0) > 0
    if shown and (engine == "vllm" or _keeps_all(row["model"])):
        cache_bytes = row["kv_gib"] * GIB / row["tokens"] * context
        yield Point("servers", request, "kv_cache", cache_bytes, 0.005 / row["kv_gib"] * cache_bytes)
    if row["tokens"] and total and row["fraction"] and row["sequences"] in (None, 256, 1024):
        yield Point("servers", request, "kv_tokens_capacity", row["tokens"])


def _keeps_all(model: str) -> bool:
    """Whether every layer keeps the whole context: SGLang has pools of their own for windows and states, and
    its log's line is about one of them."""
    fact = models.find(model)
    arch = architecture_of(fact) if fact else None
    mixers = {mixer for layer in arch.layers for mixer in layer.mixers} if arch else set()
    return all(
        isinstance(one, LatentAttention) or (isinstance(one, Attention) and one.window is Window.FULL)
        for one in mixers
    )


@cache
def logged() -> frozenset[str]:
    """The models that were asked about in most settings and mixes."""
    return frozenset(point.request["model"] for point in points.logs())


@cache
def smallest() -> frozenset[str]:
    """The smallest model of each family whose buffers are known."""
    found: dict[str, tuple[int, str]] = {}
    for name in {point.request["model"] for point in points.buffers()}:
        fact = models.find(name)
        arch = architecture_of(fact) if fact else None
        if arch and fact and fact.parameters:
            size = (fact.parameters, name)
            found[arch.model_type] = min(found.get(arch.model_type, size), size)
    return frozenset(name for _, name in found.values())


def _setting(point: Point) -> dict[str, Any]:
    """What is told beside the model, without what the library does unasked."""
    unsaid = {"model", "runtime", "quant"}
    if point.request.get("n_outputs_max") == LIBRARY_OUTPUTS:
        unsaid.add("n_outputs_max")
    return {key: value for key, value in point.request.items() if key not in unsaid}
