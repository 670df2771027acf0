"""Write the engine's own sizes of many shipped models to a file that tests read.

    python -m tests.benchmarks.engine.collect FOLDER tests/fit/hardware/data/engine_families.json

One model of each kind is asked about (see the package's docstring for FOLDER). It takes some ten minutes.
"""

import json
import sys
import tempfile
from pathlib import Path

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.gguf.mix import bytes_of
from decisions.fit.hardware.tensors import tensors_of
from decisions.knowledge import models
from tests.benchmarks.engine.library import Engine
from tests.benchmarks.engine.sparse_gguf import write

ASKED = (
    "Q2_K",
    "Q3_K_M",
    "Q4_0",
    "Q4_K_S",
    "Q4_K_M",
    "Q5_K_M",
    "Q6_K",
    "Q8_0",
    "IQ2_M",
    "IQ3_XS",
    "IQ4_XS",
    "MXFP4_MOE",
)


def one_of_each() -> dict[str, Architecture]:
    """The smallest shipped model of each kind, by its name."""
    found: dict[str, tuple[int, str, Architecture]] = {}
    for model in models.shipped():
        arch = architecture_of(model)
        if arch is None or not model.parameters:
            continue
        known = found.get(arch.model_type)
        if known is None or model.parameters < known[0]:
            found[arch.model_type] = (model.parameters, model.id, arch)
    return {name: arch for _, name, arch in found.values()}


def sizes(engine: Engine, arch: Architecture, path: Path) -> dict[str, int]:
    """The bytes of each mix by the types the engine's quantizer gives. Experts that a checkpoint brings in
    four bits are left so by whoever publishes them, so one mix is asked of those."""
    write(path, arch)
    engine.buffers(path, allocate=False)
    found = {}
    for mix in ASKED if arch.source_quantization != "mxfp4" else ("MXFP4_MOE",):
        kinds = engine.types(path, mix)
        found[mix] = sum(bytes_of(one, kinds[one.name]) for one in tensors_of(arch) if one.is_filed)
    return found


def main(folder: str, target: str) -> int:
    """Ask about one model of each kind; kinds the engine does not load are said and left out."""
    engine, rows = Engine(Path(folder)), {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, arch in one_of_each().items():
            try:
                rows[name] = sizes(engine, arch, Path(temporary) / "sparse.gguf")
            except RuntimeError as error:
                print(f"{name} ({arch.model_type}): {str(error).strip().splitlines()[-2:]}", file=sys.stderr)
    head = {"source": "llama.cpp v0.5.0 (npm node-llama-cpp 3.22.1), its quantizer's dry run on sparse files"}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    Path(target).write_text(
        f'{{\n{json.dumps(head)[1:-1]},\n"weights": {{\n{lines}\n}}\n}}\n', encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
