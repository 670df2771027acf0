"""The kinds of form field drafts are typed into; what comes out of `clean()` is what is stored.

Each says in a line why it is asked (`why`) and which fit it decides (`decides`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.record.fields import LARGEST_INTEGER, plain_decimal
from decisions.record.ssh import read_ssh_target
from decisions.record.text import LINE_LENGTH, LIST_LENGTH, TEXT_LENGTH, UncleanText, clean_text
from decisions.states import Fit, Named

UNKNOWN = gettext_lazy("unknown")
BELOW_ZERO = {"min_value": gettext_lazy("This cannot be below zero.")}


def clean_or_refuse(value: str, *, limit: int, one_line: bool) -> str:
    """`clean_text` with the refusal as a form error in the reader's language."""
    try:
        return clean_text(value, limit=limit, one_line=one_line)
    except UncleanText as error:
        raise ValidationError(_(error.template).format(**error.params)) from error


class DraftField:
    """What every field of a draft has on top of Django's."""

    why: Any = ""
    decides: Fit | None = None

    def __init__(self, *args: Any, why: Any = "", decides: Fit | None = None, **kwargs: Any) -> None:
        self.why = why
        self.decides = decides
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)

    def shown(self, stored: Any) -> Any:
        """The stored value as the control takes it."""
        return stored


class LineField(DraftField, forms.CharField):
    """One line of text."""

    def __init__(self, *args: Any, limit: int = LINE_LENGTH, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(*args, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = clean_or_refuse("" if value is None else str(value), limit=self.limit, one_line=True)
        self.validate(text)
        return text


class SshTargetField(LineField):
    """User and host that ssh reaches a machine by."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and read_ssh_target(text) is None:
            raise ValidationError(
                _("Write user@host or user@host:port, such as root@203.0.113.7:22022, and nothing else.")
            )
        return text


def rows_of(rows: int) -> forms.Textarea:
    """A text area that high; its width is the sheet's, so it says no columns."""
    widget = forms.Textarea(attrs={"rows": rows})
    del widget.attrs["cols"]
    return widget


class TextField(DraftField, forms.CharField):
    """Text of many lines."""

    def __init__(self, *args: Any, rows: int = 3, limit: int = TEXT_LENGTH, **kwargs: Any) -> None:
        self.limit = limit
        kwargs.setdefault("widget", rows_of(rows))
        super().__init__(*args, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = clean_or_refuse("" if value is None else str(value), limit=self.limit, one_line=False)
        self.validate(text)
        return text


class LinesField(DraftField, forms.CharField):
    """A list, one item a line; empty lines do not count."""

    def __init__(self, *args: Any, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", rows_of(rows))
        super().__init__(*args, strip=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        text = clean_or_refuse("" if value is None else str(value), limit=TEXT_LENGTH, one_line=False)
        items = [
            clean_or_refuse(item, limit=LINE_LENGTH, one_line=True)
            for item in text.split("\n")
            if item.strip()
        ]
        if len(items) > LIST_LENGTH:
            raise ValidationError(
                _("This list has %(length)d items; at most %(limit)d can be kept.")
                % {"length": len(items), "limit": LIST_LENGTH}
            )
        self.validate(items)
        return items

    def shown(self, stored: Iterable[str]) -> str:
        return "\n".join(stored)


class StateField(DraftField, forms.ChoiceField):
    """One state of a family; empty is unknown and says so."""

    def __init__(self, states: type[Named], *, empty: Any = UNKNOWN, **kwargs: Any) -> None:
        self.states = states
        first = [] if empty is None else [("", empty)]
        super().__init__(choices=lambda: [*first, *((s.value, _(s.label)) for s in states)], **kwargs)


class StatesField(DraftField, forms.MultipleChoiceField):
    """Any number of states of a family, kept in the order of the family."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, states: type[Named], **kwargs: Any) -> None:
        self.states = states
        super().__init__(choices=lambda: [(s.value, _(s.label)) for s in states], **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [state.value for state in self.states if state.value in chosen]


class YesNoField(DraftField, forms.TypedChoiceField):
    """Yes, no, or unknown."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", UNKNOWN), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
        super().__init__(choices=choices, coerce=lambda v: v == "yes", empty_value=None, **kwargs)

    def shown(self, stored: bool | None) -> str:
        return "" if stored is None else "yes" if stored else "no"


class CheckField(DraftField, forms.BooleanField):
    """Yes or no, as one box."""


class CountField(DraftField, forms.IntegerField):
    """A whole number from `least` up; thousands may be set apart by spaces, commas or underscores."""

    def __init__(self, *, least: int = 0, most: int = LARGEST_INTEGER, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        if least == 0:
            kwargs.setdefault("error_messages", BELOW_ZERO)
        super().__init__(min_value=least, max_value=most, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            for separator in (" ", "\u00a0", "\u202f", ",", "_"):
                value = value.replace(separator, "")
        return super().to_python(value)


class AmountField(DraftField, forms.DecimalField):
    """A decimal from zero up, at most four places."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        kwargs.setdefault("error_messages", BELOW_ZERO)
        super().__init__(min_value=0, max_digits=12, decimal_places=4, **kwargs)

    def shown(self, stored: Decimal | None) -> str:
        return "" if stored is None else plain_decimal(stored)


class CurrencyField(DraftField, forms.RegexField):
    """An ISO 4217 code such as USD."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Three letters, such as USD, EUR, JPY or CNY.")}
        )
        super().__init__(r"^[A-Z]{3}$", required=True, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").upper()


class DayField(DraftField, forms.DateField):
    """A day that has come: when somebody read something."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


class MomentField(DraftField, forms.DateTimeField):
    """A moment, typed and shown as UTC."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(UTC):  # whatever clock the person reads by
            return super().prepare_value(value)

    def clean(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            moment: datetime | None = super().clean(value)
        return moment.astimezone(UTC) if moment else None
