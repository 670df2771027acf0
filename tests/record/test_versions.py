"""Stored content of every schema version."""

import pytest
from hypothesis import given

from decisions.record.canonical import canonical_bytes
from decisions.record.reading import Unreadable
from decisions.record.schema import Record
from decisions.record.versions import load_content, record_of
from tests.record.strategies import content_of, examples, records


@examples(30)
@given(records())
def test_stored_bytes_give_the_record_again(record: Record) -> None:
    content = load_content(canonical_bytes(content_of(record)))
    assert canonical_bytes(content) == canonical_bytes(content_of(record))
    assert record_of(content) == record


@pytest.mark.parametrize("version", ["3", "0", "true", '"1"', "null"])
def test_other_schema_versions_are_refused(version: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_content(f'{{"schema_version": {version}}}'.encode())
    assert caught.value.where == "schema_version"
