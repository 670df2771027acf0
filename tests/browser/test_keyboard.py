"""Without a mouse: the skip link, an order that reaches everything, a focus and texts one can see."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from decisions.actions.practice import mark_practice
from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.crowd import crowded, every_page
from tests.browser.steps import control
from tests.browser.things import MODEL, at, started
from tests.factories import administrator, candidate, person, version

READABLE = (Path(__file__).parent / "readable.js").read_text(encoding="utf-8")
FOCUS = """() => {
    const each = document.activeElement, style = getComputedStyle(each);
    if (each === document.body) return null;
    const label = each.getAttribute("aria-label") || each.labels?.[0]?.innerText || each.innerText || each.id;
    return {
        name: label.replace(/\\s+/g, " ").trim(),
        visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        shown: each.checkVisibility() && each.getBoundingClientRect().width > 0,
    };
}"""
ENOUGH = 250  # more controls than any page has


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User) -> Page:
    return open_as(ada)


def _tabbed(page: Page) -> list[str]:
    """What the tabulator key reaches, in order, until it leaves the page."""
    names: list[str] = []
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return names
        assert focus["visible"], f"no visible focus on {focus['name']!r}"
        assert focus["shown"], f"the focus is out of sight on {focus['name']!r}"
        names.append(focus["name"])
    raise AssertionError(f"the focus never leaves the page: {names[-3:]}")


def test_the_skip_link_comes_first(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_main_actions_are_reached_in_order(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    names = _tabbed(page)
    wanted = ["Skip to the page", "Save version 2", "Need", "Choose Rented GPU", f"Role of {MODEL}", "Add"]
    assert [name for name in names if name in wanted] == wanted


def test_every_focus_can_be_seen_on_every_page(open_as: OpenAs, transactional_db: None) -> None:
    owner = administrator("Ada Admin")
    made = started(owner)
    candidate(made, "Second")
    version(made)
    mark_practice(by=owner, project=made.project, guided=made)
    page = open_as(owner)
    for name, address in every_page(made).items():
        page.goto(address)
        reached = _tabbed(page)
        assert reached[0] == "Skip to the page", name
        assert len(reached) > len(["skip", "brand", "projects", "theme", "language", "account"]), name


def test_the_focus_stays_after_a_save(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    control(page, "need.privacy").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#draft-status")).to_have_text("Draft saved")
    expect(page.locator("[data-draft='need.privacy']")).to_have_attribute("data-state", "saved")
    expect(control(page, "need.privacy")).to_be_focused()


def test_a_menu_closes_with_escape(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    summary = page.locator("summary", has_text="Export")
    summary.press("Enter")
    expect(page.get_by_role("link", name="Markdown")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Markdown")).to_be_hidden()
    expect(summary).to_be_focused()


def test_changes_of_cards_are_announced(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    control(page, "need.privacy").select_option(label="Private documents")
    expect(page.locator("#announce")).to_contain_text("Free Colab is closed now.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(open_as: OpenAs, transactional_db: None, scheme: str) -> None:
    owner, decision = crowded()
    page = open_as(owner, color_scheme=scheme)
    wrong = []
    for name, address in every_page(decision).items():
        page.goto(address)
        low = page.evaluate(READABLE)
        wrong += [f"{name}: {low}"] if low else []
    assert not wrong, "\n".join(wrong)
