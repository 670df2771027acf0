"""A log beside the prediction for a model; nothing of it is kept."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from decisions.export.say import say
from decisions.fit.hardware.asked import setting_of
from decisions.fit.hardware.logs import EngineLog, read_log
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.say import say as statement
from decisions.web.fields import LineField
from decisions.web.projects.forms import suggesting
from decisions.web.sizing.asking import FIX, as_named
from decisions.web.sizing.forms import RawField, SettingForm, with_start
from decisions.web.sizing.measured import Compared, LogForm, compared, shown
from decisions.web.sizing.sources import Source, from_text, from_token, shipped
from decisions.web.sizing.uploads import Beginning, is_too_large


class ModelLogForm(LogForm):
    """A log with the model it is of: by its name, as a configuration, or as the sizing page had it."""

    model = LineField(
        label=gettext_lazy("Model"),
        widget=suggesting("suggest-models", "suggested-models", placeholder="Qwen/Qwen3-8B"),
    )
    text = RawField(
        label=gettext_lazy("Or its config.json"),
        why=gettext_lazy("Goes before what is shipped."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    field_order = ("model", "text", "log", "log_text")

    def __init__(self, data: Any = None, files: Any = None, *, named: bool = True, **kwargs: Any) -> None:
        """`named` says that the model is named here, and not by what was handed in."""
        super().__init__(data, files, **kwargs)
        self.named = named
        if not named:
            del self.fields["model"], self.fields["text"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.named and not cleaned.get("model") and not (cleaned.get("text") or "").strip():
            self.add_error("model", _("Name the model that the log is of."))
        return cleaned


@csrf_exempt
def log(request: HttpRequest) -> HttpResponse:
    """Compare a log; nothing of it is kept. Only its beginning is read."""
    if request.method == "POST" and not is_too_large(request):
        request.upload_handlers = [Beginning(request)]
    elif request.method == "POST":
        context = {"section": "sizing", "form": ModelLogForm(), "too_large": True}
        return render(request, "sizing/log.html", context, status=413)
    return _log(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _log(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    asked = SettingForm(with_start(given), named=False) if "runtime" in given else None
    if request.method != "POST":
        initial = {"model": given.get("model", "")[:200]}
        return _page(request, ModelLogForm(initial=initial), asked, None)
    source = from_token(given["carried"]) if given.get("carried") else None
    if "begin" in given:  # from the sizing page, with what was handed in there
        return _page(request, ModelLogForm(named=source is None), asked, source)
    form = ModelLogForm(given, request.FILES, named=source is None)
    if given.get("carried") and source is None:
        form.add_error(None, say(statement("sizing.not_whole")))
    found = _compared(form, asked, source) if form.is_valid() else None
    return _page(request, form, asked, source, found, status=200 if found else 422)


def _compared(form: ModelLogForm, asked: SettingForm | None, source: Source | None) -> Compared | None:
    """The log beside the prediction; None, with the sentence at its field, where that fails."""
    about = "text" if (form.cleaned_data.get("text") or "").strip() else "model"
    try:
        read = source or _model(form)
        read = _put_right(read, asked) if asked else read
        about = "log"
        log = read_log(form.cleaned_data["data"])
        about = ""  # of the question that came along
        setting = _setting(log, asked, read)
        about = "log"
        return compared(log, read.architecture, setting, read.weights_in)
    except Unsizable as problem:
        if about == "log":
            form.say(problem)
        else:
            form.add_error(about if about in form.fields else None, say(problem.statement))
        return None


def _setting(log: EngineLog, asked: SettingForm | None, read: Source) -> Setting:
    """What was asked, in the runtime that the log is of, with the mix that the model is named after."""
    given = {**(asked.asked() if asked else {}), "runtime": log.engine}
    return setting_of(as_named(given, read), read.architecture)


def _model(form: ModelLogForm) -> Source:
    text = form.cleaned_data["text"]
    return from_text(text) if text.strip() else shipped(form.cleaned_data["model"])


def _put_right(source: Source, asked: SettingForm) -> Source:
    asked.is_valid()  # what is wrong in it was said on the sizing page
    return source.with_correction(*(asked.cleaned_data.get(each, "") for each in FIX))


def _page(
    request: HttpRequest,
    form: ModelLogForm,
    asked: SettingForm | None,
    source: Source | None,
    found: Compared | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "sizing",
        "form": form,
        "asked": asked.kept if asked else [],
        "source": source,
        "carried": request.POST.get("carried", "") if source else "",
        "compared": shown(found) if found else None,
        "of": source.name if source else form["model"].value() or "config.json",
    }
    return render(request, "sizing/log.html", context, status=status)
