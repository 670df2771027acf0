"""What ships with the product about a candidate's model and runtime, with source and date."""

from typing import Any

from django.utils.translation import gettext as _

from decisions.fit.premature import size_text
from decisions.fit.resolve import runtime_of, shipped_model
from decisions.knowledge.models import ModelFact
from decisions.knowledge.runtimes import Runtime
from decisions.record.schema import Candidate, Route
from decisions.states import StructuredOutput


def facts_of(candidate: Candidate, route: Route | None) -> list[dict[str, Any]]:
    """Blocks of facts: title, rows of (label, text, whether it is only a claim), source and date."""
    model, runtime = shipped_model(candidate), runtime_of(candidate, route).runtime
    return [*([_about_model(model)] if model else []), *([_about_runtime(runtime)] if runtime else [])]


def _about_model(model: ModelFact) -> dict[str, Any]:
    rows = (
        ("parameters", _("Size"), model.parameters and _size(model)),
        ("context_tokens", _("Context"), model.context_tokens and _tokens(model.context_tokens)),
        ("licence", _("Licence tag"), model.licence),
        ("languages", _("Languages"), ", ".join(model.languages)),
        ("modalities", _("Takes in"), ", ".join(model.modalities)),
        ("tool_calling", _("Calls tools"), _yes_no(model.tool_calling)),
        ("gated", _("Download needs consent"), _yes_no(model.gated)),
        ("release_date", _("Released"), model.release_date),
    )
    return {
        "title": model.id,
        "rows": [
            (label, text or _("unknown"), bool(text) and name in model.claims) for name, label, text in rows
        ],
        "source": model.source,
        "date": model.date,
    }


def _size(model: ModelFact) -> str:
    return _("%(size)s parameters") % {"size": size_text(model.parameters or 0)}


def _tokens(count: int) -> str:
    return _("%(count)s tokens") % {"count": count}


def _about_runtime(runtime: Runtime) -> dict[str, Any]:
    rows = (
        (_("Purpose"), _(runtime.purpose)),
        (_("Trade-off"), _(runtime.trade_off)),
        (_("Not for"), _(runtime.not_for)),
        (_("Hardware"), _(runtime.hardware)),
        (_("OpenAI-compatible"), _yes_no(runtime.openai_compatible)),
        (_("Structured output"), _shape(runtime)),
        (_("Calls tools"), _yes_no(runtime.tool_calling)),
        (_("Reads"), ", ".join(runtime.formats)),
    )
    return {
        "title": " ".join(filter(None, (runtime.name, runtime.version))),
        "rows": [(label, text or _("unknown"), False) for label, text in rows],
        "source": runtime.source,
        "date": runtime.date,
    }


def _shape(runtime: Runtime) -> str:
    shape = runtime.structured_output
    if shape is None:
        return ""
    return _("no") if shape == "none" else _(StructuredOutput(shape).label)


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")
