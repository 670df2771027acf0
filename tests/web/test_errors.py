"""The pages for what cannot be read, is too large, is not there, or whose form has grown old."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import gettext, override

from decisions.web.errors import bad_request
from tests import factories as make
from tests.web.asking import text_of, values_in

pytestmark = pytest.mark.django_db
HERE, THERE = "http://testserver", "https://evil.example"
FORM = {
    "name": "Kept & <b>safe</b>\"'",
    "project_goal": "line one\nline two",
    "must_have": "",
    "password": "s3cret",
}


def broken(_request: Any) -> None:
    """A view that fails."""
    raise RuntimeError("the reason, which nobody outside is told")


def down(*_: Any) -> None:
    """A database that does not answer."""
    raise OperationalError("the database is gone")


urlpatterns = [path("broken/", broken)]
handler400 = bad_request


@pytest.fixture
def strict() -> Client:
    """A browser of a signed-in person; forms without a token are refused."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person())
    return client


def test_an_old_form_comes_back_with_what_was_typed(strict: Client) -> None:
    answer = strict.post("/new-project/", FORM, headers={"Origin": HERE})
    assert answer.status_code == 403
    assert "Please send it once more" in text_of(answer)
    assert "<b>safe</b>" not in text_of(answer)
    assert "s3cret" not in text_of(answer)
    kept = values_in(answer)
    assert {name: kept[name] for name in ("name", "project_goal")} == {
        "name": FORM["name"],
        "project_goal": "line one\nline two",
    }


def test_sending_it_again_works(strict: Client) -> None:
    kept = values_in(strict.post("/new-project/", FORM, headers={"Origin": HERE}))
    answer = strict.post("/new-project/", kept, headers={"Origin": HERE})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "headers", [{"Origin": THERE}, {"Origin": "null"}, {"Referer": THERE + "/x"}, {"Origin": "http://[x"}, {}]
)
def test_a_form_from_elsewhere_is_not_offered_again(strict: Client, headers: dict[str, str]) -> None:
    answer = strict.post("/new-project/", FORM, headers=headers)
    assert answer.status_code == 403
    assert "did not come from a page of ours" in text_of(answer)
    assert "line one" not in text_of(answer)


def test_an_action_of_ours_is_where_it_goes_again(strict: Client) -> None:
    answer = strict.post("/new-project/?a=%22%3E%3Cscript%3E", FORM, headers={"Origin": HERE})
    assert 'action="/new-project/?a=%22%3E%3Cscript%3E"' in text_of(answer)


def test_more_than_this_site_takes(client: Client) -> None:
    client.force_login(make.person())
    answer = client.post("/new-project/", {"name": "x" * 8_400_000})
    assert answer.status_code == 413
    assert "That is too large" in text_of(answer)


def test_more_fields_than_this_site_takes(client: Client) -> None:
    client.force_login(make.person())
    answer = client.post("/new-project/", {f"f{n}": "" for n in range(2100)})
    assert answer.status_code == 413


@pytest.fixture
def limited(settings: Any) -> Iterator[None]:
    """One new password a minute, and nothing left of the count."""
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    cache.clear()
    yield
    cache.clear()


def test_what_was_tried_too_often(client: Client, limited: None) -> None:
    for status in (302, 429):
        answer = client.post("/accounts/password/reset/", {"email": "walk@example.org"})
        assert answer.status_code == status
    assert "Too many attempts" in text_of(answer)
    assert "Nothing was changed." in text_of(answer)


def test_a_host_that_is_none_of_ours(client: Client) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "The request could not be read" in text_of(answer)


@pytest.mark.parametrize("address", ["/nothing/", "/projects/nothing/", "/projects/x/decisions/y/nothing/"])
def test_what_is_not_there(client: Client, address: str) -> None:
    client.force_login(make.person())
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is nothing here for you" in text_of(answer)


def test_what_one_may_not(client: Client) -> None:
    client.force_login(make.auditor())
    answer = client.get("/start/")
    assert answer.status_code == 403
    assert "You may read this, not change it" in text_of(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours_tells_no_secrets(client: Client) -> None:
    client.force_login(make.person())
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in text_of(answer)
    assert "the reason" not in text_of(answer)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("language", ["ja", "zh-hans"])
def test_a_fault_is_told_in_the_language_of_the_reader(client: Client, language: str) -> None:
    client.force_login(make.person(language=language))
    client.raise_request_exception = False
    with override(language):
        heading = gettext("Something went wrong on our side")
    answer = client.get("/broken/")
    assert heading != "Something went wrong on our side"
    assert heading in text_of(answer)


def test_a_fault_is_told_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(make.person())
    client.raise_request_exception = False
    monkeypatch.setattr(connection, "cursor", down)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in text_of(answer)
    assert " UTC" in text_of(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/account/", "/projects/none/", "/start/"])
def test_no_cache_keeps_a_page_for_others(client: Client, address: str) -> None:
    client.force_login(make.person())
    assert client.get(address)["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_what_an_answer_says_itself_of_caches_stands(client: Client) -> None:
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]
