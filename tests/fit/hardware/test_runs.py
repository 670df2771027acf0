"""A runtime without code for a model's class does not run it, however small it is."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.runs import obstacle_of
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.table import table_of
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge import models
from decisions.states import Ruling

SMALL = {"model": "facebook/opt-1.3b", "device": "RTX 4090", "context": 2048}


def sized(runtime, **more):
    asked = read_asked(SMALL | {"runtime": runtime} | more)
    return asked, estimate(asked.architecture, asked.setting)


@pytest.mark.parametrize("model", ["facebook/opt-1.3b", "EleutherAI/gpt-j-6b"])
def test_llama_cpp_has_no_graph_for_it(model):
    found = sized("llama.cpp", model=model)[1]
    assert found.device.ruling is Ruling.FITS
    assert found.ruling is Ruling.DOES_NOT_FIT
    values = as_values(found)
    assert values["verdict"] == "does_not_fit"
    assert values["obstacle"].startswith("llama.cpp has no code for")


def test_what_is_built_on_it_may_have_code_of_its_own():
    assert sized("ollama")[1].ruling is Ruling.UNKNOWN


def test_others_have_code():
    for runtime in ("vllm", "transformers"):
        found = sized(runtime)[1]
        assert (found.ruling, found.obstacle) == (Ruling.FITS, None)


def test_a_class_that_was_removed_does_not_run():
    found = sized("vllm", model="mosaicml/mpt-7b")[1]
    assert found.ruling is Ruling.DOES_NOT_FIT
    assert found.obstacle.statement.code == "runtime.model_removed"


def test_a_file_is_proof_that_there_is_a_graph():
    asked, _ = sized("llama.cpp", quant="Q4_K_M")
    weights = weights_of(asked.architecture, "Q4_K_M")
    assert estimate(asked.architecture, asked.setting, weights).obstacle is None


def test_every_cell_says_so():
    asked, _ = sized("llama.cpp")
    row = table_of(asked.architecture, asked.setting, ["Q4_K_M", "Q2_K"], [asked.setting.device])[0]
    assert {cell.ruling for cell in row.cells} == {Ruling.DOES_NOT_FIT}
    ollama = replace(asked.setting, runtime="ollama")
    row = table_of(asked.architecture, ollama, ["Q4_K_M"], [asked.setting.device])[0]
    assert row.cells[0].ruling is Ruling.UNKNOWN


@pytest.mark.parametrize(
    "model",
    [
        *("mosaicml/mpt-7b", "microsoft/Phi-3.5-MoE-instruct", "moonshotai/Kimi-K2.5"),
        *("baichuan-inc/Baichuan2-7B-Chat", "zai-org/glm-4-9b-chat", "google/gemma-3-4b-it"),
    ],
)
def test_classes_with_names_of_their_own_are_found(model):
    arch = architecture_of(models.find(model))
    assert arch is not None
    assert obstacle_of(arch, "llama_cpp") is None
