"""How ggml stores a tensor: values per block and bytes per block, by the number a GGUF file carries.

Source of the numbers, and of the sizes that are not shipped as quantizations: `gguf/constants.py` 0.19.0
(ggml-org/llama.cpp), read on 2026-11-28; a test holds all of them against the `gguf` package.
"""

from functools import cache
from typing import NamedTuple

from decisions.knowledge.quantizations import blocks


class GgmlType(NamedTuple):
    """One type: `bytes` hold `block` values."""

    name: str
    block: int
    bytes: int


_NUMBERS = {
    **dict(enumerate(("F32", "F16", "Q4_0", "Q4_1"))),
    **dict(enumerate(("Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K"), 6)),
    **dict(enumerate(("IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS"), 16)),
    **dict(enumerate(("I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16"), 24)),
    **dict(enumerate(("TQ1_0", "TQ2_0"), 34)),
    **dict(enumerate(("MXFP4", "NVFP4", "Q1_0"), 39)),
}
_NO_WEIGHTS = {
    "Q8_1": (32, 40),
    "Q8_K": (256, 292),
    "I8": (1, 1),
    "I16": (1, 2),
    "I32": (1, 4),
    "I64": (1, 8),
    "F64": (1, 8),
}
"""Types that no quantization of weights has: of activations, indexes and tables."""


@cache
def ggml_types() -> dict[int, GgmlType]:
    """Every type that llama.cpp reads, by its number."""
    sizes = blocks() | _NO_WEIGHTS
    return {number: GgmlType(name, *sizes[name]) for number, name in _NUMBERS.items()}
