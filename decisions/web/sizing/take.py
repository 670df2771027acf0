"""From the sizing page into a decision: one candidate with what was asked here."""

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
from decisions.export.say import say as say_it
from decisions.fit.hardware.corrected import Number
from decisions.fit.hardware.drafted import draft_text
from decisions.fit.hardware.limits import MOST_ADAPTERS, MOST_RANK
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GGUF_RUNTIMES, GIB, Setting
from decisions.fit.say import say
from decisions.models import Decision, Project, User
from decisions.record.fields import plain_decimal
from decisions.record.text import LINE_LENGTH
from decisions.web.access import person, require_write
from decisions.web.fields import AmountField, CountField, LineField, YesNoField
from decisions.web.sizing.along import Along, along_of
from decisions.web.sizing.forms import RUNTIMES
from decisions.web.sizing.sources import Source, from_token, shipped

MOST_OFFERED = 50
CARRIED = ("parallel", "kv_dtype", "gpu_layers", "lora_rank", "loras", "draft", "vision")
"""What a candidate's sizing calls as this page does."""


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
    lora_rank = CountField(least=1, most=MOST_RANK)
    loras = CountField(least=1, most=MOST_ADAPTERS)
    draft = LineField()
    vision = YesNoField()
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
        source = _source(given)
    except Unsizable as problem:
        context = {"section": "sizing", "refused": say_it(problem.statement), "decision": decision}
        return render(request, "sizing/not_taken.html", context, status=422)
    along = along_of(source)
    try:
        made = add_candidate(by=person(request), decision=decision, **_fields(given, source, along))
    except Refused as refused:
        context = {"section": "sizing", "refused": str(refused), "decision": decision}
        return render(request, "sizing/not_taken.html", context, status=409)
    messages.success(request, _("Added %(name)s. Its fits say what is missing.") % {"name": made.name})
    if along.said:
        (messages.warning if along.is_lost else messages.success)(request, along.said)
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
        **_beside(setting),
        "used_gib": plain_decimal((Decimal(used) / GIB).quantize(Decimal("0.0001"))) if used else "",
        "carried": token,
        "fix_field": fixed.field if fixed else "",
        "fix_value": _text(fixed.value) if fixed else "",
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def _beside(setting: Setting) -> dict[str, Any]:
    """What is held beside the model."""
    return {
        "lora_rank": setting.lora_rank,
        "loras": None if setting.lora_rank is None else setting.loras,
        "draft": draft_text(setting.draft),
        "vision": {True: "yes", False: "no", None: ""}[setting.vision],
    }


def _text(value: Number) -> str:
    return str(value).lower()


def _source(given: dict[str, Any]) -> Source:
    """What was sized. Raises Unsizable for what did not come back as it was."""
    source = from_token(given["carried"]) if given["carried"] else shipped(given["name"])
    if source is None:
        raise Unsizable(say("sizing.not_whole"))
    return source.with_correction(given["fix_field"], given["fix_value"])


def _fields(given: dict[str, Any], source: Source, along: Along) -> dict[str, Any]:
    """What the candidate begins with."""
    sizing = {name: given[name] for name in CARRIED}
    sizing |= {"context_tokens": given["context"], "memory_used_gib": given["used_gib"]}
    if along.text:
        sizing |= {"config": along.text, "config_source": along.origin[:LINE_LENGTH]}
        sizing |= {"config_read_on": timezone.now().date()}
    fields = {
        "name": given["name"],
        "runtime": dict(RUNTIMES)[given["runtime"]],
        "quantization": given["quant"],
        "sizing": sizing,
    }
    fields |= _of_file(given, source)
    return fields | ({"context_tokens": given["context"]} if given["context"] else {})


def _of_file(given: dict[str, Any], source: Source) -> dict[str, str]:
    """The quantization and the format of the file, where it is the file that is to run."""
    found, is_llama = source.described, given["runtime"] in GGUF_RUNTIMES
    if found.gguf and is_llama and given["quant"] in ("", found.mix):
        return {"quantization": found.mix, "weight_format": "gguf"}
    if found.checkpoint and not is_llama and not given["quant"]:
        return {"quantization": found.checkpoint.format, "weight_format": "safetensors"}
    return {}
