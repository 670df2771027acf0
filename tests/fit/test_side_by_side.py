"""All runtimes for one model and machine."""

from decisions.fit.commands import Commands
from decisions.fit.side_by_side import side_by_side
from decisions.record.schema import Need
from decisions.states import Ruling
from tests.fit.samples import READY_GPU, candidate, route

ONE = candidate(runtime_id="vllm", model={"model_id": "Qwen/Qwen2.5-7B-Instruct"})


def test_every_runtime_that_is_started_has_a_row():
    rows = side_by_side(Need(needs_service=True), route("rented_gpu", **READY_GPU), ONE)
    ids = [row.runtime.id for row in rows]
    assert ids == ["transformers", "ollama", "lm_studio", "llama_cpp", "vllm", "sglang"]
    assert all(isinstance(row.commands, Commands) for row in rows)
    assert all(row.commands.runtime == row.runtime.id for row in rows)


def test_each_is_judged_by_what_the_need_asks():
    rows = side_by_side(Need(structured_output="json_schema"), route(), ONE)
    rulings = {row.runtime.id: row.verdict.ruling for row in rows}
    assert rulings["transformers"] is Ruling.DOES_NOT_FIT
    assert rulings["vllm"] is Ruling.DOES_NOT_FIT
    assert rulings["llama_cpp"] is Ruling.FITS


def test_each_has_its_own_defaults():
    defaults = {row.runtime.id: row.defaults for row in side_by_side(Need(), None, ONE)}
    assert defaults["vllm"] == {"kv": "auto", "memory_share": "0.92", "port": "8000"}
    assert defaults["ollama"] == {"context": "4096", "parallel": "1", "kv": "f16"}
    assert defaults["sglang"]["port"] == "30000"
    assert defaults["llama_cpp"]["port"] == "8080"
