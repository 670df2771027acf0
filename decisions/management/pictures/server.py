"""A server with nothing but the demo in it, in a folder that goes away with it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@contextmanager
def demo_server() -> Iterator[tuple[str, dict[str, str]]]:
    """Its address, and the passwords of the demo accounts by e-mail address."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environment = os.environ | {"DATA_DIR": folder, "TLS": "off", "DEBUG": "on", "LOG_LEVEL": "ERROR"}
        environment |= {"SECRET_KEY": os.urandom(50).hex(), "PYTHONWARNINGS": "ignore"}
        _manage(environment, "migrate", "--verbosity", "0")
        _manage(environment, "demo")
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}"), _passwords(Path(folder) / "demo-accounts")
        finally:
            server.terminate()
            server.wait()


def _manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(address: str) -> str:
    """The address, once the server answers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{address}/health/"):  # noqa: S310
                return address
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _passwords(path: Path) -> dict[str, str]:
    rows = [line.split() for line in path.read_text("utf-8").splitlines() if "@" in line]
    return {row[-2]: row[-1] for row in rows}
