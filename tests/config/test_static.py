"""The static files as a browser gets them from an installation."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config.static import minified, sent_script
from tests.conftest import collect

SOURCE = Path(__file__).parent.parent.parent / "static"


def the_one(folder: Path, pattern: str) -> Path:
    [path] = folder.glob(pattern)
    return path


def test_every_file_is_named_after_its_content_and_compressed(collected: Path) -> None:
    assert (collected / "staticfiles.json").exists()
    sheet = the_one(collected, "css/base.*.css")
    assert sheet.with_name(sheet.name + ".gz").exists()


def test_sheets_are_sent_without_remarks(collected: Path) -> None:
    sent = the_one(collected, "css/base.*.css").read_bytes()
    assert sent == minified((SOURCE / "css" / "base.css").read_bytes())
    assert b"/*" not in sent


def test_scripts_are_sent_without_remarks(collected: Path) -> None:
    sent = the_one(collected, "js/page.*.js").read_bytes()
    assert sent == sent_script((SOURCE / "js" / "page.js").read_bytes())
    assert b"\n//" not in sent
    assert b"\n " not in sent


@pytest.mark.parametrize("script", sorted((SOURCE / "js").iterdir()), ids=lambda path: path.stem)
def test_no_string_of_ours_goes_over_a_line(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.count("`") % 2 or "/*" in line or line.endswith("\\")] == []


def test_what_a_package_brings_is_sent_as_it_is(collected: Path) -> None:
    source = finders.find("django_htmx/htmx-2.min.js")
    assert the_one(collected, "django_htmx/htmx-2.min.*.js").read_bytes() == Path(str(source)).read_bytes()


def test_the_same_files_have_the_same_names_again(collected: Path, tmp_path: Path) -> None:
    again = collect(tmp_path)
    assert (again / "staticfiles.json").read_bytes() == (collected / "staticfiles.json").read_bytes()


@pytest.mark.parametrize(
    ("sheet", "sent"),
    [
        ("a { margin: calc(1px + 2px); }", "a{margin:calc(1px + 2px)}"),
        ("a b, a > :is(c, d) { e: 0 0 / 1 f; }", "a b,a>:is(c,d){e:0 0 / 1 f}"),
        ('@layer a { b::before { content: "/*  */ >"; } }', '@layer a{b::before{content:"/*  */ >"}}'),
    ],
)
def test_what_means_something_is_kept(sheet: str, sent: str) -> None:
    assert minified(sheet.encode()).decode() == sent
