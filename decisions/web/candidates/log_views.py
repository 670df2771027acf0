"""An engine's own log kept for a candidate, beside what had been expected of it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from decisions.actions.measurements import keep_measurement
from decisions.actions.refusal import Refused
from decisions.export.say import say
from decisions.fit.hardware.logs import is_of_another, read_log, rows_of
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.wanted import Missing, wanted_by
from decisions.models import Candidate, Measurement
from decisions.web.access import person
from decisions.web.candidates.parts import find_candidate, fits_context
from decisions.web.fields import LineField
from decisions.web.request import Request
from decisions.web.sizing.measured import Compared, LogForm, another_text, compared, row_shown
from decisions.web.sizing.shown import in_words, runtime_name, settings_in_words
from decisions.web.sizing.uploads import Beginning, is_too_large
from decisions.web.workspace import Workspace, load
from decisions.words import run_on

SHOWN = 10  # logs, the newest; the others on request


class AsideForm(forms.Form):
    """Why a log is set aside; there may be one of these for every log of a page."""

    use_required_attribute = False

    reason = LineField(
        label=gettext_lazy("Why it is set aside"),
        why=gettext_lazy("Such as: of another machine, or of a run that was cut off."),
        required=True,
        error_messages={
            "required": gettext_lazy("Say why: whoever reads this later has nothing else to go by.")
        },
    )

    def __init__(self, digest: str, data: Any = None) -> None:
        super().__init__(data, prefix=digest[:12])
        self.digest = digest


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
        return page(workspace, found)
    workspace.require_edit()
    form = LogForm(request.POST, request.FILES)
    read = _read(workspace, found, form) if form.is_valid() else None
    if read is None:
        return page(workspace, found, form, status=422)
    try:
        _keep(workspace, found, form.cleaned_data["data"], read)
    except Refused as refused:
        form.add_error(None, str(refused))
        return page(workspace, found, form, status=409)
    messages.success(request, _("The log is kept, with its figures beside what was predicted."))
    if is_of_another(read.rows, read.setting.gpu_layers):
        messages.warning(request, run_on((another_text(), _("It does not count."))))
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


def page(
    workspace: Workspace,
    found: Candidate,
    form: LogForm | None = None,
    aside: AsideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The logs kept for a candidate; `aside` is the form of one of them that was not right."""
    every = list(found.measurements.with_turns().newest_first())
    is_all = aside is not None or "all" in workspace.request.GET
    kept = every if is_all else every[:SHOWN]
    context = workspace.context(
        "candidates",
        **fits_context(workspace, found),
        candidate=found,
        form=form or LogForm(),
        aside=aside,
        kept=[_shown(each, found, aside) for each in kept],
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


def _shown(kept: Measurement, found: Candidate, aside: AsideForm | None) -> dict[str, Any]:
    turns = list(kept.turns.all())
    own = aside if aside and aside.digest == kept.log_id else AsideForm(kept.log_id)
    return {
        "engine": " ".join(filter(None, (runtime_name(kept.engine), kept.version))),
        "digest": kept.log_id,
        "by": kept.measured_by.full_name,
        "at": kept.measured_at,
        "setting": in_words(kept.setting),
        "rows": [row_shown(row) for row in rows_of(kept.figures)],
        "turns": turns,
        "is_aside": bool(turns) and turns[0].is_aside,
        "another": another_text() if kept.is_of_another else "",
        "counts": kept.log_id == found.sizing.measured_log,
        "form": own,
    }
