"""What the font files hold, and that sheets and files belong together."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from decisions.management.fonts import characters as of
from decisions.management.fonts import faces, packages, sheets
from decisions.management.fonts.making import PAGES
from tests.fonts.drawn import ROOT

STATIC = ROOT / "static"
PDF, WEB = STATIC / "fonts" / "pdf", STATIC / "fonts" / "web"
SHEETS = ("fonts.css", "fonts-more.css", "fonts-ja.css", "fonts-zh.css")
MOST_BYTES = 20_000_000
USE_TYPO_METRICS = 1 << 7
RULE = re.compile(
    r'@font-face\{font-family:"([^"]+)";(font-weight:700;)?.*?/web/([a-z0-9-]+\.woff2)"\)(.*?)\}'
)
STACKS = {  # which faces a text in a language is drawn with, regular and bold
    "ja": (("latin", "jp", "signs"), ("latin-bold", "jp-bold", "signs-bold")),
    "zh": (("latin", "sc", "signs"), ("latin-bold", "sc-bold", "signs-bold")),
}
NATIONAL = {"ja": of.of_rows("euc_jp", 1, 84), "zh": of.of_rows("gb2312", 1, 87)}
ALSO = {
    "half-width kana": frozenset(range(0xFF61, 0xFFA0)),
    "full-width forms": frozenset(range(0xFF01, 0xFF5F)),
    "voicing marks that combine": frozenset((0x3099, 0x309A)),
}


def opened(path: Path) -> TTFont:
    return TTFont(BytesIO(path.read_bytes()), lazy=True)


@cache
def held(path: Path) -> frozenset[int]:
    return frozenset(opened(path).getBestCmap())


def together(names: tuple[str, ...]) -> frozenset[int]:
    return frozenset().union(*(held(PDF / f"doc-{name}.ttf") for name in names))


def rules() -> list[tuple[str, str, str, str]]:
    return [found for name in SHEETS for found in RULE.findall((STATIC / "css" / name).read_text())]


@pytest.mark.parametrize("weight", [0, 1], ids=["regular", "bold"])
@pytest.mark.parametrize("language", STACKS)
def test_every_character_of_the_national_set_is_there(language: str, weight: int) -> None:
    missing = NATIONAL[language] - together(STACKS[language][weight])
    assert "".join(map(chr, sorted(missing))) == ""


@pytest.mark.parametrize("name", ALSO)
@pytest.mark.parametrize("face", ["jp", "jp-bold"])
def test_japanese_has_what_is_typed_besides(face: str, name: str) -> None:
    assert ALSO[name] <= held(PDF / f"doc-{face}.ttf")


@pytest.mark.parametrize("weight", ["", "-bold"])
def test_the_marks_of_our_pages_are_there(weight: str) -> None:
    marks = set(map(ord, "✓✕?–·→←×≤≥…“”’‑−≠≈○●◐▾▸°€£¥"))
    assert marks <= together((f"latin{weight}", f"signs{weight}"))


@pytest.mark.parametrize("face", faces.FACES, ids=lambda face: face.name)
def test_a_face_has_a_name_of_its_own_and_both_spaces(face: faces.Face) -> None:
    font = opened(PDF / f"doc-{face.name}.ttf")
    assert (font["name"].getDebugName(1), font["name"].getDebugName(2)) == (face.family, "Regular")
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert {0x20, 0xA0} <= held(PDF / f"doc-{face.name}.ttf")


def test_every_package_has_its_licence_beside_the_fonts() -> None:
    texts = {path.name: path.read_text() for path in (STATIC / "fonts" / "licences").iterdir()}
    assert set(texts) == {f"{name}-OFL.txt" for name in packages.PACKAGES}
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in texts.values())
    assert all(text.startswith("Copyright") for text in texts.values())


def test_the_sheet_of_the_pdf_is_the_one_that_is_written() -> None:
    assert (STATIC / "pdf" / "fonts.css").read_text() == sheets.pdf_sheet()
    assert {path.name for path in PDF.iterdir()} == {f"doc-{face.name}.ttf" for face in faces.FACES}


def test_every_slice_is_named_by_a_sheet_once() -> None:
    named = [file for _, _, file, _ in rules()]
    assert sorted(named) == sorted(path.name for path in WEB.iterdir())


@pytest.mark.parametrize(("family", "face"), [("Routecard JP", "jp"), ("Routecard SC", "sc")])
@pytest.mark.parametrize("bold", ["", "font-weight:700;"], ids=["regular", "bold"])
def test_the_slices_of_a_face_hold_all_of_it(family: str, face: str, bold: str) -> None:
    files = [file for name, weight, file, _ in rules() if (name, weight) == (family, bold)]
    whole = held(PDF / f"doc-{face}{'-bold' if bold else ''}.ttf") - of.SPACES
    assert whole <= frozenset().union(*(held(WEB / file) for file in files))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule[2])
def test_a_slice_claims_what_it_holds(rule: tuple[str, str, str, str]) -> None:
    _, _, file, claim = rule
    found = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", claim)
    claimed = of.between(*((int(low, 16), int(high or low, 16)) for low, high in found))
    assert not claim or held(WEB / file) <= claimed | of.SPACES | {0, 0x0D}


@pytest.mark.parametrize("name", PAGES)
def test_one_slice_has_nearly_all_our_pages_say(name: str) -> None:
    locale, also = PAGES[name]
    said = of.of_interface(ROOT, locale, also) & held(PDF / f"doc-{name}.ttf")
    missing = said - held(WEB / f"{name}-pages.woff2")
    assert len(missing) <= len(said) / 20, "translations changed: run script/fonts pages"


def test_all_fonts_are_under_20_megabytes() -> None:
    files = [path for path in (STATIC / "fonts").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@pytest.mark.parametrize("path", sorted([*PDF.iterdir(), *WEB.iterdir()]), ids=lambda path: path.name)
def test_a_letter_stands_where_its_family_puts_it(path: Path) -> None:
    """Signs put beside the letters of a face are taller: browsers would set every line of text too high."""
    font = opened(path)
    if font["OS/2"].fsSelection & USE_TYPO_METRICS:
        typo = (font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap)
        assert typo == (font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap)
