"""The kinds of value a decision document is made of."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from decisions.record.ssh import clean_ssh_target
from decisions.record.text import LINE_LENGTH, LIST_LENGTH, NAME_LENGTH, TEXT_LENGTH, clean_text
from decisions.words import N_

LARGEST_INTEGER = 2**53 - 1  # RFC 8785 refuses more


def plain_decimal(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros: one spelling for one value."""
    text = format(abs(value) if value.is_zero() else value, "f")  # no "-0"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def utc_text(value: datetime) -> str:
    """Write a moment as UTC to the second, ending in `Z`."""
    return value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _no_float(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError(N_("decimals are written as text, such as “0.70”"))
    return value


def _to_utc_second(value: datetime) -> datetime:
    """The moment as it is stored, so that what was read equals what was written."""
    try:
        return value.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError(N_("this moment lies outside of the years 1 to 9999")) from error


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


Name = Annotated[str, AfterValidator(lambda v: clean_text(v, limit=NAME_LENGTH, one_line=True))]
Line = Annotated[str, AfterValidator(lambda v: clean_text(v, limit=LINE_LENGTH, one_line=True))]
Text = Annotated[str, AfterValidator(lambda v: clean_text(v, limit=TEXT_LENGTH))]
FilledLine = Annotated[Line, Field(min_length=1)]
SshLine = Annotated[Line, AfterValidator(clean_ssh_target)]
Lines = Annotated[tuple[FilledLine, ...], Field(max_length=LIST_LENGTH)]
Count = Annotated[int, Field(ge=0, le=LARGEST_INTEGER, strict=True)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_no_float),
    Field(ge=0, max_digits=12, decimal_places=4, allow_inf_nan=False),
    PlainSerializer(plain_decimal, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,8}(\.\d{1,4})?$"}),
]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Moment = Annotated[AwareDatetime, AfterValidator(_to_utc_second), PlainSerializer(utc_text, return_type=str)]
Day = Annotated[date, PlainSerializer(lambda d: d.isoformat(), return_type=str)]
Unique = AfterValidator(_unique)
