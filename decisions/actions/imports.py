"""Bringing a file into a draft: what a reader understood replaces what the draft said."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.decisions import create_decision
from decisions.actions.drafts import lock_draft, touch_draft, touch_project
from decisions.actions.events import append_event
from decisions.actions.rows import fill_draft
from decisions.models import Decision, Project, User
from decisions.record.canonical import digest_of
from decisions.record.reading import Reading


@transaction.atomic
def import_into(*, by: User, decision: Decision, reading: Reading, data: bytes) -> Decision:
    """Make the draft of an existing decision say what the file says; the versions stay as they are."""
    decision = lock_draft(by=by, decision=decision)
    touch_draft(decision, by=by)
    if fill_draft(decision, reading.record):
        touch_project(decision.project, by=by)
    append_event(
        "decision.imported", by=by, project=decision.project, decision=decision, file=digest_of(data)
    )
    return decision


@transaction.atomic
def import_as_new(*, by: User, project: Project, reading: Reading, data: bytes, title: str = "") -> Decision:
    """Make a decision of a file; its title is the given one, else the file's, else a plain one."""
    title = title or reading.record.title or _("Imported decision")
    decision = create_decision(by=by, project=project, title=title)
    record = reading.record.model_copy(update={"title": title})
    return import_into(by=by, decision=decision, reading=replace(reading, record=record), data=data)
