"""Start-up logs of servers, each figure beside what is estimated for the same setting."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.estimate import Estimate, Line, combined
from decisions.fit.hardware.setting import GIB, DeviceMemory, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.knowledge import architectures
from tests.fit.hardware import data

LOGS = data.read("server_logs.json")
NOMINAL = {"T4": 16, "L4": 24, "A10G": 24, "RTX 5080": 16}


@dataclass(frozen=True)
class Point:
    """One figure of a log in its own unit, what is estimated and its range."""

    engine: str
    quantity: str
    model: str
    name: str
    measured: float
    found: float
    low: float
    high: float
    whole: float = 0.0

    @property
    def error(self) -> float:
        return abs(self.found / self.measured - 1) if self.measured else abs(self.found)

    @property
    def inside(self) -> bool:
        slack = 0.006 if self.measured < 1000 else self.measured * 0.001
        return self.low - slack <= self.measured <= self.high + slack

    @property
    def width(self) -> float:
        """The range beside the figure, or beside the whole that it is a part of."""
        return (self.high - self.low) / (self.whole or abs(self.measured))


def rows(engine: str) -> list[dict[str, Any]]:
    table = LOGS[engine]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def arch_of(row: dict[str, Any]):
    return read_config(architectures.find(row["model"]).config)


def vllm_setting(row: dict[str, Any]) -> Setting:
    total = row["total_gib"]
    device = DeviceMemory(
        row["gpu"],
        row["devices"],
        int((NOMINAL.get(row["gpu"]) or total or 80) * GIB),
        None if total is None else int(total * GIB),
    )
    return Setting(
        runtime="vllm",
        quantization=row["quantization"],
        context_tokens=row["context"] or 8192,
        device=device,
        memory_fraction=row["fraction"],
        ubatch_tokens=row["step"],
    )


def _line(found: Estimate, code: str) -> Line | None:
    return next((line for line in found.lines if line.code == code), None)


def _each(line: Line, count: int) -> tuple[float, float, float]:
    own = (line.per_device_bytes or line.bytes) / GIB
    scale = own * GIB / line.bytes
    return own, line.low_bytes * scale / GIB, line.high_bytes * scale / GIB


@cache
def points() -> tuple[Point, ...]:
    return (*_vllm_points(), *_sglang_points())


def _vllm_points() -> Iterator[Point]:
    for row in rows("vllm"):
        arch, setting = arch_of(row), vllm_setting(row)
        found, name = estimate(arch, setting), f"{row['model'].split('/')[1]} {row['version']} {row['gpu']}"
        name += f" x{row['devices']}"
        whole = found.device.needed_bytes / GIB

        def point(quantity, measured, best, low, high, whole=0.0, row=row, name=name):
            return Point("vllm", quantity, row["model"], name, measured, best, low, high, whole)

        weights = _each(_line(found, "weights"), row["devices"])
        if row["weights_gib"]:
            yield point("weights", row["weights_gib"], *weights)
        default = row["sequences"] in (None, 256, 1024)
        if row["activation_gib"] and default:
            yield point(
                "activation", row["activation_gib"], *_each(_line(found, "activation"), row["devices"]), whole
            )
        one = cache_of(arch, replace(setting, parallel=1)).per_device_bytes
        if row["tokens"] and row["kv_gib"] and row["kv_gib"] > 0 and row["context"]:
            tokens = row["kv_gib"] * GIB * row["context"] / one
            yield point("tokens of KV", row["tokens"], tokens, tokens * 0.995, tokens * 1.005)
        if row["total_gib"] and row["fraction"] and default:
            left = found.device.margin_bytes + cache_of(arch, setting).per_device_bytes
            low, high = combined(
                [line_each(line, row["devices"]) for line in found.counted if line.code != "kv_cache"]
            )
            spare = left + found.device.needed_bytes - cache_of(arch, setting).per_device_bytes
            if row["kv_gib"]:
                yield point(
                    "KV bytes", row["kv_gib"], left / GIB, (spare - high) / GIB, (spare - low) / GIB, whole
                )
            if row["tokens"]:
                yield point(
                    "capacity",
                    row["tokens"],
                    found.kv_tokens_capacity,
                    (spare - high) * setting.context_tokens / one,
                    (spare - low) * setting.context_tokens / one,
                )


def line_each(line: Line, count: int) -> Line:
    own, low, high = _each(line, count)
    return replace(line, bytes=int(own * GIB), low_bytes=int(low * GIB), high_bytes=int(high * GIB))


def _sglang_points() -> Iterator[Point]:
    for row in rows("sglang"):
        free = int((row["free_gib"] or 80) * GIB)
        context = (500 if row["devices"] == 1 else 1000) << 20
        device = DeviceMemory(
            row["gpu"], row["devices"], free + context, free + context, unified=row["gpu"] == "GB10"
        )
        setting = Setting(
            "sglang",
            row["quantization"],
            row["context"] or 8192,
            device=device,
            memory_fraction=row["fraction"],
        )
        arch = arch_of(row)
        found, name = estimate(arch, setting), f"{row['model'].split('/')[1]} {row['seen']} {row['gpu']}"

        def point(quantity, measured, best, low, high, whole=0.0, row=row, name=name):
            return Point("sglang", quantity, row["model"], name, measured, best, low, high, whole)

        weights = _line(found, "weights")
        if row["weights_gib"]:
            yield point("weights", row["weights_gib"], *_each(weights, row["devices"]))
        if row["tokens"] and row["fraction"] and row["sequences"] is None:
            tokens = found.kv_tokens_capacity
            cell = (row["kv_gib"] or 1) * GIB / row["tokens"]
            spread = (weights.high_bytes - weights.low_bytes) / row["devices"] / cell / 2 + context / cell / 2
            yield point("capacity", row["tokens"], tokens, tokens - spread, tokens + spread)
