"""How a log record is written: one line, whatever is in it."""

import logging
import traceback
from typing import Any


class OneLine(logging.Formatter):
    """`time LEVEL logger: message | Error: text < file:line function < …`, innermost call first."""

    def __init__(self, **options: Any) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", **options)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The error and the calls that led to it, innermost first."""
        kind, error, trace = ei
        calls = [f"{c.filename}:{c.lineno} {c.name}" for c in reversed(traceback.extract_tb(trace))]
        return " < ".join([f"| {kind.__name__}: {error}", *calls])

    def format(self, record: logging.LogRecord) -> str:
        """The record with its line ends written as `\\n`, so that no text can pose as a second record."""
        record.exc_text = None
        return super().format(record).replace("\n|", " |").replace("\r", "\\r").replace("\n", "\\n")
