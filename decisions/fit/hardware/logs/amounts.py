"""Amounts of memory as engines print them, with what rounding hides."""

from decimal import Decimal

_BINARY = {"B": 1, "BYTE": 1, "BYTES": 1, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30, "TIB": 1 << 40}
_NOT_MEANT = {
    "KB": 1 << 10,
    "K": 1 << 10,
    "MB": 1 << 20,
    "M": 1 << 20,
    "GB": 1 << 30,
    "G": 1 << 30,
    "TB": 1 << 40,
}
"""llama.cpp's old MB, vLLM's old GB and SGLang's GB are divided by powers of 2 in their code."""

AMOUNT = r"(?P<number>\d{1,15}(?:\.\d{1,9})?)\s*(?P<unit>[KMGT]i?B|bytes?|B)\b"
"""A number with its unit, as groups of a pattern."""


def amount(number: str, unit: str) -> tuple[int, int]:
    """Bytes, and half of the last printed digit in bytes: `("7.48", "GiB")` is 7.48 × 2^30 ± 0.005 × 2^30."""
    size = (_BINARY | _NOT_MEANT)[unit.upper()]
    value = Decimal(number)
    digits = -int(value.as_tuple().exponent)
    half = size / 10**digits / 2 if size > 1 else 0
    return round(value * size), round(half)
