"""Heard, not seen: two links or buttons with the same name do the same, headings have no gaps."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests import factories as make
from tests.browser.conftest import OpenAs
from tests.browser.crowd import crowded, every_page
from tests.browser.elsewhere import empty_pages

NAMES = (Path(__file__).parent / "names.js").read_text(encoding="utf-8")
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((each) => Number(each.localName[1]))"
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_name_leads_to_the_same_place(open_as: OpenAs) -> None:
    owner, decision = crowded()
    page = open_as(owner)
    wrong = []
    for name, address in every_page(decision).items():
        page.goto(address)
        wrong += [f"{name}: {each}" for each in page.evaluate(NAMES)]
    assert not wrong, "\n".join(wrong)


def test_headings_go_down_one_step_at_a_time(open_as: OpenAs) -> None:
    owner, crowd = crowded()
    page = open_as(owner)
    wrong = []
    for name, address in {**every_page(crowd), **empty_pages(make.decision(crowd.project))}.items():
        page.goto(address)
        steps = page.evaluate(HEADINGS)
        gaps = [pair for pair in pairwise(steps) if pair[1] > pair[0] + 1]
        wrong += [f"{name}: {steps}"] if gaps or steps.count(1) != 1 else []
    assert not wrong, "\n".join(wrong)
