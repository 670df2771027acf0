"""A Hub on this machine: a few models, each with its own trouble."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "a" * 40
TOKEN = "hf_of_the_tests"
CONFIG = {"model_type": "llama", "hidden_size": 64}
INDEX = {"metadata": {"total_size": 1234}, "weight_map": {"a.weight": "model-00001-of-00001.safetensors"}}
HEADER = json.dumps({"a.weight": {"dtype": "BF16", "shape": [8, 4], "data_offsets": [0, 64]}}).encode()
SINGLE = len(HEADER).to_bytes(8, "little") + HEADER + bytes(64)


@dataclass
class Page:
    """What is answered at an address."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False
    endless: bool = False


@dataclass
class Asked:
    """A question that came in."""

    path: str
    headers: dict[str, str]


def info(*names: str, **more: Any) -> Page:
    """What the Hub says of a model with these files."""
    siblings = [{"rfilename": name, "size": 100 + at} for at, name in enumerate(names)]
    stated = {"sha": COMMIT, "siblings": siblings, "cardData": {"license": "apache-2.0"}, "gated": False}
    return Page(json.dumps(stated | more).encode())


def model(name: str, revision: str = "main") -> str:
    """Where a model is described."""
    return f"/api/models/{name}/revision/{revision}?blobs=true"


def file(name: str, path: str) -> str:
    """Where a file is."""
    return f"/{name}/resolve/{COMMIT}/{path}"


class Server(ThreadingHTTPServer):
    """Serves `pages` and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, pages: dict[str, Page]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked, self.stop = pages, list[Asked](), threading.Event()


class Handler(BaseHTTPRequestHandler):
    """One question."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(
            Asked(self.path, {name.lower(): each for name, each in self.headers.items()})
        )
        page = self.server.pages.get(self.path, Page(status=404, headers={"X-Error-Code": "RepoNotFound"}))
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if not page.endless:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        try:
            self._send(page)
        except OSError:
            self.close_connection = True  # the other side had enough

    def _send(self, page: Page) -> None:
        while page.endless and not self.server.stop.is_set():
            self.wfile.write(b" " * (1 << 16))
        if not page.drips:
            self.wfile.write(page.body)
            return
        for byte in page.body:
            if self.server.stop.wait(0.2):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def hub(pages: dict[str, Page]) -> Iterator[tuple[str, list[Asked]]]:
    """Serve `pages`; gives the endpoint and the questions as they come."""
    server = Server(pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
