"""What a redraw is measured against: the least a Django view does that asks as much and answers as much."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.template.context import RequestContext

from decisions.models import Decision, Need, Project

REFERENCE: dict[str, Any] = {"queries": 0, "template": Template("")}  # set by the benchmark


def of_size(size_bytes: int, queries: int) -> None:
    """Let the view answer so many bytes and ask the database so many questions."""
    line = "<p>A line of a template that says the same whatever happens.</p>\n"
    REFERENCE["template"] = Template((line * (size_bytes // len(line) + 1))[:size_bytes])
    REFERENCE["queries"] = queries


@login_required
def bare(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """One write in a transaction, small reads up to the number asked for, a template without a variable."""
    with transaction.atomic():
        found = Decision.objects.get(project__slug=project, slug=decision)
        Need.objects.filter(pk=found.pk).update(context_tokens=len(request.POST["context_tokens"]))
        for _ in range(REFERENCE["queries"] - 2):
            Project.objects.get(pk=found.project_id)
    return HttpResponse(REFERENCE["template"].render(RequestContext(request)))
