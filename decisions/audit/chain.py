"""The hash chain of the audit trail: each entry's hash covers the entry and the hash before it."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import rfc8785

GENESIS = "0" * 64  # the hash before the first entry


def entry_bytes(
    *,
    number: int,
    at: datetime,
    actor: int | None,
    verb: str,
    project: int | None,
    decision: int | None,
    payload: dict[str, Any],
    previous_hash: str,
) -> bytes:
    """One entry as canonical JSON (RFC 8785), version 1 of the encoding; `at` is UTC to the microsecond."""
    return rfc8785.dumps(
        {
            "encoding": 1,
            "number": number,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": actor,
            "verb": verb,
            "project": project,
            "decision": decision,
            "payload": payload,
            "previous_hash": previous_hash,
        }
    )


def entry_hash(encoded: bytes) -> str:
    """The SHA-256 of an encoded entry, 64 hexadecimal digits."""
    return hashlib.sha256(encoded).hexdigest()
