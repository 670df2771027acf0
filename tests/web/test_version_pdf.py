"""The PDF of a version and the sheet to sign: who gets them, in which language, and what is said instead."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decisions.actions import renderings
from decisions.export.pdf.renderer import NotRendered, Renderer
from decisions.models import Decision, Project, Rendering, User
from decisions.models.version import VersionAuthor
from tests import factories as make
from tests.web.asking import text_of
from tests.web.house import PEOPLE, READS, at, sign_in

pytestmark = pytest.mark.django_db
PAGES = ("version-pdf", "version-sign-off-sheet")


@pytest.fixture
def decision() -> Decision:
    return make.version(make.journey()).decision


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed; what would be is its own length."""
    monkeypatch.setattr(Renderer, "render", lambda _self, html, *_files: f"%PDF {len(html)}".encode())


@pytest.fixture
def failing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Nothing can be printed, for the reason given."""

    def render(*_args: object) -> bytes:
        raise NotRendered(request.param, "libpango-1.0-0", seconds=7)

    monkeypatch.setattr(Renderer, "render", render)
    return str(request.param)


@pytest.fixture(scope="module", autouse=True)
def _renderer_ends() -> Iterator[None]:
    yield
    renderings.renderer().close()


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str, page: str) -> None:
    sign_in(client, who, decision)
    assert client.get(at(page, decision, number=1)).status_code == READS[who]


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("page", PAGES)
def test_wrong_verb_and_number(client: Client, decision: Decision, page: str) -> None:
    sign_in(client, "owner", decision)
    assert client.post(at(page, decision, number=1)).status_code == 405
    assert client.get(at(page, decision, number=2)).status_code == 404


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", ["de", "xx", "", "../../etc", "en\n", "日本語", "zh"])
def test_an_unknown_language(client: Client, decision: Decision, page: str, code: str) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at(page, decision, number=1), {"language": code})
    assert answer.status_code == 422
    assert "Routecard does not know this language" in text_of(answer)
    assert "简体中文" in text_of(answer)


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("code", ["en", "ja", "zh-hans", "zh-Hans", "JA"])
def test_a_language_asked_for(client: Client, decision: Decision, code: str) -> None:
    sign_in(client, "owner", decision)
    assert client.get(at("version-pdf", decision, number=1), {"language": code}).status_code == 200
    assert Rendering.objects.get().language == code.lower()


@pytest.mark.usefixtures("blank")
def test_the_readers_own_language(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    client.get(at("version-pdf", decision, number=1), headers={"Accept-Language": "ja"})
    assert Rendering.objects.get().language == "ja"


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize(
    ("page", "name"),
    [("version-pdf", "model_runtime_decision.pdf"), ("version-sign-off-sheet", "sign_off_sheet.pdf")],
)
def test_headers(client: Client, decision: Decision, page: str, name: str) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at(page, decision, number=1))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    again = client.get(at(page, decision, number=1), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("authors", [1, 3])
def test_a_stored_copy_costs_five_queries_and_four_unread(
    client: Client,
    decision: Decision,
    authors: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = decision.versions.get()
    for _ in range(authors - version.authors.count()):
        VersionAuthor.objects.create(version=version, person=make.person())
    sign_in(client, "reviewer", decision)
    first = client.get(at("version-pdf", decision, number=1))
    monkeypatch.setattr(renderings, "rendered", None)
    with django_assert_num_queries(5):  # session, person, roles, the copy, its bytes
        again = client.get(at("version-pdf", decision, number=1))
    with django_assert_num_queries(4):
        unread = client.get(at("version-pdf", decision, number=1), headers={"If-None-Match": first["ETag"]})
    assert again.content == first.content
    assert (unread.status_code, unread["ETag"]) == (304, first["ETag"])
    assert unread["Cache-Control"] == "private, no-cache"


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("change", ["project", "decision", "saved_by", "author"])
def test_a_name_that_changed_makes_it_anew(client: Client, decision: Decision, change: str) -> None:
    sign_in(client, "owner", decision)
    version = decision.versions.get()
    VersionAuthor.objects.create(version=version, person=make.person("Second Author"))
    first = client.get(at("version-pdf", decision, number=1))
    name = "A name that is rather longer than the one before it"
    things: dict[str, tuple[Any, dict[str, str]]] = {
        "project": (Project.objects.filter(pk=decision.project_id), {"name": name}),
        "decision": (Decision.objects.filter(pk=decision.pk), {"title": name}),
        "saved_by": (User.objects.filter(pk=version.saved_by_id), {"full_name": name}),
        "author": (User.objects.filter(full_name="Second Author"), {"full_name": name}),
    }
    rows, values = things[change]
    assert rows.update(**values) == 1
    made = Rendering.objects.get().made_of
    client.get(at("version-pdf", decision, number=1))
    assert Rendering.objects.get().made_of != made
    assert first.status_code == 200


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_the_stored_copy(client: Client, decision: Decision, who: str) -> None:
    renderings.rendered(version=decision.versions.get(), language="en")
    sign_in(client, who, decision)
    answer = client.get(at("version-pdf", decision, number=1), {"language": "en"})
    assert answer.status_code == READS[who]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("failing", "status", "said"),
    [
        ("missing", 503, "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"),
        ("slow", 503, "took longer than 7 seconds and was stopped"),
        ("busy", 503, "Other PDFs are being made just now"),
        ("broken", 503, "ended unexpectedly"),
        ("too_long", 422, "too long for a PDF, which has at most 400 pages"),
        ("too_large", 422, "needs more memory than a PDF may take"),
    ],
    indirect=["failing"],
)
def test_no_pdf_and_why(
    client: Client, decision: Decision, page: str, failing: str, status: int, said: str
) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at(page, decision, number=1))
    assert answer.status_code == status
    assert said in text_of(answer)
    assert at("version-export", decision, number=1, format="json") in text_of(answer)
    assert answer.has_header("Retry-After") == (status == 503 and "libpango" not in said)


@pytest.mark.parametrize("failing", ["missing"], indirect=True)
def test_the_page_works_without_pango(client: Client, decision: Decision, failing: str) -> None:
    sign_in(client, "reviewer", decision)
    answer = client.get(at("version", decision, number=1))
    assert answer.status_code == 200
    for page in PAGES:
        assert at(page, decision, number=1) in text_of(answer)


def test_the_whole_of_it_in_every_language(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    words = {"en": "Record to keep", "ja": "記録", "zh-hans": "记录"}
    for code, _name in settings.LANGUAGES:
        answer = client.get(at("version-pdf", decision, number=1), {"language": code})
        pages = pypdfium2.PdfDocument(answer.content)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        assert words[code] in text
        assert "We start small." in text
        assert client.get(at("version-pdf", decision, number=1), {"language": code}).content == answer.content


def test_the_sheet_to_sign(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at("version-sign-off-sheet", decision, number=1))
    pages = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "Sign-off sheet" in text
    assert bytes(pages.get_attachment(0).get_data()) == bytes(decision.versions.get().content.data)
    assert decision.versions.get().manifest_id in "".join(text.split())
