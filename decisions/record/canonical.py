"""Canonical JSON (RFC 8785) and its SHA-256: the bytes under a fingerprint."""

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """Serialise plain JSON values by RFC 8785.

    Raises `rfc8785.CanonicalizationError` for NaN, infinities and integers from 2^53 on.
    """
    return rfc8785.dumps(value)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()
