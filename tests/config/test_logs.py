"""Log records stay on one line."""

import logging
import sys

from config.logs import OneLine


def record(message: str, error: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if error else None
    return logging.LogRecord("ours", logging.ERROR, __file__, 1, message, None, info)  # type: ignore[arg-type]


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
