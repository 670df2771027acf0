"""A session that ends in mid-edit: the whole page goes to sign in, and what was typed survives."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from decisions.models import Decision, Project, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, field, is_saved, picture, sign_in
from tests.browser.things import GOAL, at, started
from tests.browser.watch import Watch
from tests.factories import loaded, member, person

DRAFT, TYPED = "need.project_goal", "Typed after the session had ended"


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def signed_out(open_as: OpenAs, ada: User, decision: Decision) -> Page:
    """The sign-in page, to which a change of the need led."""
    page = open_as(ada)
    page.goto(at("decision-need", decision))
    Session.objects.all().delete()
    control(page, DRAFT).fill(TYPED)
    control(page, DRAFT).blur()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    return page


def test_the_whole_page_goes_to_sign_in_and_comes_back(
    signed_out: Page, ada: User, decision: Decision
) -> None:
    expect(signed_out.locator("form input[name=login]")).to_have_count(1)
    picture(signed_out, "15-signed-out")
    sign_in(signed_out, ada)
    expect(signed_out.get_by_text("Restored what you had typed.")).to_be_visible()
    expect(control(signed_out, DRAFT)).to_have_value(TYPED)
    is_saved(signed_out, DRAFT)
    assert loaded(decision).need.project_goal == TYPED
    picture(signed_out, "16-restored")


def test_somebody_else_who_signs_in_gets_none_of_it(signed_out: Page, decision: Decision) -> None:
    sign_in(signed_out, member(decision.project))
    expect(control(signed_out, DRAFT)).to_have_value(GOAL)
    expect(signed_out.get_by_text("Restored what you had typed.")).to_have_count(0)
    kept = signed_out.evaluate("Object.keys(sessionStorage)")
    assert [name for name in kept if name.startswith("draft:")] == []


def test_a_text_of_somebody_else_meanwhile_is_not_overwritten(
    open_as: OpenAs, signed_out: Page, ada: User, decision: Decision, watch: Watch
) -> None:
    other = open_as(member(decision.project))
    other.goto(at("decision-need", decision))
    control(other, DRAFT).fill("Theirs")
    control(other, DRAFT).blur()
    is_saved(other, DRAFT)
    sign_in(signed_out, ada)
    watch.expect("status 409")
    expect(field(signed_out, DRAFT)).to_have_attribute("data-state", "conflict")
    expect(signed_out.locator(".conflict-text pre")).to_have_text(["Theirs", TYPED])


def test_a_plain_form_is_sent_again_after_signing_in(open_as: OpenAs, ada: User, watch: Watch) -> None:
    page = open_as(ada)
    page.goto("/new-project/")
    page.get_by_label("Name").fill("Support desk")
    page.get_by_label("Goal").fill(TYPED)
    Session.objects.all().delete()
    page.get_by_role("button", name="Make the project").click()
    watch.expect("status 403")
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
    expect(page.get_by_label("Goal")).to_have_value(TYPED)
    picture(page, "17-form-signed-out")
    with page.expect_popup() as new_tab:
        page.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(new_tab.value, ada)
    expect(new_tab.value.get_by_role("heading", name="Which model is enough?")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", name="Support desk")).to_be_visible()
    assert Project.objects.get().project_goal == TYPED


def test_a_look_up_without_a_session_keeps_the_whole_form(open_as: OpenAs, ada: User) -> None:
    page = open_as(ada)
    page.goto("/start/")
    page.get_by_label("Goal").fill(TYPED)
    page.get_by_label("Free Colab").check()
    Session.objects.all().delete()
    page.get_by_label("Model").fill("Qwen")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, ada)
    expect(page.get_by_text("Restored what you had typed.")).to_be_visible()
    expect(page.get_by_label("Goal")).to_have_value(TYPED)
    expect(page.get_by_label("Free Colab")).to_be_checked()
    expect(page.get_by_label("Model")).to_have_value("Qwen")


def test_the_text_of_a_version_survives(open_as: OpenAs, ada: User, decision: Decision, watch: Watch) -> None:
    page = open_as(ada)
    page.goto(at("decision-need", decision))
    control(page, DRAFT).fill(TYPED)
    control(page, DRAFT).blur()
    is_saved(page, DRAFT)
    page.goto(at("decision-save", decision))
    page.get_by_label("What changed").fill("Another goal")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save version 2").click()
    watch.expect("status 403")
    expect(page.get_by_label("What changed")).to_have_value("Another goal")
    assert decision.versions.count() == 1
