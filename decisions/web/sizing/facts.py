"""What is known of a model: figures, who says so and since when, where sources differ, what was put right."""

from typing import Any

from django.utils.translation import gettext as _

from decisions.export.said import items, number
from decisions.fit.hardware.architecture import TAKEN_FOR, Architecture, Experts
from decisions.fit.hardware.config import defaults_in
from decisions.fit.hardware.corrected import numbers_of
from decisions.fit.hardware.tensors import active_parameters_of, parameters_of
from decisions.knowledge.architectures import Disagreement
from decisions.web.sizing.shown import size_text
from decisions.web.sizing.sources import Source


def facts_of(source: Source) -> dict[str, Any]:
    """Figures, dimensions that can be put right, claims, disagreements, origin."""
    arch, shape = source.architecture, source.shape
    claims = set(shape.claims) if shape else set()
    numbers = list(numbers_of(source.config)) if source.config is not None else []
    return {
        "figures": [*_figures(arch), *_of_file(source)],
        "dimensions": [(name, _value(value), _is_claimed(name, claims)) for name, value in numbers],
        "claims": sorted(claims),
        "disagreements": [(_differ(one), one.note) for one in (shape.disagreements if shape else ())],
        "note": shape.note if shape else "",
        "defaults": [(name, number(value)) for name, value in _defaults(source)],
        "origin": _origin(source),
        "address": source.origin,
        "day": shape.date if shape else source.read_on,
        "unknown": items(one for one in arch.unknown if one != TAKEN_FOR),  # that is said above
        "corrected": source.corrected,
        "before": _value(source.corrected.before) if source.corrected else "",
        "value": _value(source.corrected.value) if source.corrected else "",
    }


def _defaults(source: Source) -> tuple[tuple[str, int], ...]:
    """What a configuration leaves out; shipped ones were completed when they were looked up."""
    return () if source.config is None or source.is_shipped else defaults_in(source.config)


def _differ(one: Disagreement) -> str:
    said = {"field": one.field, "used": number(one.value), "other": number(one.other)}
    return _("Sources differ on “%(field)s”: %(used)s is used, another one says %(other)s.") % said


def _figures(arch: Architecture) -> list[tuple[str, str]]:
    rows = [
        (_("Kind of model"), arch.model_type),
        (_("Weights"), number(parameters_of(arch))),
        (_("Layers"), number(len(arch.layers))),
        (_("Width"), number(arch.hidden)),
        (_("Vocabulary"), number(arch.vocabulary)),
    ]
    if any(isinstance(layer.feed_forward, Experts) for layer in arch.layers):
        rows.insert(2, (_("Weights used for each token"), number(active_parameters_of(arch))))
    if arch.max_context_tokens:
        rows.append(
            (_("Longest context"), _("%(tokens)s tokens") % {"tokens": number(arch.max_context_tokens)})
        )
    return rows


def _is_claimed(name: str, claims: set[str]) -> bool:
    return "dims" in claims or name.rpartition(".")[2] in claims


def _of_file(source: Source) -> list[tuple[str, str]]:
    stored = source.stored
    if stored is None:
        return []
    rows = [(_("Weights in the file"), f"{size_text(stored.bytes)} · {stored.format}".rstrip(" ·"))]
    return [*rows, (_("SHA-256 of the header"), source.digest)] if source.digest else rows


def _origin(source: Source) -> str:
    if source.shape and source.stored is None:
        return source.shape.source
    return {
        "config": _("the config.json that was handed in"),
        "gguf": _("the header of the GGUF file that was handed in"),
        "safetensors": _("the header of the file that was handed in, and its configuration"),
        "hub": _("the Hub"),
    }.get(source.kind, "")


def _value(value: int | float | bool | None) -> str:
    if value is None:
        return _("not there")
    return ("true" if value else "false") if isinstance(value, bool) else f"{value}"
