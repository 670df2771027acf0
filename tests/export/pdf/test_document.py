"""What a version says on paper, before it is printed: the reader's language, and no text is markup."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from decisions.export.pdf.document import record_html, sign_off_html
from decisions.record.schema import (
    Candidate,
    Evidence,
    LicenceNote,
    Model,
    ModelCardNote,
    Need,
    Note,
    RecordToKeep,
    Route,
    TermsNote,
    Why,
)
from decisions.states import CandidateRole, RouteKind
from tests.export.pdf.samples import SAVED, envelope, japanese, stored

EVIL = (
    '"><script>alert(1)</script><img src=file:///etc/passwd><style>@import "http://x/"</style>'
    '<link rel=attachment href=file:///etc/passwd></td></table><a href="x:1">{{ 7|add:7 }}{% debug %}'
)


class Tags(HTMLParser):
    """The tags of a document with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.found if tag in names]


def drawn(data: bytes, language: str = "en", **more: Any) -> str:
    return record_html(data, envelope(data, **more), language)


def hostile(text: str) -> bytes:
    """A version with the text in every field that takes it."""
    line = text[:300]
    candidate = Candidate(
        key="c1",
        role=CandidateRole.FIRST_CHOICE,
        name=line,
        license_note=text,
        runtime=text,
        risk=text,
        model=Model(model_id=line, revision=line, quantization=line, weight_format=line),
        needed_source=line,
        route="r",
        licence=LicenceNote(licence_id=line, source=line, conditions=(line,)),
        evidence=Evidence(command=text, first_output=text),
    )
    return stored(
        title=text[:120],
        need=Need(project_goal=text, must_have=(line,), languages=(line,)),
        candidates=(candidate,),
        routes=(Route(code="r", name=text[:120], kind=RouteKind.LOCAL_CPU),),
        why=Why(why_now=text, fallback=text, rollback_steps=text),
        paragraph=text,
        record=RecordToKeep(eval_gate=text),
        notes=(Note(key=line, text=text),),
    )


def test_no_text_is_markup() -> None:
    plain, evil = hostile("plain text"), hostile(EVIL)
    names = {"project": EVIL, "saved_by": EVIL, "authors": (EVIL,), "what_changed": EVIL}
    usual = {tag for tag, _attrs in Tags(drawn(plain)).found}
    found = Tags(drawn(evil, **names))
    assert {tag for tag, _attrs in found.found} <= usual
    assert not found.named("script", "img", "style", "link", "a", "object", "iframe", "base")
    assert "{{ 7|add:7 }}" in drawn(evil).replace("&#x27;", "'")


@pytest.mark.parametrize("name", ["style", "src", "background", "data", "poster", "srcset", "xlink:href"])
def test_no_attribute_fetches(name: str) -> None:
    assert all(name not in attrs for _tag, attrs in Tags(drawn(hostile(EVIL))).found)


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//https://x", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("static:///pdf/record.css", False),
        ("mailto:a@example.org", False),
        ("see https://example.org", False),
        ("https://example.org/\u202egpj", False),
        ('https://example.org/" onclick="x', False),
    ],
)
def test_only_addresses_on_the_web_are_links(source: str, linked: bool) -> None:
    candidate = Candidate(key="c1", name="m", licence=LicenceNote(source=source))
    links = Tags(drawn(stored(candidates=(candidate,)))).named("a")
    assert links == ([{"href": source}] if linked else [])


@pytest.mark.parametrize(
    ("count", "columns"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (9, [3, 3, 3]), (40, [3] * 12 + [2] * 2)]
)
def test_candidates_stand_side_by_side(count: int, columns: list[int]) -> None:
    tables = re.findall(r'class="compare columns-(\d)"', drawn(stored(count)))
    assert sorted(map(int, tables)) == sorted(columns)


def test_the_first_choice_and_its_runtime_stand_out() -> None:
    first = Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="A & B", runtime="vLLM")
    other = Candidate(key="c2", role=CandidateRole.REJECTED, name="Large")
    text = "We take A & B on vLLM, not vLLM-2 and not Large."
    html = drawn(stored(candidates=(first, other), paragraph=text))
    said = html.partition('class="paragraph')[2].partition("</p>")[0]
    assert re.findall("<strong>(.*?)</strong>", said) == ["A &amp; B", "vLLM"]


def test_the_generated_paragraph_names_both() -> None:
    html = drawn(stored(candidates=(full_candidate(runtime="vLLM, for the endpoint."),)))
    said = html.partition('class="paragraph')[2].partition("</p>")[0]
    assert re.findall("<strong>(.*?)</strong>", said) == ["m", "vLLM, for the endpoint"]


