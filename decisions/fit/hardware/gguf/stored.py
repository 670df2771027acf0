"""What the weights of a real GGUF file take: its own tensors, nothing estimated."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.gguf.architecture import layer_of
from decisions.fit.hardware.gguf.header import GgufHeader, HeaderTensor
from decisions.fit.hardware.gguf.mix import is_repacked
from decisions.fit.hardware.gguf.names import mix_of
from decisions.fit.hardware.groups import group_of
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.weights import Weights

_FORMULA = "Σ tensors: values ÷ block values × block bytes"
_SOURCE = "the file's own table of tensors"


def weights_of_header(header: GgufHeader) -> Weights:
    """The weights a header lists, to the byte. Where the file does not say what mix it is, the type most of
    them are stored in stands for the format.

    A drafting block in the file (multi-token prediction) is on the disk; the engine leaves it out.
    """
    layers = _layers(header)
    by_layer: defaultdict[int | None, list[HeaderTensor]] = defaultdict(list)
    for tensor in header.tensors:
        by_layer[layer_of(tensor.name)].append(tensor)
    held = [tensor for at in (None, *range(layers)) for tensor in by_layer[at]]
    total = _sum(held)
    groups: Counter[str] = Counter()
    for tensor in held:
        groups[group_of(_bare(tensor.name))] += tensor.bytes
    return Weights(
        format=mix_of(header) or next(iter(header.bytes_by_type()), ""),
        bytes=total,
        low_bytes=total,
        high_bytes=total,
        basis=Basis.MEASURED,
        groups=tuple(groups.items()),
        token_embedding_bytes=_sum(t for t in held if t.name == "token_embd.weight"),
        output_bytes=_sum(t for t in held if t.name == "output.weight"),
        disk_bytes=header.file_bytes,
        per_device_bytes=total,
        repack_bytes=_repacked(held),
        layer_bytes=tuple(_sum(by_layer[at]) for at in range(layers)),
        layer_repack_bytes=tuple(_repacked(by_layer[at]) for at in range(layers)),
        formula=_FORMULA,
        source=_SOURCE,
    )


def _layers(header: GgufHeader) -> int:
    """How many blocks the engine loads: all but those for drafting."""
    numbers = [number for tensor in header.tensors if (number := layer_of(tensor.name)) is not None]
    drafting = header.metadata.get(f"{header.architecture}.nextn_predict_layers", 0)
    return max(max(numbers, default=-1) + 1 - (drafting if isinstance(drafting, int) else 0), 0)


def _repacked(tensors: Iterable[HeaderTensor]) -> int:
    return _sum(tensor for tensor in tensors if is_repacked(_as_tensor(tensor), tensor.type))


def _as_tensor(stored: HeaderTensor) -> Tensor:
    row, rows, depth, *_ = (*stored.shape, 1, 1, 1)
    return Tensor(_bare(stored.name), row, rows, depth)


def _bare(name: str) -> str:
    """The name without the number of its block."""
    return name if layer_of(name) is None else name.split(".", 2)[2]


def _sum(tensors: Iterable[HeaderTensor]) -> int:
    return sum(tensor.bytes for tensor in tensors)
