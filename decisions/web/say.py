"""Statements in the reader's language: the code's template is translated, then filled in."""

from django.utils.translation import gettext as _

from decisions.fit.say import is_word
from decisions.fit.say import template_of as fit_template_of
from decisions.record.schema import Statement
from decisions.record.sentences import TEMPLATES as RECORD_TEMPLATES


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


def _template(code: str) -> str | None:
    if code in RECORD_TEMPLATES:
        return RECORD_TEMPLATES[code]
    try:
        return fit_template_of(code)
    except KeyError:
        return None


def _shown(name: str, value: str | int | tuple[str, ...]) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(_(item) if is_word(name) else item for item in value)
    return _(value) if isinstance(value, str) and value and is_word(name) else value
