"""From the sizing page into a decision: one candidate with what was asked here."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from decisions.actions.candidates import add_candidate
from decisions.actions.refusal import Refused
from decisions.fit.hardware.corrected import Number
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GIB, Setting
from decisions.models import Decision, Project, User
from decisions.record.fields import plain_decimal
from decisions.record.text import TEXT_LENGTH
from decisions.web.access import person, require_write
from decisions.web.fields import AmountField, CountField, LineField
from decisions.web.sizing.forms import RUNTIMES
from decisions.web.sizing.sources import Source, from_token, shipped

MOST_OFFERED = 50


class TakeForm(forms.Form):
    """A decision, and what is to become of the candidate."""

    decision = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    name = LineField(required=True)
    runtime = forms.ChoiceField(choices=RUNTIMES)
    quant = LineField()
    context = CountField()
    parallel = CountField()
    kv_dtype = LineField()
    gpu_layers = CountField()
    used_gib = AmountField()
    carried = forms.CharField(required=False)
    fix_field = LineField()
    fix_value = LineField()


def takers_for(who: User) -> list[dict[str, Any]]:
    """Decisions the person may edit, the one changed last first."""
    writable = Project.objects.writable_by(who)
    found = Decision.objects.filter(project__in=writable).select_related("project").latest_change_first()
    return [{"pk": one.pk, "name": f"{one.project.name} / {one.title}"} for one in found[:MOST_OFFERED]]


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Add the candidate and go to it."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        context = {"section": "sizing", "form": form}
        return render(request, "sizing/not_taken.html", context, status=422)
    given = form.cleaned_data
    visible = Decision.objects.visible_to(person(request)).select_related("project")
    decision = visible.filter(pk=given["decision"]).first()
    if decision is None:
        raise Http404
    require_write(request, decision.project)
    try:
        made = add_candidate(by=person(request), decision=decision, **_fields(given))
    except Refused as refused:
        context = {"section": "sizing", "refused": str(refused), "decision": decision}
        return render(request, "sizing/not_taken.html", context, status=409)
    messages.success(request, _("Added %(name)s. Its fits say what is missing.") % {"name": made.name})
    return redirect("candidate", project=decision.project.slug, decision=decision.slug, key=made.key)


def taken_of(source: Source, setting: Setting, token: str) -> dict[str, Any]:
    """What the page's form brings along: the setting, and the dimensions where they are no shipped ones."""
    used = setting.device.used_bytes if setting.device else 0
    fixed = source.corrected
    values = {
        "name": source.name,
        "runtime": setting.runtime,
        "quant": setting.quantization,
        "context": setting.context_tokens,
        "parallel": setting.parallel,
        "kv_dtype": setting.kv_dtype,
        "gpu_layers": setting.gpu_layers,
        "used_gib": plain_decimal((Decimal(used) / GIB).quantize(Decimal("0.0001"))) if used else "",
        "carried": token,
        "fix_field": fixed.field if fixed else "",
        "fix_value": _text(fixed.value) if fixed else "",
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def _text(value: Number) -> str:
    return str(value).lower()


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """What the candidate begins with."""
    sizing = {name: given[name] for name in ("parallel", "kv_dtype", "gpu_layers")}
    sizing |= {"context_tokens": given["context"], "memory_used_gib": given["used_gib"]}
    fields = {
        "name": given["name"],
        "runtime": dict(RUNTIMES)[given["runtime"]],
        "quantization": given["quant"],
        "sizing": sizing | _config(given),
    }
    return fields | ({"context_tokens": given["context"]} if given["context"] else {})


def _config(given: dict[str, Any]) -> dict[str, Any]:
    """The configuration, where it was handed in or put right, if a candidate has room for it."""
    try:
        source = from_token(given["carried"]) if given["carried"] else shipped(given["name"])
        fixed = source.with_correction(given["fix_field"], given["fix_value"]) if source else None
    except Unsizable:
        return {}
    if fixed is None or fixed.config is None or (fixed.is_shipped and fixed.corrected is None):
        return {}
    text = json.dumps(fixed.config, ensure_ascii=False, indent=1)
    if len(text) > TEXT_LENGTH:
        return {}
    return {"config": text, "config_source": _source_of(fixed), "config_read_on": timezone.now().date()}


def _source_of(source: Source) -> str:
    """Where the dimensions are from, and what was put right in them."""
    origin = source.origin or (source.shape.source if source.shape else _("handed in on the sizing page"))
    if source.corrected is None:
        return origin
    said = {"origin": origin, "field": source.corrected.field, "before": source.corrected.before}
    return _("%(origin)s; put right by hand: %(field)s, before %(before)s") % said
