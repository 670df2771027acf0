"""`manage.py estimate`, from options and from files of requests."""

import io
import json
import struct

import pytest
from django.core.management import CommandError, call_command

from decisions.management.commands.estimate import LONGEST_LINE
from tests.fit.hardware.ggufs import llama
from tests.fit.hardware.test_asked import CONFIG

MODEL = "meta-llama/Llama-3.1-8B-Instruct"
KEYS = {
    "weights_bytes",
    "kv_cache_bytes",
    "compute_buffer_bytes",
    "output_buffer_bytes",
    "repack_bytes",
    "total_bytes",
    "disk_bytes",
    "kv_tokens_capacity",
    "verdict",
    "range",
    "lines",
}


def run(capsys, *arguments):
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as ended:
        call_command("estimate", *arguments)
    return ended.value.code, capsys.readouterr().out


def test_a_shipped_model_on_a_shipped_card(capsys):
    code, text = run(capsys, "--model", MODEL, "--quant", "Q4_K_M", "--device", "RTX 4090")
    assert code == 0
    assert "weights" in text
    assert text.rstrip().endswith("left")


def test_json_says_what_the_engine_itself_says(capsys):
    asked = ("--quant", "Q4_K_M", "--context", "8192", "--device", "cpu", "--memory-gib", "16", "--json")
    code, text = run(capsys, "--model", MODEL, *asked)
    found = json.loads(text)
    assert code == 0
    assert set(found) >= KEYS
    assert found["weights_bytes"] == 4_912_898_304  # llama.cpp v0.5.0's own figures
    assert found["kv_cache_bytes"] == 1024 << 20
    assert found["repack_bytes"] == 3_359_637_504
    assert found["compute_buffer_bytes"] == 279_447_552
    assert found["range"][0] <= found["total_bytes"] <= found["range"][1]


@pytest.mark.parametrize(
    ("device", "code"),
    [(("--device", "cpu", "--memory-gib", "2"), 1), ((), 2), (("--device", "cpu"), 2)],
    ids=["too small", "no device", "memory not said"],
)
def test_the_exit_code_is_the_verdict(device, code, capsys):
    assert run(capsys, "--model", MODEL, "--quant", "Q4_K_M", *device)[0] == code


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("--model", "nobody/knows"), "No shipped model is called", 2),
        (("--model", MODEL, "--quant", "Q99"), "Q99", 2),
        (("--model", MODEL, "--context", "0"), "“context” must be a whole number, 1 or more; it is 0", 2),
        (("--model", MODEL, "--runtime", "x"), "No runtime is called “x”", 2),
        (("--config", "missing.json"), "cannot be read", 2),
        (("--gguf", "missing.gguf"), "cannot be read", 2),
        (("--batch", "missing.jsonl"), "cannot be read", 2),
    ],
)
def test_bad_input_is_one_line(arguments, words, code):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("estimate", *arguments)
    assert refused.value.returncode == code


def test_a_config_file(capsys, tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(CONFIG))
    code, text = run(capsys, "--config", str(path), "--device", "cpu", "--memory-gib", "8", "--json")
    assert code == 0
    assert json.loads(text)["weights_bytes"] > 0
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("estimate", "--config", str(path))


