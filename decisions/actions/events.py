"""Appending to the audit trail, inside the transaction of the action that it records."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from decisions.audit.chain import GENESIS, entry_bytes, entry_hash
from decisions.models import Decision, Event, Project, User

CHAIN_LOCK = 0x526F757465  # "Route": the PostgreSQL advisory lock under which the chain grows


def append_event(
    verb: str,
    *,
    by: User | None,
    project: Project | None = None,
    decision: Decision | None = None,
    **payload: Any,
) -> Event:
    """Append one entry. The payload holds ids, names of fields and digests only.

    The chain grows under a lock until the transaction ends: SQLite's immediate transactions are one, on
    PostgreSQL an advisory lock is. Raises `TransactionManagementError` outside a transaction.
    """
    lock_trail()
    last = Event.objects.order_by("-number").values("number", "hash").first()
    fields: dict[str, Any] = {
        "number": last["number"] + 1 if last else 1,
        "at": timezone.now(),
        "verb": verb,
        "payload": payload,
        "previous_hash": last["hash"] if last else GENESIS,
    }
    about = {"actor": by, "project": project, "decision": decision}
    ids: dict[str, Any] = {name: row and row.pk for name, row in about.items()}
    digest = entry_hash(entry_bytes(**fields, **ids))
    return Event.objects.create(**fields, actor=by, project=project, decision=decision, hash=digest)


def lock_trail() -> None:
    """Let one transaction at a time append, until it ends. Taken after the locks of the rows it is about."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs into the transaction of its action")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
