"""What goes to the browser stays small, and the strict Content-Security-Policy has nothing to forbid."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = re.compile(r"\|safe\b|\bstyle=|hx-on|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:")


def size(folder: str) -> int:
    return sum(path.stat().st_size for path in (ROOT / "static" / folder).iterdir())


def test_all_sheets_together_are_under_25_kilobytes() -> None:
    assert size("css") < 25_600


def test_all_our_scripts_together_are_under_14_kilobytes() -> None:
    assert size("js") < 14_336


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "css").iterdir()), ids=lambda path: path.stem)
def test_every_sheet_keeps_to_its_layer(path: Path) -> None:
    assert f"@layer {path.stem} {{" in path.read_text(encoding="utf-8")
