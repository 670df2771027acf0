"""The sizing page: a model and a setting in, what it needs out; nothing is stored."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from decisions.export.say import say
from decisions.fit.hardware.choices import ALL
from decisions.fit.hardware.drafted import draft_remark
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.runs import Obstacle, obstacle_of
from decisions.fit.hardware.setting import Setting
from decisions.fit.say import say as statement
from decisions.record.schema import Estimated
from decisions.web.access import person
from decisions.web.pages import render_page
from decisions.web.sizing.along import along_of
from decisions.web.sizing.asking import model_of, setting_in
from decisions.web.sizing.beginning import beyond_reading
from decisions.web.sizing.facts import facts_of
from decisions.web.sizing.forms import START, SettingForm, SourceForm, with_start
from decisions.web.sizing.runtimes import link_to
from decisions.web.sizing.shown import devices_of, estimated, settings_in_words, verdict_of
from decisions.web.sizing.sources import Source, from_file, from_hub, from_text, from_token, shipped, token_of
from decisions.web.sizing.tables import grid_of, side_by_side
from decisions.web.sizing.take import taken_of, takers_for
from decisions.web.sizing.uploads import Beginning, is_too_large


@require_safe
def sizing(request: HttpRequest) -> HttpResponse:
    """A shipped model in a setting; the address holds all of it, so that it can be sent to others."""
    form = SettingForm(with_start(request.GET))
    if not request.GET.get("model", "").strip():
        return _page(request, form, None)
    return _answer(request, form, None)


@csrf_exempt
def sizing_file(request: HttpRequest) -> HttpResponse:
    """The same for what is handed in. Of a file only the beginning is kept, in memory, for this request."""
    if request.method == "POST" and is_too_large(request):
        form = SourceForm(with_hub=_asks_hub())
        refused = _("That is more than 1 GiB; hand in the beginning of the file, 32 MiB of it are read.")
        return _page(request, SettingForm(START), None, status=413, handed=form, refused=refused)
    if request.method == "POST":
        request.upload_handlers = [Beginning(request)]
    return _handed_in(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _handed_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("sizing")
    if "carried" in request.POST:
        source = from_token(request.POST["carried"])
        if source is None:
            refused = say(statement("sizing.not_whole"))
            return _page(request, SettingForm(START), None, status=422, refused=refused)
        return _answer(request, SettingForm(with_start(request.POST), named=False), source)
    handed = SourceForm(request.POST, request.FILES, with_hub=_asks_hub())
    source = _read(handed) if handed.is_valid() else None
    if source is None:
        return _page(request, SettingForm(with_start(request.POST)), None, status=422, handed=handed)
    return _answer(request, SettingForm(with_start(request.POST), named=False), source)


def _asks_hub() -> bool:
    return settings.HUB is not None


def _token(source: Source | None) -> str:
    """What the page carries along; nothing of a shipped model, which its address names."""
    return "" if source is None or source.is_shipped else token_of(source)


def _read(handed: SourceForm) -> Source | None:
    """What was handed in; None, with the sentence at its field, where it cannot be sized."""
    given = handed.cleaned_data
    file, text = given.get("file"), given.get("text") or ""
    try:
        if file:
            return from_file(file.read(), file.name or "", text, given.get("shape") or "")
        return from_hub(given["hub"], timezone.now().date()) if given.get("hub") else from_text(text)
    except Unsizable as problem:
        handed.say(beyond_reading(problem, asked_all="header_goes_on" in handed.data))
        if given.get("shape") and "shape" not in handed.errors:
            _look_at_shape(handed)
        return None


def _look_at_shape(handed: SourceForm) -> None:
    """Say of the second field, too, what is wrong with it."""
    try:
        shipped(handed.cleaned_data["shape"])
    except Unsizable as problem:
        handed.add_error("shape", say(problem.statement))


def _answer(request: HttpRequest, form: SettingForm, source: Source | None) -> HttpResponse:
    """The page with the estimate, or with all that stands against it, each at its field."""
    form.is_valid()
    read = model_of(form, source)
    setting = setting_in(form, read)
    if read is None or setting is None:
        return _page(request, form, source, status=422)
    try:
        found = estimated(read, setting)
    except Unsizable as problem:
        form.say(problem)
        return _page(request, form, source, status=422)
    return _page(request, form, read, result=_result(request, form, read, setting, found))


def _result(
    request: HttpRequest, form: SettingForm, source: Source, setting: Setting, found: Estimated
) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "source": source,
        "note": say(source.named.note) if source.named and source.named.note else "",
        "setting": settings_in_words(setting, of_file=source.weights_in(setting) is not None),
        **verdict_of(found, setting, _obstacle(source, setting)),
        "remark": say(remark) if (remark := draft_remark(source.architecture, setting)) else "",
        "facts": facts_of(source),
        "grid": grid_of(source, setting, given["show"], every=given["every"]),
        "runtimes": side_by_side(source, setting),
        "beside": link_to(form, source, request.POST.get("carried", "")),
        "devices": devices_of(setting),
        "takers": takers_for(person(request)),
        "along": along_of(source),
        "taken": taken_of(source, setting, request.POST.get("carried") or _token(source)),
    }


def _obstacle(source: Source, setting: Setting) -> Obstacle | None:
    """What stands against the model in the runtime; nothing where its own file is there."""
    return None if source.weights_in(setting) else obstacle_of(source.architecture, setting.runtime)


def _page(
    request: HttpRequest,
    form: SettingForm,
    source: Source | None,
    *,
    status: int = 200,
    result: dict[str, Any] | None = None,
    handed: SourceForm | None = None,
    refused: str = "",
) -> HttpResponse:
    runtime = form.data.get("runtime", "")
    form.fixes = source is None or source.config is not None
    context = {
        "section": "sizing",
        "form": form,
        "source": source,
        "result": result,
        "handed": handed or SourceForm(with_hub=_asks_hub()),
        "is_handed": handed is not None,
        "refused": refused,
        "token": request.POST.get("carried") or _token(source),
        "quantizations": ALL.get(runtime, ()),
    }
    return render_page(request, "sizing/sizing.html", "result", context, status)
