"""The words: all on one page, each explained once on the pages that say it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from decisions.knowledge.words import FAMILIES, WORDS, Word
from tests import factories as make
from tests.web.asking import text_of
from tests.web.house import at

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SAID = re.compile(r"{% (?:explain|words_here|also_explain) ([^%]*?) ?%}")
FITS = {f"{fit}-fit" for fit in ("task", "licence", "hardware", "runtime", "evidence")}
STAGES = {"plan", "proven"}


def said_in_templates() -> set[str]:
    """The codes that templates name, the fits and stages of `fits.html` and the head among them."""
    calls = [call for file in TEMPLATES.rglob("*.html") for call in SAID.findall(file.read_text())]
    named = {code for call in calls for code in re.findall(r'(?<![=:\w])"([a-z-]+)"', call)}
    return named | STAGES | FITS


def test_every_word_has_a_place_and_every_place_a_word() -> None:
    assert said_in_templates() == set(WORDS)


def test_no_code_and_no_term_is_there_twice() -> None:
    words = [word for family in FAMILIES for word in family.words]
    assert len(WORDS) == len(words) == len({word.term for word in words})


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.code)
def test_a_meaning_is_one_sentence(word: Word) -> None:
    assert word.meaning.endswith(".")
    assert word.meaning.count(". ") == 0
    assert not word.more or word.more.endswith(".")


@pytest.mark.django_db
def test_the_page_is_open_to_everybody_and_lists_all(client: Client) -> None:
    for who in (None, make.person(), make.auditor()):
        if who:
            client.force_login(who)
        page = text_of(client.get("/words/"))
        assert all(f'id="{code}"' in page for code in WORDS)
    assert client.post("/words/").status_code == 405


PAGES = ("decision-need", "decision-candidates", "decision-why", "decision-versions", "decision-save")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PAGES, "decision-settings"])
def test_each_button_has_its_meaning_and_no_id_is_twice(client: Client, name: str) -> None:
    decision = make.journey()
    make.version(decision)
    client.force_login(make.owner_of(decision.project))
    page = text_of(client.get(at(name, decision)))
    asked = set(re.findall(r'popovertarget="([^"]+)"', page))
    assert asked
    assert asked <= set(re.findall(r'<div class="meaning" id="([^"]+)" popover', page))
    twice = [each for each, times in Counter(re.findall(r'\sid="([^"]*)"', page)).items() if times > 1]
    assert twice == []


@pytest.mark.django_db
def test_what_a_swap_brings_has_its_meaning_on_the_page(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    page = text_of(client.get(at("decision-candidates", decision)))
    make.candidate(decision)
    later = text_of(client.get(at("decision-candidates", decision)))
    assert set(re.findall(r'popovertarget="([^"]+)"', later)) <= set(re.findall(r'id="(word-[^"]+)"', page))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sizing/", "/sizing/runtimes/"])
def test_what_a_sizing_brings_has_its_meaning_on_the_empty_page(client: Client, address: str) -> None:
    client.force_login(make.person())
    empty = text_of(client.get(address))
    swapped = text_of(client.get(address, {"model": "Qwen/Qwen3-8B"}, headers={"HX-Request": "true"}))
    asked = set(re.findall(r'popovertarget="([^"]+)"', swapped))
    assert {"word-needed", "word-reserved"} <= asked
    assert asked <= set(re.findall(r'id="(word-[^"]+)"', empty))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "zh-hans"])
def test_the_words_come_in_the_reader_s_language(client: Client, language: str) -> None:
    page = text_of(client.get("/words/", headers={"Accept-Language": language}))
    with translation.override(language):
        for word in WORDS.values():
            assert translation.gettext(word.term) in page
    assert WORDS["need"].meaning not in page


@pytest.mark.django_db
def test_two_words_that_look_the_same_are_read_aloud_apart(client: Client) -> None:
    decision = make.journey()
    client.force_login(make.owner_of(decision.project))
    page = text_of(client.get(at("decision-candidates", decision)))
    assert 'popovertarget="word-runtime">Runtime</button>' in page
    assert 'popovertarget="word-runtime-fit" aria-label="Runtime fit">Runtime</button>' in page
