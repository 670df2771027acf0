"""The PDF of a version is made once, outside of transactions, and read from then on."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.actions import renderings
from decisions.export.pdf import release
from decisions.export.pdf.renderer import Renderer
from decisions.models import Project, Rendering, Version
from tests import factories as make

pytestmark = pytest.mark.django_db


class Counting(Renderer):
    """Prints nothing, but counts, and says whether a transaction was open."""

    def __init__(self) -> None:
        super().__init__(1)
        self.calls = 0
        self.in_transaction = False
        self.wait: threading.Barrier | None = None

    def render(self, html: str, *attachments: object) -> bytes:
        self.calls += 1
        self.in_transaction = connection.in_atomic_block
        if self.wait:
            self.wait.wait(10)
        return f"%PDF {self.calls}".encode()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(renderings, "renderer", lambda: counting)
    return counting


def version() -> Version:
    return Version.objects.select_related("content", "saved_by", "decision__project").get(
        pk=make.version().pk
    )


def test_the_second_call_only_reads(press: Counting) -> None:
    one = version()
    first = renderings.rendered(version=one, language="en")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert renderings.rendered(version=one, language="en") == first
    assert press.calls == 1
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_one_for_each_language(press: Counting) -> None:
    one = version()
    made = [renderings.rendered(version=one, language=code) for code in ("en", "ja", "zh-hans", "ja")]
    assert press.calls == 3
    assert len({each.pk for each in made}) == 3


def test_a_new_release_makes_it_anew_and_the_old_one_goes(
    press: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = version()
    renderings.rendered(version=one, language="en")
    monkeypatch.setattr(release, "release", lambda: "another")
    assert bytes(renderings.rendered(version=one, language="en").data) == b"%PDF 2"
    assert Rendering.objects.count() == 1


def test_a_new_name_of_the_project_makes_it_anew(press: Counting) -> None:
    one = version()
    renderings.rendered(version=one, language="en")
    Project.objects.update(name="Another name")
    one = Version.objects.get(pk=one.pk)
    renderings.rendered(version=one, language="en")
    assert press.calls == 2


def test_the_sheet_to_sign_is_made_every_time(press: Counting) -> None:
    one = version()
    for day in (1, 1, 2):
        renderings.sign_off_sheet(version=one, language="en", today=date(2026, 5, day))
    assert press.calls == 3
    assert not Rendering.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_it_is_made(press: Counting) -> None:
    renderings.rendered(version=version(), language="en")
    assert not press.in_transaction


@pytest.mark.django_db(transaction=True)
def test_two_at_once_store_one(press: Counting) -> None:
    one = version()
    press.wait = threading.Barrier(2)
    made: list[bytes] = []

    def make_one() -> None:
        try:
            made.append(bytes(renderings.rendered(version=one, language="en").data))
        finally:
            connection.close()

    threads = [threading.Thread(target=make_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Rendering.objects.count() == 1
    assert len(made) == 2
    assert len(set(made)) == 1


def test_the_release_knows_its_files() -> None:
    names = {str(path.relative_to(release.ROOT)) for path in release._files()}
    assert {
        "static/pdf/record.css",
        "static/fonts/pdf/doc-jp.ttf",
        "templates/pdf/record.html",
        "decisions/export/pdf/worker.py",
        "decisions/record/values.py",
    } <= names
    assert any(name.endswith(".mo") for name in names)
