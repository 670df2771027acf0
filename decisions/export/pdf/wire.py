"""How the site and its renderer talk over a pipe: frames of bytes, each behind its length."""

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")


def send(pipe: BinaryIO, facts: dict[str, Any], *parts: bytes) -> None:
    """Write a message: facts as JSON, then so many parts."""
    head = json.dumps({**facts, "parts": len(parts)}).encode()
    for frame in (head, *parts):
        pipe.write(_LENGTH.pack(len(frame)))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Read a message. Raises `EOFError` where the other side is gone."""
    facts = json.loads(_frame(pipe))
    return facts, [_frame(pipe) for _ in range(facts["parts"])]


def _frame(pipe: BinaryIO) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
