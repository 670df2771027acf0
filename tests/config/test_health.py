"""The health address, as a proxy asks it."""

import pytest
from django.db import OperationalError
from django.test import Client, override_settings


@pytest.mark.django_db
def test_health_is_open_and_says_that_the_database_answers(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
def test_health_answers_over_plain_http(client: Client) -> None:
    assert client.get("/health/").status_code == 200
    assert client.get("/accounts/login/").status_code == 301


def test_health_says_when_the_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise OperationalError("no")

    monkeypatch.setattr("decisions.web.health.connection.cursor", refuse)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"status": "error", "database": "error"})
    assert "The database does not answer" in caplog.text


def test_health_is_only_read(client: Client) -> None:
    assert client.post("/health/").status_code == 405
