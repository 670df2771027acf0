"""What a GGUF header says, short enough for a record to keep, and whole enough to be read like the file.

Blocks of a kind are named once: `"blk.*.attn_q.weight": [["Q4_K", [4096, 4096], "0-35"]]`. The tokenizer, and
texts about the file, are left out: nothing is sized by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.gguf.header import (
    MOST_ENTRIES,
    MOST_TENSORS,
    GgufHeader,
    HeaderTensor,
    Scalar,
    Value,
    tensor_of,
)
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

NAME = "gguf"
_KEPT = ("general.type", "general.file_type", "general.quantized_by")
_LONGEST_VALUE = 200
_MOST_BLOCKS = 1_000


def kept(header: GgufHeader, sha256: str) -> dict[str, Any]:
    """The header as JSON has it; `sha256` is the digest of its bytes."""
    return {
        NAME: {
            "architecture": header.architecture,
            "sha256": sha256,
            "file_bytes": header.file_bytes,
            "metadata": {
                name: _plain(value) for name, value in header.metadata.items() if _counts(name, header)
            },
            "tensors": _grouped(header.tensors),
        }
    }


def _counts(name: str, header: GgufHeader) -> bool:
    value = header.metadata[name]
    if name not in _KEPT and not name.startswith(f"{header.architecture}."):
        return False
    return isinstance(value, Scalar | tuple) and not (isinstance(value, str) and len(value) > _LONGEST_VALUE)


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _grouped(tensors: Iterable[HeaderTensor]) -> dict[str, list[list[Any]]]:
    found: defaultdict[str, dict[tuple[str, tuple[int, ...]], list[int]]] = defaultdict(dict)
    for tensor in tensors:
        start, _, rest = tensor.name.partition(".")
        number, _, own = rest.partition(".")
        is_block = start == "blk" and bool(own) and number.isascii() and number.isdigit() and len(number) < 5
        places = found[f"blk.*.{own}" if is_block else tensor.name].setdefault(
            (tensor.type, tensor.shape), []
        )
        if is_block:
            places.append(int(number))
    return {
        name: [[kind, list(shape), _spans(places)] for (kind, shape), places in kinds.items()]
        for name, kinds in found.items()
    }


def _spans(numbers: list[int]) -> str:
    """0, 1, 2, 5 as "0-2,5"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def read_kept(given: object) -> tuple[GgufHeader, str]:
    """The header that was kept, and its digest. Raises Unsizable, naming the part, for what is none: people
    may have written in it."""
    if not isinstance(given, Mapping):
        raise _wrong()
    metadata, tensors = _metadata(given.get("metadata")), tuple(_tensors(given.get("tensors")))
    architecture, size = given.get("architecture"), given.get("file_bytes")
    if not isinstance(architecture, str) or not architecture:
        raise Unsizable(say("gguf.no_architecture"))
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size < 1 << 53:
        raise _wrong("file_bytes")
    digest = given.get("sha256")
    header = GgufHeader(
        architecture=shown(architecture),
        version=3,
        metadata=MappingProxyType(metadata),
        tensors=tensors,
        header_bytes=0,
        file_bytes=size,
    )
    return header, shown(digest) if isinstance(digest, str) else ""


def _metadata(given: object) -> dict[str, Value]:
    if not isinstance(given, Mapping) or len(given) > MOST_ENTRIES:
        raise _wrong("metadata")
    return {name: _value(name, value) for name, value in given.items()}


def _value(name: str, given: object) -> Value:
    if isinstance(given, Scalar):
        return given
    if isinstance(given, list) and all(isinstance(each, Scalar) for each in given):
        return tuple(given)
    raise _wrong("metadata", name)


def _tensors(given: object) -> Iterator[HeaderTensor]:
    if not isinstance(given, Mapping):
        raise _wrong("tensors")
    left = MOST_TENSORS
    for name, kinds in given.items():
        if not isinstance(kinds, list):
            raise _wrong("tensors", name)
        for each in kinds:
            kind, shape, where = _parts(name, each)
            for own in _names(name, where):
                left -= 1
                if left < 0:
                    raise Unsizable(say("gguf.tensors", found=str(MOST_TENSORS + 1), most=MOST_TENSORS))
                yield tensor_of(own, kind, shape)


def _parts(name: str, given: object) -> tuple[str, tuple[int, ...], str]:
    match given:
        case [str(kind), list(shape), str(where)] if shape and all(type(size) is int for size in shape):
            return kind, tuple(shape), where
    raise _wrong("tensors", name)


def _names(name: str, where: str) -> Iterator[str]:
    if not name.startswith("blk.*."):
        yield name
        return
    for span in where.split(","):
        first, _, last = span.partition("-")
        numbers = (first, last or first)
        if not all(each.isascii() and each.isdigit() and int(each[:9]) < _MOST_BLOCKS for each in numbers):
            raise _wrong("tensors", name)
        yield from (name.replace("*", str(at), 1) for at in range(int(first), int(last or first) + 1))


def _wrong(*place: str) -> Unsizable:
    return Unsizable(say("gguf.kept", name=shown(".".join((NAME, *place)))))
