"""What the weights of a real safetensors checkpoint take: its own tensors, or the sum its index states."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.formats import tower_bytes
from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import SafetensorsHeader, SafetensorsIndex
from decisions.fit.hardware.setting import RuntimeName
from decisions.fit.hardware.weights import Weights, published, weights_of
from decisions.fit.say import say

_DTYPES = {"BF16": "BF16", "F16": "FP16", "F32": "FP32", "F8_E4M3": "FP8", "I8": "INT8"}
_BESIDE = ("vision", "audio", "mtp")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a header or an index says in sum: bytes of all tensors, bytes by group and the type most of them
    have (both empty for an index). `sha256` is the digest of what was read: the header, or the index."""

    bytes: int
    groups: tuple[tuple[str, int], ...] = ()
    format: str = ""
    sha256: str = ""


def checkpoint_of(stored: SafetensorsHeader | SafetensorsIndex, sha256: str = "") -> Checkpoint | None:
    """The sum of a header or an index; None for an index that does not state it."""
    if isinstance(stored, SafetensorsIndex):
        return None if stored.tensor_bytes is None else Checkpoint(stored.tensor_bytes, sha256=sha256)
    dtype = next(iter(stored.bytes_by_dtype()), "")
    groups = tuple(stored.bytes_by_group().items())
    return Checkpoint(stored.tensor_bytes, groups, _DTYPES.get(dtype, dtype), sha256)


def kept(checkpoint: Checkpoint) -> dict[str, Any]:
    """The sums as JSON has them, for a record to keep beside the configuration."""
    return {
        "sha256": checkpoint.sha256,
        "bytes": checkpoint.bytes,
        "groups": dict(checkpoint.groups),
        "format": checkpoint.format,
    }


def kept_checkpoint(given: object) -> Checkpoint:
    """Sums that were kept. Raises Unsizable, naming the part, for what is none: people may have written in
    it."""
    if not isinstance(given, Mapping):
        raise _wrong()
    groups = given.get("groups", {})
    if not isinstance(groups, Mapping):
        raise _wrong("groups")
    sizes = tuple((shown(name), _size(f"groups.{name}", size)) for name, size in groups.items())
    texts = (given.get(name, "") for name in ("format", "sha256"))
    return Checkpoint(
        _size("bytes", given.get("bytes")),
        sizes,
        *(shown(each) if isinstance(each, str) else "" for each in texts),
    )


def _size(name: str, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < 1 << 53:
        raise _wrong(name)
    return given


def _wrong(*place: str) -> Unsizable:
    return Unsizable(say("safetensors.kept", name=shown(".".join(("safetensors", *place)))))


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
    origin = "the file's own header" if groups else "the checkpoint's own index"
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
        source=f"{origin}, SHA-256 {stored.sha256}" if stored.sha256 else origin,
    )
