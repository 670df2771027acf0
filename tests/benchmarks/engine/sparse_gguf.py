"""A GGUF file of true shapes with holes for weights."""

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFWriter, quant_shape_to_byte_shape

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.gguf.weights import types_of
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.tensors import tensors_of
from tests.benchmarks.engine.metadata import gguf_name, metadata_of

_ALIGNMENT = 32
_FLOATS = {GGMLQuantizationType.F32: np.dtype("float32"), GGMLQuantizationType.F16: np.dtype("float16")}


def write(path: Path, arch: Architecture, mix: str = "F16", more: dict[str, Any] | None = None) -> None:
    """Write the model's tensors in `mix`; `more` adds or replaces metadata (keys without the prefix)."""
    writer = GGUFWriter(str(path), gguf_name(arch))
    writer.add_string("tokenizer.ggml.model", "none")
    for key, value in {"vocab_size": arch.vocabulary, **metadata_of(arch), **(more or {})}.items():
        if value is not None:
            _add(writer, key if key.startswith("xielu.") else f"{gguf_name(arch)}.{key}", value)
    kinds = [GGMLQuantizationType[kind] for _, kind in types_of(arch, mix)]
    pairs = zip(tensors_of(arch), kinds, strict=True)
    sizes = [_declare(writer, tensor, kind) for tensor, kind in pairs if tensor.is_filed]
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()
    os.truncate(path, path.stat().st_size + sum(sizes) + 4096)


def _declare(writer: GGUFWriter, tensor: Tensor, kind: GGMLQuantizationType) -> int:
    """Add one tensor without data; what it takes in the file, padding included."""
    shape = [tensor.depth, tensor.rows, tensor.row]
    while len(shape) > 1 and shape[0] == 1:
        shape.pop(0)
    weights, size = GGML_QUANT_SIZES[kind]
    total = math.prod(shape) // weights * size
    if kind in _FLOATS:
        writer.add_tensor_info(tensor.name, shape, _FLOATS[kind], total, raw_dtype=kind)
    else:
        stored = quant_shape_to_byte_shape(shape, kind)
        writer.add_tensor_info(tensor.name, stored, np.dtype("uint8"), total, raw_dtype=kind)
    return -(-total // _ALIGNMENT) * _ALIGNMENT


def _add(writer: GGUFWriter, key: str, value: Any) -> None:
    match value:
        case bool():
            writer.add_bool(key, value)
        case int():
            writer.add_uint32(key, value)
        case float():
            writer.add_float32(key, value)
        case str():
            writer.add_string(key, value)
        case _:
            writer.add_array(key, list(value))
