from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit import hardware
from decisions.record.schema import Need, Route
from decisions.states import Ruling
from tests.fit.samples import candidate, route

GIB = st.decimals(Decimal("0.01"), Decimal(500), places=2)


def judge(where: Route | None, **needed):
    return hardware.judge(Need(), where, candidate(**needed))


@pytest.mark.parametrize(
    ("where", "need", "ruling", "reason"),
    [
        (route(ram_gib="16"), "3.1", Ruling.FITS, "needs 3.1 of 16 GiB"),
        (route("rented_gpu", vram_gib="24"), "24", Ruling.FITS, "needs 24 of 24 GiB"),
        (
            route("rented_gpu", vram_gib="24"),
            "30.5",
            Ruling.DOES_NOT_FIT,
            "needs 30.5 of 24 GiB: 6.5 GiB short",
        ),
        (route("rented_gpu", vram_gib="24", device_count=2), "30.5", Ruling.FITS, "needs 30.5 of 48 GiB"),
        (route("free_colab", vram_gib="15", ram_gib="12"), "14", Ruling.FITS, "needs 14 of 15 GiB"),
        (route("free_colab", ram_gib="12"), "14", Ruling.DOES_NOT_FIT, "needs 14 of 12 GiB: 2 GiB short"),
    ],
)
def test_a_stated_need_is_compared_with_the_route(where, need, ruling, reason):
    verdict = judge(where, memory_needed_gib=need)
    assert (verdict.ruling, verdict.reason.text) == (ruling, reason)


@pytest.mark.parametrize(
    ("where", "needed", "code"),
    [
        (route(ram_gib="16"), {}, "hardware.state_need"),
        (route(), {"memory_needed_gib": "1"}, "hardware.declare_ram"),
        (route("rented_gpu", ram_gib="64"), {"memory_needed_gib": "1"}, "hardware.declare_vram"),
        (None, {"memory_needed_gib": "1"}, "hardware.choose_route"),
        (route(ram_gib="16"), {"memory_needed_gib": "1", "disk_needed_gib": "1"}, "hardware.declare_disk"),
    ],
)
def test_what_is_not_stated_is_unknown_and_says_what_is_missing(where, needed, code):
    verdict = judge(where, **needed)
    assert verdict.ruling is Ruling.UNKNOWN
    assert code in [change.code for change in verdict.changes]


def test_nothing_is_guessed_from_the_size_of_a_model():
    verdict = judge(route(ram_gib="512"), name="Qwen/Qwen2.5-0.5B-Instruct")
    assert verdict.ruling is Ruling.UNKNOWN


def test_an_api_has_nothing_to_host():
    verdict = judge(route("cloud_api"), memory_needed_gib="30")
    assert (verdict.ruling, verdict.word.text) == (Ruling.NOT_APPLICABLE, "nothing to host")


@pytest.mark.parametrize(("disk", "ruling"), [("20", Ruling.FITS), ("5", Ruling.DOES_NOT_FIT)])
def test_the_worse_of_memory_and_disk_decides(disk, ruling):
    verdict = judge(route(ram_gib="16", disk_gib=disk), memory_needed_gib="4", disk_needed_gib="8")
    assert verdict.ruling is ruling


def test_a_lack_of_disk_is_the_reason_when_memory_is_enough():
    verdict = judge(route(ram_gib="16", disk_gib="5"), memory_needed_gib="4", disk_needed_gib="8")
    assert verdict.reason.text == "disk: needs 8 of 5 GiB: 3 GiB short"


def test_where_the_number_comes_from_is_shown():
    stated = judge(route(ram_gib="16"), memory_needed_gib="4", needed_source="engine log")
    assert "Stated by: engine log" in [detail.text for detail in stated.details]


@given(need=GIB, have=GIB, more=GIB, disk=st.none() | GIB)
def test_more_memory_never_turns_fits_into_does_not_fit(need, have, more, disk):
    needed = {"memory_needed_gib": need, "disk_needed_gib": disk}
    small, large = (route("rented_gpu", vram_gib=gib, disk_gib="100") for gib in (have, have + more))
    if judge(small, **needed).ruling is Ruling.FITS:
        assert judge(large, **needed).ruling is Ruling.FITS


@given(need=st.none() | GIB, have=st.none() | GIB)
def test_fits_only_with_both_numbers(need, have):
    fits = judge(route(ram_gib=have), memory_needed_gib=need).ruling is Ruling.FITS
    assert fits is (need is not None and have is not None and need <= have)
