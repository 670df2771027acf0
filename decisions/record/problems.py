"""What is wrong with a value or a text of JSON, in words of ours that can be said in any language."""

import json

from pydantic_core import ErrorDetails

from decisions.words import N_

_OF_SYNTAX = {  # how Python's messages begin, in every version that we run on
    "Expecting property name": N_("a key in double quotation marks is expected"),
    "Expecting ':'": N_("a colon is expected"),
    "Expecting ','": N_("a comma is expected"),
    "Expecting value": N_("a value is expected"),
    "Illegal trailing comma": N_("a comma stands before the closing brace or bracket"),
    "Unterminated string": N_("a text has no closing quotation mark"),
    "Invalid control character": N_("a line end or control character stands inside a text"),
    "Invalid \\": N_("a backslash is followed by something it cannot stand before"),
    "Extra data": N_("something follows after the end"),
}
_NO_SYNTAX = N_("something is out of place")
_DECIMAL = N_("a number is expected, with at most 8 digits before the point and 4 after it")
_DAY = N_("a day is expected, such as 2026-11-22")
_MOMENT = N_("a moment with its zone is expected, such as 2026-11-22T21:49:00Z")
_OF_VALUES = {  # how pydantic's types of errors begin
    "greater_than": N_("the number is too small"),
    "less_than": N_("the number is too large"),
    "decimal": _DECIMAL,
    "finite_number": _DECIMAL,
    "datetime": _MOMENT,
    "timezone": _MOMENT,
    "date": _DAY,
    "string_too_short": N_("something must be written here"),
    "string_too_long": N_("the text is too long"),
}
_NO_VALUE = N_("it is not written as expected")


def of_syntax(error: json.JSONDecodeError) -> str:
    """Why a text is not JSON, as a marked word."""
    return _beginning(error.msg, _OF_SYNTAX) or _NO_SYNTAX


def of_value(error: ErrorDetails) -> str:
    """Why a value cannot be taken, as a marked word; errors of our own validators are marked where raised."""
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    return _beginning(error["type"], _OF_VALUES) or _NO_VALUE


def _beginning(text: str, table: dict[str, str]) -> str:
    return next((said for start, said in table.items() if text.startswith(start)), "")
