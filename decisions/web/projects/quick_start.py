"""Quick start: five fields on one page to a saved version 1."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.actions.decisions import quick_start as start
from decisions.actions.refusal import Refused
from decisions.knowledge import runtimes as shipped_runtimes
from decisions.models import Version
from decisions.states import RouteKind
from decisions.web.access import person, require_create
from decisions.web.projects.forms import QuickStartForm


@require_http_methods(["GET", "HEAD", "POST"])
def quick_start(request: HttpRequest) -> HttpResponse:
    """A project with one decision and its first version; all that was not asked stays unknown."""
    require_create(request)
    form = QuickStartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (version := _started(request, form)):
        decision = version.decision
        messages.success(
            request, _("Version 1 is saved. What was not asked is unknown: add it when it matters.")
        )
        return redirect(
            "version", project=decision.project.slug, decision=decision.slug, number=version.number
        )
    context = {"form": form, "runtimes": shipped_runtimes.shipped()}
    return render(request, "projects/quick_start.html", context, status=422 if form.is_bound else 200)


def _started(request: HttpRequest, form: QuickStartForm) -> Version | None:
    """The version, or None with the reason in the form."""
    said = form.cleaned_data
    try:
        return start(
            by=person(request),
            project_goal=said["project_goal"],
            must_have=[said["must_have"]],
            model=said["model"],
            runtime=said["runtime"],
            route=RouteKind(said["route"]),
            form_id=said["form_id"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
