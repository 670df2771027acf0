"""DATABASE_URL and EMAIL_URL: what is understood, and that a refusal never shows the password."""

from pathlib import Path

import pytest

from config import services
from config.env import SettingError

DEFAULT = Path("/data/routecard.sqlite3")


def test_no_address_is_sqlite_in_the_data_folder() -> None:
    found = services.database("DATABASE_URL", "", DEFAULT)
    assert found["NAME"] == DEFAULT
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_sqlite_elsewhere() -> None:
    assert services.database("DATABASE_URL", "sqlite:////srv/a%20b.db", DEFAULT)["NAME"] == Path(
        "/srv/a b.db"
    )


def test_postgresql_is_percent_decoded() -> None:
    url = "postgres://us%40er:p%23%2Fw@db.example.org:6432/route%20card?sslmode=verify-full"
    found = services.database("DATABASE_URL", url, DEFAULT)
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("us@er", "p#/w", "route card")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "6432")
    assert found["OPTIONS"] == {"sslmode": "verify-full"}
    assert found["CONN_HEALTH_CHECKS"] is True


def test_postgresql_by_a_socket() -> None:
    found = services.database("DATABASE_URL", "postgresql:///routecard?host=/run/postgresql", DEFAULT)
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/postgresql", "", "")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://u:hidden@h/d", "starts with 'mysql'"),
        ("routecard.sqlite3", "not an address"),
        ("postgresql://u:hidden@h/", "names no database"),
        ("postgresql://u:hidden@h/d?sslmod=require", "unknown option 'sslmod'"),
        ("postgresql://u:hidden@h:port/d", "not an address"),
        ("postgresql://u:hid#den@h/d", "not an address"),
        ("sqlite://relative", "say sqlite:////"),
        ("sqlite:///", "say sqlite:////"),
    ],
)
def test_database_refused_in_one_line(url: str, reason: str) -> None:
    with pytest.raises(SettingError) as refusal:
        services.database("DATABASE_URL", url, DEFAULT)
    text = str(refusal.value)
    assert text.startswith("DATABASE_URL ")
    assert reason in text
    assert "hid" not in text
    assert "\n" not in text


def test_mail_by_starttls() -> None:
    found = services.mail("EMAIL_URL", "smtp+starttls://a%40b:p%3Aw@mail.example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("a@b", "p:w")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize(("url", "backend"), [("console:", "console"), ("none:", "dummy")])
def test_mail_that_does_not_leave(url: str, backend: str) -> None:
    assert services.mail("EMAIL_URL", url) == {
        "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"
    }


@pytest.mark.parametrize(
    "url", ["smtp://u:hidden@mail.example.org", "smtps://", "imap://h", "smtp://h?tls=on", "mail.example.org"]
)
def test_mail_refused_in_one_line(url: str) -> None:
    with pytest.raises(SettingError, match="^EMAIL_URL ") as refusal:
        services.mail("EMAIL_URL", url)
    assert "hidden" not in str(refusal.value)
