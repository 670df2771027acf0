"""One tensor of a GGUF file, and the pair of a matrix and its bias."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor as a GGUF file holds it.

    `row` counts the elements of a row (ggml's ne[0], which quantization cuts into blocks), `rows` the rows,
    `depth` the matrices: experts, or heads of a split latent projection. `layer` is None outside of layers.
    `derived` marks what the converter adds and no checkpoint has (tables of rotary factors).
    """

    name: str
    row: int
    rows: int = 1
    depth: int = 1
    layer: int | None = None
    derived: bool = False

    @property
    def elements(self) -> int:
        """How many weights it holds."""
        return self.row * self.rows * self.depth

    @property
    def is_filed(self) -> bool:
        """Whether a GGUF file has it: Apertus's activation constants become metadata."""
        return "unnamed_" not in self.name

    @property
    def is_expert(self) -> bool:
        """Whether only some of its matrices are read per token."""
        return "_exps." in self.name


def matrix(name: str, row: int, rows: int, *, bias: bool = False) -> Iterator[Tensor]:
    """A matrix of `rows` rows of `row` elements, and its bias where it has one."""
    yield Tensor(f"{name}.weight", row, rows)
    if bias:
        yield Tensor(f"{name}.bias", rows)
