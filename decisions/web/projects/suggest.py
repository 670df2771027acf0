"""Type-ahead from the shipped facts, as `<option>`s for a `<datalist>`.

The text is `q`, or else the first value sent: an input asks under its own name, whatever form it is in.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from decisions.export.said import gib, items
from decisions.knowledge import devices as shipped_devices
from decisions.knowledge import models as shipped_models
from decisions.knowledge import runtimes as shipped_runtimes
from decisions.knowledge.facts import parts_of

MOST = 20  # suggestions at once
AN_HOUR = 3600


@require_safe
@cache_control(private=True, max_age=AN_HOUR)
def models(request: HttpRequest) -> HttpResponse:
    """Models whose id holds every part of the text, with their size and licence."""
    found = shipped_models.search(_text(request), MOST)
    return _options(request, [(model.id, _about(model)) for model in found])


@require_safe
@cache_control(private=True, max_age=AN_HOUR)
def runtimes(request: HttpRequest) -> HttpResponse:
    """Runtimes whose name holds every part of the text, all of them for none, with what each is for."""
    wanted = parts_of(_text(request))
    found = [
        (runtime.name, _(runtime.purpose))
        for runtime in shipped_runtimes.shipped()
        if all(part in " ".join((runtime.name, *runtime.aliases)).casefold() for part in wanted)
    ]
    return _options(request, found)


@require_safe
@cache_control(private=True, max_age=AN_HOUR)
def devices(request: HttpRequest) -> HttpResponse:
    """All shipped devices, with the memory each is sold with."""
    found = [
        (device.name, items(gib(f"{size:g}") for size in device.memory_gib))
        for device in shipped_devices.shipped()
    ]
    return _options(request, found)


def _text(request: HttpRequest) -> str:
    text = request.GET.get("q") or next(iter(request.GET.values()), "")
    return str(text)[:200]


def _options(request: HttpRequest, found: list[tuple[str, str]]) -> HttpResponse:
    return render(request, "projects/suggestions.html", {"found": found})


def _about(model: shipped_models.ModelFact) -> str:
    """Size and licence tag, as far as they were looked up."""
    size = model.parameters and "parameters" not in model.claims
    licence = model.licence and "licence" not in model.claims
    parts = [_size(model.parameters or 0) if size else "", model.licence or "" if licence else ""]
    return " · ".join(part for part in parts if part)


def _size(parameters: int) -> str:
    """Parameters to three figures: 7.62 B, 494 M."""
    value, unit = (parameters / 1e9, "B") if parameters >= 1e9 else (parameters / 1e6, "M")
    return f"{value:.3g} {unit}"
