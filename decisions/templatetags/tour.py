"""The guide on a page of a practice decision; nothing on any other."""

from typing import Any

from django import template
from django.template import Context

from decisions.models import Decision
from decisions.web.tour.guide import guide_on, is_closed
from decisions.web.workspace import Workspace

register = template.Library()


@register.inclusion_tag("tour/panel.html", takes_context=True)
def guide(context: Context) -> dict[str, Any]:
    """The panel for who may write; one line to open it again where it was closed."""
    request, decision = context.get("request"), context.get("decision")
    if not (request and decision and context.get("may_edit") and _is_guided(context)):
        return {}
    shown = {name: context.get(name) for name in ("request", "csrf_token", "project", "decision")}
    tab = str(context.get("tab", ""))
    shown["tab"] = tab
    if is_closed(request, decision.pk):
        return shown | {"closed": True}
    draft = Decision.objects.with_draft().get(pk=decision.pk)
    return shown | {"guide": guide_on(Workspace(request, draft, may_edit=True), tab)}


def _is_guided(context: Context) -> bool:
    about = (context.get("decision"), context.get("version"))
    return any(getattr(each, "is_guided", False) for each in about)
