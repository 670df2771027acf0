"""Predicted beside measured: rows for what either of them names."""

import pytest

from decisions.fit.hardware.estimate import Basis, Line, Part, Place
from decisions.fit.hardware.logs import Quantity, compare, read_log
from tests.fit.hardware.logs import excerpts

MIB = 1 << 20


def line(code: str, size: int | None) -> Line:
    return Line(code, Part.RUNTIME, Place.DEVICE, size, size, size, Basis.COMPUTED)


def test_rows_sum_lines_and_places() -> None:
    lines = [
        line("weights", 3600 * MIB),
        line("kv_full", 100 * MIB),
        line("kv_sliding", 28 * MIB),
        line("compute_buffer", None),
        line("disk", 5),
    ]
    rows = {row.quantity: row for row in compare(lines, read_log(excerpts.TRUE_LLAMA_CPP))}
    assert rows[Quantity.KV].predicted_bytes == 128 * MIB
    assert rows[Quantity.KV].error == 0
    assert rows[Quantity.WEIGHTS].error == pytest.approx(3600 / 3668.14 - 1, rel=1e-5)
    assert rows[Quantity.COMPUTE].error is None
    assert rows[Quantity.COMPUTE].measured_bytes == round(266.5 * MIB)
    assert rows[Quantity.OUTPUT].predicted_bytes is None
    assert Quantity.STATE not in rows


def test_within_the_rounding_nothing_is_wrong() -> None:
    rows = {
        row.quantity: row for row in compare([line("weights", 3846324224)], read_log(excerpts.TRUE_LLAMA_CPP))
    }
    assert rows[Quantity.WEIGHTS].error == 0


def test_the_cache_of_a_server_is_compared_per_token() -> None:
    log = read_log(excerpts.VLLM)
    assert log.kv_bytes_per_token
    rows = {row.quantity: row for row in compare([line("kv", 40_960 * 98_304)], log, tokens=40_960)}
    assert rows[Quantity.KV].measured_bytes == round(log.kv_bytes_per_token * 40_960)
    assert rows[Quantity.KV].error == pytest.approx(0, abs=1e-3)
    without = {row.quantity: row for row in compare([line("kv", 1)], log)}
    assert without[Quantity.KV].measured_bytes is None


def test_states_count_with_the_cache_as_they_do_in_an_estimate() -> None:
    log = read_log(excerpts.HYBRID_WITH_A_DRAFT)
    rows = {row.quantity: row for row in compare([line("kv_cache", round(2307.5 * MIB))], log)}
    assert rows[Quantity.KV].measured_bytes == round(2307.5 * MIB)
    assert rows[Quantity.KV].error == 0
    assert Quantity.STATE not in rows
