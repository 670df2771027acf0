"""Devices are found by what people call them, never by a guess, and say where sources disagree."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.knowledge import devices

GIB = 1 << 30


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GeForce RTX 4090", "GeForce RTX 4090"),
        ("rtx 4090", "GeForce RTX 4090"),
        ("NVIDIA GeForce RTX 4090", "GeForce RTX 4090"),
        ("RTX-4090", "GeForce RTX 4090"),
        ("rtx 4090 24GB", "GeForce RTX 4090"),
        ("H100", "NVIDIA H100 80GB SXM"),
        ("H100 PCIe", "NVIDIA H100 80GB PCIe"),
        ("A100-80GB", "NVIDIA A100 80GB SXM"),
        ("A100 40GB", "NVIDIA A100 40GB PCIe"),
        ("T4", "NVIDIA T4 (Colab free tier)"),
        ("Tesla T4", "NVIDIA T4 (Colab free tier)"),
        ("M4 Max", "Apple M4 Max"),
        ("MI300X", "AMD Instinct MI300X"),
        ("DGX Spark", "NVIDIA GB10 (DGX Spark)"),
        ("RTX 3060 12GB", "GeForce RTX 3060 12GB"),
        ("NVIDIA A100 80GB PCIe", "NVIDIA A100 80GB PCIe"),
        ("NVIDIA A100-SXM4-80GB", "NVIDIA A100 80GB SXM"),
        ("NVIDIA A100-PCIE-40GB", "NVIDIA A100 40GB PCIe"),
        ("A100-SXM4-40GB", "NVIDIA A100 40GB SXM"),
        ("rtx4070ti", "GeForce RTX 4070 Ti"),
        ("24GB GPU", "GPU"),
        ("24 GB class GPU", "GPU"),
        ("H100-SXM-80GB", "NVIDIA H100 80GB SXM"),
        ("rtx4090", "GeForce RTX 4090"),
        ("NVIDIA RTX 4090", "GeForce RTX 4090"),
        ("3090", "GeForce RTX 3090"),
        ("7900 XTX", "AMD Radeon RX 7900 XTX"),
        ("AMD MI300X 192GB", "AMD Instinct MI300X"),
        ("NVIDIA Tesla T4", "NVIDIA T4 (Colab free tier)"),
        ("RTX 6000 Ada Generation", "NVIDIA RTX 6000 Ada"),
        ("M3 Max (64GB)", "Apple M3 Max"),
        ("MacBook Pro M3 Max 64GB", "Apple M3 Max"),
        ("Mac Studio M2 Ultra 192GB", "Apple M2 Ultra"),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", "GeForce RTX 4090 Laptop"),
        ("RTX 4090 mobile", "GeForce RTX 4090 Laptop"),
        ("RTX 3080 Laptop GPU 16GB", "GeForce RTX 3080 Laptop"),
        ("NVIDIA H20", "NVIDIA H20 96GB"),
        ("H20-3e", "NVIDIA H20 141GB"),
        ("NVIDIA A800-SXM4-80GB", "NVIDIA A800 80GB SXM"),
        ("Tesla V100-PCIE-16GB", "NVIDIA V100 16GB PCIe"),
        ("Tesla V100-SXM2-32GB", "NVIDIA V100 32GB SXM2"),
        ("Tesla M40 24GB", "NVIDIA M40 24GB"),
        ("NVIDIA GH200 480GB", "NVIDIA GH200 96GB"),
        ("RTX 6000", "Quadro RTX 6000"),
        ("RTX 6000 Ada", "NVIDIA RTX 6000 Ada"),
        ("A6000", "NVIDIA RTX A6000"),
        ("RTX 6000 Pro", "NVIDIA RTX PRO 6000 Blackwell (Server)"),
        (
            "NVIDIA RTX PRO 6000 Blackwell Workstation Edition",
            "NVIDIA RTX PRO 6000 Blackwell (Workstation)",
        ),
        ("RTX PRO 6000 Blackwell Max-Q Workstation Edition", "NVIDIA RTX PRO 6000 Blackwell Max-Q"),
        ("RTX 3060 12 GB", "GeForce RTX 3060 12GB"),
        ("5060ti 8gb", "GeForce RTX 5060 Ti 8GB"),
        ("7900XTX", "AMD Radeon RX 7900 XTX"),
        ("RX 6700XT", "AMD Radeon RX 6700 XT"),
        ("MI50 32GB", "AMD Instinct MI50"),
        ("R9700", "AMD Radeon AI PRO R9700"),
        ("Arc B50", "Intel Arc Pro B50"),
        ("Jetson AGX Orin 64GB", "NVIDIA Jetson AGX Orin 64GB"),
        ("RTX 2060 12GB", "GeForce RTX 2060 12GB"),
        ("MI355X", "AMD Instinct MI355X"),
    ],
)
def test_other_names(text, name):
    assert devices.find(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "4090 or so",
            "RTX",
            "A100",
            "V100",
            "RTX 4090 48GB",
            "M4 Max 7GB",
            "64GB",
            "cpux",
            "RTX 4090 Ti",
        ),
        *(
            "RTX 3060",
            "RTX 5060 Ti",
            "RX 9060 XT",
            "RTX 6000 48GB",
            "RTX 4000",
            "RTX 5000",
            "K80 24GB",
            "GH200",
        ),
        *("RTX 16GB", "RTX 3090 Laptop", "H20 80GB"),
    ],
)
def test_nothing_is_guessed(text):
    assert devices.find(text) is None


def test_a_size_chooses_among_several():
    several = devices.find("Apple M4 Max")
    assert (several.memory_gib, several.total_bytes, several.usable_bytes) == ((36, 48, 64, 128), None, None)
    one = devices.find("Apple M4 Max 64GB")
    assert (one.memory_gib, one.total_bytes, one.usable_bytes) == ((64,), 64 * GIB, 48 * GIB)
    assert devices.find("m4-max 64 GiB") == one
    assert devices.find("Apple M1 16GB").usable_bytes == 16 * GIB * 2 // 3


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("RTX 3060", (8, 12)),
        ("NVIDIA GeForce RTX 5060 Ti", (8, 16)),
        ("A100", (40, 80)),
        ("Tesla V100", (16, 32)),
        ("W7800", (32, 48)),
        ("RTX 4090", ()),
        ("no such card", ()),
        ("", ()),
    ],
)
def test_a_name_that_leaves_a_size_open_says_which_there_are(text, sizes):
    assert devices.sizes_of(text) == sizes


def test_memory_beside_a_name_chooses_the_size():
    assert devices.find_sized("RTX 3060", 12).name == "GeForce RTX 3060 12GB"
    assert devices.find_sized("A100", 80.0).name == "NVIDIA A100 80GB SXM"
    assert devices.find_sized("RTX 4090", 48).name == "GeForce RTX 4090"
    assert devices.find_sized("RTX 3060", 10) is None
    assert devices.find_sized("RTX 3060", None) is None
    assert devices.find_sized("", 12) is None


def test_a_processor_has_the_memory_that_is_said():
    assert devices.find("cpu").total_bytes is None
    found = devices.find("CPU 32GB")
    assert (found.kind, found.total_bytes, found.bandwidth_gb_s) == ("cpu", 32 * GIB, None)


def test_no_name_means_two_devices():
    names = [devices._key(name) for device in devices.shipped() for name in (device.name, *device.aliases)]
    assert len(names) == len(set(names))
    words = [(devices._words(devices._key(name)), name) for name in names]
    meant = {key: {devices.find(name).name for other, name in words if other == key} for key, _ in words}
    assert all(key and len(found) == 1 for key, found in meant.items())


def test_every_device_answers_to_each_of_its_names():
    for device in devices.shipped():
        assert all(devices.find(name) == device for name in (device.name, *device.aliases))


def test_old_mobile_and_rare_devices_are_found_but_not_listed():
    listed = devices.listed()
    assert 90 < len(listed) < len(devices.shipped())
    assert not any(re.search(r"Laptop|Jetson|Quadro|TITAN|GTX|RTX 20", row.name) for row in listed)
    assert not devices.find("RTX 4060 Laptop").listed
    assert "listed" not in devices.find("RTX 4060 Laptop").model_dump()  # it is no fact, and in no digest


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("2x RTX 3090", "RTX 3090", 2),
        ("4 × A100-80GB", "A100-80GB", 4),
        ("8xH200", "H200", 8),
        ("RTX 3090 x2", "RTX 3090", 2),
        ("H100x8", "H100", 8),
        ("RTX 3090", "RTX 3090", None),
        ("7900 XTX", "7900 XTX", None),
        ("", "", None),
    ],
)
def test_a_name_may_say_how_many(text, name, count):
    assert devices.read_count(text) == (name, count)


def test_a_program_sees_less_than_the_driver_counts():
    both = [device for device in devices.shipped() if device.usable_mib and device.nvidia_smi_mib]
    assert len(both) >= 15
    assert all(0.96 < device.usable_mib / device.nvidia_smi_mib < 1 for device in both)


def test_a_driver_reports_less_than_the_maker_states():
    t4 = devices.find("T4")
    assert (t4.total_bytes, t4.usable_bytes) == (16 * GIB, 14909 << 20)
    assert t4.nvidia_smi_mib == 15360
    for device in devices.shipped():
        assert device.usable_mib is None or len(device.memory_gib) == 1
        assert device.usable_mib is None or 0.9 < device.usable_mib / 1024 / device.memory_gib[0] <= 1.03


def test_sources_that_disagree_are_kept():
    differing = {device.name for device in devices.shipped() if device.bandwidth_disagrees}
    assert {"NVIDIA H100 80GB PCIe", "NVIDIA V100 16GB SXM2", "AMD Instinct MI300X"} <= differing
    assert "GeForce RTX 4090" not in differing
    assert devices.find("H100 PCIe").bandwidth_elsewhere == {"whichllm": 3350.0, "techpowerup": 2040.0}


def test_arithmetic_prefers_matrix_units():
    assert devices.find("H100").tflops == 989
    assert devices.find("RTX 4090").tflops == 330.3
    assert devices.find("RTX 2080 Ti").tflops is None  # it has them; how fast they are nobody found
    assert devices.find("GTX 1660 Ti").tflops == devices.find("GTX 1660 Ti").vector_tflops  # it has none
    assert devices.find("GTX 1080 Ti").tflops is None  # programs do not use its slow 16-bit rate
    assert devices.find("M4 Max").tflops is None


@given(st.text(max_size=30))
def test_any_text_finds_one_device_or_none(text):
    found = devices.find(text)
    assert found is None or found.name


@pytest.mark.parametrize(
    ("text", "gib"),
    [
        ("CPU (AVX2)", None),
        ("x86_64 CPU", None),
        ("Intel Xeon Gold 6348", None),
        ("AMD EPYC 9654 768GB", 768),
        ("AMD Ryzen 9 7950X 64GB", 64),
        ("Intel Core i9-13900K", None),
    ],
)
def test_names_of_processors_are_the_processor(text, gib):
    found = devices.find(text)
    assert (found.kind, found.total_bytes) == ("cpu", gib and gib * GIB)
    assert devices.find(f"{text} + GPU") is None


def test_chips_that_share_their_memory_are_no_plain_processors():
    assert devices.find("AMD Ryzen AI Max+ 395").kind == "unified"
