"""How a log record is written: one line, whatever is in it, and no row of the database in it."""

import logging
import traceback
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent


class OneLine(logging.Formatter):
    """`time LEVEL logger: message | Error: text < file:line function < …`, innermost call first."""

    def __init__(self, **options: Any) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", **options)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The error, where it was raised, and the calls of our own code that led there."""
        kind, error, trace = ei
        calls = list(reversed(traceback.extract_tb(trace)))
        told = calls[:1] + [call for call in calls[1:] if _is_ours(call.filename)]
        places = [f"{call.filename}:{call.lineno} {call.name}" for call in told]
        return " < ".join([f"| {kind.__name__}: {_told(error)}", *places])

    def format(self, record: logging.LogRecord) -> str:
        """The record with its line ends written as `\\n`, so that no text can pose as a second record."""
        record.exc_text = None
        if isinstance(record.args, tuple):
            told = tuple(_told(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
            record = logging.makeLogRecord(record.__dict__ | {"args": told})
        return super().format(record).replace("\n|", " |", 1).replace("\r", "\\r").replace("\n", "\\n")


def _told(error: BaseException) -> str:
    """An error in words; of one of PostgreSQL its message alone, for DETAIL, CONTEXT and LINE hold values."""
    text = str(error)
    for each in (error, error.__cause__):  # Django's error says what the driver's says
        message = getattr(getattr(each, "diag", None), "message_primary", None)
        if message and str(each) == text:
            return str(message)
    return text.partition("\nDETAIL:")[0]


def _is_ours(filename: str) -> bool:
    return filename.startswith(str(BASE_DIR)) and "site-packages" not in filename
