"""What a first visit to a decision's workspace transfers with fonts, in each language, asked for by a real
browser that has no font for Japanese or Chinese."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from config.static import minified
from decisions.models import Decision
from decisions.states import TextLanguage
from tests import factories
from tests.benchmarks.table import show

MOST_BYTES_ENGLISH = 250_000
MOST_BYTES_FONTS = 20_000_000
LANGUAGES = ("en", "ja", "zh-hans")
TEXTS = {
    "en": "Answers to questions about our own rules, from our own documents",
    "ja": "社員からの規程に関する質問に、社内文書を根拠にして答える。根拠にした条文を示す",
    "zh-hans": "根据公司内部文件回答员工关于规章制度的问题，并指出所依据的条款",
}
TEXT_LANGUAGES = {"en": TextLanguage.ENGLISH, "ja": TextLanguage.JAPANESE, "zh-hans": TextLanguage.CHINESE}


@pytest.fixture
def decision(transactional_db: None, live_server: LiveServer) -> Decision:
    """Three candidates and a version."""
    return factories.version(factories.journey()).decision


@pytest.fixture
def page_in(browser: Browser, decision: Decision, live_server: LiveServer) -> Iterator[dict[str, Page]]:
    """A page for each language, of the owner, in a browser that was never here."""
    pages = {language: browser.new_context(locale=language).new_page() for language in LANGUAGES}
    for page in pages.values():
        client = Client()
        client.force_login(factories.owner_of(decision.project))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
    yield pages
    for page in pages.values():
        page.context.close()


def _sent(url: str, body: bytes) -> int:
    """How many bytes leave an installation: pages as they are, static files packed where that helps."""
    path = urlsplit(url).path
    if not path.startswith("/static/"):
        return len(body)
    content = Path(str(finders.find(path.removeprefix("/static/")))).read_bytes()
    if path.endswith(".css"):
        content = minified(content)
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content, 9))


def _visit(page: Page, address: str) -> list[list[object]]:
    got: dict[str, int] = {}
    page.on("response", lambda answer: got.setdefault(answer.url, _sent(answer.url, answer.body())))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return [[urlsplit(url).path.removeprefix("/static/")[-40:], size] for url, size in got.items()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_visit_with_fonts(
    decision: Decision, page_in: dict[str, Page], live_server: LiveServer, language: str
) -> None:
    Decision.objects.filter(pk=decision.pk).update(text_language=TEXT_LANGUAGES[language])
    type(decision.need).objects.filter(pk=decision.need.pk).update(project_goal=TEXTS[language])
    address = f"{live_server.url}/projects/{decision.project.slug}/decisions/{decision.slug}/need/"
    rows = _visit(page_in[language], address)
    fonts = sum(int(str(size)) for name, size in rows if str(name).endswith(".woff2"))
    whole = sum(int(str(size)) for _, size in rows)
    show(f"First visit to the need, {language}", ["", "bytes"], [*rows, ["fonts", fonts], ["in all", whole]])
    assert whole <= MOST_BYTES_ENGLISH or language != "en"


def test_all_fonts_in_the_repository() -> None:
    sizes: dict[str, int] = {}
    root = settings.BASE_DIR / "static" / "fonts"
    for path in root.rglob("*"):
        folder = path.relative_to(root).parts[0]
        sizes[folder] = sizes.get(folder, 0) + (path.stat().st_size if path.is_file() else 0)
    show("static/fonts", ["", "bytes"], [*map(list, sizes.items()), ["in all", sum(sizes.values())]])
    assert sum(sizes.values()) <= MOST_BYTES_FONTS
