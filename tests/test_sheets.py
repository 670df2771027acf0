"""What goes to the browser stays small, and the strict Content-Security-Policy has nothing to forbid."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from config.static import minified, sent_script

ROOT = Path(__file__).parent.parent
LAYERED = sorted(each for each in (ROOT / "static" / "css").iterdir() if not each.name.startswith("fonts"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = re.compile(r"\|safe\b|\bstyle=|hx-on|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:")


STYLES = ROOT / "templates" / "includes" / "styles.html"
SHEET = re.compile(r'static .(css/(?!fonts-)[^\'"]+).')
LINK = re.compile(r'rel="stylesheet" href="/static/((?!css/fonts-)[^"]+)"')  # lists of slices: tests/fonts


@pytest.mark.django_db
def test_the_sheets_of_a_page_are_under_25_kilobytes(client: Client) -> None:
    sheets = LINK.findall(client.get("/accounts/login/").content.decode())
    assert "css/base.css" in sheets
    assert sum(len(minified((ROOT / "static" / sheet).read_bytes())) for sheet in sheets) <= 25_600


OF_ONE_PAGE = {"css/sizing.css": 2_560}  # sheets that only one page sends, beside the 25 kilobytes of all


def test_a_sheet_of_one_page_alone_is_small_too() -> None:
    named = {sheet for path in TEMPLATES for sheet in SHEET.findall(path.read_text(encoding="utf-8"))}
    shared = {sheet for sheet in named if f"'{sheet}'" in STYLES.read_text(encoding="utf-8")}
    assert named - shared == set(OF_ONE_PAGE)
    for sheet, most in OF_ONE_PAGE.items():
        assert len(minified((ROOT / "static" / sheet).read_bytes())) <= most


def test_all_scripts_with_htmx_are_under_70_kilobytes() -> None:
    htmx = finders.find("django_htmx/htmx-2.min.js")
    assert isinstance(htmx, str)
    ours = sum(len(sent_script(path.read_bytes())) for path in (ROOT / "static" / "js").iterdir())
    assert ours + Path(htmx).stat().st_size <= 71_680


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", LAYERED, ids=lambda path: path.stem)
def test_no_selector_loses_its_space_where_sheets_are_minified(path: Path) -> None:
    """rcssmin makes `.a :is(b)` into `.a:is(b)`, which is another element."""
    assert re.findall(r"[\w)\]*] ::?[a-z-]+", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", LAYERED, ids=lambda path: path.stem)
def test_every_sheet_keeps_to_its_layer(path: Path) -> None:
    assert f"@layer {path.stem} {{" in path.read_text(encoding="utf-8")
