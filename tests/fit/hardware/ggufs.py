"""GGUF files for the tests: honest headers through the `gguf` package, dishonest ones by hand."""

import io
import struct
import tempfile
from math import prod
from pathlib import Path
from typing import Any

import gguf
import numpy as np

Shape = tuple[int, ...]
F16, Q4_K = gguf.GGMLQuantizationType.F16, gguf.GGMLQuantizationType.Q4_K


def header(
    architecture: str,
    keys: dict[str, Any],
    tensors: dict[str, Shape],
    kind: gguf.GGMLQuantizationType = F16,
    order: gguf.GGUFEndian = gguf.GGUFEndian.LITTLE,
) -> bytes:
    """A header as the package writes it. Shapes are in the file's order: rows first; 1-D tensors are F32."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.gguf"
        writer = gguf.GGUFWriter(path, architecture, endianess=order)
        for name, value in keys.items():
            _add(writer, name if name.startswith(("general.", "split.")) else f"{architecture}.{name}", value)
        for name, shape in tensors.items():
            own = kind if len(shape) > 1 else gguf.GGMLQuantizationType.F32
            block, size = gguf.GGML_QUANT_SIZES[own]
            stored = (*reversed(shape[1:]), shape[0] // block * size)
            writer.add_tensor_info(name, stored, np.dtype(np.uint8), prod(shape) // block * size, own)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        writer.close()
        return path.read_bytes()


def _add(writer: gguf.GGUFWriter, name: str, value: Any) -> None:
    if isinstance(value, bool):
        writer.add_bool(name, value)
    elif isinstance(value, int):
        writer.add_uint32(name, value)
    elif isinstance(value, float):
        writer.add_float32(name, value)
    elif isinstance(value, str):
        writer.add_string(name, value)
    else:
        writer.add_array(name, value)


def text(value: bytes | str) -> bytes:
    """A text as GGUF has it."""
    value = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(value)) + value


def raw(*, tensors: int = 0, entries: int = 0, rest: bytes = b"", version: int = 3) -> bytes:
    """A header by hand: counts that need not be true, and what follows them."""
    return b"GGUF" + struct.pack("<IQQ", version, tensors, entries) + rest


def entry(name: str, kind: int, value: bytes) -> bytes:
    """An entry of metadata by hand."""
    return text(name) + struct.pack("<I", kind) + value


NAMED = entry("general.architecture", 8, text("llama"))


def tensor(name: str, shape: Shape, kind: int = 0, offset: int = 0) -> bytes:
    """An entry of the table by hand."""
    return text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape) + struct.pack("<IQ", kind, offset)


class Upload(io.BytesIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def llama(layers: int = 2, **keys: Any) -> bytes:
    """A small Llama with a head of its own: 256 wide, 4 heads, 2 KV heads."""
    tensors: dict[str, Shape] = {"token_embd.weight": (256, 1000), "output.weight": (256, 1000)}
    tensors["output_norm.weight"] = (256,)
    for at in range(layers):
        tensors |= {
            f"blk.{at}.attn_norm.weight": (256,),
            f"blk.{at}.attn_q.weight": (256, 256),
            f"blk.{at}.attn_k.weight": (256, 128),
            f"blk.{at}.attn_v.weight": (256, 128),
            f"blk.{at}.attn_output.weight": (256, 256),
            f"blk.{at}.ffn_norm.weight": (256,),
            f"blk.{at}.ffn_gate.weight": (256, 512),
            f"blk.{at}.ffn_up.weight": (256, 512),
            f"blk.{at}.ffn_down.weight": (512, 256),
        }
    stated = {
        "block_count": layers,
        "embedding_length": 256,
        "context_length": 4096,
        "attention.head_count": 4,
        "attention.head_count_kv": 2,
        "rope.dimension_count": 64,
    }
    return header("llama", stated | keys, tensors, Q4_K)
