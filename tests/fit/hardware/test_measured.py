"""An engine's own figures count where the setting is the one that was measured, and nowhere else."""

from dataclasses import replace

from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.estimate import Basis, Place
from decisions.fit.hardware.logs import read_log
from decisions.fit.hardware.measured import (
    Measured,
    figures_of,
    mark_of,
    read_measured,
    with_measured,
    written,
)
from decisions.fit.hardware.sizing import estimate
from tests.factories import LOG

ASKED = read_asked({"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M", "context": 8192, "device": "RTX 4090"})
MARK = mark_of(ASKED.setting)
MEASURED = Measured(tuple(figures_of(read_log(LOG))), MARK, "ab" * 32)
MIB = 1 << 20


def test_figures_survive_being_written_and_what_is_not_known_is_passed_over() -> None:
    lines = written(MEASURED.figures)
    assert read_measured([*lines, "weights device many", "", "x y 1 ± z bytes"], MARK, "ab" * 32) == MEASURED


def test_it_applies_to_its_own_setting_alone() -> None:
    own = ASKED.setting
    assert MEASURED.applies_to(replace(own, quantization="q4-k-m", kv_dtype="f16"))
    for changed in (
        {"context_tokens": 4096},
        {"parallel": 2},
        {"kv_dtype": "q8_0"},
        {"quantization": "Q8_0"},
    ):
        assert not MEASURED.applies_to(replace(own, **changed))
    assert not Measured((), MARK, "").applies_to(own)


def test_measured_lines_replace_predicted_ones_and_add_up() -> None:
    before = estimate(ASKED.architecture, ASKED.setting)
    found = with_measured(before, ASKED.setting, MEASURED)
    by_basis = {(line.code, line.place): line for line in found.lines if line.basis is Basis.MEASURED}
    weights = by_basis["weights", Place.DEVICE]
    assert weights.bytes == round(4455.34 * MIB)
    assert dict(weights.inputs)["predicted"] == before.lines[0].bytes
    assert ("kv_cache", Place.DEVICE) in by_basis
    assert ("compute_buffer", Place.DEVICE) in by_basis
    on_device = [line.bytes or 0 for line in found.lines if line.place is Place.DEVICE]
    assert found.device.needed_bytes == sum(on_device)
    assert found.device.room_bytes == before.device.room_bytes
    assert found.device.low_bytes <= found.device.needed_bytes <= found.device.high_bytes


def test_states_that_a_log_says_apart_are_not_lost() -> None:
    asked = read_asked(
        {"model": "Qwen/Qwen3.5-27B", "quant": "Q4_K_M", "context": 8192, "device": "RTX 4090"}
    )
    figures = (
        ("kv", "device", 512 * MIB, 0),
        ("state", "device", 150 * MIB, 5),
        ("of another release", "device", 7, 0),
    )
    measured = Measured(figures, mark_of(asked.setting), "ab" * 32)
    found = with_measured(estimate(asked.architecture, asked.setting), asked.setting, measured)
    cache = next(line for line in found.lines if line.code == "kv_cache")
    assert (cache.bytes, cache.high_bytes - cache.bytes) == (662 * MIB, 5)
