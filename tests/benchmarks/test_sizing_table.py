"""A model's whole table, each quantization on each listed device, in milliseconds; the page around it."""

from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest
from django.test import Client

from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.catalogue import memory_of
from decisions.fit.hardware.choices import ALL, USUAL
from decisions.fit.hardware.table import table_of
from decisions.knowledge import devices
from decisions.web.sizing.devices import sizes_of
from tests import factories as make
from tests.benchmarks.table import show

RUNS = 15
MODELS = ("Qwen/Qwen3-8B", "Qwen/Qwen3-30B-A3B", "google/gemma-3-27b-it", "deepseek-ai/DeepSeek-R1")
DEVICES = [memory_of(one) for device in devices.listed() for _name, one in sizes_of(device)]


def _milliseconds(model: str, runtime: str, every: bool) -> float:
    """Each run asks for another context, so that no estimate is remembered."""
    asked = read_asked({"model": model, "runtime": runtime, "context": 8192})
    names = (ALL if every else USUAL)[asked.setting.runtime]
    times = []
    for run in range(RUNS):
        setting = replace(asked.setting, context_tokens=8192 + 256 * run)
        start = perf_counter()
        table_of(asked.architecture, setting, names, DEVICES)
        times.append((perf_counter() - start) * 1000)
    return median(times)


def test_the_whole_table() -> None:
    rows = [
        (
            model,
            runtime,
            *(f"{_milliseconds(model, runtime, every):.1f} ms" for every in (False, True)),
        )
        for model in MODELS
        for runtime in ("llama_cpp", "vllm", "sglang")
    ]
    show(
        "A model's whole table",
        ("model", "runtime", f"usual × {len(DEVICES)}", f"every × {len(DEVICES)}"),
        rows,
    )


@pytest.mark.django_db
def test_the_page(client: Client) -> None:
    client.force_login(make.person())
    rows = []
    for model in MODELS:
        times, size = [], 0
        for run in range(RUNS):
            asked = {"model": model, "context": str(8192 + 256 * run), "device": "GeForce RTX 4090"}
            start = perf_counter()
            size = len(client.get("/sizing/", asked).content)
            times.append((perf_counter() - start) * 1000)
        rows.append((model, f"{median(times):.0f} ms", f"{size / 1024:.1f} KB"))
    show("The page", ("model", "page", "HTML"), rows)
