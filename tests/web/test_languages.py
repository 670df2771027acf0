"""Which language a page is in, who decides, and whose clock its moments follow."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from decisions.actions.people import choose_language
from decisions.export import said
from tests import factories as make
from tests.web.asking import text_of

pytestmark = pytest.mark.django_db
LOGIN, ACCOUNT, LANGUAGE, READING = "/accounts/login/", "/account/", "/language/", "/account/reading/"
UNKNOWN = ["xx", "", "ja'--", "zh", "../../etc", "en\0", "x" * 5000]


def tag_of(client: Client, path: str = LOGIN, **headers: str) -> str:
    """The language a page says it is in; its head says the same."""
    response = client.get(path, headers=headers)
    tag = text_of(response).split('<html lang="')[1].split('"')[0]
    assert response.headers["Content-Language"] == tag
    assert "Accept-Language" in response.headers["Vary"]
    return tag


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("ja", "ja"),
        ("ja-JP,en;q=0.5", "ja"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("fr,de;q=0.8", "en"),
        ("fr,ja;q=0.3", "ja"),
        ("", "en"),
        (";;;q=nonsense,\x7f", "en"),
    ],
)
def test_the_browser_says_which(client: Client, asked: str, answered: str) -> None:
    assert tag_of(client, **{"Accept-Language": asked}) == answered


def test_a_signed_out_person_switches_and_comes_back(client: Client) -> None:
    answer = client.post(LANGUAGE, {"language": "ja", "back": "/accounts/login/?next=/start/"})
    assert answer.headers["Location"] == "/accounts/login/?next=/start/"
    assert tag_of(client, **{"Accept-Language": "zh-CN"}) == "ja"
    client.post(LANGUAGE, {"language": "en"})
    assert tag_of(client) == "en"


def test_what_a_person_chose_goes_before_cookie_and_browser(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    client.post(LANGUAGE, {"language": "zh-hans"})
    person.refresh_from_db()
    assert person.language == "zh-hans"
    elsewhere = Client(headers={"Accept-Language": "ja"})
    assert tag_of(elsewhere) == "ja"
    elsewhere.force_login(person)
    assert tag_of(elsewhere, ACCOUNT) == "zh-Hans"


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_language_is_refused_in_words(client: Client, code: str, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make.person())
    answer = client.post(LANGUAGE, {"language": code})
    assert answer.status_code == 422
    assert "Routecard does not speak this language." in text_of(answer)
    assert "language" not in client.cookies


def test_an_unknown_cookie_counts_for_nothing(client: Client) -> None:
    for code in ("xx", "ja'--", "../ja", "x" * 3000):
        client.cookies["language"] = code
        assert tag_of(client, **{"Accept-Language": "ja"}) == "ja"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:x()", "/\\evil"])
def test_the_switch_never_leads_elsewhere(client: Client, back: str) -> None:
    assert client.post(LANGUAGE, {"language": "ja", "back": back}).headers["Location"] == "/"


def test_the_switch_wants_a_post_and_a_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(LANGUAGE).status_code == 405
    assert strict.post(LANGUAGE, {"language": "ja"}).status_code == 403


def test_the_switch_is_a_plain_form_in_each_language_s_own_name(client: Client) -> None:
    page = text_of(client.get("/accounts/login/?next=/start/"))
    assert '<input type="hidden" name="back" value="/accounts/login/?next=/start/">' in page
    assert '<button name="language" value="ja" lang="ja">日本語</button>' in page
    assert '<button name="language" value="zh-hans" lang="zh-Hans">简体中文</button>' in page


@pytest.mark.parametrize("code", ["en", "ja", "zh-hans"])
def test_english_is_called_english_in_every_language(client: Client, code: str) -> None:
    page = text_of(client.get("/accounts/login/", headers={"Accept-Language": code}))
    names = re.findall(r'<button name="language"[^>]*>([^<]+)</button>', page)
    assert names == ["English", "日本語", "简体中文"]


def test_the_account_page_goes_back_to_the_browser(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    client.post(LANGUAGE, {"language": "ja"})
    assert client.post(READING, {"language": "", "time_zone": ""}).headers["Location"] == ACCOUNT
    assert tag_of(client, ACCOUNT, **{"Accept-Language": "zh-CN"}) == "zh-Hans"


@pytest.mark.parametrize("bad", [{"language": "xx"}, {"time_zone": "Mars/Base"}, {"time_zone": "../x"}])
def test_an_unknown_choice_changes_nothing(client: Client, bad: dict[str, str]) -> None:
    person = make.person()
    client.force_login(person)
    answer = client.post(READING, {"language": "ja", "time_zone": "Asia/Tokyo"} | bad)
    assert answer.status_code == 422
    assert "is not one of the available choices" in text_of(answer)
    person.refresh_from_db()
    assert (person.language, person.time_zone) == ("", "")


def test_only_a_signed_in_person_has_an_account_to_change(client: Client) -> None:
    assert client.post(READING, {"language": "ja"}).status_code == 403
    client.force_login(make.person())
    assert client.get(READING).status_code == 405


@pytest.fixture
def changed(client: Client) -> Any:
    """The signed-in owner of a project that was changed on 22 November 2026, 21:49 UTC."""
    project = make.project(make.person())
    type(project).objects.filter(pk=project.pk).update(changed_at=datetime(2026, 11, 22, 21, 49, tzinfo=UTC))
    owner = make.owner_of(project)
    client.force_login(owner)
    return owner


MOMENT = '<time class="nowrap" datetime="2026-11-22T21:49:00Z">{}</time>'


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Asia/Tokyo", "23 Nov 2026 06:49"),
        ("Asia%2FKolkata", "23 Nov 2026 03:19"),
        ("", "22 Nov 2026 21:49"),
        ("Mars/Base", "22 Nov 2026 21:49"),
        ("../../etc/passwd", "22 Nov 2026 21:49"),
    ],
)
def test_moments_follow_the_clock_of_the_browser(client: Client, changed: Any, told: str, shown: str) -> None:
    client.cookies["time_zone"] = told
    assert MOMENT.format(shown) in text_of(client.get("/"))


def test_the_chosen_zone_goes_before_the_browsers(client: Client, changed: Any) -> None:
    client.cookies["time_zone"] = "Asia/Tokyo"
    client.post(READING, {"language": "ja", "time_zone": "America/New_York"})
    assert MOMENT.format("2026年11月22日 16:49") in text_of(client.get("/"))


def test_utc_stands_beside_a_moment_that_is_evidence(client: Client) -> None:
    version = make.version(make.decision())
    client.force_login(make.owner_of(version.decision.project))
    client.cookies["time_zone"] = "Asia/Tokyo"
    at = {"project": version.decision.project.slug, "decision": version.decision.slug, "number": 1}
    page = text_of(client.get(reverse("version", kwargs=at)))
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        own, at_utc = said.both_clocks(version.saved_at, seconds=True)
    assert f"{own}</time>" in page
    assert f"({at_utc})" in page


def test_a_new_password_is_offered_in_the_receivers_language(client: Client) -> None:
    person = make.person()
    choose_language(by=person, language="ja")
    client.post("/accounts/password/reset/", {"email": person.email})
    with override("ja"):
        assert gettext("A new password") in mail.outbox[0].subject
    assert "Somebody, perhaps you" not in mail.outbox[0].body


def test_an_invitation_goes_out_in_the_language_of_who_invites(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(make.administrator())
    client.post(LANGUAGE, {"language": "zh-hans"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/people/invite/", {"email": "new@example.org"})
    with override("zh-hans"):
        assert gettext("You are invited") in mail.outbox[0].subject


@pytest.mark.parametrize("path", ["/nowhere/", "/projects/none/"])
def test_what_is_not_there_is_said_in_the_readers_language(client: Client, path: str) -> None:
    client.force_login(make.person())
    answer = client.get(path, headers={"Accept-Language": "ja"})
    assert answer.status_code == 404
    assert '<html lang="ja">' in text_of(answer)


def test_a_choice_does_not_leak_into_the_next_request(client: Client) -> None:
    person = make.person()
    choose_language(by=person, language="ja")
    client.force_login(person)
    assert tag_of(client, ACCOUNT) == "ja"
    assert get_language() == "en"
    assert tag_of(Client()) == "en"
