"""axe-core finds nothing wrong on any page: empty, signed out, read only, gone wrong; headings have no gaps.

`test_every_page` has the crowded ones.
"""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.conftest import OpenAs
from tests.browser.crowd import crowded
from tests.browser.elsewhere import PROVOKED, TABS, empty_pages, signed_out_pages
from tests.browser.looks import COLOURS, by_axe, gaps_between_headings
from tests.browser.things import at
from tests.browser.watch import Watch

SEEN = [("light", "en-GB"), ("dark", "ja-JP"), ("light", "zh-CN")]
seen = pytest.mark.parametrize(("scheme", "locale"), SEEN, ids=["-".join(each) for each in SEEN])
pytestmark = pytest.mark.django_db(transaction=True)


def violations(page: Page, addresses: dict[str, str], opened: str = "details") -> list[str]:
    """What axe finds on each page, and gaps between headings; Chinese has the colours of English in light."""
    found = []
    for name, address in addresses.items():
        page.goto(address)
        left_out = COLOURS if page.evaluate("document.documentElement.lang").startswith("zh") else ()
        found += [f"{name}: {each}" for each in gaps_between_headings(page) + by_axe(page, opened, left_out)]
    return found


@seen
def test_every_page_with_nothing_on_it(open_as: OpenAs, scheme: str, locale: str) -> None:
    decision = make.decision()
    page = open_as(make.owner_of(decision.project), color_scheme=scheme, locale=locale)
    assert violations(page, empty_pages(decision)) == []
    stranger = open_as(make.person(), color_scheme=scheme, locale=locale)
    assert violations(stranger, {"no project yet": "/", "account": "/account/"}) == []


@seen
def test_every_page_signed_out(open_as: OpenAs, scheme: str, locale: str) -> None:
    page = open_as(None, color_scheme=scheme, locale=locale)
    assert violations(page, signed_out_pages()) == []


def test_every_page_read_only_and_the_menus(open_as: OpenAs) -> None:
    owner, decision = crowded()
    tabs = {tab: at(f"decision-{tab}", decision) for tab in TABS if tab not in ("save", "settings", "import")}
    tabs["candidate"] = at("candidate", decision, key="c1")
    page = open_as(make.auditor("Olu Auditor"))
    assert violations(page, tabs) == []
    assert violations(open_as(owner), {"menus": tabs["need"]}, "menus") == []


@seen
def test_logs_kept_set_aside_and_left_out(open_as: OpenAs, scheme: str, locale: str) -> None:
    aside, counting = make.measurement(), make.measurement()
    make.set_aside(aside)
    page = open_as(make.administrator(), color_scheme=scheme, locale=locale)
    pages = {
        "aside": at("candidate-log", aside.candidate.decision, key="c1"),
        "counting": at("candidate-log", counting.candidate.decision, key="c1"),
        "accuracy": "/sizing/accuracy/",
    }
    assert violations(page, pages) == []


@seen
def test_every_error(open_as: OpenAs, watch: Watch, scheme: str, locale: str) -> None:
    answers: dict[str, dict[str, Any]] = {}
    page = open_as(None, color_scheme=scheme, locale=locale)
    page.route("**/wrong/*", lambda route: route.fulfill(**answers[route.request.url.rsplit("/", 1)[1]]))
    for what, (status, provoke) in PROVOKED.items():
        client = Client(headers={"Accept-Language": locale})
        client.force_login(make.person("Ada Author"))
        answer = provoke(client)
        assert answer.status_code == status
        answers[what] = {"status": status, "body": answer.content, "headers": dict(answer.headers)}
        watch.expect(f"status {status}")
    assert violations(page, {what: f"/wrong/{what}" for what in answers}) == []
