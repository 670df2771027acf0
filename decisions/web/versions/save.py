"""Saving a version: the difference first, then a sentence on what changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from decisions.actions.refusal import Refused
from decisions.actions.versions import newest_version, save_version
from decisions.export.stored import Stored
from decisions.models import User, Version
from decisions.record.versions import load_content
from decisions.web.access import person, require_write
from decisions.web.fields import TextField
from decisions.web.versions.compared import compare
from decisions.web.workspace import Workspace, load


class SaveForm(forms.Form):
    """What changed, and the digest of the draft whose difference was read."""

    what_changed = TextField(
        label=gettext_lazy("What changed, in a sentence"),
        why=gettext_lazy(
            "Reviewers and auditors read it beside the version number. It cannot be changed later."
        ),
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Say in a sentence what changed.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, project: str, decision: str) -> HttpResponse:
    """Show what would be frozen against the newest version; save it."""
    workspace = load(request, project, decision)
    require_write(request, workspace.decision.project)
    if request.method != "POST":
        return _page(request, workspace, SaveForm())
    if request.POST.get("step") == "look":  # less or more of the difference; the sentence comes along
        typed = {"what_changed": request.POST.get("what_changed", "")}
        return _page(request, workspace, SaveForm(initial=typed))
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _page(request, workspace, form, status=422)
    try:
        version = _save(request, workspace, form)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        workspace = load(request, project, decision)
        return _page(request, workspace, form, status=422 if refused.field else 409)
    messages.success(
        request, _("Version %(number)d is saved. It never changes.") % {"number": version.number}
    )
    return redirect("version", project=project, decision=decision, number=version.number)


def _save(request: HttpRequest, workspace: Workspace, form: SaveForm) -> Version:
    return save_version(
        by=person(request),
        decision=workspace.decision,
        what_changed=form.cleaned_data["what_changed"],
        seen_digest=form.cleaned_data["seen"],
    )


def _page(request: HttpRequest, workspace: Workspace, form: SaveForm, status: int = 200) -> HttpResponse:
    snapshot, newest = workspace.snapshot, newest_version(workspace.decision)
    now = load_content(snapshot.data)
    everything = request.GET.get("show") == "everything"
    before = load_content(bytes(newest.content.data)) if newest else None
    context = workspace.context(
        "save",
        form=form,
        newest=newest,
        number=newest.number + 1 if newest else 1,
        seen=snapshot.digest,
        stage=snapshot.stage.value,
        authors=_authors(request, workspace),
        compared=compare(before, now, everything=everything) if before is not None else None,
        everything=everything,
        stored=Stored(now),
        obstacle=_obstacle(workspace),
        same=newest is not None and newest.digest == snapshot.digest,
    )
    return render(request, "versions/save.html", context, status=status)


def _obstacle(workspace: Workspace) -> dict[str, Any] | None:
    """What has to be there first, with the page it is done on."""
    record = workspace.record
    if not record.candidates:
        return {
            "title": _("There is no candidate yet"),
            "why": _(
                "A version says which model on which runtime is enough. It needs at least one candidate."
            ),
        }
    if record.first_choice is None:
        return {
            "title": _("No candidate is the first choice yet"),
            "why": _("A version names the one pair to start with. Say which candidate comes first."),
        }
    return None


def _authors(request: HttpRequest, workspace: Workspace) -> list[User]:
    """Who the version will name: whoever edited since the last one, and who saves it."""
    editors = workspace.decision.draft_editors.select_related("person").order_by("last_edit_at", "pk")
    people = {editor.person_id: editor.person for editor in editors}
    saver = person(request)
    people.setdefault(saver.pk, saver)
    return list(people.values())
