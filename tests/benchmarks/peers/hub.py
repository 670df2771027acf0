"""A Hub on the loopback: as much of the Hugging Face Hub's addresses as sizing tools ask of it.

It answers GET and HEAD from a folder of models (files.py), to 127.0.0.1 alone, and never more than `MOST`
bytes of a file at once: what is asked for is headers, the rest of a file is a hole.
"""

import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

MOST = 8 << 20
COMMIT = "0" * 39 + "1"
_MODEL = re.compile(r"/api/models/([\w.-]+/[\w.-]+)(?:/(revision|tree)/([^/]+))?/?$")
_FILE = re.compile(r"/([\w.-]+/[\w.-]+)/(?:resolve|raw)/[^/]+/([\w./-]+)$")
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a Hub of that folder; it is closed when the block is left."""
    handler = type("Handler", (_Handler,), {"folder": folder.resolve()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    folder: ClassVar[Path]
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path)
        if found := _MODEL.match(path):
            self._model(found[1], found[2] == "tree", with_body=with_body, query=parse_qs(url.query))
        elif found := _FILE.match(path):
            self._file(found[1], found[2], with_body=with_body)
        else:
            self._missing("EntryNotFound")

    def _model(self, name: str, tree: bool, *, with_body: bool, query: dict[str, list[str]]) -> None:
        place = self._inside(name)
        if place is None or not place.is_dir():
            return self._missing("RepoNotFound")
        found = listing(place) if tree else information(name, place, sizes="blobs" in query)
        return self._send(json.dumps(found).encode(), "application/json", with_body=with_body)

    def _file(self, name: str, file: str, *, with_body: bool) -> None:
        path = self._inside(name, file)
        if path is None or not path.is_file():
            return self._missing("EntryNotFound")
        size, asked = path.stat().st_size, _RANGE.match(self.headers.get("Range", ""))
        begin = int(asked[1]) if asked else 0
        end = min(int(asked[2]) + 1 if asked and asked[2] else size, size)
        if begin >= end or (with_body and not asked and size > MOST):
            return self._missing("TooMuch", status=416)
        end = min(end, begin + MOST) if asked else end
        body = _part(path, begin, end) if with_body else b""
        head = {"ETag": f'"{size:x}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if asked:
            head["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
        return self._send(
            body, "application/octet-stream", status=206 if asked else 200, head=head, length=end - begin
        )

    def _inside(self, name: str, file: str = "") -> Path | None:
        path = (self.folder / name / file).resolve()
        return path if path.is_relative_to(self.folder) and path != self.folder else None

    def _missing(self, code: str, status: int = 404) -> None:
        self._send(b"", "text/plain", status=status, head={"X-Error-Code": code})

    def _send(
        self,
        body: bytes,
        kind: str,
        *,
        with_body: bool = True,
        status: int = 200,
        head: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(head or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the table is what is read."""


def _part(path: Path, begin: int, end: int) -> bytes:
    with path.open("rb") as file:
        file.seek(begin)
        return file.read(end - begin)


def listing(place: Path) -> list[dict[str, Any]]:
    """The files of a model as `/api/models/NAME/tree/main` lists them."""
    return [
        {"type": "file", "oid": f"{file.stat().st_size:x}", "path": file.name, "size": file.stat().st_size}
        for file in sorted(place.iterdir())
    ]


def information(name: str, place: Path, *, sizes: bool) -> dict[str, Any]:
    """A model as `/api/models/NAME` describes it; sizes of files only where they are asked for."""
    config = json.loads((place / "config.json").read_text(encoding="utf-8"))
    siblings = [
        {"rfilename": one["path"], **({"size": one["size"]} if sizes else {})} for one in listing(place)
    ]
    found = {
        "_id": "0" * 24,
        "id": name,
        "modelId": name,
        "sha": COMMIT,
        "private": False,
        "gated": False,
        "disabled": False,
        "downloads": 0,
        "likes": 0,
        "pipeline_tag": "text-generation",
        "library_name": "transformers",
        "tags": ["transformers", "safetensors", "text-generation"],
        "siblings": siblings,
        "config": {key: config[key] for key in ("architectures", "model_type") if key in config},
    }
    if parameters := _parameters(place / "model.safetensors"):
        found["safetensors"] = {"parameters": parameters, "total": sum(parameters.values())}
    return found


def _parameters(checkpoint: Path) -> dict[str, int]:
    """How many weights a checkpoint's header states, by type; empty where there is none."""
    if not checkpoint.exists():
        return {}
    with checkpoint.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    found: dict[str, int] = {}
    for name, tensor in header.items():
        if name != "__metadata__":
            begin, end = tensor["data_offsets"]
            found[tensor["dtype"]] = found.get(tensor["dtype"], 0) + (end - begin) // 2
    return found
