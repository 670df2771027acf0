"""Two people on one draft, and a server that does not answer: nothing typed is lost, and the page says so."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, field, is_saved, picture, write
from tests.browser.things import GOAL, at, started
from tests.browser.watch import Watch
from tests.factories import loaded, member, person

DRAFT = "need.project_goal"
MINE, THEIRS = "Answer them in Japanese, too", "Answer them <b>politely</b>"


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User, decision: Decision) -> Page:
    page = open_as(ada)
    page.goto(at("decision-need", decision))
    return page


@pytest.fixture
def lost_race(open_as: OpenAs, page: Page, decision: Decision, watch: Watch) -> Page:
    """Ada's page after somebody else was quicker in the same field."""
    other = open_as(member(decision.project))
    other.goto(at("decision-need", decision))
    write(other, DRAFT, THEIRS)
    watch.expect("status 409")
    control(page, DRAFT).fill(MINE)
    control(page, DRAFT).blur()
    expect(field(page, DRAFT)).to_have_attribute("data-state", "conflict")
    return page


def _goal(decision: Decision) -> str:
    return loaded(decision).need.project_goal


def test_both_texts_are_shown(lost_race: Page, decision: Decision) -> None:
    expect(lost_race.locator(".conflict-text pre")).to_have_text([THEIRS, MINE])
    expect(control(lost_race, DRAFT)).to_have_value(MINE)
    expect(lost_race.locator("#draft-status")).to_have_text("Two texts to settle")
    assert _goal(decision) == THEIRS
    picture(lost_race, "13-conflict")


def test_keep_mine(lost_race: Page, decision: Decision) -> None:
    lost_race.get_by_role("button", name="Keep mine").click()
    is_saved(lost_race, DRAFT)
    expect(lost_race.locator(".conflict")).to_have_count(0)
    expect(control(lost_race, DRAFT)).to_be_focused()
    assert _goal(decision) == MINE


def test_take_theirs(lost_race: Page, decision: Decision) -> None:
    lost_race.get_by_role("button", name="Take theirs").click()
    is_saved(lost_race, DRAFT)
    expect(control(lost_race, DRAFT)).to_have_value(THEIRS)
    assert _goal(decision) == THEIRS


def test_the_two_texts_can_be_joined_in_the_field(lost_race: Page, decision: Decision) -> None:
    control(lost_race, DRAFT).fill(f"{MINE}; {THEIRS}")
    lost_race.get_by_role("button", name="Keep mine").click()
    is_saved(lost_race, DRAFT)
    assert _goal(decision) == f"{MINE}; {THEIRS}"


def test_different_fields_do_not_collide(open_as: OpenAs, page: Page, decision: Decision) -> None:
    other = open_as(member(decision.project))
    other.goto(at("decision-need", decision))
    write(other, DRAFT, THEIRS)
    write(page, "need.must_have", "Stable JSON\nShort answers")
    need = loaded(decision).need
    assert (need.project_goal, need.must_have) == (THEIRS, ["Stable JSON", "Short answers"])


def test_what_is_not_saved_yet_is_said(page: Page, decision: Decision) -> None:
    status = page.locator("#draft-status")
    held: list[Route] = []
    page.clock.install(time="2026-11-22T10:00:00Z")
    page.reload()
    page.clock.pause_at("2026-11-22T11:00:00Z")
    page.route("**/need/", lambda route: held.append(route))
    control(page, DRAFT).fill(MINE)
    expect(status).to_have_text("Not saved yet")
    page.clock.run_for(1000)
    expect(status).to_have_text("Saving …")
    assert _goal(decision) == GOAL
    held[0].continue_()
    expect(status).to_have_text("Draft saved")
    assert _goal(decision) == MINE


@pytest.fixture
def cut_off(page: Page, watch: Watch) -> Page:
    """Ada's page with a text that did not reach the server."""
    page.route("**/need/", lambda route: route.abort())
    watch.expect("request failed: POST", "htmx:sendError", "htmx:afterRequest")
    control(page, DRAFT).click()
    control(page, DRAFT).fill(MINE)
    control(page, DRAFT).blur()
    expect(field(page, DRAFT)).to_have_attribute("data-state", "failed")
    page.unroute("**/need/")
    return page


def test_a_save_that_failed_can_be_tried_again(cut_off: Page, decision: Decision) -> None:
    expect(field(cut_off, DRAFT).locator(".errors")).to_contain_text("Not saved")
    expect(cut_off.locator("#draft-status")).to_have_text("Not saved")
    picture(cut_off, "14-failed")
    cut_off.get_by_role("button", name="Try again").click()
    is_saved(cut_off, DRAFT)
    assert _goal(decision) == MINE


def test_leaving_warns_while_something_is_not_saved(cut_off: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    cut_off.on("dialog", stay)
    with cut_off.expect_event("dialog"):
        cut_off.evaluate("setTimeout(() => { location.href = '/' })")
    expect(control(cut_off, DRAFT)).to_have_value(MINE)
    assert asked == ["beforeunload"]


def test_leaving_does_not_warn_when_all_is_saved(page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"asked: {dialog.type}"))
    control(page, DRAFT).click()
    write(page, DRAFT, MINE)
    page.get_by_role("link", name="Routecard").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()
