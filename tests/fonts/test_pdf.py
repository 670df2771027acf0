"""What the PDF shows on a machine without fonts: looked at as pictures, because its text reads right even
where the glyphs are wrong."""

import re
from itertools import combinations

import pytest
from PIL import Image

from decisions.management.fonts.characters import of_rows
from tests.fonts.drawn import APART, NEAR, apart, reference
from tests.fonts.printed import Row, pictures, printed, rows_of

REGIONAL = "直骨令写画空述底"
DRAWN = [  # language, element, face, characters
    ("ja", "i", "jp", REGIONAL),
    ("ja", "b", "jp-bold", REGIONAL),
    ("zh-Hans", "i", "sc", REGIONAL),
    ("zh-Hans", "b", "sc-bold", REGIONAL),
    ("en", "i", "jp", "直与海漢ｶﾊﾟＦ々〆龠鬱"),
    ("zh-Hans", "i", "sc", "门关齄们讠"),
    ("ja", "i", "sc", "门们讠"),
    ("en", "span", "latin", "aZ9éßő✓✕?ΩЖ·×"),
    ("en", "b", "latin-bold", "aZ9éßő✓✕?ΩЖ·×"),
    ("en", "i", "latin-italic", "aZ9éßő?ΩЖ"),
    ("en", "code", "mono", "aZ9é0"),
    ("en", "span", "signs", "“”…→←≤≥≠≈−≒"),
    ("ja", "span", "jp", "…→←≠■①"),
    ("en", "span", "kr", "한국"),
    ("en", "span", "hebrew", "שלם"),
    ("en", "span", "arabic", "عرب"),
    ("ja", "i", "jp-more", "剝塡頰𠮟𠮷"),
    ("ja", "b", "jp-more", "剝塡頰"),
    ("zh-Hans", "i", "sc-more", "镕喆"),
    ("en", "i", "thai", "กขฆ"),
    ("en", "i", "devanagari", "कखघ"),
    ("en", "span", "emoji", "😀🚀👍"),
]
OTHER_REGION = {"jp": "sc", "sc": "jp", "jp-bold": "sc-bold", "sc-bold": "jp-bold"}
IN_TWO_PARTS: Row = ("ja", "span", ["か\u3099", "は\u309a", "カ\u3099", "e\u0301"])
NEVER_ALIKE = "日本語の文章例中国简体门见贝车直与誤海鬱龠齄あアｱ한✓✕→…"
Shapes = list[list[Image.Image]]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A page for each row of `DRAWN`, then the rest."""
    return printed(_rows())


@pytest.fixture(scope="module")
def shapes(pdf: bytes) -> Shapes:
    """The pictures of its characters."""
    return pictures(pdf, _rows())


def _rows() -> list[Row]:
    rows = [(language, tag, list(characters)) for language, tag, _, characters in DRAWN]
    return [*rows, IN_TWO_PARTS, ("ja", "span", list(NEVER_ALIKE))]


@pytest.mark.parametrize("number", range(len(DRAWN)), ids=lambda number: "-".join(DRAWN[number][:3]))
def test_characters_have_the_shapes_of_their_face(shapes: Shapes, number: int) -> None:
    _, _, face, characters = DRAWN[number]
    for drawn, character in zip(shapes[number], characters, strict=True):
        assert apart(drawn, reference(face, character)) < NEAR, character


@pytest.mark.parametrize("number", range(4), ids=lambda number: "-".join(DRAWN[number][:3]))
def test_shapes_are_not_those_of_the_other_region(shapes: Shapes, number: int) -> None:
    _, _, face, characters = DRAWN[number]
    for drawn, character in zip(shapes[number], characters, strict=True):
        ours, others = (apart(drawn, reference(each, character)) for each in (face, OTHER_REGION[face]))
        assert others > ours + APART, character


def test_characters_in_two_parts_are_drawn_as_one(shapes: Shapes) -> None:
    for drawn, character in zip(shapes[len(DRAWN)][:3], "がぱガ", strict=True):
        assert apart(drawn, reference("jp", character)) < NEAR, character
    assert apart(shapes[len(DRAWN)][3], reference("latin", "é")) < NEAR


def test_no_two_characters_look_the_same(shapes: Shapes) -> None:
    drawn = dict(zip(NEVER_ALIKE, shapes[-1], strict=True))
    for one, other in combinations(NEVER_ALIKE, 2):
        assert apart(drawn[one], drawn[other]) > 4, one + other


def test_only_our_fonts_are_in_the_file(pdf: bytes) -> None:
    names = set(re.findall(rb"/BaseFont ?/[A-Z]+\+([A-Za-z-]+)", pdf))
    assert names
    assert {name.split(b"-")[0] for name in names} == {b"Doc"}


@pytest.mark.parametrize(("language", "codec", "rows"), [("ja", "euc_jp", 84), ("zh-Hans", "gb2312", 87)])
def test_a_character_of_every_row_of_the_national_set_is_no_box(language: str, codec: str, rows: int) -> None:
    of_each = [sorted(of_rows(codec, row, row)) for row in range(16, rows + 1)]
    characters = "".join(chr(codes[len(codes) // 2]) for codes in of_each if codes)
    asked = rows_of(language, "span", characters + "\U0010fffd")
    *drawn, box = [shape for row in pictures(printed(asked), asked) for shape in row]
    for shape, character in zip(drawn, characters, strict=True):
        assert apart(shape, box) > APART, character
