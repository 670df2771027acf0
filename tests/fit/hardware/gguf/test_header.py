"""Headers of GGUF files: read exactly, from their first bytes alone; refused in words where they lie."""

import io
import struct
import time
import tracemalloc
from pathlib import Path

import gguf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.gguf.bytes import MOST_BYTES
from decisions.fit.hardware.gguf.header import Counted, read_header, together
from decisions.fit.hardware.gguf.types import ggml_types
from decisions.fit.hardware.problem import Unsizable
from tests.fit.hardware.ggufs import NAMED, Upload, entry, header, llama, raw, tensor, text

LIST, TEXT, U32 = 9, 8, 4


def listed(kind: int, count: int, values: bytes = b"") -> bytes:
    return struct.pack("<IQ", kind, count) + values


def test_the_table_of_types_is_that_of_the_package() -> None:
    theirs = {kind.value: (kind.name, *gguf.GGML_QUANT_SIZES[kind]) for kind in gguf.GGMLQuantizationType}
    assert {number: tuple(kind) for number, kind in ggml_types().items()} == theirs


def test_the_package_reads_the_same(tmp_path: Path) -> None:
    data = llama(vocab_size=1000, layer_scales=[0.5, 0.25])
    read = read_header(io.BytesIO(data))
    whole = tmp_path / "whole.gguf"
    whole.write_bytes(data.ljust(read.file_bytes, b"\0"))
    theirs = gguf.GGUFReader(whole)
    assert [(t.name, t.type, t.shape, t.bytes) for t in read.tensors] == [
        (t.name, t.tensor_type.name, tuple(t.shape.tolist()), t.n_bytes) for t in theirs.tensors
    ]
    assert theirs.data_offset == read.header_bytes
    assert read.metadata["llama.layer_scales"] == (0.5, 0.25)
    assert read.tensor_bytes == sum(t.n_bytes for t in theirs.tensors)
    assert read.bytes_by_type()["Q4_K"] + read.bytes_by_type()["F32"] == read.tensor_bytes


def test_the_first_bytes_of_a_huge_file_are_enough() -> None:
    upload = Upload(header("llama", {"block_count": 1}, {"token_embd.weight": (1 << 20, 1 << 20)}))
    read = read_header(upload)
    assert read.file_bytes > 1 << 40
    assert upload.taken < 4096


def test_of_a_whole_file_only_the_header_is_read() -> None:
    upload = Upload(llama().ljust(8 << 20, b"\0"))
    read_header(upload)
    assert upload.taken <= 1 << 20


def test_long_lists_and_texts_are_not_kept() -> None:
    words = struct.pack("<IQ", TEXT, 50_000) + text("word") * 50_000
    numbers = listed(U32, 2_000, b"\0" * 8_000)
    rest = (
        NAMED
        + entry("words", LIST, words)
        + entry("numbers", LIST, numbers)
        + entry("t", 8, text("x" * 9000))
    )
    read = read_header(io.BytesIO(raw(entries=4, rest=rest)))
    assert read.metadata["words"] == Counted(50_000)
    assert read.metadata["numbers"] == Counted(2_000)
    assert len(str(read.metadata["t"])) == 500


def test_the_other_byte_order() -> None:
    data = header("llama", {"block_count": 7}, {"token_embd.weight": (32, 8)}, order=gguf.GGUFEndian.BIG)
    read = read_header(io.BytesIO(data))
    assert read.big_endian
    assert read.metadata["llama.block_count"] == 7
    assert read.tensor_bytes == 512


def test_parts_of_a_model() -> None:
    split = {"split.count": 2}
    first = header("llama", split | {"split.no": 0, "block_count": 1}, {"token_embd.weight": (32, 8)})
    second = raw(
        entries=2,
        tensors=1,
        rest=entry("split.no", 4, struct.pack("<I", 1))
        + entry("split.count", 4, struct.pack("<I", 2))
        + tensor("output_norm.weight", (32,)),
    )
    parts = (read_header(io.BytesIO(second)), read_header(io.BytesIO(first)))
    assert parts[1].parts == 2
    joined = together(parts)
    assert joined.tensor_bytes == 512 + 128
    assert joined.architecture == "llama"
    with pytest.raises(Unsizable, match=r"split into 2 files and these parts are here: 2\. Hand in all"):
        together(parts[:1])


