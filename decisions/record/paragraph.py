"""The decision paragraph: what a decision says in three sentences."""

import re

from decisions.record.phrases import (
    ENGLISH,
    MOST_NAMES,
    Phrases,
    clause,
    clip,
    one_line,
    phrases,
    sentence,
)
from decisions.record.schema import Candidate, Record
from decisions.states import CandidateRole, TextLanguage

_BECAUSE = re.compile(r"\bbecause(?: of)?\b:?\s*", re.IGNORECASE)


def paragraph(record: Record) -> str:
    """The decision paragraph: the written one, else the generated one."""
    return record.paragraph or generated(record)


def generated(record: Record) -> str:
    """The paragraph that follows from the rest of the record; a blank says so in words."""
    say = phrases(record.text_language)
    first = record.first_choice
    start = say.start.format(
        model=first.name if first else say.no_first_choice,
        runtime=runtime_of(first, say),
        reason=_reason(record.why.why_now, say),
    )
    switch = say.switch.format(condition=clause(record.record.eval_gate) or say.no_gate)
    between = " " if say is ENGLISH else ""
    return between.join(sentence(text, say.stop) for text in (start, _stay(rejected_of(record), say), switch))


def runtime_of(candidate: Candidate | None, say: Phrases) -> str:
    """What a candidate runs on, for the inside of a sentence: its text, else the structured runtime."""
    if candidate is None:
        return say.no_runtime
    return (
        clause(candidate.runtime)
        or " ".join(filter(None, (candidate.runtime_id, candidate.runtime_version)))
        or (say.no_runtime)
    )


def fallback_text(text: str, model: str, runtime: str, language: TextLanguage) -> str:
    """The `fallback` line: the text, else what the structured fallback says; blank when there is neither."""
    if text or not (model and runtime):
        return text or model or runtime
    return phrases(language).pair.format(model=model, runtime=runtime)


def rejected_text(text: str, rejected: list[tuple[str, str]], language: TextLanguage) -> str:
    """The `rejected_for_now` line: the text, else the rejected candidates with their reasons."""
    if text:
        return text
    say = phrases(language)
    parts = (
        say.rejected.format(name=name, reason=clause(reason, MOST_NAMES)) if reason else name
        for name, reason in rejected
    )
    return clip(one_line(say.joint.join(parts)), 2 * MOST_NAMES)


def fallback_of(record: Record) -> str:
    """The `fallback` line of a record."""
    why = record.why
    return fallback_text(why.fallback, why.fallback_model, why.fallback_runtime, record.text_language)


def rejected_of(record: Record) -> str:
    """The `rejected_for_now` line of a record."""
    rejected = [
        (candidate.name, candidate.rejected_reason)
        for candidate in record.candidates
        if candidate.role is CandidateRole.REJECTED
    ]
    return rejected_text(record.why.rejected_for_now, rejected, record.text_language)


def _reason(text: str, say: Phrases) -> str:
    reason = clause(text)
    if say is ENGLISH:
        reason = clause(_BECAUSE.sub("", reason, count=1)) if _BECAUSE.match(reason) else reason
    return reason or say.no_reason


def _stay(rejected: str, say: Phrases) -> str:
    """`X, because Y` reads `because Y (rejected for now: X)`; anything else is the reason itself."""
    parts = _BECAUSE.split(clause(rejected)) if say is ENGLISH else []
    what, reason = (clause(part) for part in parts) if len(parts) == 2 else ("", "")
    if what and reason:
        return say.stay_rejecting.format(reason=reason, what=what)
    return say.stay.format(reason=_reason(rejected, say))
