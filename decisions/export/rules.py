"""The rule of an estimate's line in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from decisions.fit.texts.sizing_rules import ADDED, CACHES, RULES

OF_ALL = ") × devices"
ENGLISH = "en"


def said_rule(formula: str) -> tuple[str, str]:
    """The rule, and the language it is left in where that is not the page's: what another release of the
    engine wrote stays as it is."""
    told = _told(formula)
    if told is not None:
        return told, ""
    return formula, "" if get_language() == ENGLISH else ENGLISH


def _told(formula: str) -> str | None:
    """The rule translated; None for one that is not known."""
    if formula in RULES:
        return _(formula)
    if formula.startswith("(") and formula.endswith(OF_ALL):
        inner = _told(formula[1 : -len(OF_ALL)])
        return inner and _("(%(rule)s) × devices") % {"rule": inner}
    for part in CACHES:
        if formula.startswith(f"{part} + "):
            rest = _told(formula[len(part) + 3 :])
            return rest and f"{_(part)} + {rest}"
    for more in ADDED:
        if formula.endswith(f" + {more}"):
            first = _told(formula[: -len(more) - 3])
            return first and f"{first} + {_(more)}"
    return None
