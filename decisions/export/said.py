"""Numbers, sizes, money, lists and moments as the active language writes them, for pages and PDF alike.

What is stored or exported for machines does not pass through here: its numbers and moments stay plain.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from decisions.record.values import Writing

LOCALES = {"en": "en_GB", "ja": "ja", "zh-hans": "zh_Hans"}
CLOCK, PRECISE_CLOCK = "Hm", "Hms"


def language_tag(code: str | None = None) -> str:
    """The BCP 47 tag of a code of LANGUAGES, of the active one without: `zh-Hans` for `zh-hans`."""
    language, _dash, script = (code or get_language() or "en").partition("-")
    return f"{language}-{script.title()}" if script else language


def locale() -> Locale:
    """How the active language writes; British for English."""
    return _parsed(LOCALES.get(get_language() or "en", "en_GB"))


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)


def number(value: Decimal | int | str) -> str:
    """A number with all its digits, thousands in groups."""
    return format_decimal(_plain(value), locale=locale(), decimal_quantization=False)


def gib(value: Decimal | int | str) -> str:
    """A size in GiB with its unit."""
    return _("%(size)s GiB") % {"size": number(value)}


def percent(value: Decimal | float) -> str:
    """A share of 1 in percent, at most one decimal."""
    return format_percent(value, format="#,##0.#%", locale=locale())


def money(amount: Decimal | int | str, currency: str) -> str:
    """An amount in a currency (ISO 4217) with all its digits; a code nobody knows stands as it is."""
    return format_currency(_plain(amount), currency, locale=locale(), decimal_quantization=False)


def items(values: Iterable[str]) -> str:
    """One text of several, with the sign that stands between items of a list and no word before the last."""
    pattern: str = locale().list_patterns["standard"]["middle"]
    between = pattern.replace("{0}", "").replace("{1}", "")
    return between.join(str(value) for value in values)


def day(value: date) -> str:
    """A day: 22 Nov 2026."""
    return format_skeleton("yMMMd", value, locale=locale())


def moment(value: datetime, *, seconds: bool = False) -> str:
    """A moment on the reader's own clock, without its zone: for what is no evidence."""
    return _written(timezone.localtime(value), seconds=seconds)


def moment_utc(value: datetime, *, seconds: bool = False) -> str:
    """A moment in UTC, saying so."""
    return _("%(moment)s UTC") % {"moment": _written(value.astimezone(UTC), seconds=seconds)}


def both_clocks(value: datetime, *, seconds: bool = False) -> tuple[str, str]:
    """A moment that is evidence: on the reader's own clock (empty where that is UTC), and in UTC."""
    own = timezone.localtime(value)
    at_utc = own.utcoffset() == UTC.utcoffset(None)
    return "" if at_utc else _written(own, seconds=seconds), moment_utc(value, seconds=seconds)


def _written(value: datetime, *, seconds: bool) -> str:
    """A day and a time as the clock of `value` shows them."""
    clock = format_skeleton(PRECISE_CLOCK if seconds else CLOCK, value, tzinfo=value.tzinfo, locale=locale())
    return f"{day(value.date())} {clock}"


def _plain(value: Decimal | int | str) -> Decimal | int:
    return Decimal(value) if isinstance(value, str) else value


def _or_as_it_is(write: Callable[..., str]) -> Callable[..., str]:
    """Write what a stored text stands for; one that stands for nothing stays as it is."""

    def written(*given: Any) -> str:
        try:
            return write(*given)
        except (ValueError, ArithmeticError):
            return " ".join(map(str, given))

    return written


READER = Writing(
    say=_,
    number=_or_as_it_is(number),
    money=_or_as_it_is(money),
    items=items,
    day=_or_as_it_is(lambda text: day(date.fromisoformat(text))),
    moment=_or_as_it_is(lambda text: moment_utc(datetime.fromisoformat(text))),
)
"""Values of a document as the reader's language writes them; a moment in them is evidence, so in UTC."""