def test_notes_of_a_candidate_stand_under_their_name() -> None:
    html = drawn(stored(candidates=(full_candidate(),)), "ja")
    heads = re.findall(r'<thead class="of"><tr><th scope="col" colspan="4">(.*?)</th>', html)
    assert heads == ["モデルカードのメモ", "ライセンスメモ", "利用規約メモ", "証拠"]
    assert "モデルカード：" not in html


def full_candidate(**fields: Any) -> Candidate:
    """The first choice with a word in every note."""
    return Candidate(
        key="c1",
        role=CandidateRole.FIRST_CHOICE,
        name="m",
        model_card=ModelCardNote(limits="few"),
        licence=LicenceNote(licence_id="mit", source="a file"),
        terms=TermsNote(region="EU"),
        evidence=Evidence(command="run"),
        **fields,
    )


def test_a_cell_holds_few_lines() -> None:
    html = drawn(stored(candidates=(Candidate(key="c1", name="m", risk="line\n" * 30 + "end"),)))
    cell = re.search(r"<td[^>]*>((?:line\n)+line)…", html)
    assert cell
    assert cell[1].count("line") == 8
    assert "line\nend" in html


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("en", "Routecard&#x27;s own guidance"),
        ("ja", "Routecard 自身の指針"),
        ("zh-hans", "Routecard 自己的指引"),
    ],
)
def test_our_own_guidance_is_called_so_in_every_language(language: str, source: str) -> None:
    route = Route(code="r", name="Local CPU", kind=RouteKind.LOCAL_CPU)
    data = stored(candidates=(Candidate(key="c1", name="m", route="r"),), routes=(route,))
    assert b"Routecard's own guidance" in data
    assert f"<td>{source}</td>" in drawn(data, language)


def test_only_what_is_in_another_language_says_so() -> None:
    assert drawn(stored()).count("lang=") == 1
    assert drawn(stored(), "ja").count('lang="en"') > 5


def test_a_long_text_of_the_table_stands_in_full_below() -> None:
    text = "Ein langer Satz. " * 100
    html = drawn(stored(candidates=(Candidate(key="c1", name="m", risk=text),)))
    assert html.count("in full below") == 1
    assert html.count(text.strip()) == 1


def test_only_a_rejected_candidate_has_a_reason_for_it() -> None:
    first = Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="m")
    why = Candidate(key="c2", role=CandidateRole.REJECTED, name="n", rejected_reason="too large")
    mute = Candidate(key="c3", role=CandidateRole.REJECTED, name="o")
    html = drawn(stored(candidates=(first, why, mute)))
    row = re.search(r'<th scope="row">Reason for rejecting</th>(.*?)</tr>', html, re.DOTALL)
    assert row
    assert re.findall(r">([^<]+)</td>", row[1]) == ["–", "too large", "unknown"]


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Model decision"), ("ja", "モデルの決定"), ("zh-hans", "模型决策")]
)
def test_the_record_to_keep_is_named_once(language: str, label: str) -> None:
    assert f'<th scope="row">{label}</th>' in drawn(stored(), language)


def test_the_day_of_a_fact_is_the_readers() -> None:
    html = drawn(stored(candidates=(Candidate(key="c1", name="m", runtime="vLLM"),)), "ja")
    days = re.findall(r"</th><td>[^<]*</td><td>(.*?)</td>", html.partition('class="facts"')[2])
    assert days
    assert all("年" in day for day in days)


def test_labels_are_the_readers_and_texts_the_records() -> None:
    html = drawn(japanese("必須条件"), "zh-hans")
    assert '<html lang="zh-Hans">' in html
    assert re.search(r'<h1 lang="ja">必須条件</h1>', html)
    assert "候选" in html
    assert "Candidates" not in html


def test_the_whole_fingerprint_and_manifest() -> None:
    data = stored()
    shown = drawn(data).replace(" ", "")
    assert envelope(data).digest in shown
    assert "b" * 64 in shown


def test_content_of_another_schema_prints() -> None:
    assert "Answer model" in drawn(
        b'{"schema_version":1,"candidates":[{}],"routes":[{}],"need":{},"judged":3}'
    )


def test_the_sheet_to_sign_says_for_what_and_of_which_day() -> None:
    data = stored()
    html = sign_off_html(data, envelope(data), "en", SAVED.date())
    assert "printed 22 Nov 2026 (UTC)" in html
    assert envelope(data).digest in html.replace(" ", "")
    assert html.count('class="seat"') == 4


def test_sentences_of_japanese_have_no_space_between() -> None:
    data = stored()
    assert "。 " not in drawn(data, "ja")
    assert "。 " not in drawn(data, "zh-hans")
