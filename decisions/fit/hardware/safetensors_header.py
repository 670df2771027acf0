"""What a safetensors file or its index says of the weights, without the weights.

A file begins with the length of its header (8 bytes, little-endian) and the header, one JSON object; a
checkpoint of several files has `model.safetensors.index.json`, which says what is where and how much it is.
Layout: https://huggingface.co/docs/safetensors, read on 2026-11-28. The `safetensors` package opens whole
files only, by path; here the first bytes of an upload are enough.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from decisions.fit.hardware.gguf.bytes import Readable, counted, shown
from decisions.fit.hardware.problem import CutOff, Unsizable
from decisions.fit.say import say

MIB = 1 << 20
MOST_BYTES = 96 * MIB  # the format's own limit is 100 MB; a header has some 150 bytes a tensor
MOST_DIMENSIONS = 16
_LENGTH_BYTES = 8
_MOST_VALUES = 1 << 62
BITS = {
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
    "U16": 16, "I16": 16, "F16": 16, "BF16": 16,
    "U32": 32, "I32": 32, "F32": 32,
    "U64": 64, "I64": 64, "F64": 64, "C64": 64,
}  # fmt: skip
"""The bits of one value, by the format's name of its type."""

_GROUPS = (
    ("vision", ("vision", "visual", "multi_modal_projector", "mm_projector", "image_newline")),
    ("audio", ("audio",)),
    ("mtp", ("mtp", "nextn")),
    ("experts", (".experts.",)),
    ("router", (".gate.weight", ".router.", ".gate.e_score_correction_bias")),
    ("output", ("lm_head", "embed_out", "output_layer")),
    ("other", ("norm", "rotary_emb")),
    (
        "embedding",
        ("embed_tokens", ".wte.", "wte.weight", "word_embeddings", "embeddings", "embed_in", ".wpe."),
    ),
    ("state", ("mamba", "linear_attn", ".mixer.", "ssm", ".conv.conv")),
    ("attention", ("attn", "attention", ".q_proj", ".k_proj", ".v_proj", ".o_proj")),
    ("feed_forward", ("mlp", "feed_forward", "ffn", ".gate_proj", ".up_proj", ".down_proj", ".fc1", ".fc2")),
)
"""The group of a tensor is the first one a word of which stands in its name."""


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """One tensor as it is stored; `dtype` is the format's name of its type."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    bytes: int

    @property
    def elements(self) -> int:
        """How many values it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class SafetensorsHeader:
    """The header of one file. `file_bytes` is the size of the whole file, `format` what its maker noted."""

    tensors: tuple[StoredTensor, ...]
    header_bytes: int
    format: str = ""

    @property
    def tensor_bytes(self) -> int:
        """What all tensors take, in bytes."""
        return sum(tensor.bytes for tensor in self.tensors)

    @property
    def file_bytes(self) -> int:
        """The size of the whole file."""
        return self.header_bytes + self.tensor_bytes

    def bytes_by_dtype(self) -> Mapping[str, int]:
        """Bytes for each type of value, the largest first."""
        return _sums(self.tensors, lambda tensor: tensor.dtype)

    def bytes_by_group(self) -> Mapping[str, int]:
        """Bytes for each group (embedding, output, attention, state, experts, …), the largest first."""
        return _sums(self.tensors, lambda tensor: group_of_name(tensor.name))


@dataclass(frozen=True, slots=True)
class SafetensorsIndex:
    """An index: `tensor_bytes` as its maker summed them up, None where that is not said. `tensors` says for
    each name which of the `files` holds it."""

    tensor_bytes: int | None
    files: tuple[str, ...]
    tensors: Mapping[str, str]


def group_of_name(name: str) -> str:
    """The group of a tensor by its name in the checkpoint; `other` for norms and what is not known."""
    return next((group for group, words in _GROUPS if any(word in name for word in words)), "other")


