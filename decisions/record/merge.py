"""Bringing a file that carries only a part of a decision onto a draft that says more.

Our JSON carries everything and replaces the draft. The Markdown and the helper's JSON carry the lesson's
shape alone: what they leave empty keeps what the draft says, and a candidate is known by its name.
"""

from typing import TypeVar

from decisions.record.reading import Reading
from decisions.record.schema import Candidate, Part, Record

P = TypeVar("P", bound=Part)


def brought_onto(draft: Record, reading: Reading) -> Record:
    """The record that results when a file is read into a draft.

    Candidates the file does not name are left out; the draft's title and language stay with a partial file.
    """
    if reading.form == "content":
        return reading.record
    read = reading.record
    candidates = _candidates(draft, read)
    new_routes = (route for route in read.routes if draft.route_of(route.code) is None)
    whole = filled(read, draft, keep={"title", "text_language"})
    return Record.model_validate(
        dict(whole) | {"routes": (*draft.routes, *new_routes), "candidates": candidates}
    )


def filled(over: P, under: P, *, keep: frozenset[str] | set[str] = frozenset()) -> P:
    """`over` with the values of `under` where it says nothing; the fields in `keep` are `under`'s."""
    values = {}
    for name in type(over).model_fields:
        new, old = getattr(over, name), getattr(under, name)
        if name in keep:
            values[name] = old
        elif isinstance(new, Part) and isinstance(old, Part):
            values[name] = filled(new, old)
        else:
            values[name] = old if new in (None, "", ()) else new
    return over.model_copy(update=values)


def _candidates(draft: Record, read: Record) -> tuple[Candidate, ...]:
    """The file's candidates in its order, each over the draft's of that name; new ones get free keys."""
    known = {candidate.name.casefold(): candidate for candidate in reversed(draft.candidates)}
    number = max((int(candidate.key[1:]) for candidate in draft.candidates), default=0)
    merged = []
    for candidate in read.candidates:
        namesake = known.pop(candidate.name.casefold(), None)
        if namesake is not None:
            merged.append(filled(candidate, namesake, keep={"key"}))
            continue
        number += 1
        merged.append(candidate.model_copy(update={"key": f"c{number}"}))
    return tuple(merged)
