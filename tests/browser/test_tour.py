"""The whole tour by keyboard, thrown away and made anew; its words; without a script; on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from decisions.actions.practice import begin_practice
from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.looks import by_axe
from tests.browser.steps import PHONE, control, field, is_saved, sign_in
from tests.browser.things import at
from tests.factories import person

ENOUGH = 200  # more controls than any page of the tour has
WHY = {"why.why_now": "It is small.", "why.fallback": "By hand.", "why.rollback_steps": "Tell the team."}


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author", email="ada@demo.example")


@pytest.fixture
def practice(ada: User) -> Decision:
    return begin_practice(by=ada)


def reach(page: Page, wanted: Locator) -> None:
    """Press the tabulator key until the control has the focus."""
    wanted.wait_for()
    for _ in range(ENOUGH):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, name: str, role: str = "button") -> None:
    """Reach a button or a link by its name and press Enter."""
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def type_into(page: Page, wanted: Locator, text: str) -> None:
    reach(page, wanted)
    page.keyboard.type(text)


def says_step(page: Page, number: int, *, done: bool) -> None:
    guide = page.locator("#guide")
    expect(guide.get_by_role("heading")).to_contain_text(f"Step {number} of 7")
    expect(guide.locator(".chip").first).to_have_text("✓ done" if done else "not done yet")


def write_need(page: Page) -> None:
    says_step(page, 1, done=False)
    reach(page, field(page, "need.task_kinds").get_by_label("Extraction"))
    page.keyboard.press("Space")
    is_saved(page, "need.task_kinds")
    type_into(page, control(page, "need.privacy"), "Private d")
    page.keyboard.press("Tab")
    is_saved(page, "need.privacy")
    expect(page.locator("#route-free_colab header .chip").last).to_contain_text("closed")


def choose_route(page: Page) -> None:
    press(page, "Go to step 2: Choose a route", "link")
    says_step(page, 2, done=False)
    press(page, "Choose Local CPU")


def add_candidate(page: Page, model: str, runtime: str) -> None:
    form = page.locator("#new-candidate")
    type_into(page, form.get_by_label("Model"), model)
    type_into(page, form.get_by_label("Runtime"), runtime)
    page.keyboard.press("Enter")
    expect(page.locator("#candidates").get_by_role("link", name=model).first).to_be_visible()


def settle_something(page: Page) -> None:
    press(page, "Go to step 4: Settle something unknown", "link")
    says_step(page, 4, done=False)
    type_into(page, control(page, "need.purpose"), "Learn")
    page.keyboard.press("Tab")
    is_saved(page, "need.purpose")
    expect(page.locator("#fit-runtime .chip")).to_have_text("fits")


def say_why(page: Page) -> None:
    press(page, "Go to step 6: Say why, and the way back", "link")
    for draft, text in WHY.items():
        type_into(page, control(page, draft), text)
        page.keyboard.press("Tab")
        is_saved(page, draft)
    says_step(page, 6, done=True)


def save_version(page: Page) -> None:
    press(page, "Go to step 7: Save version 1", "link")
    says_step(page, 7, done=False)
    type_into(page, page.get_by_label("What changed"), "The first plan.")
    press(page, "Save version 1")
    expect(page).to_have_url(re.compile(r"/versions/(1/)?"))
    expect(page.locator("#guide")).to_contain_text("a plan that nobody has signed yet")


def test_the_whole_tour_by_keyboard_thrown_away_and_made_anew(open_as: OpenAs, ada: User) -> None:
    page = open_as(None)
    page.goto("/")
    sign_in(page, ada)
    expect(page).to_have_url(re.compile(r"/tour/$"))
    press(page, "Make a practice project")
    write_need(page)
    choose_route(page)
    says_step(page, 3, done=False)
    expect(page.locator("#guide")).to_be_in_viewport(ratio=1)
    add_candidate(page, "Qwen/Qwen2.5-0.5B-Instruct", "Transformers")
    settle_something(page)
    press(page, "Go to step 5: Put a larger one beside it", "link")
    add_candidate(page, "Qwen/Qwen2.5-7B-Instruct", "vLLM")
    say_why(page)
    save_version(page)
    press(page, "Throw this practice away", "link")
    press(page, "Throw it away")
    expect(page.get_by_text("The practice project is thrown away.")).to_be_visible()
    press(page, "Make a practice project")
    says_step(page, 1, done=False)
    assert Decision.objects.count() == 2


def test_closed_and_opened_again(open_as: OpenAs, ada: User, practice: Decision) -> None:
    page = open_as(ada)
    page.goto(at("decision-why", practice))
    press(page, "Close the guide")
    expect(page.get_by_role("heading", name="Step 6 of 7")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/why/$"))
    press(page, "Open the guide")
    says_step(page, 6, done=False)


def test_a_word_opens_and_closes_by_keyboard(open_as: OpenAs, ada: User, practice: Decision) -> None:
    page = open_as(ada)
    page.goto(at("decision-need", practice))
    word, meaning = (
        page.get_by_role("button", name="Route card", exact=True),
        page.locator("#word-route-card"),
    )
    reach(page, word)
    expect(meaning).to_be_hidden()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link")).to_be_focused()
    assert by_axe(page, opened="") == []
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(word).to_be_focused()


def test_a_word_that_a_swap_brings_opens_too(open_as: OpenAs, ada: User, practice: Decision) -> None:
    page = open_as(ada)
    page.goto(at("decision-candidates", practice))
    add_candidate(page, "Qwen/Qwen2.5-0.5B-Instruct", "Transformers")
    page.locator("#fit-hardware").get_by_role("button", name="Hardware").click()
    expect(page.locator("#word-hardware-fit")).to_be_visible()


def test_what_a_word_says_fits_a_phone(open_as: OpenAs, ada: User, practice: Decision) -> None:
    page = open_as(ada, viewport=PHONE)
    page.goto(at("decision-need", practice))
    for code in ("route", "open-closed", "draft", "five-fits"):
        page.locator(f"[popovertarget=word-{code}]").first.click()
        box = page.locator(f"#word-{code}").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_the_tour_without_a_script(open_as: OpenAs, ada: User) -> None:
    page = open_as(ada, java_script_enabled=False)
    page.goto("/tour/")
    page.get_by_role("button", name="Make a practice project").click()
    page.get_by_label("Extraction").check()
    page.get_by_label("Privacy").select_option(label="Private documents")
    page.get_by_role("button", name="Save the need").click()
    says_step(page, 1, done=True)
    page.get_by_role("button", name="Need", exact=True).click()
    expect(page.locator("#word-need")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Go to step 2: Choose a route").click()
    says_step(page, 2, done=False)
    page.get_by_role("button", name="Close the guide").click()
    expect(page.get_by_role("button", name="Open the guide")).to_be_visible()
