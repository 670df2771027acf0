"""All runtimes side by side for one model and machine, with what they have to give."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from decisions.export.said import items
from decisions.fit.hardware.choices import ALL
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.machine import ASKABLE, need_for
from decisions.fit.model_class import classes_named, classes_of_shape
from decisions.fit.side_by_side import Model, in_setting
from decisions.fit.texts.answers import QUESTIONS
from decisions.web.beside import beside_of
from decisions.web.pages import render_page
from decisions.web.sizing.asking import model_of, setting_in
from decisions.web.sizing.forms import SettingForm, with_start
from decisions.web.sizing.shown import settings_in_words
from decisions.web.sizing.sources import Source, from_token, token_of

SHOWN = ("model", "quant", "context", "parallel", "device", "devices", "memory_gib", "used_gib")


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
    form = SettingForm(with_start(given), named=source is None)
    asks = AsksForm({"asks": [name for name in given.getlist("asks") if name in ASKABLE]})
    asks.is_valid()
    if source is None and not given.get("model", "").strip():
        return _page(request, form, asks, source)
    found = _found(form, asks, source)
    if found is None:
        return _page(request, form, asks, source, status=422)
    return _page(request, form, asks, source, **found)


def _found(form: SettingForm, asks: AsksForm, source: Source | None) -> dict[str, Any] | None:
    """The runtimes for what was asked; None, with a sentence at every field that is wrong."""
    form.is_valid()
    read = model_of(form, source)
    setting = setting_in(form, read)
    if read is None or setting is None:
        return None
    try:
        rows = in_setting(need_for(setting, asks.cleaned_data["asks"]), _model(read), setting)
    except Unsizable as problem:
        form.say(problem)
        return None
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
    return classes_named(source.config or {}) or classes_of_shape(source.architecture)


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
