"""What was understood of a file and what was not, as a page shows it before anything changes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.export.say import say
from decisions.export.stored import Content, Stored
from decisions.fit.judge import judge
from decisions.record.content import content
from decisions.record.reading import Kind, Reading, Remark, Unreadable


@dataclass(frozen=True)
class Said:
    """One remark of the reader."""

    where: str
    kind: str
    tone: str
    sentence: str


TONES: dict[Kind, str] = {
    "not_understood": "bad",
    "changed": "unknown",
    "not_read": "unknown",
    "kept_as_note": "unknown",
    "skipped": "neutral",
}


def why_unreadable(unreadable: Unreadable) -> str:
    """Why nothing was read, with the line or the path."""
    sentence = say(unreadable.statement)
    if unreadable.line or not unreadable.where:
        return sentence
    return _("%(label)s: %(text)s") % {"label": unreadable.where, "text": sentence}


def preview(reading: Reading) -> dict[str, Any]:
    """What the preview says of a reading."""
    counts = Counter(remark.kind for remark in reading.remarks)
    return {
        "form_name": _form_name(reading),
        "lossless": reading.lossless,
        "remarks": [_said(remark) for remark in reading.remarks],
        "counts": [
            _("%(label)s: %(text)s") % {"label": _kind(kind), "text": counts[kind]}
            for kind in TONES
            if counts[kind]
        ],
        "candidate_count": ngettext(
            "%(count)d candidate", "%(count)d candidates", len(reading.record.candidates)
        )
        % {"count": len(reading.record.candidates)},
    }


def as_content(reading: Reading) -> Content:
    """The content a new decision of this file would have."""
    return content(reading.record, judge(reading.record))


def understood(reading: Reading) -> Stored:
    """What was understood, ready to be shown."""
    return Stored(as_content(reading))


def _said(remark: Remark) -> Said:
    where = _("line %(number)d") % {"number": remark.line} if remark.line else remark.where
    return Said(where, _kind(remark.kind), TONES[remark.kind], say(remark.statement))


def _kind(kind: Kind) -> str:
    return {
        "not_understood": _("left out"),
        "changed": _("taken, but not as it stood"),
        "not_read": _("left unread"),
        "kept_as_note": _("kept as a note"),
        "skipped": _("passed over"),
    }[kind]


def _form_name(reading: Reading) -> str:
    return {
        "markdown": _("the Markdown of a decision"),
        "content": _("the JSON of a version"),
        "helper": _("the JSON of the choose helper"),
    }[reading.form]
