"""A tool's driver as a process of its own: a question in as a line, an answer out in time or not."""

import json
import os
import queue
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

Answer = dict[str, Any]
START_SECONDS = 60
ANSWER_SECONDS = 30
MOST_TROUBLE = 15


class Talk:
    """A driver; it is started when it is first asked, and again after it hung or died, a few times."""

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        folder: Path,
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._command, self._environment, self._folder, self._seconds = command, environment, folder, seconds
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._troubles = 0

    def answers(self, questions: Iterable[Answer]) -> Iterator[Answer]:
        """One answer for each question; the process ends with the last one."""
        try:
            for question in questions:
                yield self._ask(question)
        finally:
            self.close()

    def close(self) -> None:
        """End the process that was started, if it still runs."""
        if self._process:
            self._process.kill()
            self._process.wait(timeout=10)
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
        self._process = None

    def _ask(self, question: Answer) -> Answer:
        if self._troubles >= MOST_TROUBLE:
            return {"error": "hung or died too often"}
        try:
            if self._process is None:
                self._start()
            return self._exchange(json.dumps(question), self._seconds)
        except (TimeoutError, OSError, ValueError) as problem:
            self._troubles += 1
            self.close()
            return {"error": f"{type(problem).__name__}: {problem}"}

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._lines = queue.Queue()
        Thread(target=_read, args=(self._process, self._lines), daemon=True).start()
        self._next(START_SECONDS)

    def _exchange(self, line: str, seconds: float) -> Answer:
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._next(seconds)

    def _next(self, seconds: float) -> Answer:
        """The next line that is an answer; what a tool prints beside is passed over."""
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                raise TimeoutError(f"no answer in {seconds:g} s") from None
            if line is None:
                raise OSError("it ended")
            if line.startswith("{"):
                found: Answer = json.loads(line)
                return found


def _read(process: subprocess.Popen[str], lines: "queue.Queue[str | None]") -> None:
    if process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(None)


def environment(place: Path, endpoint: str) -> dict[str, str]:
    """What a tool sees: an empty home of its own, the loopback Hub and nothing that would lead elsewhere."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "SSL_CERT_FILE") if key in os.environ}
    home = place / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return kept | {
        "HOME": str(home),
        "HF_HOME": str(home / "hf"),
        "HF_ENDPOINT": endpoint,
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "NO_PROXY": "127.0.0.1",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
