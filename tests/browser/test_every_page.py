"""Every page, crowded, in light and in dark: nothing is cut or scrolls sideways, all text can be read, axe
finds nothing, two links or buttons with the same name do the same, headings have no gaps.
"""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Page

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.crowd import crowded, every_page
from tests.browser.looks import by_axe, by_axe_but_colours, gaps_between_headings, same_names, unreadable
from tests.browser.steps import PHONE, picture

# addresses that are no page of their own: actions, files, parts, what is seen signed out or by a secret link
NO_PAGE = {
    "health", "decision", "version-export", "version-pdf", "version-sign-off-sheet", "suggest-models",
    "suggest-runtimes", "suggest-devices", "invitation", "offline", "service-worker", "guide", "practice-new",
    "language", "account-reading", "sizing-file", "sizing-beginning",
}  # fmt: skip
ACTIONS = (
    "add", "remove", "role", "move", "duplicate", "bring-back", "choose", "withdraw", "archive", "restore",
    "paragraph", "grant", "revoke", "close", "reopen", "invite", "facts", "roles", "take", "set-aside",
    "take-back",
)  # fmt: skip
SIGNED_OUT = ("account_login", "account_signup", "account_inactive", "account_reset", "account_set_password")
WIDTHS = (PHONE["width"], 640, 768)  # a phone; a laptop at 200 %; a tablet
SIDEWAYS = """() => document.scrollingElement.scrollWidth > innerWidth
    && [...document.querySelectorAll("main *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join("\\n") || "" """
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter((each) => each.checkVisibility()
        && getComputedStyle(each).overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1
        && getComputedStyle(each).clipPath === "none")
    .slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join("\\n")"""


@pytest.fixture
def crowd(transactional_db: None) -> tuple[User, Decision]:
    return crowded()


def _names(patterns: list[Any]) -> set[str]:
    return {
        name
        for each in patterns
        for name in ({each.name} if isinstance(each, URLPattern) else _names(each.url_patterns))
    }


def test_no_page_is_forgotten(crowd: tuple[User, Decision]) -> None:
    named = _names(get_resolver().url_patterns) - NO_PAGE
    pages = {
        name for name in named if not name.endswith(ACTIONS) and not name.startswith((*SIGNED_OUT, "cut-"))
    } | {"route-add"}
    assert pages == set(every_page(crowd[1]))


@pytest.mark.usefixtures("as_sent")
def test_nothing_scrolls_sideways(open_as: OpenAs, crowd: tuple[User, Decision]) -> None:
    page = open_as(crowd[0], viewport=PHONE)
    wrong = []
    for name, address in every_page(crowd[1]).items():
        page.goto(address)
        for width, scheme in product(WIDTHS, ("light", "dark")):
            page.set_viewport_size({**PHONE, "width": width})
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(SIDEWAYS) or page.evaluate(CUT_OFF)
            wrong += [f"{name} at {width} px in {scheme}: {found}"] if found else []
    assert not wrong, "\n".join(wrong)


# each page is loaded once in a language; axe comes last, for it opens what is closed
LOOKS: dict[str, tuple[Callable[[Page], list[str]], ...]] = {
    "light en-GB": (same_names, gaps_between_headings, unreadable, by_axe),
    "dark ja-JP": (same_names, gaps_between_headings, unreadable, by_axe),
    "light zh-CN": (same_names, gaps_between_headings, by_axe_but_colours),
}


@pytest.mark.parametrize("seen", LOOKS)
def test_nothing_is_wrong_on_any_page(open_as: OpenAs, crowd: tuple[User, Decision], seen: str) -> None:
    scheme, locale = seen.split()
    page = open_as(crowd[0], color_scheme=scheme, locale=locale)
    wrong = []
    for name, address in every_page(crowd[1]).items():
        answer = page.goto(address)
        assert answer is not None, name
        assert answer.status == 200, name
        if seen == "light en-GB":
            picture(page, f"crowd-{name}")
        wrong += [f"{name}: {found}" for look in LOOKS[seen] for found in look(page)]
    assert not wrong, "\n".join(wrong)


def test_the_current_tab_is_in_sight_on_a_phone(open_as: OpenAs, crowd: tuple[User, Decision]) -> None:
    page = open_as(crowd[0], viewport=PHONE)
    page.goto(every_page(crowd[1])["decision-settings"])
    box = page.locator(".tabs [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]
