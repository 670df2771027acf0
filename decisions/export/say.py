"""Statements in the reader's language: the code's template is translated, then filled in."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.export.said import READER, items
from decisions.fit.say import is_word
from decisions.fit.say import template_of as fit_template_of
from decisions.knowledge.routes import shipped
from decisions.knowledge.sources import is_ours
from decisions.knowledge.words import WORDS
from decisions.record.schema import Statement
from decisions.record.sentences import TEMPLATES as RECORD_TEMPLATES
from decisions.states import Fit, Ruling

# decimals, which are stored as texts
AMOUNTS = frozenset({"need", "have", "short", "least", "low", "high", "reserve", "rate", "price"})
PLACES = frozenset({"line", "column", "byte", "position", "code", "found", "known"})  # counted, not measured
HOLDS_UNTIL = {
    Fit.TASK: gettext_lazy("Another task kind, language or context length in the need, or another model."),
    Fit.LICENCE: gettext_lazy("Another intended use or privacy class, another licence text, or other terms."),
    Fit.HARDWARE: gettext_lazy("Another need, quantization or context, or a route with other memory."),
    Fit.RUNTIME: gettext_lazy(
        "Another purpose or output shape in the need, another runtime, or another route."
    ),
    Fit.EVIDENCE: gettext_lazy("Another revision, command or route: the evidence is of the one that ran."),
}


def say(statement: Statement) -> str:
    """The sentence; a code this release does not know any more is said as it was stored."""
    template = _template(statement.code)
    if template is None:
        return statement.text
    params = {name: _shown(name, value) for name, value in statement.params.items()}
    try:
        return _(template).format(**params)
    except (KeyError, IndexError):  # an older version's parameters
        return statement.text


def what_would_change(fit: str, ruling: str, changes: Iterable[str]) -> list[str]:
    """What would change a verdict; where nothing is left to settle, what it rests on."""
    found = list(changes)
    if found or ruling not in (Ruling.FITS, Ruling.NOT_APPLICABLE) or fit not in HOLDS_UNTIL:
        return found
    return [str(HOLDS_UNTIL[Fit(fit)])]


def fit_name(fit: str) -> str:
    """The fit by its whole name, "Runtime fit", where rows of other things stand beside it."""
    word = WORDS.get(f"{fit}-fit")
    return _(word.term) if word else fit


def _template(code: str) -> str | None:
    if code in RECORD_TEMPLATES:
        return RECORD_TEMPLATES[code]
    try:
        return fit_template_of(code)
    except KeyError:
        return None


def own_text(text: str) -> str:
    """A text of a shipped route in the reader's language; one that a team wrote as it is."""
    return _(text) if text in _shipped_texts() else text


def source_text(source: str) -> str:
    """Where a shipped fact is from: in the reader's language where that is ourselves, else as it is."""
    return _(source) if is_ours(source) else source


@cache
def _shipped_texts() -> frozenset[str]:
    return frozenset(text for route in shipped() for text in (route.name, *route.card.values()))


def _shown(name: str, value: str | int | tuple[str, ...]) -> str:
    """A parameter as the reader's language writes it: words, numbers, lists, names of shipped routes."""
    if isinstance(value, tuple):
        return items(_(item) if is_word(name) else item for item in value)
    if name in PLACES:
        return str(value)
    if isinstance(value, int) or name in AMOUNTS:
        return READER.number(value)
    if name == "day":
        return READER.day(value)
    if name == "route":
        return own_text(value)
    return _(value) if value and is_word(name) else value
