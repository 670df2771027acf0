"""What an import says: lines for people, one document for programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from decisions.management.importing import Result
from decisions.models import Project
from decisions.record.reading import Remark
from decisions.words import N_

KINDS = {
    "not_understood": N_("not understood"),
    "not_read": N_("left unread"),
    "kept_as_note": N_("kept as a note"),
    "skipped": N_("skipped"),
    "changed": N_("changed"),
}


def as_lines(result: Result, project: Project | None) -> list[str]:
    """What became of a file, then its remarks as `file:line: kind: sentence`."""
    return [_outcome(result, project), *_remarks(result)]


def _outcome(result: Result, project: Project | None) -> str:
    if result.decision is None or project is None:
        place = f"{result.file}:{result.line}" if result.line else result.file
        return _("%(place)s: not imported: %(reason)s") % {"place": place, "reason": result.error}
    version = result.version
    words = {
        "file": result.file,
        "project": project.slug,
        "decision": result.decision.slug,
        "number": version.number if version else 0,
        "fingerprint": version.digest if version else "",
    }
    if version is None:
        return _("%(file)s: project %(project)s, decision %(decision)s, no version saved (draft)") % words
    said = _(
        "%(file)s: project %(project)s, decision %(decision)s, version %(number)d, SHA-256 %(fingerprint)s"
    )
    return said % words


def _remarks(result: Result) -> Iterator[str]:
    for remark in result.reading.remarks if result.reading else ():
        place = (
            f"{result.file}:{remark.line}" if remark.line else f"{result.file}: {remark.where}".rstrip(": ")
        )
        yield f"  {place}: {_(KINDS[remark.kind])}: {remark.statement.text}"


def as_json(results: Iterable[Result], project: Project | None) -> dict[str, Any]:
    """The same as plain values."""
    files = [_file(result) for result in results]
    slug = project.slug if project else None
    return {"project": slug, "imported": sum(f["imported"] for f in files), "files": files}


def _file(result: Result) -> dict[str, Any]:
    version, reading = result.version, result.reading
    return {
        "file": result.file,
        "imported": result.decision is not None,
        "decision": result.decision.slug if result.decision else None,
        "version": version.number if version else None,
        "stage": version.stage if version else None,
        "fingerprint": version.digest if version else None,
        "lossless": reading.lossless if reading else None,
        "error": result.error or None,
        "line": result.line,
        "remarks": [_remark(remark) for remark in reading.remarks] if reading else [],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {"kind": remark.kind, "where": remark.where, "line": remark.line, "text": remark.statement.text}
