"""What a redraw is measured against: the least a Django view does that asks as much and answers as much."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template import Template
from django.template.context import RequestContext

from decisions.models import Decision, Need, Project, User, Version

LINE = "<p>A line of a template that says the same whatever happens.</p>\n"
OF_THE_DRAFT = 4  # queries: the decision, its candidates, its routes, the right to write


@dataclass
class Reference:
    """How much the bare view asks and answers, and whether it reads the draft or one small row."""

    queries: int = 0
    template: Template | None = None
    reads_the_draft: bool = False

    def answer(self, size_bytes: int) -> None:
        """Answer so many bytes from now on."""
        self.template = Template((LINE * (size_bytes // len(LINE) + 1))[:size_bytes])


REFERENCE = Reference()  # set by the benchmark


@login_required
def bare(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """One write in a transaction, reads up to the number asked for, a template without a variable."""
    assert REFERENCE.template
    with transaction.atomic():
        found = Decision.objects.get(project__slug=project, slug=decision)
        Need.objects.filter(pk=found.pk).update(context_tokens=len(request.POST["context_tokens"]))
        asked = 2
        if REFERENCE.reads_the_draft:
            _read_the_draft(cast(User, request.user), found)
            asked += OF_THE_DRAFT
        for _ in range(REFERENCE.queries - asked):
            Project.objects.get(pk=found.project_id)
    return HttpResponse(REFERENCE.template.render(RequestContext(request)))


FILE = bytearray()  # what the bare view of a file answers; set by the benchmark


def bare_file(request: HttpRequest, project: str, decision: str, number: int) -> HttpResponse:
    """A file that lies in memory, for a person who may read the version: the least that keeps it private."""
    visible = Version.objects.visible_to(cast(User, request.user)).filter(
        decision__project__slug=project, decision__slug=decision, number=number
    )
    if not visible.exists():
        raise Http404
    return HttpResponse(bytes(FILE), content_type="application/pdf")


def _read_the_draft(person: User, found: Decision) -> None:
    draft = Decision.objects.filter(project__memberships__person=person).with_draft().get(pk=found.pk)
    _ = draft.live_candidates, draft.project.live_routes
    Project.objects.filter(memberships__person=person, pk=found.project_id).exists()
