"""The why page: reasons, the way back, what was tried, evidence, and the paragraph that follows from it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from decisions.actions.drafts import Edit, edit_part
from decisions.models.drafts import value_digest
from decisions.record.paragraph import generated
from decisions.web.access import person, require_write
from decisions.web.drafts import field_answers, what_happened
from decisions.web.request import Request
from decisions.web.why.forms import WhyForm
from decisions.web.why.page import WhyPage, live_parts
from decisions.web.workspace import Workspace, load
from decisions.words import run_on


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: Request, project: str, decision: str) -> HttpResponse:
    """Show the page; save what a post brings, one field or all of them."""
    workspace = load(request, project, decision)
    if request.method != "POST":
        return render(request, "why/page.html", WhyPage(workspace).context())
    require_write(request, workspace.decision.project)
    page = WhyPage(workspace, request.POST)
    status = page.save(request)
    if request.htmx:
        return _answer_field(request, page, status)
    if status == 200:
        messages.success(request, what_happened(status))
        return redirect("decision-why", project=project, decision=decision)
    return _shown_again(request, page, status)


def _answer_field(request: Request, page: WhyPage, status: int) -> HttpResponse:
    brought = page.brought()
    if not brought:
        return HttpResponse(status=422)
    parts = live_parts(request, _reloaded(request, page.workspace))
    return field_answers(request, page.workspace.decision, brought[0], status, parts)


def _shown_again(request: HttpRequest, page: WhyPage, status: int) -> HttpResponse:
    messages.error(request, what_happened(status))
    page.workspace = _reloaded(request, page.workspace)
    return render(request, "why/page.html", page.context(), status=status)


def _reloaded(request: HttpRequest, workspace: Workspace) -> Workspace:
    decision = workspace.decision
    return load(request, decision.project.slug, decision.slug)


@require_POST
def paragraph(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """Make the paragraph one's own, let it follow again (asking back first), or take a dropped text back."""
    workspace = load(request, project, decision)
    require_write(request, workspace.decision.project)
    page = WhyPage(workspace, request.POST)
    status = page.save(request)  # what else was typed on the page came along
    if status != 200:
        return _shown_again(request, page, status)
    workspace = _reloaded(request, workspace)
    step = request.POST.get("step")
    if step == "own":
        return _store(request, workspace, generated(workspace.record))
    if step == "restore":
        return _restore(request, workspace)
    if step == "drop":
        return _drop(request, workspace)
    return _ask_back(request, workspace)


def _ask_back(request: HttpRequest, workspace: Workspace, status: int = 200) -> HttpResponse:
    if not workspace.decision.why.paragraph:
        messages.info(request, _("The paragraph follows what you write already."))
        return redirect(_paragraph_of(workspace))
    if workspace.decision.why.paragraph == generated(workspace.record):
        return _store(request, workspace, "", instead_of=workspace.decision.why.paragraph)
    context = WhyPage(workspace).context(asking=workspace.decision.why.digest_of("paragraph"))
    return render(request, "why/page.html", context, status=status)


def _drop(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Let the paragraph follow again; the text it had is shown once more, to copy or take back."""
    row = workspace.decision.why
    dropped = row.paragraph
    edit = Edit("paragraph", "", request.POST.get("dropping", ""))
    outcome = edit_part(by=person(request), decision=workspace.decision, part=row, edits=[edit])
    workspace = _reloaded(request, workspace)
    if outcome.conflicts:
        messages.error(
            request, _("The text has changed since you were asked. Nothing was dropped; this is it now.")
        )
        return _ask_back(request, workspace, status=409)
    return render(request, "why/page.html", WhyPage(workspace).context(dropped=dropped))


def _restore(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    text = request.POST.get("before", "")
    try:
        return _store(request, workspace, WhyForm.base_fields["paragraph"].clean(text))
    except ValidationError as error:
        messages.error(request, run_on(error.messages))
        return render(request, "why/page.html", WhyPage(workspace).context(dropped=text), status=422)


def _store(request: HttpRequest, workspace: Workspace, text: str, *, instead_of: str = "") -> HttpResponse:
    """Store a text instead of another; where a third is there by now, show it beside that one."""
    row = workspace.decision.why
    edit = Edit("paragraph", text, value_digest(instead_of))
    outcome = edit_part(by=person(request), decision=workspace.decision, part=row, edits=[edit])
    if not outcome.conflicts:
        return redirect(_paragraph_of(workspace))
    messages.error(
        request, _("Somebody wrote a paragraph meanwhile. It is kept, and so is the other text, below.")
    )
    page = WhyPage(_reloaded(request, workspace))
    return render(request, "why/page.html", page.context(dropped=text), status=409)


def _paragraph_of(workspace: Workspace) -> str:
    decision = workspace.decision
    address = reverse("decision-why", kwargs={"project": decision.project.slug, "decision": decision.slug})
    return f"{address}#paragraph"
