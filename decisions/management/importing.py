"""Importing one file: read, one action, and what is to be reported."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.imports import import_file
from decisions.actions.projects import create_project
from decisions.actions.refusal import Refused
from decisions.actions.versions import Snapshot
from decisions.export.again import settled
from decisions.management.base import REFUSED, UNREADABLE
from decisions.management.finding import quoted
from decisions.management.incoming import Incoming
from decisions.models import Decision, Project, User, Version
from decisions.record.read import read
from decisions.record.reading import Reading, Unreadable
from decisions.record.versions import load_content


@dataclass
class Into:
    """Where the files go, who brings them, and the sentence of the version to save, if any.

    Without a project the first file that can be imported makes one of the name `new_project`.
    """

    by: User
    project: Project | None
    decision: Decision | None
    what_changed: str
    replace_draft: bool = False
    new_project: str = ""


@dataclass(frozen=True)
class Result:
    """What became of one file. `code` is an exit code, 0 when it was imported; `line` is where it broke."""

    file: str
    reading: Reading | None = None
    decision: Decision | None = None
    version: Version | None = None
    code: int = 0
    error: str = ""
    line: int | None = None


def import_one(file: Incoming, into: Into) -> Result:
    """Read a file and import it in one transaction; what goes wrong is in the result."""
    try:
        data = file.data()
        reading = read(data, file.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sentence = _("%(file)s cannot be read: %(reason)s.") % {"file": quoted(file.name), "reason": reason}
        return Result(file.name, code=UNREADABLE, error=sentence)
    except Unreadable as error:
        return Result(file.name, code=UNREADABLE, error=error.statement.text, line=error.line)
    return _store(file, data, reading, into)


def _store(file: Incoming, data: bytes, reading: Reading, into: Into) -> Result:
    try:
        with transaction.atomic():
            project = into.project or _made(into, reading)
            decision, version = import_file(
                by=into.by,
                project=project,
                reading=reading,
                data=data,
                decision=into.decision,
                title=reading.record.title or file.title,
                what_changed=into.what_changed,
                replace_draft=into.replace_draft,
            )
            reading = settled(reading, load_content(Snapshot.stored(decision).data))
    except Refused as refusal:
        return Result(file.name, reading, code=REFUSED, error=str(refusal))
    except PermissionDenied:
        sentence = _("%(person)s may not write to project %(project)s.")
        who = {"person": into.by.email, "project": into.project.slug if into.project else into.new_project}
        return Result(file.name, reading, code=REFUSED, error=sentence % who)
    into.project = project
    return Result(file.name, reading, decision, version)


def _made(into: Into, reading: Reading) -> Project:
    need = reading.record.need
    return create_project(
        by=into.by,
        name=into.new_project,
        project_goal=need.project_goal,
        must_have=need.must_have,
        nice_to_have=need.nice_to_have,
    )
