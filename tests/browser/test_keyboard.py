"""Without a mouse: the skip link, an order that reaches everything, a focus one can see."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from decisions.actions.practice import mark_practice
from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.crowd import every_page
from tests.browser.steps import control
from tests.browser.things import MODEL, at, started
from tests.browser.watch import Watch
from tests.factories import administrator, candidate, person, version

FOCUS = """() => {
    window.focused = [];
    addEventListener("keydown", (event) => event.key === "Tab" && focused.push((%s)()), true);
}"""
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
# at every press of the tabulator key, before it moves on, what had the focus until then
NOTE = f"""() => {{
    window.had = [];
    addEventListener("keydown", (event) => event.key === "Tab" && had.push(({FOCUS})()), true);
}}"""
REACHED = f"() => [...had.slice(1), ({FOCUS})()]"
ENOUGH, STEPS = 250, 10  # more controls than any page has; presses between two looks


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
    page.evaluate(NOTE)
    reached: list[dict[str, Any] | None] = []
    while None not in reached:
        assert len(reached) < ENOUGH, f"the focus never leaves the page: {reached[-3:]}"
        for _ in range(STEPS):
            page.keyboard.press("Tab")
        reached = page.evaluate(REACHED)
    found = [focus for focus in reached[: reached.index(None)] if focus]
    for focus in found:
        assert focus["visible"], f"no visible focus on {focus['name']!r}"
        assert focus["shown"], f"the focus is out of sight on {focus['name']!r}"
    return [focus["name"] for focus in found]


def test_the_skip_link_comes_first(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_skip_does_not_take_the_focus_from_an_error(page: Page, watch: Watch) -> None:
    watch.expect("422")
    page.goto(reverse("quick-start"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert "#" not in page.url
    page.locator("[name=project_goal]").fill("")
    page.locator("[name=model]").press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()


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
