"""What the browser draws: shapes of the right region, never a box; and it fetches only what a page needs."""

from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.fonts.drawn import APART, CELL, NEAR, SIZE, apart, cells, reference

pytestmark = pytest.mark.django_db
REGIONAL = "直骨令写画空述底"  # one code point, two shapes
OF_LANGUAGE = {"ja": "jp", "zh-Hans": "sc"}
SET = """([language, characters, tag, cell, size]) => {
  document.body.replaceChildren();
  const row = document.createElement(tag);
  row.lang = language;
  Object.assign(row.style, {display: "flex", width: "max-content", margin: 0});
  Object.assign(row.style, {background: "#fff", color: "#000", letterSpacing: 0});
  for (const character of characters) {
    const box = row.appendChild(document.createElement("span"));
    box.textContent = character;
    Object.assign(box.style, {width: `${cell}px`, height: `${cell}px`, font: "inherit", fontSize: `${size}px`,
      lineHeight: `${cell}px`, textAlign: "center"});
  }
  document.body.append(row);
  row.id = "row";
}"""


@pytest.fixture
def opened(page: Page, live_server: LiveServer) -> Page:
    """A page of ours, in English."""
    page.goto(f"{live_server.url}/accounts/login/")
    return page


def _row(page: Page, language: str, characters: list[str], tag: str = "p") -> list[Image.Image]:
    page.evaluate(SET, [language, characters, tag, CELL, SIZE])
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.locator("#row").screenshot()))
    return cells(picture, len(characters))


@pytest.mark.parametrize(("tag", "weight"), [("p", ""), ("h1", "-bold")])
@pytest.mark.parametrize("language", OF_LANGUAGE)
def test_the_shapes_are_those_of_the_language(opened: Page, language: str, tag: str, weight: str) -> None:
    ours, other = (OF_LANGUAGE[each] for each in sorted(OF_LANGUAGE, key=lambda each: each != language))
    for drawn, character in zip(_row(opened, language, list(REGIONAL), tag), REGIONAL, strict=True):
        distance = apart(drawn, reference(ours + weight, character))
        assert distance < NEAR, character
        assert apart(drawn, reference(other + weight, character)) > distance + APART, character


def test_a_text_without_a_language_has_japanese_shapes(opened: Page) -> None:
    for drawn, character in zip(_row(opened, "en", list("直与海")), "直与海", strict=True):
        assert apart(drawn, reference("jp", character)) < NEAR, character


def test_a_text_area_has_the_shapes_of_its_own_language(opened: Page) -> None:
    family = """(language) => { const area = document.createElement("textarea"); area.lang = language;
      document.body.append(area); return getComputedStyle(area).fontFamily }"""
    assert opened.evaluate(family, "zh-Hans").split(", ")[1] == '"Routecard SC"'
    assert opened.evaluate(family, "ja").split(", ")[1] == '"Routecard JP"'


@pytest.mark.parametrize(
    ("face", "characters"),
    [
        ("latin", "aZ9éßő✓✕?ΩЖ"),
        ("signs", "“”…→←≤≥≠≈"),
        ("jp", "ひらがなカタ漢ﾊﾝ々〆Ｆ龠鬱塀"),
        ("sc", "门关齄们讠"),
        ("kr", "한국"),
    ],
)
def test_characters_are_drawn_from_our_files(opened: Page, face: str, characters: str) -> None:
    for drawn, character in zip(_row(opened, "en", list(characters)), characters, strict=True):
        assert apart(drawn, reference(face, character)) < NEAR, character


def test_voiced_kana_in_two_parts_are_one_character(opened: Page) -> None:
    apart_written = _row(opened, "ja", ["か\u3099", "は\u309a", "カ\u3099"])
    for drawn, character in zip(apart_written, "がぱガ", strict=True):
        assert apart(drawn, reference("jp", character)) < NEAR, character


def test_no_two_characters_look_the_same(opened: Page) -> None:
    characters = "日本語の文章例中国简体门见贝车直与誤海鬱龠齄あアｱ한✓✕"
    drawn = dict(zip(characters, _row(opened, "ja", list(characters)), strict=True))
    for one, other in combinations(characters, 2):
        assert apart(drawn[one], drawn[other]) > 4, one + other


def test_english_fetches_latin_and_points_alone(page: Page, live_server: LiveServer) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/fonts/" in request.url else None)
    page.goto(f"{live_server.url}/accounts/login/")
    page.wait_for_load_state("networkidle")
    names = {url.rsplit("/", 1)[1] for url in fetched}
    assert (
        {"latin.woff2", "latin-bold.woff2"}
        <= names
        <= {
            "latin.woff2",
            "latin-bold.woff2",
            "points.woff2",
            "points-bold.woff2",
            "mono.woff2",
        }
    )