HOSTILE = {
    "nothing": (b"", "ends after 0 bytes, inside the metadata"),
    "another file": (b"PK\x03\x04" + b"\0" * 99, "not a GGUF file: it begins with the bytes 50 4b 03 04"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
    "version 1": (raw(version=1), "version 1 of GGUF"),
    "version 4": (raw(version=4), "version 4 of GGUF"),
    "version of another order": (raw(version=7 << 24), "version 7 of GGUF"),
    "2^63 entries": (raw(entries=1 << 63), "claims to have 9223372036854775808 entries"),
    "2^63 tensors": (raw(tensors=1 << 63), "claims to list 9223372036854775808 tensors"),
    "many tensors that are not there": (raw(entries=1, tensors=200_000, rest=NAMED), "inside the table"),
    "cut in an entry": (raw(entries=2, rest=NAMED + text("k")[:5]), "inside the metadata"),
    "cut in the table": (raw(entries=1, tensors=1, rest=NAMED + tensor("t", (4,))[:-3]), "inside the table"),
    "a name of 2^63 bytes": (raw(entries=1, rest=struct.pack("<Q", 1 << 63)), "inside the metadata claims"),
    "a text beyond the end": (raw(entries=1, rest=text("k") + struct.pack("<IQ", 8, 1 << 20)), "ends after"),
    "a text of 2^62 bytes": (raw(entries=1, rest=entry("k", 8, struct.pack("<Q", 1 << 62))), "^k claims"),
    "a list of 2^63 numbers": (
        raw(entries=1, rest=entry("k", LIST, listed(0, 1 << 63))),
        "^k claims to take",
    ),
    "a list of 2^61 texts": (raw(entries=1, rest=entry("k", LIST, listed(TEXT, 1 << 61))), "^k claims"),
    "more texts than a model has": (
        raw(entries=1, rest=entry("k", LIST, listed(TEXT, 3_000_000))),
        "^k claims to list",
    ),
    "lists of lists": (
        raw(entries=1, rest=entry("k", LIST, listed(LIST, 1) * 9000)),
        "^k is a list of lists",
    ),
    "a type that is none": (raw(entries=1, rest=entry("k", 77, b"")), "^k has a value of type 77"),
    "a list of a type that is none": (raw(entries=1, rest=entry("k", LIST, listed(99, 1))), "of type 99"),
    "a name that is no text": (raw(entries=1, rest=text(b"\xff\xfe")), "inside the metadata is not UTF-8"),
    "the same entry twice": (raw(entries=2, rest=NAMED * 2), "^general.architecture stands in the header"),
    "no architecture": (raw(), "general.architecture is missing"),
    "an architecture of number": (
        raw(entries=1, rest=entry("general.architecture", 4, b"\1\0\0\0")),
        "general.architecture is missing",
    ),
    "alignment 0": (raw(entries=1, rest=entry("general.alignment", 4, b"\0" * 4)), "general.alignment is 0"),
    "alignment 33": (raw(entries=1, rest=entry("general.alignment", 4, b"\x21\0\0\0")), "alignment is 33"),
    "alignment in words": (
        raw(entries=1, rest=entry("general.alignment", 8, text("\n\0"))),
        "is ��; a power",
    ),
    "part 3 of 2": (
        raw(entries=3, rest=NAMED + entry("split.no", 0, b"\2") + entry("split.count", 0, b"\2")),
        "claims to be part 2 of 2",
    ),
    "9 dimensions": (raw(entries=1, tensors=1, rest=NAMED + tensor("t", (1,) * 9)), "t has 9 dimensions"),
    "a dimension of 0": (raw(entries=1, tensors=1, rest=NAMED + tensor("t", (4, 0))), "cannot be: 4 × 0"),
    "2^63 values": (raw(entries=1, tensors=1, rest=NAMED + tensor("t", (1 << 32, 1 << 31))), "cannot be"),
    "a type of a fork": (raw(entries=1, tensors=1, rest=NAMED + tensor("t", (256,), 137)), "as type 137"),
    "rows that do not divide": (
        raw(entries=1, tensors=1, rest=NAMED + tensor("t", (100, 2), 12)),
        "t has rows of 100 values, which Q4_K cannot store: its blocks have 256",
    ),
    "a hole between tensors": (
        raw(entries=1, tensors=1, rest=NAMED + tensor("t", (4,), offset=64)),
        "t does not begin where the one before it ends",
    ),
    "tensors over each other": (
        raw(entries=1, tensors=2, rest=NAMED + tensor("a", (64,)) + tensor("b", (64,))),
        "b does not begin",
    ),
    "two tensors of a name": (
        raw(entries=1, tensors=2, rest=NAMED + tensor("a", (8,)) + tensor("a", (8,), offset=32)),
        "^a stands in the header twice",
    ),
    "a name without an end": (
        raw(entries=1, rest=entry("k" * 500, 77, b"")),
        "^k{100}… has a value of type 77",
    ),
}


@pytest.mark.parametrize(("data", "words"), HOSTILE.values(), ids=HOSTILE)
def test_what_lies_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unsizable, match=words):
        read_header(io.BytesIO(data))


class Endless:
    """A file of zeros without an end, after its beginning."""

    def __init__(self, begin: bytes) -> None:
        self._begin = begin

    def read(self, size: int = -1, /) -> bytes:
        begin, self._begin = self._begin[:size], self._begin[size:]
        return begin + bytes(size - len(begin))


@pytest.mark.parametrize(
    "begin",
    [
        raw(entries=1_000, tensors=200_000, rest=entry("k", LIST, listed(TEXT, 500_000))),
        raw(entries=1_000, tensors=200_000, rest=entry("k", LIST, listed(0, 60 << 20))),
        raw(entries=1, tensors=200_000, rest=NAMED),
        raw(entries=1_000),
    ],
    ids=["texts", "numbers", "tensors", "entries"],
)
def test_memory_and_time_are_bounded(begin: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Unsizable):
        read_header(Endless(begin))
    assert time.process_time() - started < 10
    tracemalloc.start()
    with pytest.raises(Unsizable):
        read_header(Endless(begin))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * MOST_BYTES


def refusal(data: bytes) -> str:
    """The code of the refusal, empty where the header is read."""
    try:
        read_header(io.BytesIO(data))
    except Unsizable as refused:
        return refused.statement.code
    return ""


@given(st.data())
def test_a_damaged_header_is_refused_or_read(data: st.DataObject) -> None:
    honest = bytearray(llama(1))
    at = data.draw(st.integers(0, len(honest) - 1))
    honest[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(honest) - 100))
    assert refusal(bytes(honest)).partition(".")[0] in ("", "gguf", "reading")
    assert refusal(bytes(honest[:cut])).partition(".")[0] in ("gguf", "reading")


@given(st.binary(max_size=300))
def test_any_bytes_after_the_magic(tail: bytes) -> None:
    assert refusal(b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + tail).startswith("gguf.")
