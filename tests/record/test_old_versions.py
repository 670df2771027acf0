"""A real document of schema 1, saved by the release before there was any sizing, stays what it was."""

import hashlib
import json
from pathlib import Path

from decisions.export.markdown import markdown
from decisions.export.stored import Stored
from decisions.fit.judge import judge
from decisions.record.canonical import canonical_bytes
from decisions.record.content import content
from decisions.record.difference import difference
from decisions.record.read_json import read_json
from decisions.record.read_markdown import read_markdown
from decisions.record.schema import SCHEMA_VERSION, Sizing
from decisions.record.versions import load_content, record_of

SAVED = (Path(__file__).parent / "fixtures" / "version_1.json").read_bytes()
FINGERPRINT = "54b555d5e2982806c1cdf58cb45ae13d227ba842f4b453d9325419363e9639de"


def test_its_bytes_still_give_its_fingerprint() -> None:
    assert hashlib.sha256(SAVED).hexdigest() == FINGERPRINT
    assert canonical_bytes(load_content(SAVED)) == SAVED


def test_it_opens_with_nothing_asked_of_sizing() -> None:
    saved = load_content(SAVED)
    assert saved["schema_version"] == 1
    record = record_of(saved)
    assert [one.name for one in record.candidates] == [one["name"] for one in saved["candidates"]]
    assert {one.sizing for one in record.candidates} == {Sizing()}


def test_it_reads_and_exports_as_before() -> None:
    saved = load_content(SAVED)
    assert read_json(SAVED).record == record_of(saved)
    assert "Memory by estimate" not in markdown(saved)
    assert read_markdown(markdown(saved)).record.candidates[0].name == saved["candidates"][0]["name"]
    stored = Stored(saved)
    assert [fit["fit"] for fit in stored.first_fits][2] == "hardware"
    assert stored.first_fits[2]["chart"] is not None
    assert stored.estimate(stored.first) is None


def test_it_compares_with_what_is_saved_today() -> None:
    saved = load_content(SAVED)
    record = record_of(saved)
    now = json.loads(canonical_bytes(content(record, judge(record))))
    assert now["schema_version"] == SCHEMA_VERSION == 2
    found = difference(saved, now)
    assert [(change.label, change.old, change.new) for change in found.written] == [
        ("Form of the document", "1", "2")
    ]
    sizes = [change for change in found.judged if change.label == "Memory by estimate"]
    assert sizes
    assert {(change.old, change.kind) for change in sizes} == {("unknown", "added")}
    assert difference(now, now).nothing
