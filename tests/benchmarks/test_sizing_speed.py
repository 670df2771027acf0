"""How long sizing takes: processor time, printed and never judged, since machines differ.

Run by hand: `pytest -s -n 0 tests/benchmarks/test_sizing_speed.py`. Aims, on one core: an estimate 200
microseconds, a model's whole table 10 ms, the catalogue for one runtime and context 1 s, the terminal 0.6 s.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

from decisions.fit.hardware.asked_device import device_memory
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import estimate
from decisions.knowledge import models
from tests.benchmarks.table import show

CARD = device_memory("RTX 4090")
BASE = Setting("llama_cpp", "Q4_K_M", 8192, device=CARD)
HEAD = ("", "points", "median µs", "95th µs", "all, ms")


def seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def row(name: str, times: list[float]) -> tuple[str, ...]:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return (
        name,
        str(len(ordered)),
        f"{median(ordered) * 1e6:.0f}",
        f"{high * 1e6:.0f}",
        f"{sum(times) * 1e3:.1f}",
    )


def test_one_estimate():
    shapes = [arch for model in models.shipped() if (arch := architecture_of(model))]
    cases = (
        ("never asked before: the catalogue", BASE),
        ("the same again", BASE),
        ("another context", replace(BASE, context_tokens=20_480)),
        ("another device", replace(BASE, device=device_memory("RTX 3090"))),
        ("another mix", replace(BASE, quantization="Q5_K_M")),
        ("a larger batch", replace(BASE, ubatch_tokens=1024)),
        ("Ollama", replace(BASE, runtime="ollama")),
        ("vLLM", replace(BASE, runtime="vllm", quantization="BF16")),
        ("SGLang", replace(BASE, runtime="sglang", quantization="BF16")),
        ("Transformers", replace(BASE, runtime="transformers", quantization="BF16")),
    )
    rows = [
        row(name, [seconds(lambda a=arch, s=setting: estimate(a, s)) for arch in shapes])
        for name, setting in cases
    ]
    show("One estimate of each shipped shape", HEAD, rows)


def test_the_terminal():
    command = [sys.executable, "manage.py", "estimate", "--model", "Qwen/Qwen3-8B", "--quant", "Q4_K_M"]
    command += ["--context", "8192", "--device", "RTX 4090", "--json"]
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, env={**os.environ}, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, done.stderr
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    show("manage.py estimate, processor time", HEAD, [row("cold", times)])
