"""What a first visit to a decision's workspace transfers, fonts aside."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from decisions.models import Decision
from tests import factories
from tests.benchmarks.table import show

pytestmark = pytest.mark.django_db

MOST_BYTES = 150_000
PAGES = ("need", "candidates", "why", "versions")


def _sizes(data: bytes) -> tuple[int, int]:
    return len(data), len(gzip.compress(data, 9))


def _statics(html: str) -> list[str]:
    """Every sheet, script and picture the page names, and what sheets import."""
    names = re.findall(r'(?:src|href)="/static/([^"?#]+)', html)
    for name in names:
        if name.endswith(".css"):
            folder = Path(name).parent
            imported = re.findall(r'@import (?:url\()?["\']?([^"\')]+)', _data(name).decode())
            names += [
                (folder / each).as_posix() for each in imported if (folder / each).as_posix() not in names
            ]
    return list(dict.fromkeys(names))


def _data(name: str) -> bytes:
    found = finders.find(name)
    assert found, name
    return Path(str(found)).read_bytes()


@pytest.fixture
def decision() -> Decision:
    """A decision with three candidates and a version."""
    version = factories.version(factories.journey())
    return version.decision


@pytest.mark.parametrize("page", PAGES)
def test_first_visit(decision: Decision, page: str) -> None:
    client = Client()
    client.force_login(factories.owner_of(decision.project))
    html = client.get(f"/projects/{decision.project.slug}/decisions/{decision.slug}/{page}/")
    assert html.status_code == 200
    parts = {"HTML, not compressed": html.content}
    parts |= {name: _data(name) for name in _statics(html.content.decode())}
    rows = [(name, *_sizes(data)) for name, data in parts.items()]
    # static files are stored compressed by whitenoise; pages leave as they are, unless a proxy packs them
    served = len(html.content) + sum(packed for _, _, packed in rows[1:])
    total = ("served", sum(raw for _, raw, _ in rows), served)
    show(f"First visit to the page “{page}”", ["", "bytes", "gzip"], [*rows, total])
    assert served < MOST_BYTES
