"""All runtimes for one model and machine."""

import pytest

from decisions.fit import runtime
from decisions.fit.commands import Commands
from decisions.fit.hardware.asked import read_asked
from decisions.fit.machine import need_for
from decisions.fit.side_by_side import Model, in_setting, side_by_side
from decisions.record import schema
from decisions.record.schema import Need, Sizing
from decisions.states import Ruling
from tests.fit.samples import READY_GPU, candidate, route

MODEL = "Qwen/Qwen2.5-7B-Instruct"
ONE = candidate(runtime_id="vllm", model={"model_id": MODEL})


def test_every_runtime_that_is_started_has_a_row():
    rows = side_by_side(Need(needs_service=True), route("rented_gpu", **READY_GPU), ONE)
    ids = [row.runtime.id for row in rows]
    assert ids == ["transformers", "ollama", "lm_studio", "llama_cpp", "vllm", "sglang"]
    assert all(isinstance(row.commands, Commands) for row in rows)
    assert all(row.commands.runtime == row.runtime.id for row in rows)


def test_each_is_judged_by_what_the_need_asks():
    rows = side_by_side(Need(structured_output="json_schema"), route(), ONE)
    rulings = {row.runtime.id: row.ruling for row in rows}
    assert rulings["transformers"] is Ruling.DOES_NOT_FIT
    assert rulings["vllm"] is Ruling.DOES_NOT_FIT
    assert rulings["llama_cpp"] is Ruling.FITS


def test_each_has_its_own_defaults():
    defaults = {row.runtime.id: row.defaults for row in side_by_side(Need(), None, ONE)}
    assert defaults["vllm"] == {"kv": "auto", "memory_share": "0.92", "port": "8000"}
    assert defaults["ollama"] == {"context": "4096", "parallel": "1", "kv": "f16"}
    assert defaults["sglang"]["port"] == "30000"
    assert defaults["llama_cpp"]["port"] == "8080"


def test_weights_that_a_runtime_does_not_run_rule_it_out_and_the_nearest_is_sized():
    gguf = candidate(runtime_id="llama_cpp", model={"model_id": MODEL, "quantization": "Q4_K_M"})
    where = route("rented_gpu", **READY_GPU)
    rows = {row.runtime.id: row for row in side_by_side(Need(needs_service=True), where, gguf)}
    assert rows["llama_cpp"].quantization == "Q4_K_M"
    vllm = rows["vllm"]
    assert (vllm.ruling, vllm.quantization) == (Ruling.DOES_NOT_FIT, "AWQ")
    assert vllm.reasons[0].code == "runtime.format_no"
    assert vllm.sized is not None
    assert "Q4_K_M" not in vllm.commands.first_run


def test_its_own_row_says_what_the_runtime_fit_says():
    where = route("rented_gpu", **{**READY_GPU, "driver": ""})
    need = Need(needs_service=True, needs_lora=True)
    (own,) = [row for row in side_by_side(need, where, ONE) if row.runtime.id == "vllm"]
    judged = runtime.judge(need, where, ONE)
    assert own.ruling is judged.ruling is Ruling.UNKNOWN
    assert judged.reason in own.reasons


def test_a_model_in_a_setting():
    asked = read_asked({"model": MODEL, "quant": "Q4_K_M", "device": "RTX 4090", "parallel": 2})
    model = Model(asked.architecture, MODEL, ("Qwen2ForCausalLM",))
    need = need_for(asked.setting, ["lora", "structured_output"])
    rows = {row.runtime.id: row for row in in_setting(need, model, asked.setting)}
    assert {name: row.ruling.value for name, row in rows.items()} == {
        "transformers": "does_not_fit",
        "ollama": "unknown",
        "lm_studio": "unknown",
        "llama_cpp": "fits",
        "vllm": "fits",
        "sglang": "fits",
    }
    assert [reason.code for reason in rows["transformers"].reasons] == [
        "runtime.shape_no",
        "runtime.lora_open",
    ]
    assert (rows["vllm"].quantization, rows["llama_cpp"].quantization) == ("AWQ", "Q4_K_M")
    assert rows["vllm"].sized.device.reserved_bytes
    assert "--parallel 2" in rows["llama_cpp"].commands.first_run


@pytest.mark.parametrize(
    ("device", "ruling"), [("NVIDIA T4 (Colab free tier)", "does_not_fit"), ("cpu", None)]
)
def test_memory_that_is_too_small_rules_out(device, ruling):
    asked = read_asked({"model": MODEL, "device": device, "memory_gib": 8, "runtime": "vllm"})
    rows = in_setting(need_for(asked.setting, []), Model(asked.architecture, MODEL), asked.setting)
    (vllm,) = [row for row in rows if row.runtime.id == "vllm"]
    assert vllm.ruling is Ruling.DOES_NOT_FIT
    code = "answer.memory_no" if ruling else "runtime.gpu_no"
    assert code in [reason.code for reason in vllm.reasons]


def test_without_a_device_or_an_id_nothing_is_guessed():
    asked = read_asked({"model": MODEL, "quant": "Q4_K_M"})
    rows = {row.runtime.id: row for row in in_setting(Need(), Model(asked.architecture), asked.setting)}
    assert rows["vllm"].ruling is Ruling.UNKNOWN
    assert {row.commands.code for row in rows.values()} == {"command.needs_model"}
    assert rows["llama_cpp"].answers[0].check.finding.code == "answer.class_unknown"


@pytest.mark.parametrize("name", ["a\nb", "x" * 400, "\0", "-oops"])
def test_a_name_that_no_record_could_keep_is_no_stumbling_block(name):
    asked = read_asked({"model": MODEL, "device": name, "memory_gib": 24})
    rows = in_setting(Need(), Model(asked.architecture, name), asked.setting)
    assert len(rows) == 6


def test_a_draft_model_is_in_the_nearest_each_has_and_beside_the_model_in_its_commands():
    held = Sizing(lora_rank=16, loras=2, draft="Qwen/Qwen3-0.6B:Q8_0")
    one = candidate(
        name="Qwen/Qwen3-8B", runtime_id="llama_cpp", model=schema.Model(quantization="Q4_K_M"), sizing=held
    )
    rows = {row.runtime.id: row for row in side_by_side(Need(), route("rented_gpu", **READY_GPU), one)}
    for row in rows.values():
        assert row.sized is not None, row.runtime.id
        assert {"lora", "draft_weights"} <= {line.code for line in row.sized.lines}
    assert "--hf-repo-draft Qwen/Qwen3-0.6B:Q8_0" in rows["llama_cpp"].commands.first_run
    asked = read_asked(
        {"model": "Qwen/Qwen3-8B", "lora_rank": 16, "draft": "Qwen/Qwen3-0.6B", "vision": False}
    )
    alone = {
        row.runtime.id: row for row in in_setting(Need(), Model(asked.architecture, "a/b"), asked.setting)
    }
    assert "--enable-lora --max-lora-rank 16 --max-loras 1" in alone["vllm"].commands.first_run
    assert "--speculative-draft-model-path Qwen/Qwen3-0.6B" in alone["sglang"].commands.first_run
    assert "--no-mmproj" in alone["llama_cpp"].commands.first_run
