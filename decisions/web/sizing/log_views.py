"""A log beside the prediction for a shipped model, and how right the predictions were here so far."""

from collections import defaultdict
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from decisions.export.say import say
from decisions.fit.hardware.asked import setting_of
from decisions.fit.hardware.logs import Quantity, Row
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.texts.sizing_page import QUANTITIES
from decisions.models import Measurement
from decisions.web.access import person
from decisions.web.fields import LineField
from decisions.web.projects.forms import suggesting
from decisions.web.sizing.measured import Compared, LogForm, compared, error_text, shown, tone_of
from decisions.web.sizing.shown import runtime_name
from decisions.web.sizing.sources import shipped
from decisions.web.sizing.uploads import Beginning, is_too_large

MOST_READ = 5_000  # of the newest measurements


class ModelLogForm(LogForm):
    """A log with the model it is of."""

    model = LineField(
        label=gettext_lazy("Model"),
        required=True,
        error_messages={"required": gettext_lazy("Name the model that the log is of.")},
        widget=suggesting("suggest-models", "suggested-models", placeholder="Qwen/Qwen3-8B"),
    )
    field_order = ("model", "log", "log_text")


@csrf_exempt
def log(request: HttpRequest) -> HttpResponse:
    """Compare a log; nothing of it is kept. Only its beginning is read."""
    if request.method == "POST" and not is_too_large(request):
        request.upload_handlers = [Beginning(request)]
    elif request.method == "POST":
        form = ModelLogForm()
        return render(request, "sizing/log.html", _context(form) | {"too_large": True}, status=413)
    return _log(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _log(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        initial = {"model": request.GET.get("model", "")[:200]}
        return render(request, "sizing/log.html", _context(ModelLogForm(initial=initial)))
    form = ModelLogForm(request.POST, request.FILES)
    found = _compared(form) if form.is_valid() else None
    context = _context(form) | {"compared": shown(found) if found else None}
    return render(request, "sizing/log.html", context, status=200 if found else 422)


def _compared(form: ModelLogForm) -> Compared | None:
    given = form.cleaned_data
    try:
        source = shipped(given["model"])
    except Unsizable as problem:
        form.add_error("model", say(problem.statement))
        return None
    try:
        return compared(given["data"], source.architecture, setting_of({}, source.architecture))
    except Unsizable as problem:
        form.say(problem)
        return None


def _context(form: ModelLogForm) -> dict[str, Any]:
    return {"section": "sizing", "form": form}


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """Per engine and kind of model: how many logs, and by how much each quantity was off."""
    kept = Measurement.objects.visible_to(person(request)).newest_first()
    rows = _accuracy(kept.values_list("engine", "family", "figures")[:MOST_READ])
    return render(request, "sizing/accuracy.html", {"section": "sizing", "rows": rows})


def _accuracy(kept: Any) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    errors: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for engine, family, figures in kept:
        counts[engine, family] += 1
        for figure in figures:
            row = row_of(figure)
            if row is not None and row.error is not None:
                errors[engine, family][row.quantity.value].append(row.error)
    return [_about(key, counts[key], errors[key]) for key in sorted(counts)]


def row_of(figure: Any) -> Row | None:
    """A stored figure; None for a quantity of another release."""
    known = {quantity.value for quantity in Quantity}
    if figure.get("quantity") not in known:
        return None
    predicted, measured = figure.get("predicted_bytes"), figure.get("measured_bytes")
    return Row(Quantity(figure["quantity"]), predicted, measured, figure.get("half_width_bytes") or 0)


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
