"""Bringing a file into a draft: what a reader understood replaces what the draft said of it."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.decisions import create_decision
from decisions.actions.drafts import lock_draft, touch_draft, touch_project
from decisions.actions.events import append_event
from decisions.actions.refusal import Refused
from decisions.actions.rows import fill_draft
from decisions.actions.versions import Snapshot, newest_version, save_version
from decisions.models import Decision, Project, User, Version
from decisions.record.canonical import digest_of
from decisions.record.merge import brought_onto
from decisions.record.reading import Reading
from decisions.record.schema import Need, Record, Why


@transaction.atomic
def preview_import(*, by: User, decision: Decision, reading: Reading) -> Snapshot:
    """What the draft would say and how it would be judged after `import_into`; nothing is kept."""
    decision = lock_draft(by=by, decision=decision)
    fill_draft(decision, _brought_onto(decision, reading))
    snapshot = Snapshot.stored(decision)
    transaction.set_rollback(True)
    return snapshot


@transaction.atomic
def preview_as_new(*, by: User, project: Project, reading: Reading) -> Snapshot:
    """The same for `import_as_new`."""
    snapshot = Snapshot.stored(import_as_new(by=by, project=project, reading=reading, data=b""))
    transaction.set_rollback(True)
    return snapshot


@transaction.atomic
def import_into(
    *, by: User, decision: Decision, reading: Reading, data: bytes, seen_digest: str | None = None
) -> Decision:
    """Make the draft of an existing decision say what the file says; the versions stay as they are.

    What the file's form does not carry stays as the draft has it.

    `seen_digest` is the digest of the draft that the person compared the file with; when the draft is another
    by now, nothing is changed.
    """
    decision = lock_draft(by=by, decision=decision)
    if seen_digest is not None:
        _refuse_unseen(decision, seen_digest)
    touch_draft(decision, by=by)
    if fill_draft(decision, _brought_onto(decision, reading)):
        touch_project(decision.project, by=by)
    append_event(
        "decision.imported", by=by, project=decision.project, decision=decision, file=digest_of(data)
    )
    return decision


def _brought_onto(decision: Decision, reading: Reading) -> Record:
    return brought_onto(Decision.objects.with_draft().get(pk=decision.pk).to_record(), reading)


def _refuse_unseen(decision: Decision, seen_digest: str) -> None:
    if Snapshot.stored(decision).digest != seen_digest:
        raise Refused(_("The draft has changed while you were reading. Look at the preview again."))


@transaction.atomic
def import_as_new(*, by: User, project: Project, reading: Reading, data: bytes, title: str = "") -> Decision:
    """Make a decision of a file; its title is the given one, else the file's, else a plain one."""
    title = title or reading.record.title or _("Imported decision")
    language = reading.record.text_language
    decision = create_decision(by=by, project=project, title=title, text_language=language)
    record = reading.record.model_copy(update={"title": title})
    return import_into(by=by, decision=decision, reading=replace(reading, record=record), data=data)


@transaction.atomic
def import_file(
    *,
    by: User,
    project: Project,
    reading: Reading,
    data: bytes,
    decision: Decision | None = None,
    title: str = "",
    what_changed: str = "",
    replace_draft: bool = False,
) -> tuple[Decision, Version | None]:
    """Bring a file into a decision, or make one of it; with a sentence also save a version: all or nothing.

    Refused when the draft says something that no version has, unless `replace_draft`: it would be lost.
    """
    if decision is None:
        made = import_as_new(by=by, project=project, reading=reading, data=data, title=title)
    else:
        if not replace_draft:
            _refuse_unsaved(lock_draft(by=by, decision=decision))
        made = import_into(by=by, decision=decision, reading=reading, data=data)
    return made, save_version(by=by, decision=made, what_changed=what_changed) if what_changed else None


def _refuse_unsaved(decision: Decision) -> None:
    snapshot = Snapshot.stored(decision)
    newest = newest_version(decision)
    if newest is not None:
        unsaved = bool(snapshot.since(newest).written)
    else:
        unsaved = not _is_as_made(decision, snapshot.record)
    if unsaved:
        raise Refused(_("The draft says something that no version has, and it would be lost: save it first."))


def _is_as_made(decision: Decision, record: Record) -> bool:
    """Whether nobody wrote anything since the decision was made."""
    project = decision.project
    need = Need(
        project_goal=project.project_goal,
        must_have=tuple(project.must_have),
        nice_to_have=tuple(project.nice_to_have),
    )
    return (record.need, record.why, record.candidates) == (need, Why(), ())
