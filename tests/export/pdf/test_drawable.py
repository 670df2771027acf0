"""Characters that paper cannot show: told by their numbers, and never a reason for other bytes."""

import pytest

from decisions.export.pdf.document import attachment, record_html
from decisions.export.pdf.drawable import drawable
from decisions.export.pdf.renderer import Renderer
from decisions.record.schema import Candidate, Why
from tests.export.pdf.samples import envelope, japanese, stored, texts

STRANGE = "ᚠᚢ 𓀀 ខ្មែរ"
NOTE = "a character by its Unicode number"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rune ᚠᚢ", "rune [U+16A0 U+16A2]"),
        ("𓀀", "[U+13000]"),
        ("z" + "\u0301" * 60, "z" + "\u0301" * 4 + "[U+0301 ×56]"),
        ("\u202egnp.exe\u202c", "[U+202E]gnp.exe[U+202C]"),
        ("\x01\x85", "[U+0001 U+0085]"),
        ("\ue000\ufffe", "[U+E000 U+FFFE]"),
    ],
)
def test_it_stands_as_its_number(text: str, said: str) -> None:
    assert drawable(f"<p>{text}</p>") == (f"<p>{said}</p>", True)


@pytest.mark.parametrize(
    "text",
    [
        "plain\n\ttext\u2028",
        "日本語 中文门们 ﾊﾟ か\u3099",
        "👩🏽\u200d💻 ❤\ufe0f 🇯🇵",
        "שָׁלוֹם \u200fعَرَبِيّ",
        "e\u0301 \u2060\ufeff\u00ad",
        "𠮟る 𠮷野家 剝 塡 頰 镕 喆",
        "สวัสดีชาวโลก नमस्ते दुनिया क्ष",
    ],
)
def test_what_can_be_drawn_stays(text: str) -> None:
    assert drawable(text) == (text, False)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_a_record_says_that_there_are_numbers(language: str) -> None:
    strange, plain = stored(why=Why(why_now=STRANGE)), stored()
    assert "[U+16A0 U+16A2]" in record_html(strange, envelope(strange), language)
    assert "U+1780" in record_html(strange, envelope(strange), language)
    assert "U+1780" not in record_html(plain, envelope(plain), language)


def test_the_bytes_do_not_depend_on_what_was_printed_before(press: Renderer) -> None:
    one = Candidate(key="c1", name=STRANGE + " word" * 20, risk=STRANGE * 20)
    data = stored(candidates=(one, one.model_copy(update={"key": "c2"})), title=STRANGE)
    html, file = record_html(data, envelope(data), "en"), attachment(data, envelope(data))
    before = japanese("直骨令写画空述底" * 15)
    for language in ("ja", "zh-hans"):
        press.render(record_html(before, envelope(before), language))
    fresh = Renderer(120)
    try:
        printed = press.render(html, file)
        assert printed == fresh.render(html, file)
    finally:
        fresh.close()
    assert NOTE in " ".join(texts(printed))
