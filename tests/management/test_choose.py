import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FILE = "model_runtime_decision.json"
MANAGE = Path(__file__).parents[2] / "manage.py"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to run in, and none of the five variables set."""
    for name in ("TASK", "ROUTE", "PRIVACY", "VRAM_GB", "NEEDS_SERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("variables", "runtime"),
    [
        ({"ROUTE": "local_cpu"}, "llama.cpp"),
        ({"ROUTE": "free_colab"}, "Transformers notebook"),
        ({"ROUTE": "rented_gpu", "VRAM_GB": "24", "NEEDS_SERVICE": "yes"}, "vLLM or SGLang"),
    ],
)
def test_the_lessons_three_calls(variables, runtime, monkeypatch, capsys, folder):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    call_command("choose")
    printed = json.loads(capsys.readouterr().out)
    assert runtime in printed["decision"]["runtime"]
    assert json.loads((folder / FILE).read_text()) == printed


def test_flags_win_over_the_environment(monkeypatch, capsys):
    monkeypatch.setenv("ROUTE", "free_colab")
    monkeypatch.setenv("VRAM_GB", "not a number")
    call_command(
        "choose", "--route", "rented_gpu", "--vram-gb", "24", "--needs-service", "--task", "問い合わせ"
    )
    profile = json.loads(capsys.readouterr().out)["profile"]
    assert (profile["route"], profile["needs_service"], profile["task"]) == ("rented_gpu", True, "問い合わせ")


@pytest.mark.parametrize("value", ["abc", "-5", "nan"])
def test_memory_that_is_no_number_writes_nothing(value, folder):
    with pytest.raises(CommandError, match="VRAM_GB") as refused:
        call_command("choose", "--vram-gb", value)
    assert (refused.value.returncode, list(folder.iterdir())) == (2, [])


def test_private_documents_on_colab_are_a_warning(capsys, folder):
    call_command("choose", "--route", "free_colab")
    assert "never go on free Colab" in capsys.readouterr().err
    assert (folder / FILE).exists()


def test_no_file_is_written_when_none_is_wanted(capsys, folder):
    call_command("choose", "--output", "-")
    assert json.loads(capsys.readouterr().out)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", ["missing/folder/x.json", ".", "a\0b"])
def test_a_file_that_cannot_be_written_is_told_in_one_line(name, capsys):
    with pytest.raises(CommandError, match="cannot be written") as refused:
        call_command("choose", "--output", name)
    assert refused.value.returncode == 3
    assert "\n" not in str(refused.value)
    assert capsys.readouterr().out == ""


def test_bytes_that_are_no_text_are_told_in_one_line(folder):
    environment = {**os.environ, "SECRET_KEY": "k" * 60, "PYTHONUTF8": "1"}
    environment = {**{os.fsencode(k): os.fsencode(v) for k, v in environment.items()}, b"TASK": b"\xff\xfe"}
    run = subprocess.run([sys.executable, MANAGE, "choose"], env=environment, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.splitlines() == ["CommandError: TASK holds bytes that are not UTF-8 text."]
    assert not list(folder.iterdir())


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_standard_output_is_told_in_one_line(unbuffered):
    environment = {**os.environ, "SECRET_KEY": "k" * 60, "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, MANAGE, "choose", "--output", "-"]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
    said = "CommandError: Standard output cannot be written: No space left on device."
    assert (run.returncode, run.stderr.splitlines()) == (3, [said])


def test_a_reader_who_has_seen_enough_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "SECRET_KEY": "k" * 60}
    command = [sys.executable, MANAGE, "choose", "--output", "-"]
    run = subprocess.run(command, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, "")
