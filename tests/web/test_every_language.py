"""Every page in every language answers, and holds no English of ours."""

import re
from collections.abc import Iterator
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
SIGNED_OUT = ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/")
LONG = 12  # characters from which on English words are a sentence of ours, and no name
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
    return {file for file, _line in message.locations} == {"decisions/actions/practice.py"}


def left_in_english(locale: str, texts: list[str]) -> Iterator[str]:
    for text in texts:
        if text.isascii() or re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", text):
            yield from (
                f"{source!r} in {text[:120]!r}" for source, look in english(locale) if look.search(text)
            )


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    """The demo projects with their people."""
    settings.DATA_DIR = tmp_path
    call_command("demo", "--quiet-if-done")


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("account", [OWNER, ADMINISTRATOR, None], ids=["owner", "administrator", "nobody"])
def test_no_english_is_left_on_a_page(demo: None, language: str, account: Any) -> None:
    client = Client(headers={"Accept-Language": language})
    if account:
        client.force_login(User.objects.get(email=account.email))
    wrong, walked = [], []
    for address, page in pages(client, *(("/", "/account/") if account else SIGNED_OUT)):
        assert page.language.lower() == language, address
        walked.append(address)
        wrong += [f"{address}: {said}" for said in left_in_english(LOCALES[language], page.texts)]
    assert not wrong, "\n".join(wrong)
    assert len(walked) >= (20 if account else 3)
