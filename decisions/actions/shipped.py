"""Shipped facts on a candidate's model and runtime, taken over into what is still empty.

A fact fills its field. A claim fills none, because the fits would judge it as read: it is kept in words, as a
claim, in the source of the note it belongs to.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, touch_draft
from decisions.actions.refusal import Refused
from decisions.export.said import items
from decisions.fit import shipped
from decisions.fit.premature import size_text
from decisions.fit.shipped import Place, Values
from decisions.knowledge.models import ModelFact
from decisions.knowledge.runtimes import Runtime
from decisions.models import Candidate, Decision, User
from decisions.models.candidate import NOTES
from decisions.record import schema
from decisions.record.text import LINE_LENGTH

UNSAID = schema.Candidate(key="c1", name="-")  # a candidate nobody has written anything about


@transaction.atomic
def take_facts(
    *, by: User, decision: Decision, candidate: Candidate, about: str, row_id: str, typed: Collection[Place]
) -> list[Place]:
    """Fill empty fields with the facts about the "model" or the "runtime"; return which fields were filled.

    `row_id` is the shipped row that was looked at; it is refused when another one applies by now. `typed`
    are fields somebody is writing in: they are left alone, as are notes that somebody read elsewhere.
    """
    lock_draft(by=by, decision=decision)
    draft = Decision.objects.with_draft().get(pk=decision.pk)
    stored = next((one for one in draft.live_candidates if one.pk == candidate.pk), None)
    if stored is None:
        raise Refused(_("This candidate was removed in the meantime."))
    record = draft.to_record()
    part = next(one for one in record.candidates if one.key == stored.key)
    row = shipped.row_for(part, record.route_for(part), about)
    if row is None or row.id != row_id:
        raise Refused(_("By now these facts are not those of this candidate. Look at them again."))
    values = {place: value for place, value in values_for(part, row).items() if place not in typed}
    _write(stored, values)
    if values:
        touch_draft(draft, by=by)
    return list(values)


def _write(stored: Candidate, values: Values) -> None:
    for part, fields in by_part(values).items():
        row = stored if part == "candidate" else getattr(stored, part)
        for field, value in fields.items():
            setattr(row, field, value)
        row.save(update_fields=list(fields))


def by_part(values: Values) -> dict[str, dict[str, Any]]:
    """The values by the part they belong to."""
    parts: dict[str, dict[str, Any]] = {}
    for (part, field), value in values.items():
        parts.setdefault(part, {})[field] = value
    return parts


def values_for(candidate: schema.Candidate, row: ModelFact | Runtime) -> Values:
    """All that the row fills in on this candidate: facts, and for its notes where they come from."""
    said = shipped.still_open(candidate, shipped.facts(row), row.source)
    if not isinstance(row, ModelFact):
        return said
    claimed = shipped.still_open(candidate, shipped.claims(row), row.source)
    about_model = {place: value for place, value in claimed.items() if place[0] != "licence"}
    said |= _source(candidate, row, said, about_model, note="model_card")
    licence = {place: value for place, value in claimed.items() if place[0] == "licence"}
    if licence:
        said |= _source(candidate, row, {}, licence, note="licence")
    return {place: list(value) if isinstance(value, tuple) else value for place, value in said.items()}


def _source(
    candidate: schema.Candidate, row: ModelFact, said: Values, claimed: Values, *, note: str
) -> Values:
    """The note's source, and its reader, where they are empty and the note says something of the row's."""
    mine = [place for place in said if place[0] == note]
    if not mine and not claimed:
        return {}
    place = (note, "source")
    source = f"{row.source} ({row.date})"
    if mine and not _is_untouched(candidate, note):
        source = f"{', '.join(_label(each) for each in mine)}: {source}"
    if claimed:
        words = items(_in_words(*each) for each in claimed.items())
        source = _("%(source)s; only claimed there: %(claims)s") % {"source": source, "claims": words}
    values: Values = {place: Truncator(source).chars(LINE_LENGTH)}
    if note == "model_card" and mine:
        values[(note, "reader")] = _("shipped facts")
    return shipped.still_open(candidate, values, row.source)


def _is_untouched(candidate: schema.Candidate, note: str) -> bool:
    part = getattr(candidate, note)
    return bool(part == type(part)())


def _label(place: Place) -> str:
    part, field = place
    model: Any = NOTES.get(part, Candidate)
    return str(model._meta.get_field(field).verbose_name)


def _in_words(place: Place, value: Any) -> str:
    if place == ("candidate", "parameters"):
        return _("%(size)s parameters") % {"size": size_text(value)}
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    return f"{_label(place)} {items(value) if isinstance(value, tuple) else value}"
