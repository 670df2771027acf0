"""Shipped models become shapes whose weights add up to the published totals."""

import json
from pathlib import Path

import pytest

from decisions.fit.hardware.catalogue import architecture_of, memory_of
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.setting import DeviceMemory
from decisions.fit.hardware.tensors import parameters_of
from decisions.knowledge import architectures, devices, models
from decisions.knowledge.facts import read_json

DATA = json.loads((Path(__file__).parent / "data" / "configs.json").read_text(encoding="utf-8"))
BUFFERS = {
    *("skt/A.X-K1", "kakaocorp/kanana-2-30b-a3b-instruct-2601", "upstage/Solar-Open-100B"),
    *("LiquidAI/LFM2-24B-A2B", "LiquidAI/LFM2-8B-A1B", "LiquidAI/LFM2.5-8B-A1B"),
    *("google/gemma-4-26B-A4B-it", "google/gemma-4-31B-it", "MiniMaxAI/MiniMax-M3"),
}
"""Totals that leave out vectors which files hold as buffers: corrections of routing, scales of layers."""


def sized():
    return [model for model in models.shipped() if architecture_of(model)]


def test_nearly_every_model_has_a_shape():
    assert len(sized()) >= 890
    assert architecture_of(models.find("pfnet/plamo-2-8b")) is None


def test_weights_add_up_to_the_published_totals():
    off = {}
    for model in sized():
        found = architecture_of(model)
        if model.parameters_verified and "towers" not in found.unknown:
            off[model.id] = parameters_of(found) - model.parameters
    exact = [name for name, by in off.items() if by == 0]
    assert len(exact) >= 820
    near = {name: by for name, by in off.items() if by and name not in BUFFERS and "Nemotron" not in name}
    totals = {model.id: model.parameters for model in models.shipped()}
    assert all(abs(by) <= totals[name] // 90 for name, by in near.items())
    assert all(0 <= off[name] < 20_000 for name in BUFFERS)


@pytest.mark.parametrize("name", DATA["configs"])
def test_a_config_and_the_catalogue_say_the_same(name):
    model = models.find(name)
    assert model is not None
    assert read_config(DATA["configs"][name]) == architecture_of(model)


def test_base_and_older_models_add_up_to_the_weight():
    older = [row["id"] for row in read_json("models_older.json")]
    near = {
        name
        for name in older
        if parameters_of(architecture_of(models.find(name))) != models.find(name).parameters
    }
    assert len(older) >= 500
    assert near <= {"google/gemma-4-26B-A4B", "google/gemma-4-31B"} | {
        name for name in near if "Nemotron" in name
    }


def test_no_shape_is_of_a_family_nobody_knows():
    unknown = {model.id: architecture_of(model).unknown for model in sized()}
    assert [name for name, what in unknown.items() if "model_type" in what] == []


def test_claims_and_disagreements_are_kept():
    shapes = {shape.id: shape for shape in architectures.shipped()}
    phi = shapes["microsoft/Phi-3-mini-4k-instruct"]
    assert "sliding_window" in phi.claims
    differing = [one for shape in shapes.values() for one in shape.disagreements]
    assert {one.field for one in differing} == {"max_position_embeddings", "parameters"}
    assert all(one.value != one.other for one in differing)
    assert shapes["Qwen/Qwen3-0.6B"].disagreements[0].other == 751_632_384


def test_a_shipped_device_as_sizing_takes_it():
    assert memory_of(devices.find("T4"), 2) == DeviceMemory(
        "NVIDIA T4 (Colab free tier)", 2, 16 << 30, 14909 << 20, 0, 320e9, 65.13e12
    )
    assert memory_of(devices.find("M4 Max")).total_bytes is None
    assert memory_of(devices.find("M4 Max 64GB")).unified
    assert memory_of(devices.find("cpu 8GB")) == DeviceMemory("CPU", total_bytes=8 << 30, is_cpu=True)
