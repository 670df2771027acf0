"""Small tags for how things look: marks, tones and words of verdicts, fingerprints, the controls of forms."""

from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect, Textarea, TextInput
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from decisions.export.say import fit_name
from decisions.states import CandidateRole, CardState, Fit, OrganisationRole, ProjectRole, Ruling, Stage

register = template.Library()

MARKS: dict[str, str] = {
    Ruling.FITS: "✓",
    Ruling.DOES_NOT_FIT: "✕",
    Ruling.UNKNOWN: "?",
    Ruling.NOT_APPLICABLE: "–",
    CardState.OPEN: "✓",
    CardState.CLOSED: "✕",
}
TONES: dict[str, str] = {
    Ruling.FITS: "good",
    Ruling.DOES_NOT_FIT: "bad",
    Ruling.UNKNOWN: "unknown",
    CardState.OPEN: "good",
    CardState.CLOSED: "bad",
    Stage.PLAN: "unknown",
    Stage.PROVEN: "good",
}
FAMILIES = (Ruling, CardState, Fit, Stage, CandidateRole, ProjectRole, OrganisationRole)
LABELS = {str(state): state.label for family in FAMILIES for state in family}


@register.filter
def mark(state: str) -> str:
    """✓, ✕, ? or – for a verdict or the state of a route card; what is not known is a question."""
    return MARKS.get(state, "?")


@register.filter
def tone(state: str) -> str:
    """good, bad, unknown or neutral: the ending of a class, for a verdict, a route card or a stage."""
    return TONES.get(state, "neutral")


@register.filter
def word(state: str) -> str:
    """The translated word for a verdict, a route card's state, a fit, a stage or a role; else as it is."""
    label = LABELS.get(str(state))
    return _(label) if label else str(state)


@register.filter
def fit(name: str) -> str:
    """The translated whole name of a fit, such as "Runtime fit"."""
    return fit_name(name)


@register.filter
def fingerprint(digest: str, groups: int = 2) -> str:
    """The beginning of a hexadecimal digest in groups of four; 0 groups means all of it."""
    parts = [digest[start : start + 4] for start in range(0, len(digest or ""), 4)]
    return " ".join(parts[:groups] if groups else parts)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is drawn as several check boxes or radio buttons under one legend."""
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one check box, whose label stands behind it."""
    return field.widget_type == "checkbox"


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error summary links to: the control, or the first one of a group."""
    return f"{field.auto_id}_0" if is_group(field) else field.auto_id


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget of a plain field, tied to its why-line, help and errors."""
    return field.as_widget(attrs=_described(field))


@register.simple_tag(takes_context=True)
def draft_control(context: Context, field: BoundField, target: str) -> SafeString:
    """The widget of a field that saves itself: `draft.js` sends it; a group is wrapped, to be sent whole."""
    described = _described(field, f"s-{target}-{field.html_name}")
    if not is_group(field):
        return field.as_widget(attrs=described | _language_of(context, field))
    return format_html('<div class="saves-itself">{}</div>', field.as_widget())


@register.simple_tag(takes_context=True)
def text_lang(context: Context) -> SafeString:
    """` lang="ja"` for an element with a text of `decision`, nothing where the page speaks its language."""
    language = _other_language(context)
    return format_html(' lang="{}"', language) if language else SafeString("")


@register.simple_tag(takes_context=True)
def value_lang(context: Context, field: BoundField) -> SafeString:
    """As `text_lang`, for what was written in a field; what is chosen is said in the page's language."""
    return format_html_join("", ' {}="{}"', _language_of(context, field).items())


def _language_of(context: Context, field: BoundField) -> dict[str, str]:
    language = _other_language(context)
    return {"lang": language} if language and isinstance(field.field.widget, TextInput | Textarea) else {}


def _other_language(context: Context) -> str:
    language = str(getattr(context.get("decision"), "text_language", ""))
    return "" if language.lower() == get_language() else language


def _described(field: BoundField, state: str = "") -> dict[str, Any]:
    """`aria-describedby` of all that is said about a field, `aria-invalid` where it has errors.

    `state` is the id of the line below a field that saves itself; it holds the errors too.
    """
    ids = [f"{field.auto_id}_why"] if getattr(field.field, "why", "") else []
    ids += [f"{field.auto_id}_helptext"] if field.help_text else []
    if state:
        ids.append(state)
    elif field.errors:
        ids.append(f"{field.auto_id}_error")
    attrs: dict[str, Any] = {"aria-describedby": " ".join(ids)} if ids else {}
    return attrs | {"aria-invalid": "true"} if field.errors else attrs
