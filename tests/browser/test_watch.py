"""The watch itself: what it must notice, and that the pages carry the content policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs
from tests.browser.watch import Watch

INLINE = "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))"


@pytest.fixture
def page_of_nobody(open_as: OpenAs) -> Page:
    page = open_as(None)
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    return page


def test_an_inline_script_does_not_run_and_is_noticed(page_of_nobody: Page, watch: Watch) -> None:
    page_of_nobody.evaluate(INLINE)
    assert page_of_nobody.evaluate("window.ran") is None
    watch.expect("Content Security Policy")


def test_errors_of_scripts_and_the_console_are_noticed(page_of_nobody: Page, watch: Watch) -> None:
    page_of_nobody.evaluate("console.error('said aloud'); setTimeout(() => { throw new Error('thrown') })")
    page_of_nobody.wait_for_function("true")
    watch.expect("said aloud", "thrown")


def test_answers_that_fail_are_noticed(page_of_nobody: Page, watch: Watch) -> None:
    page_of_nobody.evaluate("fetch('/nowhere/').then((answer) => answer.text())")
    watch.expect("status 404")


def test_what_was_expected_has_to_happen() -> None:
    watch = Watch()
    watch.expect("status 409")
    assert "did not happen: status 409" in watch.verdict()
