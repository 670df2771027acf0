"""Facts shown for a model id that was typed later are taken over with a button, with and without a script."""

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, is_same_document, mark_document, picture, write
from tests.browser.things import at
from tests.browser.watch import Watch
from tests.factories import candidate, decision, edited, loaded, person, project

MODEL = "01-ai/Yi-1.5-6B-Chat"


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def made(ada: User) -> Decision:
    """A decision with a candidate that nothing ships about."""
    made = decision(project(ada))
    candidate(made, "Our small one", runtime="vLLM when there is a GPU")
    return loaded(made)


@pytest.fixture
def address(made: Decision) -> str:
    return at("candidate", made, key="c1")


def _take(page: Page) -> None:
    page.get_by_role("button", name=f"Take these over {MODEL}").click()


def test_a_model_id_typed_later_brings_its_facts(open_as: OpenAs, ada: User, address: str) -> None:
    page = open_as(ada)
    page.goto(address)
    mark_document(page)
    write(page, "candidate.model_id", MODEL)
    picture(page, "210-facts-offered")
    _take(page)
    said = page.locator("#facts .notice")
    expect(said).to_be_focused()
    expect(said).to_contain_text("Filled in: Size, parameters · Languages · Takes in")
    expect(control(page, "candidate.parameters")).to_have_value("6061035520")
    expect(control(page, "candidate.model_card-languages")).to_have_value("en\nzh")
    expect(control(page, "candidate.model_card-tool_calling")).to_have_value("")
    expect(control(page, "candidate.model_card-source")).to_have_value(
        f"{_source(page)}; only claimed there: tool calling no"
    )
    expect(page.get_by_role("button", name=f"Take these over {MODEL}")).to_have_count(0)
    expect(page.locator("#draft-status")).to_have_text("Draft saved")
    picture(page, "211-facts-taken")
    write(page, "candidate.parameters", "7")
    assert is_same_document(page)


def _source(page: Page) -> str:
    return page.locator("#facts-1-source p").text_content() + " (2026-11-22)"


def test_what_is_typed_and_not_saved_is_not_touched(
    open_as: OpenAs, ada: User, made: Decision, address: str, watch: Watch
) -> None:
    edited(made, made.live_candidates[0], model_id=MODEL)
    page = open_as(ada)
    page.goto(address)
    control(page, "candidate.parameters").fill("about six")
    control(page, "candidate.parameters").blur()
    expect(page.locator('[data-draft="candidate.parameters"]')).to_have_attribute("data-state", "failed")
    watch.expect("status 422")
    _take(page)
    expect(page.locator("#facts .notice")).to_contain_text("Filled in: Languages")
    expect(control(page, "candidate.parameters")).to_have_value("about six")
    write(page, "candidate.parameters", "6")


def test_a_race_is_said_beside_the_facts(
    open_as: OpenAs, ada: User, made: Decision, address: str, watch: Watch
) -> None:
    edited(made, made.live_candidates[0], model_id=MODEL)
    page = open_as(ada)
    page.goto(address)
    edited(loaded(made), loaded(made).live_candidates[0], model_id="Qwen/Qwen2.5-7B-Instruct")
    _take(page)
    expect(page.locator("#facts [role=alert]")).to_contain_text("Look at them again.")
    expect(page.locator("#facts")).to_contain_text("Qwen/Qwen2.5-7B-Instruct")
    watch.expect("status 409")
    assert loaded(made).live_candidates[0].parameters is None


def test_without_a_script_what_was_typed_is_saved_too(
    open_as: OpenAs, ada: User, made: Decision, address: str
) -> None:
    edited(made, made.live_candidates[0], model_id=MODEL)
    page = open_as(ada, java_script_enabled=False)
    page.goto(address)
    page.get_by_label("Risk").fill("May miss the point")
    _take(page)
    expect(page.get_by_text("Filled in: Size, parameters")).to_be_visible()
    expect(page.get_by_label("Size, parameters")).to_have_value("6061035520")
    expect(page.get_by_label("Risk")).to_have_value("May miss the point")
