"""Numbers, sizes, money, lists and moments in the reader's language, and the tag of that language."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decisions.export import said
from decisions.export.say import own_text
from decisions.web.kept import own_path
from decisions.words import run_on

register = template.Library()
register.filter("language_tag", said.language_tag)
register.filter("percent", said.percent)
register.filter("items", said.items)
register.filter("own_text", own_text)
register.filter("run_on", run_on)


@register.filter
def then(sentence: str, more: str) -> str:
    """Two sentences, one after the other."""
    return run_on((str(sentence), str(more)))


@register.simple_tag
def page_language() -> str:
    """The BCP 47 tag of the language this page is in."""
    return said.language_tag()


@register.simple_tag(takes_context=True)
def way_back(context: template.Context) -> str:
    """The address to come back to: this page, or the one it was sent from where it answers a form."""
    request = context.get("request")
    if request is None:
        return "/"
    if request.method in ("GET", "HEAD"):
        return str(request.get_full_path())
    return own_path(request, request.headers.get("Referer", "")) or "/"


@register.filter
def number(value: Decimal | int | str | None) -> str:
    """A number with its digits in groups; nothing for None."""
    return "" if value is None else said.number(value)


@register.filter
def gib(value: Decimal | int | str | None) -> str:
    """A size in GiB with its unit; nothing for None."""
    return "" if value is None else said.gib(value)


@register.filter
def day(value: date | str | None) -> SafeString | str:
    """A day as the language writes it, also one stored as text; nothing for None."""
    if isinstance(value, str):
        return said.READER.day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said.day(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment on the reader's own clock, for what is no evidence; nothing for None."""
    return _time(value, said.moment(value)) if value else ""


@register.simple_tag
def evidence_moment(value: datetime, seconds: bool = False) -> SafeString:
    """A moment that is evidence: on the reader's own clock, with UTC beside it."""
    own, at_utc = said.both_clocks(value, seconds=seconds)
    if not own:
        return _time(value, at_utc)
    return format_html('{} <span class="soft nowrap">({})</span>', _time(value, own), at_utc)


def _time(value: datetime, text: str) -> SafeString:
    exact = value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time class="nowrap" datetime="{}">{}</time>', exact, text)
