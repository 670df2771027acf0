"""Backwards from the verdict: every edge that is found is one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.reverse import (
    best_quantization,
    cache_changes,
    device_changes,
    largest_context,
    most_requests,
)
from decisions.fit.hardware.setting import GIB, DeviceMemory, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.states import Ruling
from tests.fit.hardware import shapes

CARD = DeviceMemory("card", 1, 12 * GIB, 12 * GIB)
ASKED = Setting("llama_cpp", "Q4_K_M", 4096, device=CARD)


def judge(setting):
    return estimate(shapes.llama31_8b(), setting).ruling


def test_the_largest_context_fits_and_the_next_does_not():
    found = largest_context(judge, ASKED, 131_072)
    assert 4096 < found < 131_072
    assert judge(replace(ASKED, context_tokens=found)) is Ruling.FITS
    assert judge(replace(ASKED, context_tokens=found + 256)) is not Ruling.FITS


def test_the_most_requests_fit_and_one_more_does_not():
    found = most_requests(judge, ASKED)
    assert judge(replace(ASKED, parallel=found)) is Ruling.FITS
    assert judge(replace(ASKED, parallel=found + 1)) is not Ruling.FITS


def test_nothing_fits_a_device_that_is_too_small():
    small = replace(ASKED, device=replace(CARD, usable_bytes=GIB))
    assert largest_context(judge, small, 8192) is None
    assert most_requests(judge, small) is None
    assert best_quantization(judge, small, ("Q8_0", "Q2_K")) is None


def test_a_whole_context_is_not_passed():
    wide = replace(ASKED, device=replace(CARD, usable_bytes=1000 * GIB))
    assert largest_context(judge, wide, 10_000) == 10_000


def test_the_first_that_fits_is_taken():
    assert best_quantization(judge, ASKED, ("F16", "Q8_0", "Q4_K_M")) == "Q8_0"


def test_changes_go_step_by_step():
    assert [change.kv_dtype for change in cache_changes(ASKED)] == ["q8_0", "q4_0"]
    assert [change.kv_dtype for change in cache_changes(replace(ASKED, kv_dtype="q8_0"))] == ["q4_0"]
    assert cache_changes(replace(ASKED, kv_dtype="q4_0")) == ()
    assert [change.kv_dtype for change in cache_changes(replace(ASKED, runtime="vllm"))] == ["fp8"]
    assert [change.device.count for change in device_changes(ASKED)] == [2, 4, 8]
    assert device_changes(replace(ASKED, device=None)) == ()


@given(edge=st.integers(0, 600), limit=st.integers(1, 130_000))
def test_any_edge_is_found(edge, limit):
    def fits(setting):
        return Ruling.FITS if setting.context_tokens <= edge * 256 else Ruling.DOES_NOT_FIT

    expected = max((c for c in (*range(256, min(limit, edge * 256) + 1, 256),)), default=None)
    if limit <= edge * 256:
        expected = limit
    assert largest_context(fits, ASKED, limit) == expected
