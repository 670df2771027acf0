"""What runs beside the model on its devices: adapters, a draft model, the part that sees and hears."""

from collections.abc import Iterator

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.estimate import Basis, Line, Part, Place
from decisions.fit.hardware.formats import lora_bytes
from decisions.fit.hardware.llama.buffers import compute_buffer
from decisions.fit.hardware.llama.ollama import with_defaults
from decisions.fit.hardware.setting import GGUF_RUNTIMES, GIB, SERVERS, Draft, Setting
from decisions.fit.hardware.weights import Weights, weights_of

_LORA = "2 × rank × Σ (row + rows) of matrices in attention and dense feed-forward parts × adapters"
_TOWERS = "parameters of vision and audio parts × 2"
_ENCODER_BYTES = GIB
"""What the encoder of an image works in is not worked out: so much of it is within the range."""


def beside_lines(arch: Architecture, setting: Setting, weights: Weights) -> Iterator[Line]:
    """Lines for what was asked for, and for a projector that was not: that one is shown and not counted."""
    if setting.lora_rank is not None:
        yield _adapters(arch, setting, setting.lora_rank)
    if setting.draft is not None:
        yield from _draft(setting.draft, setting)
    if setting.runtime in GGUF_RUNTIMES:
        yield from _projector(arch, setting, weights)


def _adapters(arch: Architecture, setting: Setting, rank: int) -> Line:
    """Servers reserve all matrices in 16 bits at their start, and on each of several GPUs at most the whole;
    others load what a file has, which may be in 32 bits, or only for queries and values."""
    size, count = lora_bytes(arch, rank, setting.loras), setting.divided_by
    reserves = setting.runtime in SERVERS
    inputs = (("rank", rank), ("adapters", setting.loras), ("devices", count))
    return Line(
        code="lora",
        part=Part.WEIGHTS,
        place=Place.DEVICE,
        bytes=size,
        low_bytes=size if reserves else size // 8,
        high_bytes=size * (count if reserves else 2),
        basis=Basis.COMPUTED if reserves and count == 1 else Basis.ASSUMED,
        formula=_LORA,
        inputs=inputs,
        source="LoRA, arXiv:2106.09685, section 4.1",
    )


def _draft(draft: Draft, setting: Setting) -> Iterator[Line]:
    """Its weights, its cache for the same sequences and context, and llama.cpp's buffer of a second graph.
    Servers work in the same memory as the model's own step."""
    count = setting.divided_by
    weights = weights_of(draft.architecture, draft.quantization, setting.runtime, count)
    total = max(weights.bytes + (0 if setting.runtime in GGUF_RUNTIMES else weights.tower_bytes), 1)
    whole = max(total, weights.per_device_bytes * count) if count > 1 else total
    cache = cache_of(draft.architecture, setting)
    named: tuple[tuple[str, int | float | str], ...] = (("draft", draft.name), ("format", weights.format))
    yield Line(
        "draft_weights",
        Part.WEIGHTS,
        Place.DEVICE,
        whole,
        whole - weights.bytes + weights.low_bytes,
        whole - weights.bytes + weights.high_bytes,
        weights.basis,
        weights.formula,
        (*named, *weights.groups),
        weights.source,
        per_device_bytes=weights.per_device_bytes if count > 1 else None,
    )
    yield Line(
        "draft_kv_cache",
        Part.KV,
        Place.DEVICE,
        cache.bytes,
        cache.low_bytes,
        cache.high_bytes,
        cache.basis,
        cache.formula,
        (*named, *cache.inputs),
        cache.source,
        per_device_bytes=cache.per_device_bytes if count > 1 else None,
    )
    if setting.runtime in GGUF_RUNTIMES:
        buffer = compute_buffer(draft.architecture, with_defaults(setting))
        sizes = (buffer.bytes, buffer.low_bytes, buffer.high_bytes)
        yield Line(
            "draft_compute_buffer",
            Part.RUNTIME,
            Place.DEVICE,
            *sizes,
            buffer.basis,
            buffer.formula,
            (*named, *buffer.inputs),
            buffer.source,
        )


def counts_projector(setting: Setting) -> bool:
    """Whether the vision part is loaded: where it was asked for, and in Ollama unless it was refused, whose
    models bring it along."""
    return setting.runtime == "ollama" if setting.vision is None else setting.vision


def _projector(arch: Architecture, setting: Setting, weights: Weights) -> Iterator[Line]:
    """llama.cpp's `mmproj`: a file of its own, which its runtimes load on demand onto the same devices."""
    counted, unknown = counts_projector(setting), "towers" in arch.unknown
    if not (weights.tower_bytes or unknown):
        return
    size = None if unknown else weights.tower_bytes
    yield Line(
        code="projector" if counted else "apart_projector",
        part=Part.WEIGHTS,
        place=Place.DEVICE,
        bytes=size,
        low_bytes=None if size is None else size // 2,
        high_bytes=None if size is None else size + _ENCODER_BYTES,
        basis=Basis.UNKNOWN if unknown else Basis.COMPUTED,
        formula=_TOWERS,
        inputs=tuple((tower.kind, tower.parameters) for tower in arch.towers if tower.kind != "mtp"),
        source="llama.cpp tools/mtmd: an mmproj file of 16 bits",
        missing="towers" if unknown else "",
    )
