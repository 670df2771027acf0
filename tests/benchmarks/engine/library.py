"""llama.cpp's library as node-llama-cpp ships it, spoken to without a compiler.

The structures are those of `include/llama.h` in llama.cpp v0.5.0; another version may have others.
"""

import ctypes
import re
from pathlib import Path
from typing import Any

MIXES = {
    "Q4_0": 2, "Q4_1": 3, "Q8_0": 7, "Q5_0": 8, "Q5_1": 9, "Q2_K": 10, "Q3_K_S": 11, "Q3_K_M": 12,
    "Q3_K_L": 13, "Q4_K_S": 14, "Q4_K_M": 15, "Q5_K_S": 16, "Q5_K_M": 17, "Q6_K": 18, "IQ2_XXS": 19,
    "IQ2_XS": 20, "Q2_K_S": 21, "IQ3_XS": 22, "IQ3_XXS": 23, "IQ1_S": 24, "IQ4_NL": 25, "IQ3_S": 26,
    "IQ3_M": 27, "IQ2_S": 28, "IQ2_M": 29, "IQ4_XS": 30, "IQ1_M": 31, "BF16": 32, "TQ1_0": 36, "TQ2_0": 37,
    "MXFP4_MOE": 38,
}  # fmt: skip
"""llama_ftype by name."""

_BINARIES = "node_modules/@node-llama-cpp/linux-x64/bins/linux-x64"
_TENSOR = re.compile(
    r"\[\s*\d+/\s*\d+\]\s+(\S+)\s+- \[[\d, ]+\], type =\s+(\w+),"
    r" size =\s+[\d.]+ MiB(?: -> +[\d.]+ MiB \((\w+)\))?"
)
_BUFFER = re.compile(r"(\S+) model buffer size =\s+([\d.]+) MiB")


class _QuantizeParams(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int32) for name in ("nthread", "ftype", "output_type", "embedding_type")),
        *(
            (name, ctypes.c_bool)
            for name in ("requantize", "output", "only_copy", "pure", "keep_split", "dry_run")
        ),
        *((name, ctypes.c_void_p) for name in ("imatrix", "overrides", "types", "prune")),
        ("max_buf_size", ctypes.c_size_t),
    )


class _ModelParams(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("devices", "overrides")),
        *(
            (name, ctypes.c_int32)
            for name in ("n_gpu_layers", "split_mode", "load_mode", "lazy_mode", "main_gpu")
        ),
        *((name, ctypes.c_void_p) for name in ("tensor_split", "progress", "progress_data", "kv_overrides")),
        *(
            (name, ctypes.c_bool)
            for name in ("vocab_only", "check", "extra_buffers", "no_host", "no_alloc", "mtp")
        ),
    )


class Engine:
    """The library of one node-llama-cpp installation; `folder` holds its `node_modules`."""

    def __init__(self, folder: Path) -> None:
        binaries = folder / _BINARIES
        self._log: list[str] = []
        ctypes.CDLL(str(binaries / "libggml-base.so"), ctypes.RTLD_GLOBAL)
        ggml = ctypes.CDLL(str(_newest(binaries, "libggml.v")), ctypes.RTLD_GLOBAL)
        self._llama = ctypes.CDLL(str(_newest(binaries, "libllama.v")))
        self._callback = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)(self._hear)
        self._llama.llama_log_set(self._callback, None)
        ggml.ggml_backend_load.restype = ctypes.c_void_p
        ggml.ggml_backend_load(str(binaries / "libggml-cpu-haswell.so").encode())
        self._llama.llama_model_default_params.restype = _ModelParams
        self._llama.llama_model_load_from_file.argtypes = [ctypes.c_char_p, _ModelParams]
        self._llama.llama_model_load_from_file.restype = ctypes.c_void_p
        self._llama.llama_model_free.argtypes = [ctypes.c_void_p]
        self._llama.llama_model_quantize_default_params.restype = _QuantizeParams

    def types(self, path: Path, mix: str) -> dict[str, str]:
        """The type of each tensor, by name, that the quantizer would give a file of 16-bit weights."""
        params = self._llama.llama_model_quantize_default_params()
        params.ftype, params.dry_run, params.requantize, params.nthread = MIXES[mix], True, True, 1
        self._log.clear()
        self._llama.llama_model_quantize(str(path).encode(), b"/dev/null", ctypes.byref(params))
        found = {name: (after or before).upper() for name, before, after in _TENSOR.findall(self.log)}
        if not found:
            raise RuntimeError(self.log[-500:])
        return found

    def buffers(self, path: Path, *, allocate: bool = True) -> dict[str, float]:
        """The MiB of each buffer of a loaded file; without `allocate` only whether it loads is found out."""
        params = self._llama.llama_model_default_params()
        params.no_alloc, params.load_mode = not allocate, 0
        self._log.clear()
        model: Any = self._llama.llama_model_load_from_file(str(path).encode(), params)
        if not model:
            raise RuntimeError(self.log[-500:])
        self._llama.llama_model_free(model)
        return {name: float(size) for name, size in _BUFFER.findall(self.log)}

    @property
    def log(self) -> str:
        """What the engine printed since it was last asked something."""
        return "".join(self._log)

    def _hear(self, _level: int, text: bytes, _data: Any) -> None:
        self._log.append(text.decode("utf-8", "replace"))


def _newest(folder: Path, start: str) -> Path:
    return max(folder.glob(f"{start}*.so"))
