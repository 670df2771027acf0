"""The way of an author in a browser that runs no script: plain forms do everything."""

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Decision, User, Version
from tests.browser.conftest import OpenAs
from tests.browser.steps import picture, start_quickly
from tests.browser.things import GOAL, MODEL, at, started
from tests.browser.watch import Watch
from tests.factories import edited, loaded, person


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User) -> Page:
    return open_as(ada, java_script_enabled=False)


def test_quick_start(page: Page) -> None:
    start_quickly(
        page, goal=GOAL, must_have="Stable JSON", model=MODEL, runtime="Transformers", route="Free Colab"
    )
    expect(page.get_by_text("Version 1 is saved.")).to_be_visible()
    assert Version.objects.get().number == 1


def test_the_need(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    page.get_by_label("Privacy").select_option(label="Private documents")
    page.get_by_label("Must-haves").fill("Stable JSON\nShort answers")
    page.get_by_role("button", name="Save the need").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    expect(page.locator("#route-free_colab")).to_contain_text("closed")
    assert loaded(decision).need.must_have == ["Stable JSON", "Short answers"]
    picture(page, "100-need-without-script")


def test_a_wrong_value_keeps_what_was_typed(page: Page, decision: Decision, watch: Watch) -> None:
    page.goto(at("decision-need", decision))
    page.get_by_label("Context length, tokens").fill("many")
    page.get_by_label("Privacy").select_option(label="Private documents")
    page.get_by_role("button", name="Save the need").click()
    watch.expect("status 422")
    expect(page.get_by_label("Context length, tokens")).to_have_value("many")
    expect(page.get_by_role("alert").filter(has_text="Context length")).to_be_visible()
    assert loaded(decision).need.privacy == "private_docs"


def test_a_lost_race_shows_both_texts(page: Page, decision: Decision, watch: Watch) -> None:
    page.goto(at("decision-need", decision))
    edited(decision, decision.need, project_goal="Theirs")
    page.get_by_label("Goal").fill("Mine")
    page.get_by_role("button", name="Save the need").click()
    watch.expect("status 409")
    expect(page.locator(".conflict-text pre")).to_have_text(["Theirs", "Mine"])
    expect(page.get_by_label("Goal")).to_have_value("Mine")
    page.get_by_role("button", name="Save the need").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert loaded(decision).need.project_goal == "Mine"


def test_a_route_and_its_hardware(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    page.get_by_role("button", name="Choose Rented GPU").click()
    expect(page.get_by_text("Rented GPU is the route of this decision now.")).to_be_visible()
    page.locator("#hardware > summary").click()
    page.get_by_role("link", name="Hardware facts of Rented GPU").click()
    page.get_by_label("Device", exact=True).fill("NVIDIA L4")
    page.get_by_role("button", name="Save the route").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert loaded(decision).route.device == "NVIDIA L4"


def test_candidates(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    new = page.locator("#new-candidate")
    new.get_by_label("Model").fill("Second model")
    new.get_by_role("button", name="Add").click()
    names = page.locator("#compare thead th a")
    expect(names).to_have_text([MODEL, "Second model"])
    page.get_by_role("button", name="Move Second model to the left").click()
    expect(names).to_have_text(["Second model", MODEL])
    page.get_by_role("button", name="Remove Second model").click()
    expect(names).to_have_text([MODEL])
    page.get_by_role("button", name="Undo").click()
    expect(names).to_have_count(2)
    page.get_by_label("Role of Second model").select_option(label="fallback")
    page.get_by_role("row", name="Role").get_by_role("button", name="Set").first.click()
    expect(page.get_by_role("columnheader", name="Second model")).to_contain_text("fallback")


def test_a_candidate_and_its_notes(page: Page, decision: Decision) -> None:
    page.goto(at("candidate", decision, key=decision.candidates.get().key))
    page.get_by_label("Risk").fill("May miss the point")
    page.get_by_role("button", name="Save the candidate").last.click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert decision.candidates.get().risk == "May miss the point"


def test_why_and_a_version(page: Page, decision: Decision) -> None:
    page.goto(at("decision-why", decision))
    page.get_by_label("Why now").fill("the loop first")
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.locator("#paragraph-text")).to_contain_text("the loop first")
    page.goto(at("decision-save", decision))
    page.get_by_label("What changed").fill("Said why now.")
    page.get_by_role("button", name="Save version 2").click()
    expect(page.get_by_role("heading", name="Version 2").first).to_be_visible()
    assert decision.versions.count() == 2