def read_safetensors_header(file: Readable) -> SafetensorsHeader:
    """Read the header from the beginning of `file`; the weights behind it need not be there.

    Raises Unsizable, which names what is wrong.
    """
    start = _exactly(file, _LENGTH_BYTES)
    if start.startswith(b"version "):
        raise Unsizable(say("reading.pointer"))
    length = int.from_bytes(start, "little")
    if length > MOST_BYTES or length < 2:
        raise Unsizable(say("safetensors.length", found=counted(length), most=MOST_BYTES // MIB))
    entries = _object(_exactly(file, length))
    noted = entries.pop("__metadata__", {})
    tensors = tuple(_tensor(name, entry) for name, entry in entries.items())
    _follow(tensors, [_span(name, entry)[0] for name, entry in entries.items()])
    made_by = noted.get("format", "") if isinstance(noted, dict) else ""
    return SafetensorsHeader(tensors, _LENGTH_BYTES + length, shown(str(made_by)))


def read_index(text: bytes) -> SafetensorsIndex:
    """Read `model.safetensors.index.json`. Raises Unsizable, which names what is wrong."""
    if len(text) > MOST_BYTES:
        raise Unsizable(say("safetensors.index_large", most=MOST_BYTES // MIB))
    if text.startswith(b"version https://git-lfs"):
        raise Unsizable(say("reading.pointer"))
    entries = _object(text)
    where = entries.get("weight_map")
    if not isinstance(where, dict) or not where or not all(isinstance(name, str) for name in where.values()):
        raise Unsizable(say("safetensors.no_weight_map"))
    noted = entries.get("metadata")
    total = noted.get("total_size") if isinstance(noted, dict) else None
    return SafetensorsIndex(
        tensor_bytes=None if total is None else _whole("metadata.total_size", total),
        files=tuple(dict.fromkeys(where.values())),
        tensors=where,
    )


def _exactly(file: Readable, count: int) -> bytes:
    pieces, have = [], 0
    while have < count:
        piece = file.read(min(count - have, MIB))
        if not piece:
            problem = say("safetensors.cut_off", found=have, needed=count)
            raise CutOff(problem, _LENGTH_BYTES + count, is_all=True)
        pieces.append(piece)
        have += len(piece)
    return b"".join(pieces)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=_unique)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Unsizable(say("safetensors.not_json")) from error
    if not isinstance(found, dict):
        raise Unsizable(say("safetensors.not_json"))
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _value in pairs).most_common(1)[0][0]
        raise Unsizable(say("safetensors.twice", name=shown(twice)))
    return found


def _tensor(name: str, entry: Any) -> StoredTensor:
    begin, end = _span(name, entry)
    dtype, shape = entry.get("dtype"), entry.get("shape")
    if not isinstance(dtype, str) or dtype not in BITS:
        raise Unsizable(say("safetensors.dtype", name=shown(name), found=shown(str(dtype))))
    if not isinstance(shape, list) or len(shape) > MOST_DIMENSIONS:
        raise Unsizable(say("safetensors.shape", name=shown(name)))
    sizes = tuple(_whole(f"{shown(name)}.shape", size) for size in shape)
    bits = prod(sizes) * BITS[dtype]
    if bits != (end - begin) * 8:
        expected, found = counted(-(-bits // 8)), counted(end - begin)
        raise Unsizable(say("safetensors.size", name=shown(name), expected=expected, found=found))
    return StoredTensor(name, dtype, sizes, end - begin)


def _span(name: str, entry: Any) -> tuple[int, int]:
    offsets = entry.get("data_offsets") if isinstance(entry, dict) else None
    if not isinstance(offsets, list) or len(offsets) != 2:
        raise Unsizable(say("safetensors.offsets", name=shown(name)))
    begin, end = (_whole(f"{shown(name)}.data_offsets", each) for each in offsets)
    if end < begin:
        raise Unsizable(say("safetensors.offsets", name=shown(name)))
    return begin, end


def _whole(name: str, found: Any) -> int:
    if isinstance(found, float) and found.is_integer():  # some makers of indexes write 1.0e9
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= _MOST_VALUES:
        raise Unsizable(say("safetensors.number", name=name, found=shown(str(found))))
    return found


def _follow(tensors: tuple[StoredTensor, ...], begins: Iterable[int]) -> None:
    """Tensors follow each other without a hole, as the format asks: else their bytes prove nothing."""
    end = 0
    for begin, tensor in sorted(zip(begins, tensors, strict=True), key=lambda each: (each[0], each[1].bytes)):
        if begin != end:
            raise Unsizable(say("safetensors.hole", name=shown(tensor.name)))
        end += tensor.bytes


def _sums(tensors: Iterable[StoredTensor], key: Callable[[StoredTensor], str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for tensor in tensors:
        found[key(tensor)] = found.get(key(tensor), 0) + tensor.bytes
    return dict(sorted(found.items(), key=lambda each: -each[1]))
