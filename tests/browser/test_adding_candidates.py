"""Candidates added and copied in place: nothing typed is lost, the focus goes to what is new."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import PHONE, is_same_document, mark_document, picture, sign_in
from tests.browser.things import MODEL, at, started
from tests.browser.watch import Watch
from tests.factories import candidate, decision, person

NAMES = "all => all.map((each) => each.ariaLabel || each.textContent.replace(/\\s+/g, ' ').trim())"
WIDE = re.compile(r"\bis-wide\b")


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def with_one(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User) -> Page:
    return open_as(ada)


def _form(page: Page) -> Locator:
    return page.locator("#new-candidate")


def _type(page: Page, name: str, runtime: str) -> None:
    _form(page).get_by_label("Model").fill(name)
    _form(page).get_by_label("Runtime").fill(runtime)


def _add(page: Page, name: str, runtime: str = "") -> None:
    _type(page, name, runtime)
    _form(page).get_by_role("button", name="Add").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_the_first_candidate_takes_the_place_of_the_empty_state(page: Page, with_one: Decision) -> None:
    page.goto(at("decision-candidates", decision(with_one.project)))
    expect(page.get_by_role("heading", name="No candidate yet")).to_be_visible()
    mark_document(page)
    _add(page, MODEL, "Transformers")
    expect(page.get_by_role("heading", name="No candidate yet")).to_have_count(0)
    expect(page.locator("#announce")).to_have_text(f"Added {MODEL}. Its fits say what is missing.")
    expect(page.locator("#fits .stamp")).to_have_count(5)
    expect(_form(page).get_by_label("Model")).to_have_value("")
    expect(_form(page).get_by_label("Runtime")).to_have_value("")
    picture(page, "200-first-added")
    assert is_same_document(page)


def test_the_form_that_came_back_works_as_before(page: Page, with_one: Decision) -> None:
    page.goto(at("decision-candidates", with_one))
    mark_document(page)
    _add(page, "Second")
    _form(page).get_by_label("Model").press_sequentially("Qwen/Qwen2.5-7B")
    expect(page.locator("#suggested-models option").first).to_be_attached()
    _add(page, "Third")
    expect(page.locator("#compare thead th a")).to_have_text([MODEL, "Second", "Third"])
    assert is_same_document(page)


def test_what_is_wrong_is_said_in_place(page: Page, with_one: Decision, watch: Watch) -> None:
    page.goto(at("decision-candidates", with_one))
    mark_document(page)
    _type(page, "   ", "Ollama on the desk")
    _form(page).get_by_role("button", name="Add").click()
    expect(_form(page).get_by_role("alert")).to_be_focused()
    expect(_form(page).get_by_role("alert")).to_contain_text("A candidate needs a name: the model's.")
    expect(_form(page).get_by_label("Runtime")).to_have_value("Ollama on the desk")
    expect(page.locator("#compare thead th a")).to_have_text([MODEL])
    picture(page, "201-not-added")
    watch.expect("status 422")
    _form(page).get_by_label("Model").fill("Named now")
    _form(page).get_by_label("Model").press("Enter")
    expect(page.get_by_role("link", name="Named now", exact=True)).to_be_focused()
    expect(_form(page).get_by_role("alert")).to_have_count(0)
    assert is_same_document(page)


@pytest.mark.parametrize("name", ["Typed too late", "   "])
def test_what_was_typed_survives_the_end_of_the_session(
    page: Page, with_one: Decision, ada: User, name: str, watch: Watch
) -> None:
    page.goto(at("decision-candidates", with_one))
    _type(page, "   ", "Ollama")  # the form that comes back with an error keeps as well
    _form(page).get_by_role("button", name="Add").click()
    expect(_form(page).get_by_role("alert")).to_be_focused()
    watch.expect("status 422")
    Session.objects.all().delete()
    page.route("**/suggest/**", lambda _: None)  # else the look-up may find it out before the form
    _form(page).get_by_label("Model").fill(name)
    _form(page).get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, ada)
    expect(page.get_by_text("Restored what you had typed.")).to_be_visible()
    expect(_form(page).get_by_label("Model")).to_have_value(name)
    expect(_form(page).get_by_label("Runtime")).to_have_value("Ollama")


def test_a_fifth_candidate_widens_the_page(page: Page, with_one: Decision) -> None:
    for name in ("Two", "Three", "Four"):
        candidate(with_one, name)
    page.goto(at("decision-candidates", with_one))
    expect(page.locator(".layout")).not_to_have_class(WIDE)
    _add(page, "Five")
    expect(page.locator(".layout")).to_have_class(WIDE)
    picture(page, "202-five-candidates")
    page.get_by_role("button", name="Remove Five").click()
    expect(page.locator(".layout")).not_to_have_class(WIDE)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".layout")).to_have_class(WIDE)
    page.reload()
    expect(page.locator(".layout")).to_have_class(WIDE)


def test_on_a_phone_the_new_column_comes_into_sight(open_as: OpenAs, ada: User, with_one: Decision) -> None:
    page = open_as(ada, viewport=PHONE)
    page.goto(at("decision-candidates", with_one))
    _add(page, "Second")
    _add(page, "Third")
    expect(page.get_by_role("link", name="Third", exact=True)).to_be_in_viewport()


def test_every_button_of_a_copy_has_a_name_of_its_own(page: Page, with_one: Decision) -> None:
    page.goto(at("decision-candidates", with_one))
    page.get_by_role("button", name=f"Duplicate {MODEL}", exact=True).click()
    page.get_by_role("button", name=f"Duplicate {MODEL} (2)", exact=True).click()
    expect(page.locator("#compare thead th a")).to_have_text([MODEL, f"{MODEL} (2)", f"{MODEL} (3)"])
    names = page.locator("#compare :is(.button, select):visible").evaluate_all(NAMES)
    assert len(names) == len(set(names))
    picture(page, "203-copies")
