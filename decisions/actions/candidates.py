"""What happens to a candidate as a whole: added, duplicated, moved, given a role, removed, brought back."""

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, touch_draft
from decisions.actions.forbidden import refuse_route
from decisions.actions.refusal import Refused
from decisions.actions.shipped import UNSAID, by_part, values_for
from decisions.knowledge import models as shipped_models
from decisions.knowledge import runtimes as shipped_runtimes
from decisions.models import Candidate, Decision, User
from decisions.models.candidate import NOTES
from decisions.record.schema import MOST_CANDIDATES
from decisions.record.text import LINE_LENGTH
from decisions.states import CandidateRole

_NUMBER = re.compile(r" \(\d+\)$", re.ASCII)


@transaction.atomic
def add_candidate(
    *,
    by: User,
    decision: Decision,
    name: str,
    runtime: str = "",
    sizing: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Candidate:
    """Add a candidate, with what the shipped facts know of its model and runtime, and what it is sized with.

    The first candidate of a decision becomes its first choice; a claim fills no field, see `take_facts`.
    """
    decision = lock_draft(by=by, decision=decision)
    if fields.get("route"):
        refuse_route(decision, fields["route"])
    fields.setdefault("role", _role_of_next(decision))
    model = shipped_models.find(fields.get("model_id") or name)
    said = by_part(values_for(UNSAID, model)) if model else {}
    fields = said.pop("candidate", {}) | fields
    known = shipped_runtimes.find(runtime)
    fields.setdefault("runtime_id", known.id if known else "")
    said["sizing"] = dict(sizing or {})
    candidate = insert_candidate(decision, said, name=name, runtime=runtime, **fields)
    touch_draft(decision, by=by)
    return candidate


def insert_candidate(decision: Decision, notes: dict[str, dict[str, Any]], **fields: Any) -> Candidate:
    """Insert a candidate and its notes at the end, without a check of permission: for actions only."""
    fields.setdefault("key", next_key(decision))
    if decision.candidates.live().count() >= MOST_CANDIDATES:
        raise Refused(_("A decision holds at most %(most)d candidates.") % {"most": MOST_CANDIDATES})
    last = decision.candidates.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    candidate = Candidate.objects.create(decision=decision, position=position, **fields)
    for name, note in NOTES.items():
        values: dict[str, Any] = {"candidate": candidate, **notes.get(name, {})}
        note.objects.create(**values)
    return candidate


def next_key(decision: Decision) -> str:
    """The next key of a decision; the key of a removed candidate is not used again."""
    keys = decision.candidates.values_list("key", flat=True)
    return f"c{max((int(key[1:]) for key in keys), default=0) + 1}"


def _role_of_next(decision: Decision) -> CandidateRole:
    has_first = decision.candidates.live().filter(role=CandidateRole.FIRST_CHOICE).exists()
    return CandidateRole.CONSIDERED if has_first else CandidateRole.FIRST_CHOICE


@transaction.atomic
def duplicate_candidate(*, by: User, decision: Decision, candidate: Candidate) -> Candidate:
    """Add a copy right behind the original: all it says but the evidence; it is considered.

    Its name has a number, so that the two can be told apart; its model stays the one the name named.
    """
    decision = lock_draft(by=by, decision=decision)
    original = decision.candidates.live().filter(pk=candidate.pk).first()
    if original is None:
        raise Refused(_("This candidate was removed in the meantime."))
    left_out = {"id", "decision", "key", "position", "role", "removed_at"}
    fields = {f.name: getattr(original, f.name) for f in Candidate._meta.fields if f.name not in left_out}
    named = shipped_models.find(original.model_id or original.name)
    fields["model_id"] = original.model_id or (named.id if named else "")
    fields["name"] = _name_of_copy(decision, original)
    copy = insert_candidate(decision, _copied_notes(original), **fields)
    _put_behind(decision, copy, original)
    touch_draft(decision, by=by)
    return copy


def _name_of_copy(decision: Decision, original: Candidate) -> str:
    """The name with the next number that is free; those of removed candidates are not, they may come back."""
    taken = {name.casefold() for name in decision.candidates.values_list("name", flat=True)}
    base = _NUMBER.sub("", original.name)
    if base.casefold() not in taken:
        base = original.name  # the number is not that of a copy
    endings = (f" ({number})" for number in count(2))
    names = (base[: LINE_LENGTH - len(ending)].rstrip() + ending for ending in endings)
    return next(name for name in names if name.casefold() not in taken)


def _copied_notes(original: Candidate) -> dict[str, dict[str, Any]]:
    return {
        name: {
            f.name: getattr(getattr(original, name), f.name)
            for f in note._meta.fields
            if f.name != "candidate"
        }
        for name, note in NOTES.items()
        if name != "evidence"
    }


def _put_behind(decision: Decision, moved: Candidate, before: Candidate) -> None:
    order = [candidate for candidate in decision.candidates.live() if candidate.pk != moved.pk]
    place = next(i for i, candidate in enumerate(order) if candidate.pk == before.pk) + 1
    _store_order([*order[:place], moved, *order[place:]])


def _store_order(order: list[Candidate]) -> None:
    for position, candidate in enumerate(order):
        candidate.position = position
    Candidate.objects.bulk_update(order, ["position"])


@transaction.atomic
def move_candidate(*, by: User, decision: Decision, candidate: Candidate, places: int) -> None:
    """Move a candidate by so many places, to the left when negative; it stops at the ends."""
    decision = lock_draft(by=by, decision=decision)
    order = list(decision.candidates.live())
    here = next((i for i, other in enumerate(order) if other.pk == candidate.pk), None)
    if here is None:
        raise Refused(_("This candidate was removed in the meantime."))
    there = min(max(here + places, 0), len(order) - 1)
    if there != here:
        order.insert(there, order.pop(here))
        _store_order(order)
        touch_draft(decision, by=by)


@transaction.atomic
def set_role(*, by: User, decision: Decision, candidate: Candidate, role: CandidateRole) -> None:
    """Give a candidate a role. A new first choice makes the one before it a considered candidate."""
    decision = lock_draft(by=by, decision=decision)
    live = decision.candidates.filter(removed_at=None)
    if not live.filter(pk=candidate.pk).exists():
        raise Refused(_("This candidate was removed in the meantime."))
    if role is CandidateRole.FIRST_CHOICE:
        live.filter(role=role).exclude(pk=candidate.pk).update(role=CandidateRole.CONSIDERED)
    if live.filter(pk=candidate.pk).exclude(role=role).update(role=role):
        touch_draft(decision, by=by)


@transaction.atomic
def remove_candidate(*, by: User, decision: Decision, candidate: Candidate) -> None:
    """Take a candidate away; its row stays, so that it can be brought back."""
    decision = lock_draft(by=by, decision=decision)
    if decision.candidates.filter(pk=candidate.pk, removed_at=None).update(removed_at=timezone.now()):
        touch_draft(decision, by=by)


@transaction.atomic
def bring_back_candidate(*, by: User, decision: Decision, candidate: Candidate) -> None:
    """Undo a removal. Where another first choice was made since, this one is considered."""
    decision = lock_draft(by=by, decision=decision)
    if decision.candidates.live().count() >= MOST_CANDIDATES:
        raise Refused(_("A decision holds at most %(most)d candidates.") % {"most": MOST_CANDIDATES})
    removed = decision.candidates.filter(pk=candidate.pk).exclude(removed_at=None).first()
    if removed is None:
        return
    taken = decision.candidates.filter(removed_at=None)
    if removed.role == CandidateRole.FIRST_CHOICE and taken.filter(role=removed.role).exists():
        removed.role = CandidateRole.CONSIDERED
    if taken.filter(key=removed.key).exists():
        removed.key = next_key(decision)
    removed.removed_at = None
    removed.save(update_fields=["role", "key", "removed_at"])
    touch_draft(decision, by=by)
