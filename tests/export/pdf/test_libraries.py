"""A machine without Pango is told of at start, with what to install."""

import pytest

from decisions import apps
from decisions.export.pdf import libraries


def test_nothing_is_missing_here() -> None:
    assert libraries.missing_libraries() == []
    assert apps.text_can_be_drawn() == []


def test_what_is_missing_is_named_with_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_FILES", ("libpango-of-nowhere.so.0",))
    (warning,) = apps.text_can_be_drawn()
    assert warning.id == "decisions.W001"
    assert "libpango-of-nowhere.so.0" in warning.msg
    assert warning.hint == "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
