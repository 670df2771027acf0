"""Texts that break pages: on paper they stay inside the margins, all of them, and every one ends."""

import unicodedata
from datetime import date

import pypdfium2
import pytest

from decisions.export.pdf.document import record_html, sign_off_html
from decisions.export.pdf.renderer import Renderer
from decisions.record.schema import Candidate, Model, Need, Note, Why
from decisions.record.text import TEXT_LENGTH
from tests.export.pdf.samples import envelope, stored, texts

MARGIN = 45  # points; the margins are 18 mm, 51 points
ODD = {
    "a model id of 200 characters": "org/" + "x" * 196,
    "an unbreakable string": "W" * 300,
    "an address": "https://example.org/" + "a" * 250,
    "right to left": "שלום עולם " * 20 + "مرحبا " * 20,
    "a turned direction": "\u202eabc\u2066 def " * 20,
    "emoji": "👩🏽\u200d💻👍❤\ufe0f🇯🇵 " * 30,
    "combining marks": "e\u0301か\u3099" * 60 + "z" + "\u0301" * 200,
    "half-width kana": "ﾊﾟﾋﾟﾌﾟ" * 50,
    "no space anywhere": "社内文書を外に出さない" * 25,
}


def outside(pdf: bytes) -> list[tuple[int, str]]:
    """Characters that stand in a margin at the side, or off the page, with their page."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, _bottom, right, _top = text.get_charbox(at)
            if left < MARGIN or right > page.get_width() - MARGIN:
                found.append((number, text.get_text_range(at, 1)))
    return [each for each in found if each[1].strip()]


def printed(press: Renderer, data: bytes) -> bytes:
    return press.render(record_html(data, envelope(data), "en"))


@pytest.mark.parametrize("name", ODD)
def test_it_stays_inside_the_margins(press: Renderer, name: str) -> None:
    text = ODD[name]
    one = Candidate(key="c1", name=text[:300], risk=text, license_note=text, model=Model(model_id=text[:300]))
    others = tuple(one.model_copy(update={"key": f"c{n}", "name": "m"}) for n in (2, 3))
    data = stored(candidates=(one, *others), title=text[:120], need=Need(must_have=(text[:300],)))
    assert outside(printed(press, data)) == []


def test_a_margin_that_is_broken_is_seen(press: Renderer) -> None:
    assert outside(press.render("<p style='margin-right: -40mm; text-align: right'>seen</p>"))


@pytest.mark.parametrize(
    "text", ["word " * (TEXT_LENGTH // 5), "字" * TEXT_LENGTH, "line\n" * (TEXT_LENGTH // 5)]
)
def test_the_longest_text_is_printed_to_its_end(press: Renderer, text: str) -> None:
    data = stored(why=Why(rollback_steps=text[:-4] + " END"), paragraph="short")
    pages = texts(printed(press, data))
    assert len(pages) > 5
    assert sum(page.count("END") for page in pages) == 1


@pytest.mark.parametrize("field", ["why_now", "rollback_steps"])
def test_a_tall_row_does_not_leave_a_page_empty(press: Renderer, field: str) -> None:
    text = "A sentence about procedures. " * 680
    pages = texts(printed(press, stored(why=Why(**{field: text}), paragraph="short")))
    at = next(number for number, page in enumerate(pages) if "A sentence about" in page)
    assert all(len(page) > 2000 for page in pages[at + 1 : at + 4])
    heading = "Why" if field == "why_now" else "Fallback and rejected"
    assert heading in pages[at]


@pytest.mark.parametrize(("language", "project"), [("ja", "Support"), ("zh-hans", "Support"), ("en", "窓口")])
def test_both_ends_of_the_head_stand_on_one_line(press: Renderer, language: str, project: str) -> None:
    data = stored()
    around = envelope(data, project=project)
    page = pypdfium2.PdfDocument(press.render(record_html(data, around, language)))[0]
    text = page.get_textpage()
    at = [text.search(word).get_next()[0] for word in ("Routecard", around.digest[:4])]
    left, right = (text.get_charbox(place, loose=True) for place in at)
    assert left[1] == pytest.approx(right[1], abs=0.1)
    assert left[2] < right[0]


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_four_places_to_sign_are_on_one_page(press: Renderer, language: str) -> None:
    data = stored()
    sheet = press.render(sign_off_html(data, envelope(data), language, date(2026, 11, 22)))
    assert len(pypdfium2.PdfDocument(sheet)) == 1


def test_a_long_account_of_what_changed_fills_the_sheet(press: Renderer) -> None:
    data = stored()
    around = envelope(data, what_changed="word " * 600)
    pages = texts(press.render(sign_off_html(data, around, "en", date(2026, 11, 22))))
    assert "Saved by" in pages[0]
    note = next(page for page in pages if "No author of this version signs it" in page)
    assert "Full name" in note


@pytest.mark.parametrize("key", ["javascript:x", "%(x)s", "e\u0301t\u00e9"])
def test_the_name_of_a_note_stays_as_it_was_written(press: Renderer, key: str) -> None:
    said = " ".join(texts(printed(press, stored(notes=(Note(key=key, text="kept"),)))))
    assert unicodedata.normalize("NFC", f"{key} kept") in unicodedata.normalize("NFC", said)


def test_forty_candidates(press: Renderer) -> None:
    said = "".join(texts(printed(press, stored(40))))
    for number in range(1, 41):
        assert f"{number}. Model {number} " in said
