"""What the header of a GGUF file says: its metadata and the table of its tensors, without the weights.

The reader is ours and not the `gguf` package's: that one maps the whole file, takes the tensors' data with it
(so the first MiB of a file is refused), believes lengths (a list of 2^63 values is walked to the end of time,
a list of lists ends in RecursionError, a short file in IndexError) and needs 75 MB of numpy. Here a header
that lies is refused in words, and the first bytes of a file are enough. Tests write files with the package
and hold its reading against ours.

Layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, read on 2026-11-28.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType

from decisions.fit.hardware.gguf.bytes import Cursor, Readable, counted, shown
from decisions.fit.hardware.gguf.types import GgmlType, ggml_types
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.words import N_

Scalar = int | float | bool | str
METADATA, TENSORS = N_("the metadata"), N_("the table of tensors")

MOST_ENTRIES = 1_000  # models have some fifty
MOST_TENSORS = 200_000  # DeepSeek-V3 with a tensor for each expert has 46 thousand
_TENSOR_BYTES = 24  # the least an entry of the table takes
_KEPT_TEXT = 500
_KEPT_VALUES = 1_024  # one a layer, with room
_DIMENSIONS = 4
_MOST_VALUES = 1 << 62
_TEXT, _LIST = 8, 9
_FORMS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


@dataclass(frozen=True, slots=True)
class Counted:
    """A list of the metadata that was too long to keep: how many values it has."""

    values: int


Value = Scalar | tuple[Scalar, ...] | Counted


@dataclass(frozen=True, slots=True)
class HeaderTensor:
    """One tensor as it is stored. `shape` is in the file's order: the length of a row comes first."""

    name: str
    type: str
    shape: tuple[int, ...]
    bytes: int

    @property
    def elements(self) -> int:
        """How many values it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """A header that was read. `header_bytes` is where the weights begin; `tensor_bytes` what they take,
    without the padding between them; `file_bytes` is the size that a whole file has.

    Of the metadata, long texts are cut and long lists only counted. `part` of `parts` is set for a model
    that is split into several files; `tensors` are those of this file alone (see `together`).
    """

    architecture: str
    version: int
    metadata: Mapping[str, Value]
    tensors: tuple[HeaderTensor, ...]
    header_bytes: int
    file_bytes: int
    big_endian: bool = False
    part: int = 1
    parts: int = 1

    @property
    def tensor_bytes(self) -> int:
        """What all tensors take, in bytes."""
        return sum(tensor.bytes for tensor in self.tensors)

    @property
    def parameters(self) -> int:
        """How many weights the tensors hold together."""
        return sum(tensor.elements for tensor in self.tensors)

    def bytes_by_type(self) -> Mapping[str, int]:
        """Bytes for each type of tensor, the largest first."""
        found: Counter[str] = Counter()
        for tensor in self.tensors:
            found[tensor.type] += tensor.bytes
        return dict(found.most_common())


def read_header(file: Readable) -> GgufHeader:
    """Read the header from the beginning of `file`; what follows the header need not be there.

    Raises Unsizable, which names what is wrong: another kind of file, a version that is not known, a header
    that is cut off, larger than any model's, or contradicts itself.
    """
    cursor = Cursor(file, METADATA)
    version = _version(cursor)
    tensor_count, entry_count = cursor.whole(), cursor.whole()
    _counted("gguf.entries", entry_count, MOST_ENTRIES)
    _counted("gguf.tensors", tensor_count, MOST_TENSORS)
    metadata = _metadata(cursor, entry_count)
    alignment = _alignment(metadata)
    cursor.part = TENSORS
    cursor.length(_TENSOR_BYTES * tensor_count, "")
    tensors, data_bytes = _tensors(cursor, tensor_count, alignment)
    begins = _padded(cursor.position, alignment)
    part, parts = _part(metadata)
    return GgufHeader(
        architecture=_architecture(metadata, part),
        version=version,
        metadata=MappingProxyType(metadata),
        tensors=tensors,
        header_bytes=begins,
        file_bytes=begins + data_bytes,
        big_endian=cursor.order == ">",
        part=part,
        parts=parts,
    )


def together(headers: tuple[GgufHeader, ...]) -> GgufHeader:
    """One header for a model that is split into files, from the headers of all its parts in any order.

    Raises Unsizable where a part is missing, or one belongs to another model.
    """
    ordered = sorted(headers, key=lambda header: header.part)
    first = ordered[0]
    if [header.part for header in ordered] != list(range(1, first.parts + 1)):
        have = [str(header.part) for header in ordered]
        raise Unsizable(say("gguf.parts", have=have, count=first.parts))
    tensors = tuple(tensor for header in ordered for tensor in header.tensors)
    _once(tensor.name for tensor in tensors)
    return GgufHeader(
        architecture=first.architecture,
        version=first.version,
        metadata=first.metadata,
        tensors=tensors,
        header_bytes=sum(header.header_bytes for header in ordered),
        file_bytes=sum(header.file_bytes for header in ordered),
        big_endian=first.big_endian,
    )


def _version(cursor: Cursor) -> int:
    magic = cursor.take(4)
    if magic == b"vers":
        raise Unsizable(say("reading.pointer"))
    if magic != b"GGUF":
        raise Unsizable(say("gguf.not_gguf", found=magic.hex(" ")))
    version = cursor.whole("I")
    if version and not version & 0xFFFF:  # written on a machine of the other byte order
        cursor.order = ">"
        version = int.from_bytes(version.to_bytes(4, "little"), "big")
    if version not in (2, 3):
        raise Unsizable(say("gguf.version", found=version))
    return version


def _counted(code: str, found: int, most: int) -> None:
    if found > most:
        raise Unsizable(say(code, found=counted(found), most=most))


def _metadata(cursor: Cursor, count: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for _ in range(count):
        name = cursor.text()
        if name in found:
            raise Unsizable(say("gguf.twice", name=shown(name)))
        found[name] = _value(cursor, name, cursor.whole("I"))
    return found


def _value(cursor: Cursor, name: str, kind: int) -> Value:
    if kind == _TEXT:
        return cursor.text(shown(name))[:_KEPT_TEXT]
    if kind == _LIST:
        return _list(cursor, name, cursor.whole("I"), cursor.whole())
    if kind not in _FORMS:
        raise Unsizable(say("gguf.value_type", name=shown(name), found=kind))
    return cursor.number(_FORMS[kind])


def _list(cursor: Cursor, name: str, kind: int, count: int) -> Value:
    if kind == _LIST:
        raise Unsizable(say("gguf.nested", name=shown(name)))
    if kind == _TEXT:
        cursor.skip_texts(count, shown(name))
        return Counted(count)
    if kind not in _FORMS:
        raise Unsizable(say("gguf.value_type", name=shown(name), found=kind))
    cursor.length(count * _WIDTHS[kind], shown(name))
    if count > _KEPT_VALUES:
        cursor.take(count * _WIDTHS[kind])
        return Counted(count)
    return tuple(cursor.numbers(_FORMS[kind], count))


def _alignment(metadata: Mapping[str, Value]) -> int:
    found = metadata.get("general.alignment", 32)
    if not isinstance(found, int) or found <= 0 or found & (found - 1) or found > 1 << 20:
        raise Unsizable(say("gguf.alignment", found=shown(str(found))))
    return found


def _part(metadata: Mapping[str, Value]) -> tuple[int, int]:
    number, count = metadata.get("split.no", 0), metadata.get("split.count", 1)
    if not isinstance(number, int) or not isinstance(count, int) or not 0 <= number < max(count, 1):
        raise Unsizable(say("gguf.split", number=shown(str(number)), count=shown(str(count))))
    return number + 1, max(count, 1)


def _architecture(metadata: Mapping[str, Value], part: int) -> str:
    found = metadata.get("general.architecture", "")
    if part == 1 and (not isinstance(found, str) or not found):
        raise Unsizable(say("gguf.no_architecture"))
    return shown(str(found))


def _tensors(cursor: Cursor, count: int, alignment: int) -> tuple[tuple[HeaderTensor, ...], int]:
    found, end = [], 0
    for _ in range(count):
        tensor, offset = _tensor(cursor)
        if offset != end:
            raise Unsizable(say("gguf.offset", name=shown(tensor.name)))
        end = _padded(end + tensor.bytes, alignment)
        found.append(tensor)
    _once(tensor.name for tensor in found)
    return tuple(found), end


def _tensor(cursor: Cursor) -> tuple[HeaderTensor, int]:
    name = cursor.text()
    dimensions = cursor.whole("I")
    if dimensions > _DIMENSIONS:
        raise Unsizable(say("gguf.dimensions", name=shown(name), found=dimensions, most=_DIMENSIONS))
    shape = tuple(cursor.whole() for _ in range(dimensions)) or (1,)
    kind = cursor.whole("I")
    return _stored(name, shape, ggml_types().get(kind), kind), cursor.whole()


def tensor_of(name: str, kind: str, shape: tuple[int, ...]) -> HeaderTensor:
    """A tensor by the name of its type. Raises Unsizable as reading a header does."""
    types = {each.name: each for each in ggml_types().values()}
    if len(shape) > _DIMENSIONS:
        raise Unsizable(say("gguf.dimensions", name=shown(name), found=len(shape), most=_DIMENSIONS))
    return _stored(name, shape, types.get(kind), kind)


def _stored(name: str, shape: tuple[int, ...], kind: GgmlType | None, found: int | str) -> HeaderTensor:
    if min(shape) < 1 or prod(shape) > _MOST_VALUES:
        raise Unsizable(say("gguf.shape", name=shown(name), shape=" × ".join(map(str, shape))))
    if kind is None:
        raise Unsizable(say("gguf.tensor_type", name=shown(name), found=shown(str(found))))
    return HeaderTensor(name, kind.name, shape, _size(name, shape, kind))


def _size(name: str, shape: tuple[int, ...], kind: GgmlType) -> int:
    if shape[0] % kind.block:
        problem = say(
            "gguf.rows", name=shown(name), found=counted(shape[0]), block=kind.block, type=kind.name
        )
        raise Unsizable(problem)
    return prod(shape) // kind.block * kind.bytes


def _padded(count: int, alignment: int) -> int:
    return -(-count // alignment) * alignment


def _once(names: Iterator[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise Unsizable(say("gguf.twice", name=shown(twice[0])))
