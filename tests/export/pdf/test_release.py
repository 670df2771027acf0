"""The key of a stored PDF: it is another one as soon as anything is that decides about the bytes."""

import pytest

from decisions.export.pdf import libraries, release
from tests.export.pdf.samples import envelope, stored


def key() -> str:
    release.release.cache_clear()
    return release.made_of(envelope(stored()))


def test_every_library_of_this_machine_is_named() -> None:
    found = release.libraries()
    assert {"weasyprint", "pydyf", "python", "zlib"} <= set(found)
    for name in ("pango", "harfbuzz", "freetype", "fribidi", "fontconfig"):
        assert any(character.isdigit() for character in found[name]), name


@pytest.mark.parametrize("name", ["pango", "harfbuzz", "freetype", "fribidi", "fontconfig"])
def test_another_version_of_a_library_makes_another_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    other = libraries.library_versions() | {name: "99.0"}
    monkeypatch.setattr(release, "library_versions", lambda: other)
    assert key() != before
    monkeypatch.undo()
    assert key() == before


def test_a_library_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"pango": (("libpango-of-nowhere.so.0",), libraries._named("pango_version_string"))}
    monkeypatch.setattr(libraries, "_ASKED", asked)
    assert libraries.library_versions() == {"pango": "none"}
