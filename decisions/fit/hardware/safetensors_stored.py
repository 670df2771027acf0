"""What the weights of a real safetensors checkpoint take: its own tensors, or the sum its index states."""

from dataclasses import dataclass
from math import ceil

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.formats import tower_bytes
from decisions.fit.hardware.safetensors_header import SafetensorsHeader, SafetensorsIndex
from decisions.fit.hardware.setting import RuntimeName
from decisions.fit.hardware.weights import Weights, published, weights_of

_DTYPES = {"BF16": "BF16", "F16": "FP16", "F32": "FP32", "F8_E4M3": "FP8", "I8": "INT8"}
_BESIDE = ("vision", "audio", "mtp")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a header or an index says in sum: bytes of all tensors, bytes by group and the type most of them
    have (both empty for an index)."""

    bytes: int
    groups: tuple[tuple[str, int], ...] = ()
    format: str = ""


def checkpoint_of(stored: SafetensorsHeader | SafetensorsIndex) -> Checkpoint | None:
    """The sum of a header or an index; None for an index that does not state it."""
    if isinstance(stored, SafetensorsIndex):
        return None if stored.tensor_bytes is None else Checkpoint(stored.tensor_bytes)
    dtype = next(iter(stored.bytes_by_dtype()), "")
    return Checkpoint(stored.tensor_bytes, tuple(stored.bytes_by_group().items()), _DTYPES.get(dtype, dtype))


def weights_of_checkpoint(
    stored: Checkpoint, arch: Architecture, runtime: RuntimeName, devices: int = 1
) -> Weights:
    """The weights as they are stored, to the byte.

    How much of them one of several devices holds is the share that is computed from the shape. A drafting
    block is on the disk only.
    """
    computed = weights_of(arch, published(arch, runtime), runtime, devices)
    groups = dict(stored.groups)
    drafting = groups.get("mtp", 0)
    towers = groups.get("vision", 0) + groups.get("audio", 0) if groups else tower_bytes(arch)
    text = max(0, stored.bytes - towers - drafting)
    share = computed.per_device_bytes / max(1, computed.bytes + computed.tower_bytes)
    return Weights(
        format=stored.format or computed.format,
        bytes=text,
        low_bytes=text,
        high_bytes=text,
        basis=Basis.MEASURED,
        groups=tuple((name, size) for name, size in groups.items() if name not in _BESIDE),
        token_embedding_bytes=groups.get("embedding", computed.token_embedding_bytes),
        output_bytes=groups.get("output", computed.output_bytes),
        disk_bytes=stored.bytes,
        per_device_bytes=min(text + towers, ceil((text + towers) * share)),
        tower_bytes=towers,
        formula="Σ tensors: end − begin" if groups else "metadata.total_size",
        source="the file's own header" if groups else "the checkpoint's own index",
    )
