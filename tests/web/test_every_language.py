"""Every page in every language answers, and holds no English of ours."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.core.management import call_command
from django.test import Client

from decisions.management.demo.people import ADMINISTRATOR, OWNER
from decisions.management.messages import catalogue
from decisions.models import User
from tests.web.walk import pages

pytestmark = pytest.mark.django_db
LOCALES = {"ja": "ja", "zh-hans": "zh_Hans"}
WALKS = {  # who walks, and where they begin
    OWNER: ("/", "/account/"),
    ADMINISTRATOR: ("/people/",),
    None: ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"),
}
LONG = 12  # characters from which on English words are a sentence of ours, and no name
TOLD_ONCE = {"decisions/actions/practice.py", "decisions/actions/shipped.py"}
_GAP = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@cache
def english(locale: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every longer text that is said otherwise in this language, and how it looks filled in.

    One without translation is another test's matter.
    """
    found = []
    for message in catalogue.read(locale):
        if not any(catalogue.strings(message)) or _is_told_once(message):
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        for source in sources:
            bare = _GAP.sub("", source)
            if len(bare) > LONG and " " in bare.strip() and source not in catalogue.strings(message):
                parts = [re.escape(part) for part in _GAP.split(source.replace("%%", "%"))]
                found.append((source, re.compile(r"(?<!\w)" + ".{1,300}?".join(parts) + r"(?!\w)")))
    return tuple(found)


def _is_told_once(message: Message) -> bool:
    """Whether it is only for what is stored as somebody's own text, in the language of who makes it."""
    return {file for file, _line in message.locations} <= TOLD_ONCE


@cache
def left_in_english(locale: str, text: str) -> tuple[str, ...]:
    """The English texts that can be read in a text of a page."""
    if not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text):
        return ()
    return tuple(f"{source!r} in {text[:120]!r}" for source, look in english(locale) if look.search(text))


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    """The demo projects with their people."""
    settings.DATA_DIR = tmp_path
    call_command("demo", "--quiet-if-done")


@pytest.mark.parametrize("language", LOCALES)
def test_no_english_is_left_on_a_page(demo: None, language: str) -> None:
    wrong: dict[str, str] = {}
    walked = 0
    for account, starts in WALKS.items():
        client = Client(headers={"Accept-Language": language})
        if account:
            client.force_login(User.objects.get(email=account.email))
        for address, page in pages(client, *starts):
            assert page.language.lower() == language, address
            walked += 1
            for text in page.texts:
                wrong |= dict.fromkeys(left_in_english(LOCALES[language], text), address)
    assert not wrong, "\n".join(f"{address}: {said}" for said, address in wrong.items())
    assert walked > 60
