"""From the sizing page into a decision: one candidate with what was asked here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from decisions.actions.candidates import add_candidate
from decisions.actions.refusal import Refused
from decisions.models import Decision, Project, User
from decisions.web.access import person, require_write
from decisions.web.fields import CountField, LineField
from decisions.web.sizing.forms import RUNTIMES

MOST_OFFERED = 50


class TakeForm(forms.Form):
    """A decision, and what is to become of the candidate."""

    decision = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    name = LineField(required=True)
    runtime = forms.ChoiceField(choices=RUNTIMES)
    quant = LineField()
    context = CountField()


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
        made = add_candidate(by=person(request), decision=decision, **_fields(given))
    except Refused as refused:
        context = {"section": "sizing", "refused": str(refused), "decision": decision}
        return render(request, "sizing/not_taken.html", context, status=409)
    messages.success(request, _("Added %(name)s. Its fits say what is missing.") % {"name": made.name})
    return redirect("candidate", project=decision.project.slug, decision=decision.slug, key=made.key)


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """What the candidate begins with; a file format that only one kind of runtime reads is said too."""
    runtime = dict(RUNTIMES)[given["runtime"]]
    fields = {"name": given["name"], "runtime": runtime, "quantization": given["quant"]}
    return fields | ({"context_tokens": given["context"]} if given["context"] else {})
