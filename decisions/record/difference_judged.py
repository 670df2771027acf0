"""What followed: verdicts, route cards, generated texts and the shipped facts they rest on."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from decisions.record.change import Change, Content, Pair
from decisions.record.fields import plain_decimal
from decisions.record.labels import Group, Label, label_of
from decisions.record.values import shown
from decisions.states import CardState, Fit, Ruling
from decisions.words import N_, run_on

_OPENS = N_("What would open it")
_CARD, _FACT, _RULES = N_("Route card"), N_("Shipped fact"), N_("Wording of the rules")
_PREMATURE, _CLOSED = N_("Steps up that come too early"), N_("Route closed to this need")
_WORDED, _REASONED = N_("{ruling} ({word})"), N_("{verdict}. {reason}")
_ESTIMATE = Label(N_("Memory by estimate"), "hardware", "gib")
_COMMANDS = (
    ("first_run", N_("First run")),
    ("tunnel", N_("Tunnel, on your own machine")),
    ("stop", N_("Stop")),
)
_GIB = 1 << 30
_GROUP_OF_FIT: dict[str, Group] = {
    "task": "task",
    "licence": "licence",
    "hardware": "hardware",
    "runtime": "runtime",
    "evidence": "evidence",
}


def judged_changes(pair: Pair, *, alone: bool) -> list[Change]:
    """Changes of what was judged; with `alone` (nothing was written) never empty when there is any."""
    old, new = pair.old.get("judged") or {}, pair.new.get("judged") or {}
    changes = [
        *_verdicts(pair, old, new),
        *_cards(pair, old, new),
        *_generated(pair, old, new),
        *_facts(pair, old, new),
    ]
    if alone and not changes and old != new:
        changes = [pair.text("facts", _RULES, "", "")]
    return changes


def _verdicts(pair: Pair, old: Content, new: Content) -> Iterator[Change]:
    names = {part.get("key"): str(part.get("name", "")) for part in pair.new.get("candidates", [])}
    before, after = _by(old, "judgements", "candidate"), _by(new, "judgements", "candidate")
    for key in (key for key in after if key in before):
        verdicts = _by(before[key], "verdicts", "fit")
        for fit, verdict in _by(after[key], "verdicts", "fit").items():
            was, is_ = _verdict(verdicts.get(fit), pair), _verdict(verdict, pair)
            if was != is_:
                label = shown(fit, Fit)
                yield pair.text(_GROUP_OF_FIT.get(str(fit), "facts"), label, was, is_, names.get(key, ""))
        yield from _estimate(pair, before[key], after[key], names.get(key, ""))
        yield from _commands(pair, before[key], after[key], names.get(key, ""))
        for name, label in (("route_closed", _CLOSED), ("premature", _PREMATURE)):
            was, is_ = _told(before[key].get(name), pair), _told(after[key].get(name), pair)
            if was != is_:
                yield pair.text("candidates", label, was, is_, names.get(key, ""))


def _estimate(pair: Pair, old: Content, new: Content, subject: str) -> Iterator[Change]:
    was, is_ = _needed_gib(old.get("estimate")), _needed_gib(new.get("estimate"))
    if was != is_:
        yield pair.change(_ESTIMATE, was, is_, subject)


def _commands(pair: Pair, old: Content, new: Content, subject: str) -> Iterator[Change]:
    was, is_ = old.get("commands") or {}, new.get("commands") or {}
    for name, label in _COMMANDS:
        if was.get(name) != is_.get(name):
            yield pair.text("runtime", label, str(was.get(name) or ""), str(is_.get(name) or ""), subject)


def _needed_gib(estimate: Any) -> str | None:
    """What an estimate comes to in all, to two decimals; None where there is none."""
    size = estimate.get("total_bytes") if isinstance(estimate, dict) else None
    if not isinstance(size, int):
        return None
    return plain_decimal((Decimal(size) / _GIB).quantize(Decimal("0.01")))


def _verdict(verdict: Content | None, pair: Pair) -> str:
    if not verdict:
        return ""
    ruling = shown(verdict.get("ruling"), Ruling, pair.say)
    word, reason = (pair.tell(verdict.get(part) or {}) for part in ("word", "reason"))
    if word not in ("", ruling):
        ruling = pair.say(_WORDED).format(ruling=ruling, word=word)
    return pair.say(_REASONED).format(verdict=ruling, reason=reason) if reason else ruling


def _cards(pair: Pair, old: Content, new: Content) -> Iterator[Change]:
    names = {part.get("code"): str(part.get("name", "")) for part in pair.new.get("routes", [])}
    before, after = _by(old, "cards", "route"), _by(new, "cards", "route")
    for code in (code for code in after if code in before):
        for label, was, is_ in _card_parts(before[code], after[code], pair):
            if was != is_:
                yield pair.text("routes", label, was, is_, names.get(code, ""))


def _card_parts(old: Content, new: Content, pair: Pair) -> Iterator[tuple[str, str, str]]:
    """The parts of a route card: label, what it said, what it says."""
    yield _CARD, _state(old, pair), _state(new, pair)
    yield _OPENS, _told(old.get("would_open"), pair), _told(new.get("would_open"), pair)
    was, is_ = old.get("texts") or {}, new.get("texts") or {}
    for name in {**was, **is_}:
        label = label_of(f"routes.*.card.{name}").name
        yield label, str(was.get(name) or ""), str(is_.get(name) or "")


def _state(card: Content, pair: Pair) -> str:
    return "\n".join(
        filter(None, (shown(card.get("state"), CardState, pair.say), _told(card.get("reasons"), pair)))
    )


def _generated(pair: Pair, old: Content, new: Content) -> Iterator[Change]:
    """Generated texts that changed; where people wrote their own, that is a written change."""
    names = {**(old.get("record") or {}), **(new.get("record") or {})}
    for pattern in ("paragraph", *(f"record.{name}" for name in names)):
        was, is_ = _text_at(old, pattern), _text_at(new, pattern)
        if was != is_ and not _text_at(pair.old, pattern) and not _text_at(pair.new, pattern):
            yield pair.text("text", label_of(pattern).name, was, is_)


def _text_at(part: Content, pattern: str) -> str:
    value: Any = part
    for step in pattern.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return str(value or "")


def _facts(pair: Pair, old: Content, new: Content) -> Iterator[Change]:
    before, after = (
        {(row.get("kind"), row.get("id")): row for row in part.get("facts") or []} for part in (old, new)
    )
    for key in sorted({*before, *after}, key=str):
        if before.get(key) != after.get(key):
            was, is_ = _fact(before.get(key)), _fact(after.get(key))
            yield pair.text("facts", _FACT, was, is_, str(key[1]))


def _fact(row: Content | None) -> str:
    if row is None:
        return ""
    return f"{row.get('id')} ({row.get('date')}, {row.get('source')}) {str(row.get('digest', ''))[:12]}"


def _told(statements: Any, pair: Pair) -> str:
    return run_on(pair.tell(statement) for statement in statements or [])


def _by(part: Content, name: str, key: str) -> dict[Any, Content]:
    return {item.get(key): item for item in part.get(name) or []}
