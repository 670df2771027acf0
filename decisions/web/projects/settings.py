"""A decision's own address, and its title and language."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from decisions.actions.drafts import edit_part
from decisions.models import Decision
from decisions.web.access import person, require_write
from decisions.web.drafts import field_answers, save_draft, what_happened
from decisions.web.pages import wants_fragment
from decisions.web.projects.forms import DecisionSettings
from decisions.web.workspace import load


@require_safe
def decision(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """The short address of a decision leads to its candidates."""
    visible = Decision.objects.visible_to(person(request))
    get_object_or_404(visible, project__slug=project, slug=decision)
    return redirect("decision-candidates", project=project, decision=decision)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_settings(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """Title and language of a decision, saved field by field."""
    workspace = load(request, project, decision)
    found = workspace.decision
    require_write(request, found.project)
    if request.method != "POST":
        form = DecisionSettings(found, target="decision")
        return render(request, "projects/settings.html", workspace.context("settings", form=form))
    form = DecisionSettings(Decision.objects.get(pk=found.pk), request.POST, target="decision")
    status = save_draft(
        form, lambda edits: edit_part(by=person(request), decision=found, part=found, edits=edits)
    )
    if wants_fragment(request):
        return field_answers(request, found, form, status)
    level = messages.SUCCESS if status == 200 else messages.WARNING
    messages.add_message(request, level, what_happened(status))
    if status == 200:
        return redirect(request.path)
    context = load(request, project, decision).context("settings", form=form)
    return render(request, "projects/settings.html", context, status=status)
