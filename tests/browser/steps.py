"""What a person does on the pages, in the words of the journey, and pictures of it for who wants to look.

SCREENSHOTS=folder keeps a picture of each step, on a laptop and on a phone, in light and in dark.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from decisions.models import User
from tests.factories import PASSWORD

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CONTROL = ":is(input, select, textarea):not([type=hidden], .field-state *)"


def field(page: Page, draft: str) -> Locator:
    """The box of a field that saves itself, such as "need.privacy", opened if it was folded away."""
    box = page.locator(f'[data-draft="{draft}"]')
    box.wait_for(state="attached")
    group = page.locator("details:not([open])").filter(has=box)
    if group.count():
        group.locator("> summary").click()
    return box


def control(page: Page, draft: str) -> Locator:
    """What a person types into or chooses from."""
    return field(page, draft).locator(CONTROL).first


def write(page: Page, draft: str, text: str) -> None:
    """Type into a field, leave it, and wait until it says that it is saved."""
    control(page, draft).fill(text)
    control(page, draft).blur()
    is_saved(page, draft)


def choose(page: Page, draft: str, label: str) -> None:
    """Choose an option by its words, and wait until the field says that it is saved."""
    control(page, draft).select_option(label=label)
    is_saved(page, draft)


def tick(page: Page, draft: str, *labels: str) -> None:
    """Tick boxes of a group by their words."""
    for label in labels:
        field(page, draft).get_by_label(label, exact=True).check()
    is_saved(page, draft)


def is_saved(page: Page, draft: str) -> None:
    """The field, and then the whole page, say that nothing is left to save."""
    expect(page.locator(f'[data-draft="{draft}"]')).to_have_attribute("data-state", "saved")


def tab(page: Page, name: str) -> None:
    """Go to another part of the decision."""
    page.get_by_role("navigation", name="Parts of this decision").get_by_role("link", name=name).click()
    expect(page.locator(".tabs [aria-current=page]")).to_have_text(name)


def card(page: Page, code: str) -> Locator:
    """A route card."""
    return page.locator(f"#route-{code}")


def is_card(page: Page, code: str, state: str) -> None:
    """The card says open, closed or unknown."""
    expect(card(page, code).locator("header .chip").last).to_contain_text(state)


def fit(page: Page, name: str) -> Locator:
    """One of the five fits beside the page."""
    return page.locator(f"#fit-{name}")


def says(page: Page, name: str, word: str) -> None:
    """The fit beside the page carries this word."""
    expect(fit(page, name).locator(".chip")).to_have_text(word)


def sign_in(page: Page, who: User) -> None:
    """Fill in the sign-in form and send it."""
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def start_quickly(page: Page, *, goal: str, must_have: str, model: str, runtime: str, route: str) -> None:
    """The quick start, up to version 1."""
    page.goto("/start/")
    page.get_by_label("Goal").fill(goal)
    page.get_by_label("One must-have").fill(must_have)
    page.get_by_label("Model").fill(model)
    page.get_by_label("Runtime").fill(runtime)
    page.get_by_label(route).check()
    page.get_by_role("button", name="Save version 1").click()
    expect(page).to_have_url(re.compile(r"/versions/1/$"))


def mark_document(page: Page) -> None:
    """Leave a mark that a new document would not have."""
    page.evaluate("window.sameDocument = true")


def is_same_document(page: Page) -> bool:
    """Whether the page was not loaded anew since it was marked."""
    return page.evaluate("window.sameDocument === true")


def picture(page: Page, name: str) -> None:
    """Keep pictures of the page as it is, when SCREENSHOTS says where."""
    if not os.environ.get("SCREENSHOTS"):
        return
    folder = Path(os.environ["SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(
                path=folder / f"{name}-{size['width']}-{scheme}.png", full_page=True, caret="initial"
            )
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
