"""Ask the engine for the buffers of shipped models in the settings of data_buffers.json, by hand:

    python -m tests.benchmarks.engine.sizes FOLDER meta-llama/Llama-3.1-8B-Instruct

See the package's docstring for FOLDER. Prints one JSON object per model: setting to MiB of compute buffer and
cache, as the engine prints them. Nothing is allocated but recurrent states.
"""

import ctypes
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.setting import Setting
from decisions.knowledge import models
from tests.benchmarks.engine.library import Engine
from tests.benchmarks.engine.sparse_gguf import write

SETTINGS = Path(__file__).parents[1] / "data_buffers.json"
_TYPES = {"": 1, "f32": 0, "f16": 1, "q4_0": 2, "q4_1": 3, "q5_0": 6, "q5_1": 7, "q8_0": 8, "iq4_nl": 20}
_COUNTS = ("n_ctx", "n_batch", "n_ubatch", "n_seq_max", "n_rs_seq", "n_outputs_max", "n_outputs_each")
_KINDS = ("threads", "threads_batch", "context", "scaling", "pooling", "attention", "flash_attention")
_ROPE = ("base", "scale", "extension", "factor", "fast", "slow")
_COMPUTE = re.compile(r"compute buffer size =\s*([\d.]+) MiB")
_CACHE = re.compile(r"(?:llama_kv_cache\w*|llama_memory_recurrent): size =\s*([\d.]+) MiB")


class ContextParams(ctypes.Structure):
    """llama_context_params of include/llama.h in llama.cpp v0.5.0."""

    _fields_ = (
        *((name, ctypes.c_uint32) for name in _COUNTS),
        *((name, ctypes.c_int32) for name in _KINDS),
        *((name, ctypes.c_float) for name in _ROPE),
        ("original_context", ctypes.c_uint32),
        ("defragment", ctypes.c_float),
        *((name, ctypes.c_void_p) for name in ("evaluate", "evaluate_data")),
        *((name, ctypes.c_int32) for name in ("key_type", "value_type")),
        *((name, ctypes.c_void_p) for name in ("abort", "abort_data")),
        *(
            (name, ctypes.c_bool)
            for name in ("embeddings", "offload", "no_perf", "op_offload", "swa_full", "unified")
        ),
        ("samplers", ctypes.c_void_p),
        ("sampler_count", ctypes.c_size_t),
        ("other", ctypes.c_void_p),
    )


class Contexts(Engine):
    """The library, asked for contexts over models of which only the metadata is read."""

    def sizes(self, path: Path, setting: Setting) -> list[float]:
        """MiB of the compute buffer and of all caches. Raises RuntimeError where the engine refuses."""
        llama = self._llama
        llama.llama_context_default_params.restype = ContextParams
        llama.llama_init_from_model.argtypes = [ctypes.c_void_p, ContextParams]
        llama.llama_init_from_model.restype = ctypes.c_void_p
        llama.llama_free.argtypes = [ctypes.c_void_p]
        params = llama.llama_model_default_params()
        params.no_alloc, params.load_mode = True, 0
        self._log.clear()
        model = self._needed(llama.llama_model_load_from_file(str(path).encode(), params))
        self._log.clear()
        llama.llama_free(self._needed(llama.llama_init_from_model(model, _asked(llama, setting))))
        llama.llama_model_free(model)
        return [sum(map(float, pattern.findall(self.log))) for pattern in (_COMPUTE, _CACHE)]

    def _needed(self, handle: int | None) -> int:
        if not handle:
            raise RuntimeError(self.log[-500:])
        return handle


def _asked(llama: Any, setting: Setting) -> ContextParams:
    params: ContextParams = llama.llama_context_default_params()
    params.n_ctx = setting.context_tokens * (1 if setting.kv_unified else setting.parallel)
    params.n_batch, params.n_ubatch = setting.batch_tokens or 2048, setting.ubatch_tokens or 512
    params.n_seq_max, params.n_outputs_max = setting.parallel, setting.outputs or 0
    params.flash_attention = int(setting.flash_attention is not False)
    keys, _, values = setting.kv_dtype.partition("/")
    params.key_type, params.value_type = _TYPES[keys], _TYPES[values or keys]
    params.swa_full, params.unified = setting.swa_full, setting.kv_unified
    return params


def main(folder: str, *names: str) -> int:
    engine, settings = Contexts(Path(folder)), json.loads(SETTINGS.read_text(encoding="utf-8"))["settings"]
    for name in names:
        model = models.find(name)
        arch = architecture_of(model) if model else None
        if arch is None:
            print(f"{name}: no shape is shipped", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "model.gguf"
            write(path, arch)
            asked = {key: Setting("llama_cpp", "F16", **more) for key, more in settings.items()}
            print(json.dumps({name: {key: engine.sizes(path, one) for key, one in asked.items()}}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
