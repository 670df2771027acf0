"""Light, dark, or as the system says: chosen by a switch, remembered, and right from the first paint."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs
from tests.browser.watch import Watch
from tests.factories import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_sent")]
LIGHT, DARK = "rgb(244, 245, 243)", "rgb(14, 16, 19)"
PAINTED = """
    window.painted = new Set();
    const look = () => {
        if (document.body) painted.add(getComputedStyle(document.body).backgroundColor);
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""


def desk(page: Page) -> str:
    """The colour behind everything."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(("system", "chosen", "colour"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_no_other_colour_is_ever_painted(open_as: OpenAs, system: str, chosen: str, colour: str) -> None:
    page = open_as(person(), color_scheme=system)
    page.add_init_script(f"localStorage.setItem('theme', '{chosen}')")
    page.add_init_script(PAINTED)
    for address in ("/", "/start/", "/offline/"):
        page.goto(address)
        page.wait_for_function("painted.size > 0")
        assert page.evaluate("[...painted]") == [colour]
        assert page.locator("meta[name=color-scheme]").get_attribute("content") == chosen


def test_sheets_and_scripts_are_those_an_installation_sends(open_as: OpenAs) -> None:
    page = open_as(None)
    page.goto("/accounts/login/")
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert len(asked) > 10
    assert [each for each in asked if not re.search(r"\.[0-9a-f]{12}\.\w+$", each)] == []


def test_it_follows_the_system(open_as: OpenAs) -> None:
    page = open_as(None, color_scheme="light")
    page.goto("/accounts/login/")
    assert desk(page) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert desk(page) == DARK


def test_the_switch_goes_round_and_is_remembered(open_as: OpenAs) -> None:
    page = open_as(None, color_scheme="light")
    page.goto("/accounts/login/")
    switch = page.get_by_role("button", name="Theme:")
    for word, colour in (("System", LIGHT), ("Light", LIGHT), ("Dark", DARK)):
        expect(switch).to_contain_text(word)
        assert desk(page) == colour
        if word != "Dark":
            switch.press("Enter")
    page.goto("/accounts/password/reset/")
    expect(switch).to_contain_text("Dark")
    assert desk(page) == DARK


def test_an_error_page_has_the_chosen_theme(open_as: OpenAs, watch: Watch) -> None:
    page = open_as(person(), color_scheme="light")
    page.add_init_script("localStorage.setItem('theme', 'dark')")
    page.goto("/offline/")
    assert desk(page) == DARK
    watch.expect("status 404")
    page.goto("/nothing/")
    assert desk(page) == DARK
