"""Drivers that answer, fail, babble, hang and die; the tools themselves are not needed."""

import sys

import pytest

from tests.benchmarks.peers.install import DRIVERS, command, commands, installed, packages
from tests.benchmarks.peers.talk import MOST_TROUBLE, Talk, environment
from tests.benchmarks.peers.tools import TOOLS, Tool

DRIVER = """
import os, sys, time
sys.path.insert(0, {folder!r})
from lines import Cannot, serve
def answer(question):
    print("babble")
    match question["do"]:
        case "answer": return {{"weights": 12.5, "kv": None}}
        case "fail": raise Cannot("no words")
        case "hang": time.sleep(60)
        case "die": os._exit(1)
serve(answer)
"""


@pytest.fixture
def talk(tmp_path):
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER.format(folder=str(DRIVERS)))
    return Talk(
        [sys.executable, str(driver)], environment(tmp_path, "http://127.0.0.1:1"), tmp_path, seconds=2
    )


def test_answers_and_failures(talk):
    found = list(talk.answers([{"do": "answer"}, {"do": "fail"}, {"do": "answer"}]))
    assert found == [{"weights": 12.5}, {"error": "Cannot: no words"}, {"weights": 12.5}]


def test_a_driver_that_hangs_or_dies_is_started_again(talk):
    hung, died, well = talk.answers([{"do": "hang"}, {"do": "die"}, {"do": "answer"}])
    assert hung == {"error": "TimeoutError: no answer in 2 s"}
    assert died == {"error": "OSError: it ended"}
    assert well == {"weights": 12.5}


def test_it_is_left_alone_after_some_trouble(talk):
    found = list(talk.answers([{"do": "die"}] * MOST_TROUBLE + [{"do": "answer"}]))
    assert found[-1] == {"error": "hung or died too often"}


def test_tools_see_the_loopback_alone(tmp_path):
    seen = environment(tmp_path, "http://127.0.0.1:1")
    assert seen["HF_ENDPOINT"] == "http://127.0.0.1:1"
    assert seen["HOME"].startswith(str(tmp_path))
    assert not [
        name for name in seen if "TOKEN" in name or (name.lower().endswith("_proxy") and name != "NO_PROXY")
    ]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_has_a_driver_and_a_pinned_version(tool, tmp_path):
    assert (DRIVERS / tool.driver).is_file()
    assert packages(tool)[0].endswith(tool.version)
    assert commands(tool, tmp_path)[-1][-len(packages(tool)) :] == list(packages(tool))
    assert command(tool, tmp_path)[1].endswith(tool.driver)


def test_what_does_not_install_has_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.benchmarks.peers.install.commands", lambda *_: [[sys.executable, "-c", "1/0"]])
    reason = installed(Tool("nothing", "1.0", "ask_hfit.py"), tmp_path / "nothing")
    assert reason == "ZeroDivisionError: division by zero"
    assert not (tmp_path / "nothing" / "installed.txt").exists()
