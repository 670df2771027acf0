"""Signing in and out, the account page, and the pages of allauth that are not here."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from decisions.actions.people import close_account
from decisions.models import Event, User
from decisions.states import ProjectRole
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, ACCOUNT = "/accounts/login/", "/accounts/signup/", "/account/"
LIMITS = {"login_failed": "10/m/ip,3/5m/key"}


def sign_in(client: Client, person: User, password: str = make.PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": password} | more)


def test_signing_in_leads_to_where_one_was_going(client: Client) -> None:
    person = make.person()
    assert client.get("/start/").headers["Location"] == "/accounts/login/?next=/start/"
    assert sign_in(client, person, next="/start/").headers["Location"] == "/start/"
    assert client.get("/start/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    assert sign_in(client, make.person(), next=elsewhere).headers["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client) -> None:
    person = make.person()
    page = text_of(sign_in(client, person, "wrong"))
    assert "This e-mail address and this password do not go together." in page
    assert person.email in page
    assert page == page.replace(make.PASSWORD, "")


@pytest.mark.parametrize("page", ["login", "logout", "password/change", "password/set", "password/reset"])
@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_a_form_is_read_and_posted_alone(client: Client, page: str, verb: str) -> None:
    client.force_login(make.person())
    assert getattr(client, verb)(f"/accounts/{page}/").status_code == 405


def test_too_many_wrong_passwords_lock_the_address_for_a_while(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    cache.clear()
    person = make.person()
    for _attempt in range(3):
        sign_in(client, person, "wrong")
    assert "Signing in failed too often from here." in text_of(sign_in(client, person))
    assert sign_in(client, make.person()).status_code == 302


def test_a_closed_account_cannot_sign_in_and_is_told(client: Client) -> None:
    person = make.person()
    close_account(by=make.administrator(), person=person)
    answer = sign_in(client, person)
    assert answer.headers["Location"] == "/accounts/inactive/"
    assert "This account is closed" in text_of(client.get("/accounts/inactive/"))
    assert client.get("/").status_code == 302


def test_closing_an_account_ends_its_sessions(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    assert client.get("/").status_code == 200
    close_account(by=make.administrator(), person=person)
    assert client.get("/").status_code == 302


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make.person())
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302


def test_nobody_signs_up_without_an_invitation(client: Client) -> None:
    said = {"email": "new@example.org", "full_name": "New", "password1": make.PASSWORD}
    for answer in (client.get(SIGNUP), client.post(SIGNUP, said | {"password2": make.PASSWORD})):
        assert "Sign-up is by invitation" in text_of(answer)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "reauthenticate/",
        "login/code/confirm/",
        "3rdparty/",
    ],
)
def test_pages_of_allauth_that_are_not_wanted(client: Client, path: str) -> None:
    client.force_login(make.person())
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_account_page_says_what_one_is(client: Client) -> None:
    person = make.auditor()
    project = make.project(name="Support desk")
    make.member(project, ProjectRole.REVIEWER, person)
    client.force_login(person)
    page = text_of(client.get(ACCOUNT))
    assert all(word in page for word in ("Auditor", "Support desk", "Reviewer", person.email))


def test_an_account_that_belongs_nowhere_yet_says_where_to_begin(client: Client) -> None:
    client.force_login(make.person())
    page = text_of(client.get(ACCOUNT))
    assert "Roles in the organisation" not in page
    assert 'None. <a href="/">To the projects</a>' in page


def test_a_new_name(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    answer = client.post(ACCOUNT, {"full_name": "  山田 花子 "}, follow=True)
    assert "Your name is stored." in text_of(answer)
    assert User.objects.get().full_name == "山田 花子"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_only_text(client: Client, text: str) -> None:
    client.force_login(make.person())
    client.post(ACCOUNT, {"full_name": text.replace("\n", " ")})
    page = text_of(client.get(ACCOUNT))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert '" autofocus onfocus' not in page


@pytest.mark.parametrize(("text", "sentence"), [*REFUSED.values(), ("", "This field is required.")])
def test_a_name_that_cannot_be_kept(client: Client, text: str, sentence: str) -> None:
    client.force_login(make.person("As It Was"))
    answer = client.post(ACCOUNT, {"full_name": text})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert User.objects.get().full_name == "As It Was"


def test_changing_the_password(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    said = {
        "oldpassword": make.PASSWORD,
        "password1": "another long one 7",
        "password2": "another long one 7",
    }
    answer = client.post(reverse("account_change_password"), said, follow=True)
    assert answer.status_code == 200
    assert User.objects.get().check_password("another long one 7")
    assert Event.objects.get().verb == "person.password_set"
    assert client.get("/").status_code == 200


def test_a_forgotten_password(client: Client) -> None:
    person = make.person()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/accounts/password/reset/key/" in line)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    said = {"password1": "another long one 7", "password2": "another long one 7"}
    client.post(form.redirect_chain[-1][0], said)
    assert User.objects.get().check_password("another long one 7")


def test_a_forgotten_password_of_nobody_is_answered_alike(client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": make.person().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert len(mail.outbox) == 1
