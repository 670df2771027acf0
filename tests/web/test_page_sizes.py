"""The pages of a decision with six full candidates: at most 60 KB of HTML each, in every language.

1 KB is 1,024 bytes.
"""

import re

import pytest
from django.conf import settings
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.house import at

pytestmark = pytest.mark.django_db

MOST_BYTES = 60 * 1024
FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
LONG = "Answers questions about our procedures, in the words of the procedures and with their numbers. " * 8
PAGES = {
    "decision-need": {},
    "decision-candidates": {},
    "candidate": {"key": "c4"},
    "candidate-estimate": {"key": "c4"},
    "candidate-note": {"key": "c4", "note": "sizing"},
    "candidate-commands": {"key": "c4"},
    "candidate-runtimes": {"key": "c4"},
    "candidate-log": {"key": "c4"},
    "decision-why": {},
    "decision-versions": {},
    "version": {"number": 1},
    "decision-save": {},
    "version-compare": {},
    "route-edit": {"code": "rented_gpu"},
    "decision-settings": {},
    "decision-import": {},
}


@pytest.fixture
def decision() -> Decision:
    """Six candidates with all notes, sized by estimate, three with long texts; two versions that differ."""
    made = make.journey()
    for number in range(3):
        texts = dict.fromkeys(("risk", "license_note", "hardware_note"), f"{number}. {LONG}")
        more = make.CANDIDATE | texts
        one = make.candidate(made, f"mistralai/Mistral-Small-3.{number}-24B-Instruct", runtime="vLLM", **more)
        for note, values in make.NOTES.items():
            make.edited(made, getattr(one, note), **values)
    for one in make.loaded(made).live_candidates:
        make.edited(made, one, memory_needed_gib=None, disk_needed_gib=None, needed_source="")
    make.version(make.loaded(made))
    made = make.edited(make.loaded(made), make.loaded(made).why, why_now=LONG)
    make.version(made)
    return make.loaded(made)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_at_most_60_kilobytes(client: Client, decision: Decision, page: str, language: str) -> None:
    client.force_login(make.owner_of(decision.project))
    query = {"old": "1", "new": "2"} if page == "version-compare" else {}
    address = at(page, decision, **PAGES[page])
    answer = client.get(address, query, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"].lower() == language
    assert len(answer.content) <= MOST_BYTES


@pytest.mark.parametrize("page", PAGES)
def test_firefox_puts_no_old_draft_back(client: Client, decision: Decision, page: str) -> None:
    """On a reload it would fill in what was there, with an older digest, unless the form says otherwise."""
    client.force_login(make.owner_of(decision.project))
    text = client.get(at(page, decision, **PAGES[page])).content.decode()
    for form, inside in FORM.findall(text):
        assert 'autocomplete="off"' in form or 'name="loaded-' not in inside
    assert 'name="loaded-' not in FORM.sub("", text)
