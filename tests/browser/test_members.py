"""Taking somebody out of a project is asked once more, with and without a script."""

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Project, User
from decisions.states import ProjectRole
from tests.browser.conftest import OpenAs
from tests.browser.steps import PHONE, picture
from tests.factories import member, person, project


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def made(ada: User) -> Project:
    made = project(ada, "Support desk")
    member(made, ProjectRole.AUTHOR, person("Bo Member"))
    return made


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def page(request: pytest.FixtureRequest, open_as: OpenAs, ada: User, made: Project) -> Page:
    page = open_as(ada, java_script_enabled=request.param)
    page.goto(f"/projects/{made.slug}/members/")
    return page


def _ask(page: Page, name: str) -> None:
    page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name)).locator("summary").click()


def test_somebody_is_removed_on_the_second_word(page: Page, made: Project) -> None:
    sure = page.get_by_role("button", name="Remove Bo Member from the project")
    expect(sure).to_be_hidden()
    _ask(page, "Bo Member")
    expect(page.get_by_text("Bo Member will no longer be a member of this project.")).to_be_visible()
    assert made.memberships.count() == 2
    sure.click()
    expect(page.get_by_text("Bo Member is no longer a member; what they wrote stays.")).to_be_visible()
    assert made.memberships.count() == 1


def test_the_last_owner_stays(page: Page, made: Project) -> None:
    _ask(page, "Ada Author")
    expect(page.get_by_text("Ada Author is the only owner. A project needs an owner")).to_be_visible()
    expect(page.get_by_role("button", name="Leave the project")).to_have_count(0)


def test_the_question_goes_away(open_as: OpenAs, ada: User, made: Project) -> None:
    page = open_as(ada)
    page.goto(f"/projects/{made.slug}/members/")
    summary = page.get_by_role("row").filter(has_text="Bo Member").locator("summary")
    summary.press("Enter")
    sure = page.get_by_role("button", name="Remove Bo Member from the project")
    expect(sure).to_be_visible()
    picture(page, "220-member-removal")
    page.keyboard.press("Tab")
    expect(sure).to_be_focused()
    page.keyboard.press("Escape")
    expect(sure).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_question_is_in_sight_on_a_phone(open_as: OpenAs, ada: User, made: Project) -> None:
    page = open_as(ada, viewport=PHONE)
    page.goto(f"/projects/{made.slug}/members/")
    for name in ("Ada Author", "Bo Member"):
        _ask(page, name)
        box = page.locator(".menu[open] .menu-items").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    picture(page, "221-member-removal-phone")
