"""What all parts of a draft share: values as the document has them, and the digest an autosave carries."""

from types import NoneType
from typing import Any, get_args

from django.db import models
from pydantic_core import to_jsonable_python

from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.fields import plain_decimal, utc_text
from decisions.record.schema import Part

DIGEST_LENGTH = 16  # hexadecimal digits; enough to see that a value changed under one's hands


class DraftPart(models.Model):
    """A row that is edited field by field."""

    class Meta:
        abstract = True

    def digest_of(self, field: str) -> str:
        """The digest of one field's present value."""
        return value_digest(getattr(self, field))


def value_digest(value: Any) -> str:
    """A short digest of a field's value: equal values have equal digests, however they were typed."""
    if hasattr(value, "is_signed"):
        value = plain_decimal(value)
    elif hasattr(value, "astimezone"):
        value = utc_text(value)
    elif isinstance(value, models.Model):
        value = value.pk
    return digest_of(canonical_bytes(to_jsonable_python(value)))[:DIGEST_LENGTH]


def part_of(row: models.Model, part: type[Part], **more: Any) -> dict[str, Any]:
    """The values of `row` for the fields of `part` that it has; empty is None where the part allows None."""
    values = dict(more)
    for name, field in part.model_fields.items():
        if name in values or not hasattr(row, name):
            continue
        value = getattr(row, name)
        optional = NoneType in get_args(field.annotation)
        values[name] = None if optional and value == "" else value
    return values
