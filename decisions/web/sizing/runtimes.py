"""All runtimes side by side for one model and machine, with what they have to give."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from decisions.export.said import items
from decisions.fit.hardware.asked import setting_of
from decisions.fit.hardware.choices import ALL
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.machine import ASKABLE, need_for
from decisions.fit.side_by_side import Model, in_setting
from decisions.fit.texts.answers import QUESTIONS
from decisions.knowledge import model_classes
from decisions.web.beside import beside_of
from decisions.web.pages import render_page
from decisions.web.sizing.forms import START, SettingForm
from decisions.web.sizing.shown import settings_in_words
from decisions.web.sizing.sources import Source, from_token, shipped, token_of

SHOWN = ("model", "quant", "context", "parallel", "device", "devices", "memory_gib", "used_gib")
FIX = ("fix_field", "fix_value")


class AsksForm(forms.Form):
    """What a runtime has to give."""

    asks = forms.MultipleChoiceField(
        label=_("What it has to give"),
        choices=lambda: [(name, _t(QUESTIONS[question])) for name, question in ASKABLE.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def runtimes(request: HttpRequest) -> HttpResponse:
    """By the address for a shipped model; posted, and changing nothing, for one that was handed in."""
    given = request.POST if request.method == "POST" else request.GET
    source = from_token(given["carried"]) if request.method == "POST" and "carried" in given else None
    form = SettingForm(_with_start(given), named=source is None)
    asks = AsksForm({"asks": [name for name in given.getlist("asks") if name in ASKABLE]})
    asks.is_valid()
    if source is None and not given.get("model", "").strip():
        return _page(request, form, asks, source)
    if not form.is_valid():
        return _page(request, form, asks, source, status=422)
    try:
        found = _found(form, asks, source)
    except Unsizable as problem:
        form.say(problem)
        return _page(request, form, asks, source, status=422)
    return _page(request, form, asks, source, **found)


def _with_start(given: Any) -> dict[str, str]:
    return {**START, **{name: given[name] for name in given if name in SettingForm.base_fields}}


def _found(form: SettingForm, asks: AsksForm, source: Source | None) -> dict[str, Any]:
    """The runtimes for what was asked. Raises Unsizable."""
    read = source or shipped(form.cleaned_data["model"])
    read = read.with_correction(*(form.cleaned_data[name] for name in FIX))
    setting = setting_of(form.asked(), read.architecture)
    rows = in_setting(need_for(setting, asks.cleaned_data["asks"]), _model(read), setting)
    return {
        "named": read.name,
        "setting": _in_words(setting, asks.cleaned_data["asks"]),
        "beside": beside_of(rows, setting.runtime),
    }


def _model(source: Source) -> Model:
    fact = source.fact
    model_id = fact.id if fact else source.name if source.kind == "hub" else ""
    return Model(source.architecture, model_id, _classes(source), source.weights_in)


def _classes(source: Source) -> tuple[str, ...]:
    """What the configuration names, else what Transformers calls models of that type."""
    named = source.config.get("architectures") if source.config is not None else None
    classes = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return tuple(classes) or model_classes.classes_of(source.architecture.model_type)


def _in_words(setting: Setting, asked: list[str]) -> str:
    wanted = items(_t(QUESTIONS[ASKABLE[name]]) for name in asked)
    said = settings_in_words(setting)
    return f"{said} · {_t('has to give: %(abilities)s') % {'abilities': wanted}}" if wanted else said


def link_to(form: SettingForm, source: Source, token: str) -> dict[str, Any]:
    """The same question on this page: a query for a shipped model, else what a form posts."""
    given = {name: form.data[name] for name in form.data if name in SettingForm.base_fields}
    if source.is_shipped:
        return {"query": urlencode({name: value for name, value in given.items() if value})}
    values = {name: value for name, value in given.items() if name != "model"}
    return {"values": [*values.items(), ("carried", token or token_of(source))]}


def _page(
    request: HttpRequest,
    form: SettingForm,
    asks: AsksForm,
    source: Source | None,
    *,
    status: int = 200,
    **found: Any,
) -> HttpResponse:
    kept = [(name, form.data[name]) for name in form.fields if name not in SHOWN and form.data.get(name)]
    asked = {name: form.data[name] for name in form.fields if form.data.get(name)}
    context = {
        "section": "sizing",
        "form": form,
        "fields": [form[name] for name in SHOWN if name in form.fields],
        "kept": kept,
        "asks": asks,
        "source": {"name": found.pop("named", source.name if source else "")},
        "token": request.POST.get("carried", "") if source else "",
        "query": urlencode(asked),
        "quantizations": ALL.get(form.data.get("runtime", ""), ()),
        **found,
    }
    return render_page(request, "sizing/runtimes_page.html", "result", context, status)
