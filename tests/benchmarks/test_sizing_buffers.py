"""How close buffers and caches come to an engine's own figures, per quantity and family.

Run by hand: `pytest -s tests/benchmarks/test_sizing_buffers.py`. The rows of data_buffers.json were made by
tests/benchmarks/engine/sizes.py with files of true shapes and no weights.
"""

import json
from collections import defaultdict
from pathlib import Path
from statistics import median

from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.llama.buffers import Amount, compute_buffer
from decisions.fit.hardware.setting import MIB, DeviceMemory, Setting
from decisions.knowledge import architectures
from tests.benchmarks.points import LIBRARY_OUTPUTS
from tests.benchmarks.table import show
from tests.fit.hardware import data
from tests.fit.hardware.settings import of_row
from tests.fit.hardware.shapes import SHAPES

OWN = json.loads((Path(__file__).parent / "data_buffers.json").read_text(encoding="utf-8"))
LOGS = data.read("engine_logs.json")
GPU = DeviceMemory(name="GPU", total_bytes=24 << 30)
THREADS = (  # start-up logs of other releases, forks and back ends in public threads, read 2026-11-22: MiB
    ("Qwen/Qwen3-32B", "ik_llama.cpp, CUDA", {"context_tokens": 8192, "ubatch_tokens": 1024}, 633.50),
    ("Qwen/Qwen3-32B", "ik_llama.cpp, CPU", {"context_tokens": 40_960, "flash_attention": False}, 5252.01),
    ("Qwen/Qwen3-30B-A3B", "ik_llama.cpp, CPU", {"context_tokens": 4096, "flash_attention": False}, 304.75),
    ("meta-llama/Llama-3.1-8B-Instruct", "Vulkan", {"context_tokens": 16_384, "ubatch_tokens": 1024}, 613.01),
    (
        "meta-llama/Llama-3.1-8B-Instruct",
        "ik_llama.cpp, CUDA",
        {"context_tokens": 1024, "flash_attention": False, "kv_dtype": "iq4_nl/f16"},
        266.50,
    ),
    ("openai/gpt-oss-20b", "Metal", {"context_tokens": 131_072, "ubatch_tokens": 2048}, 1672.08),
    (
        "google/gemma-2-2b-it",
        "CPU, four slots",
        {"context_tokens": 8192, "parallel": 4, "kv_unified": True},
        509.00,
    ),
    ("google/gemma-3-1b-it", "Vulkan", {"context_tokens": 8192, "flash_attention": False}, 514.25),
    ("Qwen/Qwen2.5-Coder-7B-Instruct", "Ollama, CUDA", {"context_tokens": 4096, "runtime": "ollama"}, 304.00),
)
HEAD = ("family", "rows", "median", "p95", "worst", "in range", "width")


class Errors:
    """Signed errors of predictions, and how wide and how right their ranges were."""

    def __init__(self):
        self.errors, self.inside, self.widths = [], [], []

    def add(self, found: Amount, measured: float) -> None:
        self.errors.append(abs(found.bytes / measured - 1))
        self.inside.append(found.low_bytes <= measured * 1.0001 and measured * 0.9999 <= found.high_bytes)
        self.widths.append((found.high_bytes - found.low_bytes) / measured)

    def row(self, name: str) -> tuple[str, ...]:
        ordered = sorted(self.errors)
        return (
            name,
            str(len(ordered)),
            f"{median(ordered):.2%}",
            f"{ordered[int(len(ordered) * 0.95)]:.2%}",
            f"{ordered[-1]:.2%}",
            f"{sum(self.inside) / len(ordered):.1%}",
            f"{median(self.widths):.1%}",
        )


def test_compute_buffers_of_other_models():
    whole, families = Errors(), defaultdict(Errors)
    for model, measured in OWN["rows"].items():
        arch = read_config(architectures.find(model).config)
        for name, (compute, _) in measured.items():
            told = {"outputs": LIBRARY_OUTPUTS, **OWN["settings"][name]}
            found = compute_buffer(arch, Setting("llama_cpp", "F16", **told))
            for errors in (whole, families[arch.model_type]):
                errors.add(found, compute * MIB)
    rows = [errors.row(name) for name, errors in sorted(families.items())]
    show(f"Compute buffer, {OWN['source']}", HEAD, [whole.row("all"), *rows])
    assert max(whole.errors) <= 0.0015  # what two decimals of a MiB hide of the smallest
    assert sum(whole.inside) >= 0.95 * len(whole.inside)
    assert median(whole.widths) <= 0.15


def test_compute_buffers_of_the_first_logs():
    families = defaultdict(Errors)
    for row in (dict(zip(LOGS["columns"], each, strict=True)) for each in LOGS["rows"]):
        found = compute_buffer(SHAPES[row["model"]](), of_row(row))
        for name in ("all", row["model"].split("/")[1]):
            families[name].add(found, row["compute_buffer_bytes"])
    show(f"Compute buffer, {LOGS['source']}", HEAD, [errors.row(name) for name, errors in families.items()])
    assert max(families["all"].errors) == 0


def test_caches_of_other_models():
    """The engine prints MiB with two decimals, and each cache apart."""
    off = []
    for model, measured in OWN["rows"].items():
        arch = read_config(architectures.find(model).config)
        for name, (_, cache) in measured.items():
            found = cache_of(arch, Setting("llama_cpp", "F16", **OWN["settings"][name])).bytes / MIB
            if abs(found - cache) > 0.02:
                off.append((model, name, f"{found:.2f}", f"{cache:.2f}"))
    count = sum(len(measured) for measured in OWN["rows"].values())
    show(
        f"Caches off by more than the print's rounding, of {count}",
        ("model", "setting", "found", "engine"),
        off,
    )
    assert not off


def test_compute_buffers_of_other_releases():
    rows, inside = [], 0
    for model, where, more, measured in THREADS:
        given = {
            "runtime": "llama_cpp",
            "quantization": "F16",
            "device": None if "CPU" in where else GPU,
            **more,
        }
        found = compute_buffer(read_config(architectures.find(model).config), Setting(**given))
        low, best, high = (size / MIB for size in (found.low_bytes, found.bytes, found.high_bytes))
        inside += low <= measured <= high
        rows.append((model, where, f"{measured:.2f}", f"{best:.2f}", f"{low:.0f} to {high:.0f}"))
    show("Compute buffer elsewhere, MiB", ("model", "where", "measured", "found", "range"), rows)
    assert inside == len(THREADS)
