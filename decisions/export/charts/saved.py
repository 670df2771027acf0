"""The versions of a decision along time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.export.charts.timeline import Moment, Timeline, timeline
from decisions.export.said import moment_utc
from decisions.states import Stage


@dataclass(frozen=True)
class SavedVersions:
    """What `charts/timeline.html` draws: the line, its name, what it says in words, and its ends as texts."""

    title: str
    summary: str
    line: Timeline
    first: str
    last: str


def saved_versions(saved: Iterable[tuple[int, str, datetime]]) -> SavedVersions | None:
    """The timeline of (number, stage, moment of saving); a proven version is a filled dot. None for none."""
    moments = [Moment(at, str(number), _tone(stage)) for number, stage, at in saved]
    line = timeline(moments)
    if line is None:
        return None
    first, last = moment_utc(line.first), moment_utc(line.last)
    sentence = ngettext(
        "%(count)d version, saved between %(first)s and %(last)s.",
        "%(count)d versions, saved between %(first)s and %(last)s.",
        len(moments),
    )
    return SavedVersions(
        title=_("When the versions were saved: a ring is a plan, a filled dot is proven"),
        summary=sentence % {"count": len(moments), "first": first, "last": last},
        line=line,
        first=first,
        last=last,
    )


def _tone(stage: str) -> str:
    return "two" if stage == Stage.PROVEN else "three"
