"""The encoding of an entry and its hash: fixed for ever, so that old entries can be verified."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from decisions.audit.chain import GENESIS, entry_bytes, entry_hash

ENTRY: dict[str, Any] = {
    "number": 7,
    "at": datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC),
    "actor": 3,
    "verb": "version.saved",
    "project": 1,
    "decision": None,
    "payload": {"stage": "plan", "authors": [3, 4]},
    "previous_hash": GENESIS,
}


def test_the_encoding_is_canonical_json() -> None:
    assert entry_bytes(**ENTRY) == (
        b'{"actor":3,"at":"2026-05-01T12:30:15.123456+00:00","decision":null,"encoding":1,"number":7,'
        b'"payload":{"authors":[3,4],"stage":"plan"},"previous_hash":"' + b"0" * 64 + b'",'
        b'"project":1,"verb":"version.saved"}'
    )


def test_the_hash_is_the_sha256_of_the_encoding() -> None:
    assert entry_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    elsewhere = ENTRY["at"].astimezone(timezone(timedelta(hours=9)))
    assert entry_bytes(**ENTRY | {"at": elsewhere}) == entry_bytes(**ENTRY)


def test_a_whole_second_is_written_to_the_microsecond() -> None:
    assert b"12:30:15.000000+00:00" in entry_bytes(**ENTRY | {"at": ENTRY["at"].replace(microsecond=0)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 8),
        ("at", ENTRY["at"] + timedelta(microseconds=1)),
        ("actor", None),
        ("verb", "version.read"),
        ("project", 2),
        ("decision", 1),
        ("payload", {"stage": "plan", "authors": [4, 3]}),
        ("previous_hash", "1" * 64),
    ],
)
def test_every_part_of_an_entry_is_under_its_hash(name: str, value: Any) -> None:
    assert entry_hash(entry_bytes(**ENTRY | {name: value})) != entry_hash(entry_bytes(**ENTRY))
