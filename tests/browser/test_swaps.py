"""After each swap the focus is where the person is, what happened is said, and nothing jumps."""

import pytest
from playwright.sync_api import Locator, Page, expect

from decisions.models import Decision
from tests import factories as make
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, is_saved
from tests.browser.things import at, started
from tests.browser.watch import Watch

SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
TALL = {"width": 1280, "height": 1700}  # the whole need is in sight, so there is nothing to scroll
HEIGHT = "document.activeElement.getBoundingClientRect().top"


@pytest.fixture
def decision(transactional_db: None) -> Decision:
    decision = started(make.person("Ada Author"))
    for name in ("Second", "Third"):
        make.candidate(decision, name)
    return make.loaded(decision)


@pytest.fixture
def page(open_as: OpenAs, decision: Decision) -> Page:
    page = open_as(make.owner_of(decision.project))
    page.goto(at("decision-candidates", decision))
    return page


def by_keyboard(page: Page, button: Locator) -> None:
    """Press a button as somebody without a mouse does, and wait for the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        button.press("Enter")
    page.wait_for_function(SETTLED)


def said(page: Page, text: str) -> None:
    """A screen reader hears it, and the focus is on something."""
    expect(page.locator("#announce")).to_contain_text(text)
    assert page.evaluate("document.activeElement !== document.body")


def test_a_route_is_chosen(page: Page) -> None:
    button = page.get_by_role("button", name="Choose Rented GPU")
    button.focus()
    before = page.evaluate(HEIGHT)
    by_keyboard(page, button)
    said(page, "Rented GPU")
    assert page.evaluate("document.activeElement.id") == "choose-rented_gpu"
    assert abs(page.evaluate(HEIGHT) - before) <= 1


@pytest.mark.parametrize("width", [1280, 768])
def test_all_shipped_routes_are_seen_at_once(page: Page, decision: Decision, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for tab in ("candidates", "need"):
        page.goto(at(f"decision-{tab}", decision))
        assert page.evaluate("cards.children.length === 5 && cards.scrollWidth <= cards.clientWidth")


def test_a_candidate_is_moved(page: Page) -> None:
    by_keyboard(page, page.get_by_role("button", name="Move Third to the left"))
    said(page, "Third")
    assert "Third" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_candidate_is_removed_and_brought_back(page: Page) -> None:
    by_keyboard(page, page.get_by_role("button", name="Remove Third"))
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    by_keyboard(page, page.get_by_role("button", name="Undo"))
    said(page, "Third")


def test_a_role_is_chosen(page: Page) -> None:
    role = page.get_by_role("combobox", name="Role of Second")
    role.focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        role.select_option(label="fallback")
    said(page, "Second")
    expect(page.get_by_role("combobox", name="Role of Second")).to_be_focused()


@pytest.mark.parametrize("size", [TALL, {"width": 1280, "height": 900}, {"width": 390, "height": 844}])
def test_the_field_stays_in_its_place(open_as: OpenAs, decision: Decision, size: dict[str, int]) -> None:
    page = open_as(make.owner_of(decision.project), viewport=size)
    page.goto(at("decision-need", decision))
    privacy = control(page, "need.privacy")
    privacy.focus()
    before = page.evaluate(HEIGHT)
    for label in ("Private documents", "Public text only", "Private documents"):
        privacy.select_option(label=label)
        is_saved(page, "need.privacy")
        page.wait_for_function(SETTLED)
        assert abs(page.evaluate(HEIGHT) - before) <= 1


def test_nothing_moves_while_a_field_is_saved(open_as: OpenAs, decision: Decision) -> None:
    page = open_as(make.owner_of(decision.project))
    page.goto(at("decision-why", decision))
    page.evaluate("""() => {
        window.places = new Set();
        const look = () => {
            places.add([...document.querySelectorAll("[data-draft], h1, .page-head .button, .draft-place")]
                .map((each) => Math.round(each.getBoundingClientRect().top + scrollY)).join(" "));
            requestAnimationFrame(look);
        };
        look();
    }""")
    field = control(page, "why.fallback_model")
    field.press_sequentially("Another")
    field.blur()
    is_saved(page, "why.fallback_model")
    assert page.evaluate("places.size") == 1


def test_what_is_not_saved_is_always_in_sight(open_as: OpenAs, decision: Decision, watch: Watch) -> None:
    page = open_as(make.owner_of(decision.project), viewport={"width": 390, "height": 844})
    page.goto(at("decision-need", decision))
    page.route("**/need/", lambda route: route.fulfill(status=503, body="later"))
    watch.expect("status 503", "Response Status Error Code")
    budget = control(page, "need.budget_amount")
    budget.fill("12")
    expect(page.locator("#draft-status")).to_have_text("Not saved yet")
    expect(page.locator("#draft-status")).to_be_in_viewport(ratio=1)
    budget.blur()
    expect(page.locator("#draft-status")).to_have_text("Not saved")
    page.mouse.wheel(0, -3000)
    expect(page.locator("#draft-status")).to_be_in_viewport(ratio=1)


def test_how_a_fit_was_judged_is_fetched_and_the_focus_stays(page: Page, decision: Decision) -> None:
    make.candidate(decision, "Fourth")
    version = make.version(make.loaded(decision))
    page.goto(at("version", decision, number=version.number))
    judged = page.locator("#hardware-1")
    summary = judged.locator("summary")
    with page.expect_response(lambda answer: "judged=hardware-1" in answer.url):
        summary.press("Enter")
    expect(judged.get_by_role("listitem").first).to_be_visible()
    expect(judged.get_by_role("link")).to_have_count(0)
    expect(summary).to_be_focused()
