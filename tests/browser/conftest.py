"""Real Chromium on the real pages: a server per process, one context per person, a watch on all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import User
from tests.browser.watch import Watch, browser_options
from tests.conftest import AS_SENT

PATIENCE_MS = 15_000  # how long a condition may take to come true on a busy machine
OpenAs = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses in these tests begin at the test server."""
    return live_server.url


@pytest.fixture
def as_sent(collected: Path, settings: Any) -> None:
    """Pages name the static files of an installation, and the test server sends those."""
    settings.STORAGES = settings.STORAGES | AS_SENT
    settings.STATIC_ROOT = collected


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test for whatever went wrong in its browser and was not expected."""
    watch = Watch()
    yield watch
    assert not watch.verdict(), watch.verdict()


@pytest.fixture
def open_context(browser: Browser, base_url: str, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts, watched, that are closed at the end of the test."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=base_url, **browser_options(**options))
        context.set_default_timeout(PATIENCE_MS)
        watch.put_on(context)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def open_as(open_context: Callable[..., BrowserContext], base_url: str) -> OpenAs:
    """A page of a browser in which a person is signed in (nobody for None)."""

    def open_as(person: User | None, **options: Any) -> Page:
        context = open_context(**options)
        if person:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": base_url}]
            )
        return context.new_page()

    return open_as


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
