"""The cheapest shipped device: by price where one is known, else by memory, never one that cannot run it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from decisions.fit.hardware import cheapest as module
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.cheapest import cheapest, found_as
from decisions.fit.hardware.setting import GIB
from decisions.fit.hardware.sizing import estimate
from decisions.knowledge import devices
from decisions.states import Ruling
from tests.fit.hardware import shapes


def found(quant: str, runtime: str = "llama_cpp", least: int = 0):
    asked = read_asked({"model": "meta-llama/Llama-3.1-8B-Instruct", "runtime": runtime, "quant": quant})
    setting = replace(asked.setting, context_tokens=8192)
    return cheapest(lambda each: estimate(shapes.llama31_8b(), each).ruling, setting, least)


def test_the_cheapest_of_all_that_fit_is_found():
    device = found("Q4_K_M")
    assert device.price_usd is not None
    asked = read_asked({"model": "meta-llama/Llama-3.1-8B-Instruct", "quant": "Q4_K_M", "context": 8192})
    for other in devices.listed():
        if other.kind == "discrete" and (other.price_usd or 1e9) < device.price_usd:
            setting = replace(asked.setting, device=module.memory_of(other))
            assert estimate(asked.architecture, setting).ruling is not Ruling.FITS


def test_of_two_at_one_price_the_one_with_more_memory_comes_first():
    priced = [row for row in module._by_price() if row.price_usd is not None]
    order = [(row.price_usd, -row.total_bytes) for row in priced]
    assert order == sorted(order)
    assert all(row.price_usd is None for row in module._by_price()[len(priced) :])


def test_a_device_the_runtime_cannot_use_is_left_out():
    assert found("Q4_K_M").vendor == "Intel"
    served = found("NVFP4", "sglang")
    assert served.vendor == "NVIDIA"  # the format is its own
    assert float(served.compute_capability) >= 8.0


def test_nobody_is_told_to_buy_an_old_or_a_mobile_device():
    named = {row.name for row in module._by_price()}
    assert not named & {row.name for row in devices.shipped() if not row.listed}
    assert devices.find("GTX 1060 6GB").name not in named


def test_where_no_price_is_known_the_smallest_is_named(monkeypatch):
    bare = tuple(row.model_copy(update={"price_usd": None}) for row in module._by_price())
    monkeypatch.setattr(module, "_by_price", lambda: tuple(sorted(bare, key=lambda row: row.total_bytes)))
    device = found("Q4_K_M")
    assert found_as(device) == {"smallest_device": device.name}


def test_nothing_is_named_where_nothing_holds_it():
    assert found("Q4_K_M", least=10_000 * GIB) is None
    assert found_as(None) == {}


def test_a_price_is_a_claim_with_source_and_day():
    for row in devices.shipped():
        priced = row.price_usd is not None
        assert priced is bool(row.price_source) is bool(row.price_date)
        if priced:
            assert row.kind == "discrete"
            assert len(row.memory_gib) == 1
    price = found_as(devices.find("GeForce RTX 4090"))["cheapest_price"]
    assert (price.amount, price.currency) == (Decimal("1600.0"), "USD")


@pytest.mark.parametrize(
    ("name", "tflops"),
    [
        ("GeForce RTX 4090", 330.3),
        ("GeForce RTX 4080", 194.9),
        ("GeForce RTX 3090", 142.3),
        ("NVIDIA RTX A6000", 154.8),
        ("GeForce RTX 5090", 419),
    ],
)
def test_matrix_units_of_desktop_cards_are_known(name, tflops):
    row = devices.find(name)
    assert row.tensor_tflops == tflops
    assert row.tensor_tflops == pytest.approx(4 * row.vector_tflops, rel=0.01)  # as the sources agree
    assert "mfu.h" in row.source or "gpumap" in row.source
