"""Types a GGUF tensor can have: how many weights make a block, how many bytes it takes."""

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
