"""The scripts where they refuse, and the pins they install."""

import os
import re
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "script").iterdir())


def run(script: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **variables}
    line = [ROOT / "script" / script, *options]
    return subprocess.run(line, env=environment, cwd="/", capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_script_is_sound_bash(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("script", "option"), [("setup", "--tests"), ("server", "--port"), ("lock", "--all")]
)
def test_unknown_option_is_refused_in_one_line(script: str, option: str) -> None:
    done = run(script, option)
    assert done.returncode == 1
    assert done.stderr.startswith(f"script/{script}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["0", "65536", "http", "08000", "8000 8001"])
def test_server_refuses_what_is_no_port(port: str) -> None:
    done = run("server", PORT=port)
    assert (done.returncode, done.stderr) == (1, f"PORT is '{port}': say a number from 1 to 65535.\n")


def test_server_says_that_the_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("server", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken")
    assert done.stderr.count("\n") == 1


def test_setup_prepares_a_backup_put_back_again(tmp_path: Path) -> None:
    assert run("setup", "--no-demo", DATA_DIR=str(tmp_path)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "routecard.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(tmp_path / "same")])
        database.execute("DROP TRIGGER decisions_version_no_update")
        database.execute("PRAGMA user_version = 1")  # by older code
        database.execute("VACUUM INTO ?", [str(tmp_path / "older")])
    for backup, said in (("older", "Preparing the database …\n"), ("same", "")):
        (tmp_path / backup).replace(tmp_path / "routecard.sqlite3")
        done = run("setup", "--no-demo", DATA_DIR=str(tmp_path))
        assert (done.returncode, done.stderr) == (0, said)
        with closing(sqlite3.connect(tmp_path / "routecard.sqlite3")) as database:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            assert ("decisions_version_no_update",) in database.execute(triggers).fetchall()


def test_ci_runs_the_tests_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ['exec "$(dirname "${BASH_SOURCE[0]}")/../script/test"']


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[A-Za-z0-9._-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))


def test_the_test_packages_hold_those_of_the_site_at_the_same_versions() -> None:
    assert pins("requirements.txt")
    assert pins("requirements.txt") < pins("requirements-test.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_pins_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert len(re.findall(r"^\S+==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)) == len(
        pins(name)
    )
