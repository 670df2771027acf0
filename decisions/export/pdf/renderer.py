"""The site's side of the renderer: starts it, hands documents over, ends it when it takes too long.

One process of ours has one renderer and gives it one document at a time.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from decisions.export.pdf.wire import receive, send

ROOT = Path(__file__).resolve().parents[3]
MEMORY_BYTES = 2 * 2**30  # of addresses: a document of 400 pages takes less than half of it
MOST_PAGES = 400
MOST_CHARACTERS = 1_500_000  # of HTML: more does not become 400 pages within the time
DOCUMENTS = 500  # after so many the renderer is started anew, whatever a library forgot to give back

Reason = Literal["missing", "slow", "busy", "too_long", "too_large", "broken"]


class NotRendered(Exception):
    """There is no PDF, for a reason; `detail` is for whoever runs the site, `seconds` the time there was."""

    def __init__(self, reason: Reason, detail: str = "", *, seconds: int = 0) -> None:
        self.reason = reason
        self.seconds = seconds
        self.detail = detail
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF, with the moment it is of."""

    name: str
    description: str
    data: bytes
    moment: datetime


class Renderer:
    """Renders within `seconds`, and starts its process when there is something to render."""

    def __init__(
        self, seconds: int, *, memory_bytes: int = MEMORY_BYTES, most_pages: int = MOST_PAGES
    ) -> None:
        self.seconds = seconds
        self._memory_bytes = memory_bytes
        self._most_pages = most_pages
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._done = 0
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def render(self, html: str, *attachments: Attachment) -> bytes:
        """The PDF of a document. Raises `NotRendered`."""
        if len(html) > MOST_CHARACTERS:
            raise NotRendered("too_long", f"{len(html)} characters")
        if not self._lock.acquire(timeout=self.seconds):
            raise NotRendered("busy")
        try:
            return self._within_time(html.encode(), attachments)
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process; the next document starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not written yet has nobody to read it
                cast(BinaryIO, pipe).close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _within_time(self, html: bytes, attachments: tuple[Attachment, ...]) -> bytes:
        late = threading.Event()

        def end() -> None:
            late.set()
            if self._process:
                self._process.kill()

        watch = threading.Timer(self.seconds, end)
        watch.daemon = True
        watch.start()
        try:
            answer, data = self._exchange(self._running(), html, attachments)
        except (EOFError, OSError) as gone:
            self.close()
            raise NotRendered("slow" if late.is_set() else "broken", seconds=self.seconds) from gone
        finally:
            watch.cancel()
        return self._received(answer, data)

    def _exchange(
        self, process: "subprocess.Popen[bytes]", html: bytes, attachments: tuple[Attachment, ...]
    ) -> tuple[dict[str, Any], list[bytes]]:
        facts = [
            {"name": each.name, "description": each.description, "moment": each.moment.isoformat()}
            for each in attachments
        ]
        job = {"most_pages": self._most_pages, "attachments": facts}
        send(cast(BinaryIO, process.stdin), job, html, *(each.data for each in attachments))
        return receive(cast(BinaryIO, process.stdout))

    def _received(self, answer: dict[str, Any], data: list[bytes]) -> bytes:
        self._done += 1
        if answer["status"] != "done" or self._done >= DOCUMENTS:
            self.close()
        if answer["status"] != "done":
            raise NotRendered(answer["status"], f"{answer.get('pages', '')} pages")
        return data[0]

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._started()
            self._done = 0
        return self._process

    def _started(self) -> "subprocess.Popen[bytes]":
        self._folder = tempfile.mkdtemp(prefix="routecard-pdf-")
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [
                sys.executable,
                "-m",
                "decisions.export.pdf.worker",
                str(self._memory_bytes),
                str(self.seconds + 5),
                self._folder,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(self._folder),
        )
        self._process = process
        hello, _parts = receive(cast(BinaryIO, process.stdout))
        if hello["status"] != "ready":
            self.close()
            raise NotRendered(hello["status"], hello.get("reason", ""))
        return process

    def _forget(self) -> None:
        """In a forked process: the renderer belongs to the parent."""
        self._lock = threading.Lock()
        self._process = None


def _environment(folder: str) -> dict[str, str]:
    """Nothing of the machine that could show in a document."""
    passed = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return passed | {
        "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf")),
        "HOME": folder,
        "XDG_CACHE_HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
    }
