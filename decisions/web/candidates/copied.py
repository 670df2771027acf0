"""The comparison as plain text to be copied: a line a row, a tab between cells, whole texts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from decisions.export.say import fit_name
from decisions.states import Fit
from decisions.web.candidates.texts import text_rows
from decisions.web.workspace import Workspace, drawn

FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would reckon with when it is pasted


def as_text(workspace: Workspace) -> str:
    """All rows with all candidates in their order, whatever the person has folded, pinned or cut."""
    return "".join(f"{line}\n" for line in _lines(workspace))


def _lines(workspace: Workspace) -> Iterator[str]:
    record, unknown = workspace.record, _("unknown")
    yield _line(_("Candidate"), (one.name for one in record.candidates))
    yield _line(_("Role"), (_(one.role.label) for one in record.candidates))
    for number, fit in enumerate(Fit):
        verdicts = [drawn(workspace.judgements[one.key].verdicts[number]) for one in record.candidates]
        yield _line(fit_name(fit.value), map(_verdict, verdicts))
    for _name, label, texts in text_rows(record, workspace.judgements):
        yield _line(label, (text or unknown for text in texts))


def _verdict(each: dict[str, Any]) -> str:
    return _("%(label)s: %(text)s") % {"label": each["word"], "text": each["reason"]}


def _line(label: str, cells: Iterable[str]) -> str:
    return "\t".join(map(_cell, (label, *cells)))


def _cell(text: str) -> str:
    plain = " ".join(text.split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain
