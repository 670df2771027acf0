"""Editing a draft field by field, so that nobody's text is lost.

An edit carries the digest of the value its writer had before their eyes. When the stored value is another
one by now, nothing is written and both texts go back to the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from decisions.actions.forbidden import refuse_route
from decisions.actions.permission import require_writer
from decisions.models import Decision, DraftEditor, Project, Route, User
from decisions.models.candidate import CandidateNote
from decisions.models.drafts import DraftPart, value_digest


@dataclass(frozen=True)
class Edit:
    """One field's new value (clean) and the digest of the value it is meant to replace."""

    field: str
    value: Any
    loaded: str


@dataclass(frozen=True)
class Conflict:
    """A lost race: what is stored now, its digest, and what the writer wanted."""

    field: str
    theirs: Any
    theirs_digest: str
    mine: Any


@dataclass
class Outcome:
    """What an edit did: fields written, races lost, and the row as it is stored now."""

    row: DraftPart
    saved: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@transaction.atomic
def edit_part(*, by: User, decision: Decision, part: DraftPart, edits: Iterable[Edit]) -> Outcome:
    """Write each edit whose digest still holds; return what was written and what was not.

    `part` is the decision itself, its need, why, a candidate or one of a candidate's notes. Refused, with the
    field's name, when a new route is not one of the project's or is forbidden to the need.
    """
    locked = lock_draft(by=by, decision=decision)
    row, edits = _row_of(locked, part), list(edits)
    for edit in edits:
        if isinstance(edit.value, Route) and getattr(row, f"{edit.field}_id") != edit.value.pk:
            refuse_route(locked, edit.value, field=edit.field)
    outcome = _write(row, edits)
    if outcome.saved:
        touch_draft(locked, by=by)
    return outcome


def _row_of(decision: Decision, part: DraftPart) -> DraftPart:
    """The stored row of a part, as it is now. Raises `DoesNotExist` for a part of another decision."""
    if isinstance(part, Decision):
        return decision
    owner = "candidate__decision" if isinstance(part, CandidateNote) else "decision"
    return type(part)._base_manager.get(pk=part.pk, **{owner: decision})


@transaction.atomic
def edit_route(*, by: User, route: Route, edits: Iterable[Edit]) -> Outcome:
    """The same for a route; it belongs to the project, so the writer is an editor of all its decisions."""
    project = lock_project(by=by, project_id=route.project_id)
    outcome = _write(Route.objects.get(pk=route.pk), edits)
    if outcome.saved:
        touch_project(project, by=by)
    return outcome


def _write(part: DraftPart, edits: Iterable[Edit]) -> Outcome:
    outcome = Outcome(part)
    for edit in edits:
        stored = part.digest_of(edit.field)
        if stored == value_digest(edit.value):
            continue
        if stored != edit.loaded:
            theirs = getattr(part, edit.field)
            outcome.conflicts.append(Conflict(edit.field, theirs, stored, edit.value))
            continue
        setattr(part, edit.field, edit.value)
        outcome.saved.append(edit.field)
    if outcome.saved:
        part.save(update_fields=outcome.saved)
    return outcome


def lock_draft(*, by: User, decision: Decision) -> Decision:
    """Lock the decision's project and then the decision, for somebody who may write to it.

    Whoever changes a project, its routes or its drafts locks the project's row first, so that two of them
    come one after the other and never wait for each other. References to the row are not held up.
    """
    project = lock_project(by=by, project_id=decision.project_id)
    locked = project.decisions.select_for_update(no_key=True).get(pk=decision.pk)
    locked.project = project
    return locked


def lock_project(*, by: User, project_id: int) -> Project:
    """Lock a project's row until the transaction ends, for somebody who may write to its drafts."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    require_writer(by, project)
    return project


def touch_draft(decision: Decision, *, by: User) -> None:
    """Remember when the draft changed last, and whose edit is in it."""
    now = timezone.now()
    Decision.objects.filter(pk=decision.pk).update(changed_at=now)
    Project.objects.filter(pk=decision.project_id).update(changed_at=now)
    _remember_editor(by, [decision], now)


def touch_project(project: Project, *, by: User) -> None:
    """The same for a change that is in the draft of every decision of the project."""
    now = timezone.now()
    Project.objects.filter(pk=project.pk).update(changed_at=now)
    project.decisions.update(changed_at=now)
    _remember_editor(by, project.decisions.all(), now)


def _remember_editor(person: User, decisions: Iterable[Decision], now: datetime) -> None:
    DraftEditor.objects.bulk_create(
        [DraftEditor(decision=decision, person=person, last_edit_at=now) for decision in decisions],
        update_conflicts=True,
        unique_fields=["decision", "person"],
        update_fields=["last_edit_at"],
    )
