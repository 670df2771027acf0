"""What is looked for on a page that is open, each as a list of what is wrong there."""

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
NAMES = (HERE / "names.js").read_text(encoding="utf-8")
READABLE = (HERE / "readable.js").read_text(encoding="utf-8")
COLOURS = ("color-contrast",)  # what axe finds out about colours, which takes three quarters of its time
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((each) => Number(each.localName[1]))"
OPEN = """(kind) => {
    for (const each of document.querySelectorAll("details")) {
        each.open = each.matches(".menu") === (kind === "menus");
    }
}"""
# where an element stands and which it is would take long to say; its markup says it
RUN = """async (left_out) => {
    const rules = Object.fromEntries(left_out.map((rule) => [rule, { enabled: false }]));
    const asked = { resultTypes: ["violations"], selectors: false, elementRef: false, rules };
    const { violations } = await axe.run(document, asked);
    return violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((each) => each.html)].join(" "));
}"""


def by_axe(page: Page, opened: str = "details", left_out: Sequence[str] = ()) -> list[str]:
    """What axe-core finds, with everything open that opens in place, or with the menus open."""
    page.evaluate(OPEN, opened)
    page.evaluate(AXE)
    return list(page.evaluate(RUN, list(left_out)))


def by_axe_but_colours(page: Page) -> list[str]:
    """The same, of a page whose colours were looked at in another language."""
    return by_axe(page, left_out=COLOURS)


def unreadable(page: Page) -> list[str]:
    """Texts with too little contrast to what lies behind them, in a way of our own."""
    found = page.evaluate(READABLE)
    return [found] if found else []


def same_names(page: Page) -> list[str]:
    """Links or buttons with the same name that do not do the same."""
    return list(page.evaluate(NAMES))


def gaps_between_headings(page: Page) -> list[str]:
    """The levels of the headings, where they do not go down one step at a time from the only first."""
    steps = page.evaluate(HEADINGS)
    gaps = [pair for pair in pairwise(steps) if pair[1] > pair[0] + 1]
    return [f"headings {steps}"] if gaps or steps.count(1) != 1 else []
