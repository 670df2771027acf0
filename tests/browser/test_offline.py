"""Without the server: a page that says so, a draft that is sent again, failures in their own words."""

from typing import Any

import pytest
from playwright.sync_api import expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import control, field, picture
from tests.browser.things import at, started
from tests.browser.watch import Watch
from tests.factories import loaded, person

DRAFT, TYPED = "need.project_goal", "Typed without a connection"
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => true)"


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def cut(watch: Watch) -> None:
    """What a browser says of each request without a network."""
    watch.pardon("net::ERR_INTERNET_DISCONNECTED", "console error: htmx:")


def test_a_page_says_that_the_server_cannot_be_reached(
    open_as: OpenAs, ada: User, decision: Decision, cut: None
) -> None:
    page = open_as(ada, service_workers="allow")
    page.goto(at("decision-need", decision))
    page.evaluate(CONTROLLED)
    page.reload()
    page.context.set_offline(True)
    page.get_by_role("link", name="Versions").click()
    expect(page.get_by_role("heading", name="The server cannot be reached")).to_be_visible()
    expect(page.locator(".empty")).to_have_css("border-top-style", "dashed")
    picture(page, "17-offline")
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator(".tabs [aria-current=page]")).to_have_text("Versions")


def test_the_worker_keeps_nobodys_page(open_as: OpenAs, ada: User, decision: Decision) -> None:
    page = open_as(ada, service_workers="allow")
    page.goto(at("decision-need", decision))
    page.evaluate(CONTROLLED)
    page.reload()
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat()"
    )
    assert kept[0] == "/offline/"
    assert {address.split("/")[1] for address in kept[1:]} == {"static"}


def test_a_draft_is_sent_again_when_the_network_is_back(
    open_as: OpenAs, ada: User, decision: Decision, cut: None
) -> None:
    page = open_as(ada)
    page.goto(at("decision-need", decision))
    page.context.set_offline(True)
    control(page, DRAFT).fill(TYPED)
    control(page, DRAFT).blur()
    expect(field(page, DRAFT)).to_contain_text("Not saved yet: the server could not be reached")
    expect(page.locator("#draft-status")).to_have_text("Not saved")
    page.context.set_offline(False)
    expect(page.locator("#draft-status")).to_have_text("Draft saved")
    assert loaded(decision).need.project_goal == TYPED


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "There is nothing here for you."), (429, "Too many attempts."), (502, "could not be reached")],
)
def test_a_failed_step_says_why(
    open_as: OpenAs, ada: User, decision: Decision, watch: Watch, status: int, said: str
) -> None:
    page = open_as(ada)
    page.goto(at("decision-candidates", decision))
    heading = said.removesuffix(".")
    body = f"<div class='empty'><h1>{heading}</h1><p>Why.</p></div>" if said.endswith(".") else "Bad gateway"
    answer: dict[str, Any] = {"status": status, "body": body, "content_type": "text/html"}
    page.route("**/route/", lambda route: route.fulfill(**answer))
    watch.expect(f"status {status}", "Response Status Error Code")
    page.get_by_role("button", name="Choose Rented GPU").click()
    expect(page.locator("#messages .notice-error")).to_contain_text(said)
    expect(page.locator("#announce")).to_contain_text(said)
