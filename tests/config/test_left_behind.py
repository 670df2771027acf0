"""A run of tests leaves no file behind, whatever is still connected when its database goes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_FIXTURES = """
from tests import conftest

globals().update({name: value for name, value in vars(conftest).items() if not name.startswith("__")})
"""
HOLDS_ON = """
import threading

import pytest
from django.db import connection

from decisions.models import Project

let_go = threading.Event()


@pytest.mark.django_db(transaction=True)
def test_a_thread_stays_connected() -> None:
    connected = threading.Event()

    def hold() -> None:
        connection.ensure_connection()
        Project.objects.count()
        connected.set()
        let_go.wait()

    threading.Thread(target=hold, daemon=True).start()
    assert connected.wait(10)
"""


def test_nothing_is_left_of_an_sqlite_file_that_is_in_use(tmp_path: Path) -> None:
    folder = tmp_path / "temp"
    folder.mkdir()
    (tmp_path / "conftest.py").write_text(OUR_FIXTURES)
    (tmp_path / "test_holds_on.py").write_text(HOLDS_ON)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*pytest, "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", tmp_path / "test_holds_on.py"],
        cwd=ROOT,
        env=environment | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert "1 passed" in run.stdout, run.stdout + run.stderr
    assert list(folder.glob("routecard-tests-*")) == []
