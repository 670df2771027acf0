"""How right the predictions were here so far, over the logs that were kept."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from decisions.fit.hardware.logs import Quantity, rows_of
from decisions.fit.texts.sizing_page import QUANTITIES
from decisions.models import Measurement
from decisions.models.measurement import of_another
from decisions.web.access import person
from decisions.web.sizing.measured import another_text, error_text, tone_of
from decisions.web.sizing.shown import runtime_name

MOST_READ = 5_000  # of the newest measurements
MOST_NAMED = 50  # of those left out
OF = "candidate__decision__"
FIELDS = (
    *("engine", "family", "figures", "setting", "is_aside", "aside_reason"),
    *("candidate__name", "candidate__key", "candidate__removed_at"),
    *(f"{OF}title", f"{OF}slug", f"{OF}project__slug"),
)
Kept = dict[str, Any]


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """Per engine and kind of model: how many logs, and by how much each quantity was off; and the logs that
    are left out, each with the reason."""
    logs = Measurement.objects.visible_to(person(request)).with_aside().newest_first()
    counted: list[Kept] = []
    left_out: list[Kept] = []
    for each in logs.values(*FIELDS)[:MOST_READ]:
        away = each["is_aside"] or of_another(each["figures"], each["setting"])
        (left_out if away else counted).append(each)
    context = {
        "section": "sizing",
        "rows": _rows(counted),
        "left_out": [_named(each) for each in left_out[:MOST_NAMED]],
        "left_out_count": len(left_out),
        "more": max(0, len(left_out) - MOST_NAMED),
    }
    return render(request, "sizing/accuracy.html", context)


def _rows(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    errors: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in kept:
        key = (each["engine"], each["family"])
        counts[key] += 1
        for row in rows_of(each["figures"]):
            if row.error is not None:
                errors[key][row.quantity.value].append(row.error)
    return [_about(key, counts[key], errors[key]) for key in sorted(counts)]


def _about(key: tuple[str, str], count: int, errors: dict[str, list[float]]) -> dict[str, Any]:
    engine, family = key
    ordered = [quantity.value for quantity in Quantity if quantity.value in errors]
    return {
        "engine": runtime_name(engine),
        "family": family,
        "count": count,
        "quantities": [_spread(name, errors[name]) for name in ordered],
    }


def _spread(name: str, errors: list[float]) -> dict[str, Any]:
    middle, worst = median(map(abs, errors)), max(errors, key=abs)
    return {
        "name": _(QUANTITIES[name]),
        "count": len(errors),
        "median": error_text(middle).lstrip("+±"),
        "worst": error_text(worst),
        "tone": tone_of(middle),
    }


def _named(kept: Kept) -> dict[str, Any]:
    """A log that is left out: whose it is, and why; a candidate that was taken away has no page."""
    at = {"project": kept[f"{OF}project__slug"], "decision": kept[f"{OF}slug"], "key": kept["candidate__key"]}
    return {
        "engine": runtime_name(kept["engine"]),
        "candidate": kept["candidate__name"],
        "decision": kept[f"{OF}title"],
        "address": "" if kept["candidate__removed_at"] else reverse("candidate-log", kwargs=at),
        "is_aside": kept["is_aside"],
        "why": kept["aside_reason"] if kept["is_aside"] else another_text(),
    }
