"""What people changed: field by field, candidates matched by key, routes by code."""

from collections.abc import Iterator

from decisions.record.change import CANDIDATE, Change, Content, Pair
from decisions.record.labels import Group, in_order, label_of
from decisions.record.values import flat, is_blank, joined
from decisions.words import N_

DERIVED = frozenset({"schema_version", "profile", "decision", "judged"})
_IN_LISTS = frozenset({"routes", "candidates", "notes"})
_ROUTE, _NOTE = N_("Route"), N_("Note")
ORDERS = _ORDER_OF_CANDIDATES, _ORDER_OF_ROUTES = N_("Order of candidates"), N_("Order of routes")
_FORM = N_("Form of the document")


def written_changes(pair: Pair) -> list[Change]:
    """All changes outside of what was judged; never empty when there is any."""
    changes = [
        *_fields(pair, _top(pair.old), _top(pair.new), "", ""),
        *_parts(pair, "candidates", "key", (CANDIDATE, "candidates", _ORDER_OF_CANDIDATES)),
        *_parts(pair, "routes", "code", (_ROUTE, "routes", _ORDER_OF_ROUTES)),
        *_notes(pair),
    ]
    if not changes and _written(pair.old) != _written(pair.new):
        old, new = (str(content.get("schema_version", "")) for content in (pair.old, pair.new))
        changes = [pair.text("text", _FORM, old, new)]
    return changes


def _written(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in DERIVED - {"schema_version"}}


def _top(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in DERIVED | _IN_LISTS}


def _fields(pair: Pair, old: Content, new: Content, prefix: str, subject: str) -> Iterator[Change]:
    before, after = flat(old, prefix), flat(new, prefix)
    for pattern in in_order({*before, *after}):
        was, is_ = before.get(pattern, ""), after.get(pattern, "")
        if was != is_ and not (is_blank(was) and is_blank(is_)):
            yield pair.change(label_of(pattern), was, is_, subject)


def _parts(pair: Pair, name: str, key: str, words: tuple[str, Group, str]) -> Iterator[Change]:
    """Parts that came, went, changed or changed places."""
    label, group, order = words
    old, new = ({part.get(key): part for part in content.get(name, [])} for content in (pair.old, pair.new))
    for code, part in old.items():
        if code not in new:
            yield pair.text(group, label, str(part.get("name", "")), "", str(part.get("name", "")))
    for code, part in new.items():
        subject = str(part.get("name", ""))
        if code not in old:
            yield pair.text(group, label, "", subject, subject)
        before = old.get(code, {"name": part.get("name"), key: code})
        yield from _fields(pair, before, part, f"{name}.*", subject)
    common_old, common_new = [c for c in old if c in new], [c for c in new if c in old]
    if common_old != common_new:
        sides = ([str(new[code].get("name", "")) for code in codes] for codes in (common_old, common_new))
        yield pair.text(group, order, *(joined(names, pair.say) for names in sides))


def _notes(pair: Pair) -> Iterator[Change]:
    old, new = (list(map(_note_text, content.get("notes", []))) for content in (pair.old, pair.new))
    for text in dict.fromkeys(old):
        if text not in new:
            yield pair.text("text", _NOTE, text, "")
    for text in dict.fromkeys(new):
        if text not in old:
            yield pair.text("text", _NOTE, "", text)


def _note_text(note: Content) -> str:
    return ": ".join(filter(None, (note.get("key", ""), note.get("text", ""))))
