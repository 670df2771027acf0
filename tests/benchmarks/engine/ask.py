"""Set our sizes of shipped models beside the engine's, by hand: see the package's docstring."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from decisions.fit.hardware.architecture import Architecture, Experts, Layer
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.gguf.mix import bytes_of, is_repacked
from decisions.fit.hardware.gguf.weights import types_of
from decisions.fit.hardware.tensors import tensors_of
from decisions.knowledge import models
from tests.benchmarks.engine.library import MIXES, Engine
from tests.benchmarks.engine.sparse_gguf import write

MIB = 1 << 20


def compare(engine: Engine, arch: Architecture, mix: str, path: Path) -> str:
    """One line: our bytes, the engine's, and the tensors whose types differ. `path` holds a file in F16."""
    theirs = engine.types(path, mix)
    pairs = zip(tensors_of(arch), types_of(arch, mix), strict=True)
    kinds = [(tensor, kind) for tensor, (_, kind) in pairs if tensor.is_filed]
    tensors, ours = [tensor for tensor, _ in kinds], {tensor.name: kind for tensor, kind in kinds}
    sizes = [sum(bytes_of(one, typed[one.name]) for one in tensors) for typed in (ours, theirs)]
    differing = [name for name, kind in ours.items() if theirs.get(name) != kind]
    return f"{mix:10} ours {sizes[0]:>16,} engine {sizes[1]:>16,} {differing[:3] or 'same types'}"


def small(arch: Architecture) -> Architecture:
    """The first of each kind of layer, with few experts and words: small enough to load for real."""
    kinds: dict[Layer, int] = {}
    for index, layer in enumerate(arch.layers):
        kinds.setdefault(layer, index)
    count = min(max(2, *(index + 1 for index in kinds.values())), 12)
    return replace(
        arch, layers=tuple(_few(layer) for layer in arch.layers[:count]), vocabulary=1024, embedding_extra=0
    )


def repacked(engine: Engine, arch: Architecture, mix: str, path: Path) -> str:
    """One line: what the engine repacks of a small model in that mix, and what we say, in MiB."""
    write(path, arch, mix)
    ours = sum(bytes_of(one, kind) for one, kind in types_of(arch, mix) if is_repacked(one, kind))
    try:
        theirs = engine.buffers(path).get("CPU_REPACK", 0.0)
    except RuntimeError as error:
        return f"{mix:10} a small one does not load: {str(error).splitlines()[-2]}"
    return f"{mix:10} repacked, of a small one: ours {ours / MIB:.2f} engine {theirs:.2f} MiB"


def _few(layer: Layer) -> Layer:
    part = layer.feed_forward
    if not isinstance(part, Experts) or part.count <= 16:
        return layer
    norms = tuple(16 if width == part.count else width for width in layer.norms)
    return replace(layer, norms=norms, feed_forward=replace(part, count=16, active=min(part.active, 4)))


def main(folder: str, model_id: str, *mixes: str) -> int:
    """Print the comparison for one shipped model."""
    model = models.find(model_id)
    arch = architecture_of(model) if model else None
    if arch is None:
        print(f"{model_id} has no shape here", file=sys.stderr)
        return 2
    engine = Engine(Path(folder))
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "sparse.gguf"
        write(path, arch)
        engine.buffers(path, allocate=False)
        for mix in mixes or tuple(MIXES):
            print(compare(engine, arch, mix, path))
        for mix in ("Q4_K_M", "Q4_0", "IQ4_NL", "MXFP4_MOE"):
            print(repacked(engine, small(arch), mix, path))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
