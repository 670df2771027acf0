"""A session that ends in mid-edit: nothing typed is lost, and no sign-in form lands inside a fragment."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.models import Decision, Project
from tests import factories as make
from tests.web.asking import text_of, values_in

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/?next="
FORM = {"name": "Not lost", "project_goal": "first\n\n<b>third</b>", "must_have": "a", "nice_to_have": ""}


def htmx(current: str) -> dict[str, str]:
    """The headers htmx sends from a page."""
    return {"HX-Request": "true", "HX-Current-URL": current}


@pytest.mark.parametrize(
    ("current", "back"),
    [
        ("http://testserver/projects/p/decisions/d/need/", "/projects/p/decisions/d/need/"),
        ("http://testserver/?q=a%20b&page=2", "/?q=a%20b&page=2"),
        ("http://testserver/projects/%E8%B2%BB/", "/projects/%E8%B2%BB/"),
        ("https://evil.example/projects/", "/"),
        ("http://testserver//evil.example/", "/"),
        ("http://testserver/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver:81/x/", "/"),
        ("http://[broken", "/"),
        ("", "/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_htmx_takes_the_whole_page_to_sign_in(client: Client, method: str, current: str, back: str) -> None:
    answer = getattr(client, method)("/new-project/", headers=htmx(current))
    assert answer.status_code == 200
    assert answer.content == b""
    target = answer.headers["HX-Redirect"]
    assert target.startswith(LOGIN)
    assert unquote(target.removeprefix(LOGIN)) == back


def test_an_autosave_after_the_session_ended_changes_nothing(client: Client) -> None:
    decision = make.decision(title="As it was")
    address = f"/projects/{decision.project.slug}/decisions/{decision.slug}/settings/"
    said = {"title": "Late", "loaded-title": decision.digest_of("title")}
    answer = client.post(address, said, headers=htmx(f"http://testserver{address}"))
    assert "HX-Redirect" in answer.headers
    assert Decision.objects.get().title == "As it was"


def test_a_plain_form_comes_back_with_all_that_was_typed(client: Client) -> None:
    answer = client.post("/new-project/?x=1", FORM | {"password1": "s3cret", "csrfmiddlewaretoken": "t0ken"})
    page = text_of(answer)
    assert answer.status_code == 403
    assert "You have been signed out" in page
    assert "<b>third</b>" not in page
    assert "s3cret" not in page
    assert 'action="/new-project/?x=1"' in page
    kept = values_in(answer)
    assert {name: kept[name] for name in FORM} == FORM
    assert not Project.objects.exists()


def test_it_is_sent_again_after_signing_in(client: Client) -> None:
    kept = values_in(client.post("/new-project/", FORM))
    client.force_login(make.person())
    assert client.post("/new-project/", kept).status_code == 302
    assert Project.objects.get().project_goal == FORM["project_goal"]


def test_sent_too_early_it_comes_back_again(client: Client) -> None:
    kept = values_in(client.post("/new-project/", FORM))
    again = values_in(client.post("/new-project/", kept))
    assert {name: again[name] for name in FORM} == FORM


def test_several_values_of_one_name_are_all_kept(client: Client) -> None:
    page = text_of(client.post("/new-project/", {"task_kinds": ["chat", "code"]}))
    assert page.count('name="task_kinds"') == 2


def test_files_are_not_kept_and_that_is_said(client: Client) -> None:
    file = SimpleUploadedFile("secret.md", b"# content of the file")
    page = text_of(client.post("/new-project/", FORM | {"file": file}))
    assert "Files are not kept" in page
    assert "content of the file" not in page


def test_reading_leads_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/projects/x/?page=2")
    assert answer.headers["Location"] == LOGIN + "/projects/x/%3Fpage%3D2"


@pytest.mark.parametrize("address", ["/accounts/login/", "/invitations/x/", "/health/"])
def test_open_pages_stay_open_to_htmx(client: Client, address: str) -> None:
    answer = client.get(address, headers=htmx("http://testserver/"))
    assert "HX-Redirect" not in answer.headers
