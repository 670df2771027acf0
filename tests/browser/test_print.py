"""On paper: every page, crowded, fits the width of A4, is light and without what only a hand can use."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs
from tests.browser.crowd import crowded, every_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_sent")]
A4_WIDTH_PX = 673  # 210 mm less two margins of 16 mm, at 96 dots per inch
FOUND = ".slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join('\\n')"
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
    .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, svg"))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)"""
FOR_THE_HAND = """() => [...document.querySelectorAll(
    ".topbar, .tabs, .button, .actions, .draft-status, .foot, .grip, #guide, .route-card footer, [popover]"
)].filter((each) => each.checkVisibility())"""
FOLDED = """() => [...document.querySelectorAll(".group > :not(summary)")]
    .filter((each) => each.parentElement.checkVisibility() && each.getBoundingClientRect().height === 0)"""
PAPER = "getComputedStyle(document.documentElement).colorScheme"


def wrong_with(page: Page) -> list[str]:
    """What should not be on paper, or would be cut."""
    return [found for each in (TOO_WIDE, FOR_THE_HAND, FOLDED) if (found := page.evaluate(each + FOUND))]


def test_every_page_can_be_printed(open_as: OpenAs) -> None:
    owner, decision = crowded()
    page = open_as(owner, color_scheme="dark", viewport={"width": A4_WIDTH_PX, "height": 950})
    page.emulate_media(media="print")
    wrong = []
    for name, address in every_page(decision).items():
        page.goto(address)
        wrong += [f"{name}: {found}" for found in wrong_with(page)]
        assert page.evaluate(PAPER) == "light"
    assert not wrong, "\n".join(wrong)