def test_a_header_that_lies_is_refused(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_bytes(struct.pack("<4sIQQ", b"GGUF", 3, 1 << 63, 1))
    with pytest.raises(CommandError) as refused:
        call_command("estimate", "--gguf", str(path))
    assert refused.value.returncode == 2


SEVERAL = ("--model", MODEL, "--runtime", "vllm", "--device", "RTX 4090", "--devices", "2")


def test_sizes_of_several_devices_say_which_they_are(capsys):
    lines = run(capsys, *SEVERAL)[1].splitlines()
    assert lines[0].split() == ["over", "2", "devices", "in", "all", "on", "each"]
    weights = lines[1].split()
    assert float(weights[1]) == pytest.approx(2 * float(weights[3]), abs=0.002)
    total = next(line for line in lines if line.startswith("total")).split()
    assert f"{total[3]} GiB of " in lines[-1]
    assert "on each of 2 devices" in lines[-1]
    one = run(capsys, "--model", MODEL, "--quant", "Q4_K_M", "--device", "RTX 4090")[1]
    assert "on each" not in one


def test_json_of_several_devices_has_both(capsys):
    found = json.loads(run(capsys, *SEVERAL, "--json")[1])
    assert found["devices"] == 2
    assert found["per_device"]["weights_bytes"] * 2 >= found["weights_bytes"]
    shares = [line["per_device_bytes"] for line in found["lines"] if line["place"] == "device"]
    assert sum(shares) == found["device"]["needed_bytes"]
    assert {line["per_device_bytes"] for line in found["lines"] if line["place"] != "device"} == {None}


def test_runtimes_side_by_side_say_that_sizes_are_of_each_device(capsys):
    text = run(capsys, *SEVERAL, "--runtimes")[1]
    assert text.count("on each of 2 devices") == 6
    rows = json.loads(run(capsys, *SEVERAL, "--runtimes", "--json")[1])
    assert all(row["memory"]["devices"] == 2 for row in rows)
    vllm = next(row["memory"] for row in rows if row["runtime"] == "vllm")
    assert vllm["total_bytes"] > vllm["needed_bytes"]


def test_requests_are_answered_line_by_line_in_their_order(capsys, tmp_path):
    path = tmp_path / "requests.jsonl"
    fits = {"config": CONFIG, "quant": "Q8_0", "device": "cpu", "memory_gib": 8}
    rows = [
        json.dumps(fits),
        "{",
        "[1]",
        json.dumps(fits | {"memory_gib": 0.001}),
        json.dumps({"model": "x/y"}),
        "",
    ]
    path.write_text("\n".join(rows))
    code, text = run(capsys, "--batch", str(path))
    answers = [json.loads(line) for line in text.splitlines()]
    assert [answer["verdict"] for answer in answers] == [
        "fits",
        "unknown",
        "unknown",
        "does_not_fit",
        "unknown",
    ]
    assert set(answers[0]) >= KEYS
    assert "not JSON" in answers[1]["error"]
    assert "no object" in answers[2]["error"]
    assert "x/y" in answers[4]["error"]
    assert code == 2


def test_requests_from_standard_input(capsys, monkeypatch):
    row = json.dumps({"config": CONFIG, "quant": "Q8_0", "device": "cpu", "memory_gib": 8})
    monkeypatch.setattr("sys.stdin", io.StringIO(row + "\n" + "[" * 100_000 + "\n"))
    code, text = run(capsys, "--batch", "-")
    assert [json.loads(line)["verdict"] for line in text.splitlines()] == ["fits", "unknown"]
    assert code == 2


def test_a_line_that_is_too_long_has_one_answer(capsys, tmp_path):
    path, row = tmp_path / "requests.jsonl", {"config": CONFIG, "quant": "Q8_0", "memory_gib": 8}
    huge = json.dumps({"config": {"model_type": "x" * 3 * LONGEST_LINE}})
    path.write_text("\n".join([json.dumps(row), huge, json.dumps(row), '{"context": ' + "9" * 5000 + "}"]))
    code, text = run(capsys, "--batch", str(path))
    answers = [json.loads(line) for line in text.splitlines()]
    assert [answer["verdict"] for answer in answers] == ["fits", "unknown", "fits", "unknown"]
    assert "too many digits" in answers[3]["error"]
    assert code == 2


def test_a_copy_of_a_shipped_model_says_whose_shape_it_has(capsys):
    asked = ("--model", "llama3.1:8b-instruct-q4_K_M", "--device", "RTX 4090")
    _, text = run(capsys, *asked)
    assert text.splitlines()[0].endswith("are taken to be those of meta-llama/Llama-3.1-8B-Instruct.")
    found = json.loads(run(capsys, *asked, "--json")[1])
    assert found["taken_for"] == MODEL
    assert len(found["notes"]) == 1
    assert found["weights_bytes"] == 4_912_898_304


def test_all_runtimes_side_by_side(capsys):
    asked = ("--model", MODEL, "--quant", "Q4_K_M", "--device", "RTX 4090", "--runtimes")
    code, text = run(capsys, *asked, "--asks", "lora")
    assert code == 0
    for said in (
        "llama.cpp b10236",
        "vLLM 0.33.0",
        "AWQ",
        "reserves",
        "room for",
        "--enable-lora",
        "stop: kill",
    ):
        assert said in text
    assert "    Whether Ollama loads LoRA adapters is not known.\n" in text
    code, text = run(capsys, *asked, "--json")
    rows = json.loads(text)
    assert [row["runtime"] for row in rows][3:] == ["llama_cpp", "vllm", "sglang"]
    assert rows[4]["memory"]["reserved_bytes"] > rows[4]["memory"]["needed_bytes"]
    assert all(answer["tables"] and answer["reason"] for row in rows for answer in row["answers"])


def test_runtimes_of_a_configuration_and_of_a_header(capsys, tmp_path):
    file = tmp_path / "config.json"
    file.write_text(json.dumps(CONFIG | {"architectures": ["NobodysForCausalLM"]}))
    _code, text = run(capsys, "--config", str(file), "--device", "RTX 4090", "--runtimes", "--json")
    found = json.loads(text)
    assert found[4]["answers"][0]["verdict"] == "unknown"
    assert found[4]["first_run"] is None
    assert found[4]["notes"] == ["Write the model id: the commands are made from it."]

    file = tmp_path / "model.gguf"
    file.write_bytes(llama())
    _code, text = run(capsys, "--gguf", str(file), "--device", "RTX 4090", "--runtimes", "--json")
    found = {row["runtime"]: row for row in json.loads(text)}
    assert found["llama_cpp"]["first_run"].startswith(f"llama-server --model {file}")
    assert found["llama_cpp"]["memory"]["verdict"] == "fits"
    assert found["ollama"]["first_run"] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--model", MODEL, "--device", "cpu", "--memory-gib", "1"), 1),
        (("--model", MODEL, "--quant", "Q4_K_M"), 0),
    ],
    ids=["none fits", "no device"],
)
def test_the_exit_code_is_that_of_the_best_runtime(arguments, code, capsys):
    assert run(capsys, *arguments, "--runtimes")[0] == code


@pytest.mark.parametrize("option", ["--context", "--parallel"])
def test_absurd_numbers_are_told_for_all_runtimes_too(option):
    with pytest.raises(CommandError, match="must lie between") as refused:
        call_command("estimate", "--model", MODEL, "--runtimes", option, "9" * 20)
    assert refused.value.returncode == 2


def test_an_ability_nobody_knows_is_named():
    with pytest.raises(CommandError, match='"speed" is no ability') as refused:
        call_command("estimate", "--model", MODEL, "--runtimes", "--asks", "lora,speed")
    assert refused.value.returncode == 2
