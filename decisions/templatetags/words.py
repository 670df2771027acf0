"""A word that explains itself where it stands: a button here, its meaning once at the end of the page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from decisions.knowledge.words import WORDS, Word

register = template.Library()


@register.filter
def translated(text: str) -> str:
    """A marked text of ours in the reader's language."""
    return _(text)


@register.simple_tag(takes_context=True)
def explain(context: Context, code: str, text: str = "", css: str = "") -> SafeString:
    """The word as a button that opens its meaning; `text` says it otherwise, as in the plural.

    What is only a part of the word ("Runtime" of "Runtime fit") is read aloud as the whole word.
    """
    word = WORDS[code]
    if not _told(context, word):
        return format_html("{}", text or _(word.term))
    look, term = f"word {css}".strip(), _(word.term)
    whole = format_html(' aria-label="{}"', term) if text and text in term and text != term else ""
    button = '<button class="{}" type="button" popovertarget="word-{}"{}>{}</button>'
    return format_html(button, look, code, whole, text or term)


@register.inclusion_tag("words/here.html", takes_context=True)
def words_here(context: Context, *codes: str) -> dict[str, Any]:
    """A line of words that matter in this place, each with its meaning."""
    words = [WORDS[code] for code in codes]
    return {"words": [word for word in words if _told(context, word)]}


@register.simple_tag(takes_context=True)
def also_explain(context: Context, *codes: str) -> str:
    """Nothing to see: the meanings of words that a part of the page may bring when it is drawn again."""
    for code in codes:
        _told(context, WORDS[code])
    return ""


@register.inclusion_tag("words/meanings.html", takes_context=True)
def meanings(context: Context) -> dict[str, Any]:
    """What the words of this page mean, once each, closed until somebody asks."""
    words: dict[str, Word] = getattr(getattr(context, "request", None), "told_words", {})
    return {"words": words.values()}


def _told(context: Context, word: Word) -> bool:
    """Note that the page says this word; False where there is no request to note it on."""
    request = getattr(context, "request", None)
    if request is None:
        return False
    if not hasattr(request, "told_words"):
        request.told_words = {}
    request.told_words[word.code] = word
    return True
