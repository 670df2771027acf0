"""How weights are stored: the types of GGUF tensors, and the formats of safetensors checkpoints."""

from functools import cache

from decisions.knowledge.facts import Fact, read_json


class TensorType(Fact):
    """One of ggml's tensor types. A row is cut into blocks of `block_weights`, each `block_bytes` long."""

    name: str
    block_weights: int
    block_bytes: int


@cache
def shipped() -> tuple[TensorType, ...]:
    """Every shipped tensor type, in ggml's order."""
    return tuple(TensorType(**row) for row in read_json("quantizations.json"))


@cache
def blocks() -> dict[str, tuple[int, int]]:
    """Weights and bytes of a block by the name of the type."""
    return {row.name: (row.block_weights, row.block_bytes) for row in shipped()}


class Format(Fact):
    """A way a safetensors checkpoint, or a runtime that quantizes while it loads, stores matrices.

    Each weight takes `weight_bits`; each `group_weights` of a row (0: the whole row) come with a scale and a
    zero of so many bits; `block` (rows, columns) stands for groups that span rows. `keeps` names the groups
    of tensors that stay in 16 bits, as vectors always do.
    """

    name: str
    aliases: tuple[str, ...] = ()
    weight_bits: int
    group_weights: int = 0
    scale_bits: float = 0
    zero_bits: int = 0
    block: tuple[int, ...] = ()
    keeps: tuple[str, ...] = ()


@cache
def shipped_formats() -> tuple[Format, ...]:
    """Every shipped format, the unquantized ones first."""
    return tuple(Format(**row) for row in read_json("formats.json"))


@cache
def _formats_by_name() -> dict[str, Format]:
    return {name: row for row in shipped_formats() for name in (row.name, *row.aliases)}


def find_format(text: str) -> Format | None:
    """The format of that name, whatever its case and separators."""
    return _formats_by_name().get(text.strip().upper().replace("-", "_").replace(" ", "_"))
