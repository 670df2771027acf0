"""The way of an author, further on: why, saving, comparing, files out and in, the next decision."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Decision, User, Version
from decisions.states import Stage
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, is_same_document, mark_document, picture, tab, write
from tests.browser.things import MODEL, at, started
from tests.browser.watch import Watch
from tests.factories import edited, journey, loaded, person, version


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User) -> Page:
    return open_as(ada, accept_downloads=True)


def _download(page: Page, link: str, folder: Path) -> Path:
    """Take a file from the menu of the page and keep it."""
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    return kept


def test_the_paragraph_follows_what_is_written(page: Page, decision: Decision) -> None:
    page.goto(at("decision-why", decision))
    picture(page, "50-why")
    mark_document(page)
    write(page, "why.why_now", "the loop has to be proven first")
    expect(page.locator("#paragraph-text")).to_contain_text("the loop has to be proven first")
    write(page, "why.eval_gate", "fewer than 16 of 20 right")
    expect(page.locator("#paragraph-text")).to_contain_text("fewer than 16 of 20 right")
    write(page, "why.fallback_model", "the present model")
    write(page, "why.fallback_runtime", "Cloud API")
    write(page, "why.rollback_steps", "1. switch the flag\n2. tell the desk")
    assert is_same_document(page)
    picture(page, "51-why-filled")


def test_the_paragraph_is_edited_and_regenerated(page: Page, decision: Decision) -> None:
    page.goto(at("decision-why", decision))
    page.get_by_role("button", name="Edit the decision paragraph").click()
    write(page, "why.paragraph", "We start small.")
    expect(page.locator("#paragraph-text")).to_have_text("We start small.")
    picture(page, "52-own-paragraph")
    page.get_by_role("button", name="Regenerate").click()
    expect(page.get_by_text("Replace your own text?")).to_be_visible()
    picture(page, "53-regenerate")
    page.get_by_role("button", name="Use the generated text").click()
    expect(page.locator("#paragraph-text")).to_contain_text(MODEL)
    expect(page.get_by_label("The text that was there")).to_have_value("We start small.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#paragraph-text")).to_have_text("We start small.")


def test_saving_shows_the_difference_first(page: Page, decision: Decision) -> None:
    page.goto(at("decision-why", decision))
    write(page, "why.why_now", "the loop has to be proven first")
    page.get_by_role("link", name="Save version 2").click()
    expect(page.locator(".diff-group ins").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("the loop has to be proven first")
    picture(page, "60-save")
    page.get_by_label("What changed").fill("Said why now.")
    page.get_by_role("button", name="Save version 2").click()
    expect(page.get_by_role("heading", name="Version 2").first).to_be_visible()
    assert Version.objects.get(number=2).what_changed == "Said why now."
    picture(page, "61-version-2")


def test_saving_nothing_new_says_so(page: Page, decision: Decision) -> None:
    page.goto(at("decision-save", decision))
    expect(page.get_by_role("heading", name="Nothing has changed since version 1")).to_be_visible()
    expect(page.get_by_role("button", name="Save version 2")).to_have_count(0)
    picture(page, "62-nothing-changed")


def test_what_changed_is_asked_for(page: Page, decision: Decision, watch: Watch) -> None:
    edited(decision, decision.why, why_now="the loop first")
    page.goto(at("decision-save", decision))
    page.get_by_role("button", name="Save version 2").click()
    watch.expect("status 422")
    expect(page.get_by_role("alert")).to_contain_text("What changed")
    assert decision.versions.count() == 1


def test_two_versions_are_compared(page: Page, decision: Decision) -> None:
    version(edited(decision, decision.why, why_now="the loop first"), what_changed="Why now.")
    changed = loaded(decision)
    version(edited(changed, changed.need, privacy="private_docs"), what_changed="Privacy.")
    page.goto(at("decision-versions", decision))
    picture(page, "70-versions")
    page.get_by_label("Version 1 as old").check()
    page.get_by_label("Version 3 as new").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Version 3 against version 1")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("the loop first")
    expect(page.get_by_role("main")).to_contain_text("Private documents")
    picture(page, "71-compare")
    page.get_by_role("link", name="Everything").click()
    expect(page.locator("nav.switch [aria-current]")).to_have_text("Everything")
    picture(page, "72-compare-everything")


def test_the_files_are_the_stored_bytes(page: Page, ada: User, tmp_path: Path) -> None:
    saved = version(journey(ada))
    page.goto(at("version", saved.decision, number=1))
    picture(page, "73-version-full")
    kept = _download(page, "JSON", tmp_path)
    fingerprint = hashlib.sha256(kept.read_bytes()).hexdigest()
    expect(page.get_by_role("main")).to_contain_text(fingerprint)
    assert fingerprint == saved.digest
    written = _download(page, "Markdown", tmp_path).read_text()
    assert written.startswith("# Model Runtime Decision\n")
    assert _download(page, "Markdown", tmp_path).read_text() == written


@pytest.mark.parametrize("form", ["Markdown", "JSON"])
def test_a_file_comes_back_as_a_decision(page: Page, ada: User, tmp_path: Path, form: str) -> None:
    saved = version(journey(ada))
    page.goto(at("version", saved.decision, number=1))
    kept = _download(page, form, tmp_path)
    page.goto(f"/projects/{saved.decision.project.slug}/")
    page.get_by_role("link", name="Import a decision").click()
    picture(page, "80-import")
    page.get_by_label("File").set_input_files(kept)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was understood", exact=True)).to_be_visible()
    picture(page, f"81-preview-{form.lower()}")
    page.get_by_label("Title of the new decision").fill("Brought back")
    page.get_by_role("button", name="Make the decision").click()
    expect(page.get_by_role("heading", name="Brought back")).to_be_visible()
    expect(page.locator("#compare thead th a")).to_have_text(
        [part.name for part in saved.decision.candidates.live()]
    )


def test_an_import_into_a_draft_shows_what_it_replaces(page: Page, ada: User, decision: Decision) -> None:
    page.goto(at("decision-import", decision))
    page.get_by_label("Or paste the text").fill(
        "# Model Runtime Decision\nproject_goal: 問い合わせに答える\ncandidate_1: Small model\nmystery: kept"
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("The 1 candidate of the draft")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("mystery")
    picture(page, "82-import-into-draft")
    page.get_by_role("button", name="Bring it into the draft").click()
    expect(page.get_by_text("Imported into the draft.")).to_be_visible()
    tab(page, "Need")
    expect(control(page, "need.project_goal")).to_have_value("問い合わせに答える")
    assert decision.versions.count() == 1


def test_a_text_that_cannot_be_read_stays_to_be_mended(page: Page, decision: Decision, watch: Watch) -> None:
    page.goto(at("decision-import", decision))
    page.get_by_label("Or paste the text").fill('{"schema_version": 1,')
    page.get_by_role("button", name="Read it").click()
    watch.expect("status 422")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("line 1|character|column"))
    expect(page.get_by_label("Or paste the text")).to_have_value('{"schema_version": 1,')
    picture(page, "83-unreadable")


def test_the_next_decision_starts_from_a_version(page: Page, ada: User) -> None:
    saved = version(journey(ada))
    assert saved.stage == Stage.PROVEN
    page.goto(at("version", saved.decision, number=1))
    page.get_by_role("link", name="New decision from this version").click()
    picture(page, "90-copy")
    page.get_by_label("Title").fill("Next month")
    page.get_by_role("button", name="Make the decision").click()
    expect(page.get_by_role("heading", name="Next month", exact=True)).to_be_visible()
    tab(page, "Why")
    expect(control(page, "why.why_now")).to_have_value(saved.decision.why.why_now)
    expect(page.locator("#evidence textarea").first).to_have_value("")
