"""What every test stands on: no network, no trigger in the way of the clean-up, Chromium from the machine."""

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase, override_settings

from decisions.management.messages.catalogue import compile_stale
from decisions.models import append_only

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the test
hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no mistake of ours
hypothesis.settings.load_profile("untimed")
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_configure() -> None:
    """Without the latest translations compiled, pages would be tested in yesterday's words."""
    compile_stale()


AS_SENT = {"staticfiles": {"BACKEND": "config.static.StaticFiles"}}
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
LOOKS = {  # how pages, fonts and documents look and behave: the database makes no difference
    *(f"browser/test_{name}.py" for name in ("axe", "every_page", "keyboard", "offline", "print", "theme")),
    *(f"browser/test_{name}.py" for name in ("comparison", "sizing", "swaps", "tour", "without_javascript")),
    *(f"export/pdf/test_{name}.py" for name in ("bad_input", "document", "libraries", "renderer")),
    *(f"fonts/test_{name}.py" for name in ("files", "page", "pdf")),
    *(f"web/test_{name}.py" for name in ("cut_back", "errors", "every_language", "languages", "offline")),
    *(f"web/test_{name}.py" for name in ("page_sizes", "sizing_file", "sizing_page", "sizing_runtimes")),
    *(f"web/test_{name}.py" for name in ("version_pdf", "words")),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `script/test` runs once: what asks no database, and how things look."""
    looks = {Path(__file__).parent / name for name in LOOKS}
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
        if item.path in looks or not asks:
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """What was loaded and collected stays to the end: looking through it for rubbish would find none."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections to anything but this machine fail, whoever asks for them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Remove what SQLite leaves beside a test database that goes while a thread of the live server is still
    connected: its -wal and -shm, which only the last connection to close takes with it."""
    yield
    for path in settings.DATA_DIR.parent.glob(f"{settings.DATA_DIR.name}.sqlite3*"):
        path.unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _flush_may_delete() -> Iterator[None]:
    """Lift the append-only triggers before a transactional test is cleaned up; post_migrate renews them."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_flush(case: TransactionTestCase) -> None:
        append_only.lift(connection)
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what a thread of the live server still holds open, so that PostgreSQL lets the database go."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def collect(folder: Path) -> Path:
    """The static files in that folder as an installation sends them: minified, named after their content."""
    with override_settings(STATIC_ROOT=folder, STORAGES=AS_SENT):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as they are sent, collected once in a process."""
    return collect(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Chromium of the machine (or the one CHROMIUM names), without its own calls to the outside."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.exit(
            "Chromium is missing: run script/setup --test, or set CHROMIUM to its path.", returncode=1
        )
    return {"executable_path": path, "chromium_sandbox": False, "args": CHROMIUM_ARGS}


def _guarded(connect: Any) -> Any:
    def guard(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise RuntimeError(f"A test asked for the network: {address[0]}")
        return connect(self, address)

    return guard


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
