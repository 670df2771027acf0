"""Sentences as code, parameters and English text, so that a page can say them in any language."""

from collections.abc import Iterable
from decimal import Decimal

from decisions.fit.texts import (
    answers,
    cards,
    command,
    evidence,
    hardware,
    licence,
    premature,
    readers,
    runtime,
    sizing_asked,
    sizing_config,
    sizing_memory,
    sizing_page,
    sizing_weights,
    task,
)
from decisions.record.fields import plain_decimal
from decisions.record.schema import Statement
from decisions.states import Named

Value = str | int | Decimal | Iterable[str]
Stored = str | int | tuple[str, ...]

_TEMPLATES: dict[str, str] = {
    code: text
    for table in (
        *(cards, command, task, licence, hardware, runtime, evidence, premature),
        sizing_asked,
        sizing_config,
        sizing_memory,
        sizing_page,
        sizing_weights,
        readers,
        answers,
    )
    for code, text in table.TEXTS.items()
}


def template_of(code: str) -> str:
    """The English template of a code: the key of its translations. Raises KeyError for an unknown code."""
    return _TEMPLATES[code]


def codes() -> tuple[str, ...]:
    """Every code that `say` knows."""
    return tuple(_TEMPLATES)


def is_word(parameter: str) -> bool:
    """Whether a parameter of that name is itself a marked text that a page translates."""
    return parameter.endswith(("_word", "_words"))


def say(code: str, **params: Value) -> Statement:
    """The statement of a code. States give their label; lists are joined with ", " in the text.

    Raises KeyError for an unknown code or a parameter the template asks for and does not get.
    """
    stored = {name: _stored(name, value) for name, value in params.items()}
    shown = {name: ", ".join(v) if isinstance(v, tuple) else v for name, v in stored.items()}
    return Statement(code=code, params=stored, text=template_of(code).format(**shown))


def _stored(name: str, value: Value) -> Stored:
    if isinstance(value, Named):
        return _label(name, value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, str | int):
        return value
    return tuple(_label(name, item) if isinstance(item, Named) else item for item in value)


def _label(name: str, value: Named) -> str:
    if not is_word(name):
        raise TypeError(f"a state needs a parameter named …_word or …_words, not {name}")
    return value.label
