"""What ships with the product about a candidate's model and runtime, with source and date."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.actions.shipped import values_for
from decisions.export.said import READER, items, number
from decisions.export.say import source_text
from decisions.fit.languages import MANY
from decisions.fit.premature import size_text
from decisions.fit.shipped import Place, claims, row_for
from decisions.knowledge.models import ModelFact
from decisions.knowledge.runtimes import Runtime
from decisions.record.schema import Candidate, Route
from decisions.states import Modality, StructuredOutput, TaskKind
from decisions.web.candidates.forms import CandidateForm
from decisions.web.candidates.note_forms import LicenceForm, ModelCardForm
from decisions.web.drafts import DraftForm

FORMS: dict[str, type[DraftForm]] = {
    "candidate": CandidateForm,
    "model_card": ModelCardForm,
    "licence": LicenceForm,
}


def facts_of(candidate: Candidate, route: Route | None) -> list[dict[str, Any]]:
    """Blocks of facts: title, rows of (label, text, whether it is only a claim), source and date.

    `about` and `row_id` name the row; `fills` names the fields that are still empty and would be filled;
    `claims` says whether some of it is only claimed.
    """
    blocks = []
    for about, draw in (("model", _about_model), ("runtime", _about_runtime)):
        row: Any = row_for(candidate, route, about)
        if row is not None:
            fills = labels_of(values_for(candidate, row))
            found = {"about": about, "row_id": row.id, "fills": fills, "claims": bool(claims(row))}
            blocks.append(draw(row) | found)
    return blocks


def labels_of(places: Iterable[Place]) -> str:
    """The fields by their labels, in the order of the page; those of the licence note say so."""
    found = set(places)
    return " · ".join(
        _("%(field)s of the licence note") % {"field": field.label} if part == "licence" else str(field.label)
        for part, form in FORMS.items()
        for name, field in form.base_fields.items()
        if (part, name) in found
    )


def _about_model(model: ModelFact) -> dict[str, Any]:
    rows = (
        ("parameters", _("Size"), model.parameters and _size(model)),
        ("context_tokens", _("Context"), model.context_tokens and _tokens(model.context_tokens)),
        ("licence", _("Licence tag"), model.licence),
        ("languages", _("Languages"), items(map(_language, model.languages))),
        ("modalities", _("Takes in"), items(_(Modality(each).label) for each in model.modalities)),
        ("tool_calling", _("Calls tools"), _yes_no(model.tool_calling)),
        ("gated", _("Download needs consent"), _yes_no(model.gated)),
        ("release_date", _("Released"), model.release_date and READER.day(model.release_date)),
    )
    return {
        "title": model.id,
        "rows": [
            (label, text or _("unknown"), bool(text) and name in model.claims) for name, label, text in rows
        ],
        "source": source_text(model.source),
        "date": model.date,
    }


def _language(code: str) -> str:
    return _(TaskKind.MULTILINGUAL.label) if code == MANY else code


def _size(model: ModelFact) -> str:
    return _("%(size)s parameters") % {"size": size_text(model.parameters or 0)}


def _tokens(count: int) -> str:
    return ngettext("%(count)s token", "%(count)s tokens", count) % {"count": number(count)}


def _about_runtime(runtime: Runtime) -> dict[str, Any]:
    rows = (
        (_("Purpose"), _(runtime.purpose)),
        (_("Trade-off"), _(runtime.trade_off)),
        (_("Not for"), _(runtime.not_for)),
        (_("Hardware"), _(runtime.hardware)),
        (_("OpenAI-compatible"), _yes_no(runtime.openai_compatible)),
        (_("Structured output"), _shape(runtime)),
        (_("Calls tools"), _yes_no(runtime.tool_calling)),
        (_("Loads LoRA adapters"), _yes_no(runtime.lora)),
        (_("Reads"), items(runtime.formats)),
    )
    return {
        "title": " ".join(filter(None, (runtime.name, runtime.version))),
        "rows": [(label, text or _("unknown"), False) for label, text in rows],
        "source": source_text(runtime.source),
        "date": runtime.date,
    }


def _shape(runtime: Runtime) -> str:
    shape = runtime.structured_output
    if shape is None:
        return ""
    return _("no") if shape == "none" else _(StructuredOutput(shape).label)


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")
