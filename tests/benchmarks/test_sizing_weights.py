"""Sizes of weights beside the engine's own and published ones: the error by family, and the time."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median, quantiles
from time import perf_counter

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge import models
from tests.benchmarks.table import show
from tests.fit.hardware import data
from tests.fit.hardware.shapes import SHAPES

Errors = dict[str, list[float]]
MIXES = ("Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "IQ4_XS", "F16")


def test_errors():
    rows = [
        *_rows("GGUF mixes, measured models", _measured()),
        *_rows("GGUF mixes, one model of each kind", _families()),
        *_rows("repacked copies", _repacked()),
        *_rows("published checkpoints", _published()),
    ]
    show("weights: error in % of the true size", ("quantity", "points", "median", "95th", "worst"), rows)
    assert all(float(row[2]) <= 0.5 and float(row[3]) <= 2 for row in rows)


def test_time():
    shapes = [arch for model in models.shipped() if (arch := architecture_of(model))]
    cold = sorted(_seconds(arch, mix) for mix in MIXES for arch in shapes)
    warm = sorted(_seconds(arch, mix) for mix in MIXES for arch in shapes)
    rows = [
        (name, len(times), f"{median(times) * 1e6:.0f}", f"{times[-len(times) // 20] * 1e6:.0f}")
        for name, times in (("first time", cold), ("again", warm))
    ]
    show("weights_of: microseconds", ("", "points", "median", "95th"), rows)


def _rows(title: str, errors: Errors) -> Iterator[tuple[str, int, str, str, str]]:
    everything = [error for some in errors.values() for error in some]
    yield _row(title, everything)
    for family, some in sorted(errors.items()):
        if max(some) > 0.01:
            yield _row(f"  {family}", some)


def _row(title: str, errors: list[float]) -> tuple[str, int, str, str, str]:
    high = quantiles(errors, n=20)[-1] if len(errors) > 1 else errors[0]
    return title, len(errors), f"{median(errors):.3f}", f"{min(high, max(errors)):.3f}", f"{max(errors):.3f}"


def _error(ours: int, true: int) -> float:
    return 100 * abs(ours - true) / true


def _measured() -> Errors:
    found: Errors = defaultdict(list)
    for model, mixes in data.read("engine_weights.json")["weights"].items():
        arch = SHAPES[model]()
        found[arch.model_type] += [
            _error(weights_of(arch, mix).bytes, size) for mix, (size, _) in mixes.items()
        ]
    return found


def _families() -> Errors:
    found: Errors = defaultdict(list)
    for model, mixes in data.read("engine_families.json")["weights"].items():
        arch = _shape(model)
        found[arch.model_type] += [_error(weights_of(arch, mix).bytes, size) for mix, size in mixes.items()]
    return found


def _repacked() -> Errors:
    found: Errors = defaultdict(list)
    for model, (mix, _, size) in data.read("engine_weights.json")["repack"].items():
        arch = SHAPES[model]()
        found[arch.model_type].append(_error(weights_of(arch, mix).repack_bytes, size))
    return found


def _published() -> Errors:
    """What a checkpoint holds beside its drafting block, whose bits are taken to be the average's."""
    found: Errors = defaultdict(list)
    for model, (size, drafting) in data.read("published_weights.json")["weights"].items():
        fact = models.find(model)
        arch = architecture_of(fact) if fact else None
        if arch is None or arch.unknown or not fact or not fact.parameters:
            continue
        weights = weights_of(arch, "", "transformers")
        held = weights.bytes + weights.tower_bytes
        found[arch.model_type].append(_error(round(held * (1 + drafting / fact.parameters)), size))
    return found


def _shape(model: str) -> Architecture:
    fact = models.find(model)
    arch = architecture_of(fact) if fact else None
    assert arch is not None, model
    return arch


def _seconds(arch: Architecture, mix: str) -> float:
    start = perf_counter()
    weights_of(arch, mix)
    return perf_counter() - start
