"""Log records stay on one line."""

import logging
import sys

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from config.logs import OneLine
from decisions.models import Need, User
from tests import factories


def record(message: str, *args: object, error: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if error else None
    return logging.LogRecord("ours", logging.ERROR, __file__, 1, message, args, info)  # type: ignore[arg-type]


def test_a_line_end_in_a_message_does_not_start_a_line() -> None:
    assert OneLine().format(record("a\r\nERROR forged")).endswith(r"ERROR ours: a\r\nERROR forged")


def test_an_error_is_told_with_the_place_it_came_from() -> None:
    try:
        int("x\ny")
    except ValueError:
        line = OneLine().format(record("It broke", error=True))
    assert "\n" not in line
    assert "ours: It broke | ValueError: invalid literal" in line
    assert "test_logs.py:" in line.split(" < ")[1]


def test_a_head_request_leaves_no_warning() -> None:
    logger = logging.getLogger("gunicorn.http.wsgi")  # it warns of the body that Django made and it dropped
    assert [logger.isEnabledFor(level) for level in (logging.WARNING, logging.ERROR)] == [False, True]


@pytest.mark.django_db
def test_what_a_person_wrote_is_in_no_line_about_a_refused_row() -> None:
    person = factories.person(email="ada@example.org")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.create(email=person.email)
    assert "ada@example.org" not in told(refused.value)
    decision = factories.edited(made := factories.decision(), made.need, project_goal="the secret plan")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Need.objects.filter(decision=decision).update(context_tokens=-1)
    line = told(refused.value)
    assert "need_not_negative" in line
    assert "secret plan" not in line


@pytest.mark.django_db
def test_no_part_of_a_statement_is_in_a_line() -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        connection.cursor().execute("SELECT no_such_column, %s", ["the secret plan"])
    line = told(refused.value)
    assert "no_such_column" in line
    assert "secret plan" not in line


def test_a_detail_is_left_out_whatever_it_comes_from() -> None:
    assert "ada@" not in told(RuntimeError("refused\nDETAIL:  Key (email)=(ada@example.org)."))


def told(error: Exception) -> str:
    """The line of a log that has the error as its reason and in its message."""
    try:
        raise error
    except (DatabaseError, RuntimeError):
        return OneLine().format(record("It broke: %s", error, error=True))
