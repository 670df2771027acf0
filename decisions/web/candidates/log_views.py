"""An engine's own log kept for a candidate, beside what had been expected of it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from decisions.actions.measurements import keep_measurement
from decisions.actions.refusal import Refused
from decisions.export.say import say
from decisions.fit.hardware.logs import Quantity, read_log
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.wanted import Missing, wanted_by
from decisions.models import Candidate, Measurement
from decisions.web.access import person
from decisions.web.candidates.parts import find_candidate, fits_context
from decisions.web.request import Request
from decisions.web.sizing.log_views import row_of
from decisions.web.sizing.measured import Compared, LogForm, compared, row_shown
from decisions.web.sizing.shown import in_words, runtime_name, settings_in_words
from decisions.web.sizing.uploads import Beginning, is_too_large
from decisions.web.workspace import Workspace, load

SHOWN = 10  # logs, the newest; the others on request
FAR_OFF = 0.25  # no prediction of weights is as wrong, whatever a mix does


@csrf_exempt
def log(request: HttpRequest, project: str, decision: str, key: str) -> HttpResponse:
    """The logs kept for a candidate; posted, another one is kept. Only the beginning of a file is read."""
    if request.method == "POST" and not is_too_large(request):
        request.upload_handlers = [Beginning(request)]
    return _log(request, project, decision, key)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _log(request: HttpRequest, project: str, decision: str, key: str) -> HttpResponse:
    workspace = load(cast(Request, request), project, decision)
    found = find_candidate(workspace, key)
    if request.method != "POST":
        return _page(workspace, found, LogForm())
    workspace.require_edit()
    form = LogForm(request.POST, request.FILES)
    read = _read(workspace, found, form) if form.is_valid() else None
    if read is None:
        return _page(workspace, found, form, status=422)
    try:
        _keep(workspace, found, form.cleaned_data["data"], read)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(workspace, found, form, status=409)
    messages.success(request, _("The log is kept, with its figures beside what was predicted."))
    if _is_of_another(read):
        far = _("The weights in the log are far from those predicted: make sure that it is of this model.")
        messages.warning(request, far)
    return redirect("candidate-log", project=project, decision=decision, key=key)


def _read(workspace: Workspace, found: Candidate, form: LogForm) -> Compared | None:
    """The log beside the prediction for this candidate; None where that fails, and the form says why."""
    record = workspace.record
    part = next(one for one in record.candidates if one.key == found.key)
    wanted = wanted_by(record.need, record.route_for(part), part)
    if isinstance(wanted, Missing):
        form.add_error(None, say(wanted.finding))
        return None
    try:
        model = wanted.described()
        setting = wanted.setting(model.architecture)
        return compared(read_log(form.cleaned_data["data"]), model.architecture, setting, model.weights_in)
    except Unsizable as problem:
        form.say(problem)
        return None


def _is_of_another(read: Compared) -> bool:
    """Whether the weights, which are known best, say that the log is another model's."""
    errors = [row.error for row in read.rows if row.quantity is Quantity.WEIGHTS and row.error is not None]
    return any(abs(error) > FAR_OFF for error in errors)


def _keep(workspace: Workspace, found: Candidate, data: bytes, read: Compared) -> None:
    keep_measurement(
        by=person(workspace.request),
        decision=workspace.decision,
        candidate=found,
        data=data,
        log=read.log,
        arch=read.arch,
        setting=read.setting,
        rows=read.rows,
    )


def _page(workspace: Workspace, found: Candidate, form: LogForm, status: int = 200) -> HttpResponse:
    every = list(found.measurements.select_related("measured_by").newest_first())
    kept = every if "all" in workspace.request.GET else every[:SHOWN]
    context = workspace.context(
        "candidates",
        **fits_context(workspace, found),
        candidate=found,
        form=form,
        kept=[_shown(each) | {"counts": each.log_id == found.sizing.measured_log} for each in kept],
        older=len(every) - len(kept),
        other_setting=_other_setting(workspace, found),
    )
    return render(workspace.request, "candidates/log.html", context, status=status)


def _other_setting(workspace: Workspace, found: Candidate) -> str:
    """What the candidate is asked for now, where that is not the setting that was measured; else empty."""
    record = workspace.record
    part = next(one for one in record.candidates if one.key == found.key)
    wanted = wanted_by(record.need, record.route_for(part), part)
    if isinstance(wanted, Missing) or wanted.measured is None:
        return ""
    try:
        setting = wanted.setting(wanted.described().architecture)
    except Unsizable:
        return ""
    return "" if wanted.measured.applies_to(setting) else settings_in_words(setting)


def _shown(kept: Measurement) -> dict[str, Any]:
    rows = (row_of(figure) for figure in kept.figures)
    return {
        "engine": " ".join(filter(None, (runtime_name(kept.engine), kept.version))),
        "digest": kept.log_id,
        "by": kept.measured_by.full_name,
        "at": kept.measured_at,
        "setting": in_words(kept.setting),
        "rows": [row_shown(row) for row in rows if row is not None],
    }
