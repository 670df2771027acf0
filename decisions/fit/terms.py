"""The licence fit of a cloud API: do its terms, as read, allow the data the need works on?"""

from collections.abc import Iterator

from decisions.fit.check import Check, count, verdict, worst
from decisions.fit.say import say
from decisions.fit.texts import words
from decisions.record.schema import Need, TermsNote, Verdict
from decisions.states import PRIVATE, Answer, Fit, Ruling


def judge(need: Need, note: TermsNote) -> Verdict:
    """Private data never goes to a provider that trains on it; anything unread leaves the answer unknown."""
    checks = [_training(need, note), *_noted(note)]
    match worst(checks):
        case Ruling.DOES_NOT_FIT:
            return verdict(Fit.LICENCE, checks, word=say("terms.forbidden"))
        case Ruling.UNKNOWN:
            return _unknown(note, checks)
    day = note.read_on.isoformat() if note.read_on else ""
    reason = say("terms.fit", provider=note.provider, day=day)
    return verdict(Fit.LICENCE, checks, word=say("terms.fits"), reason=reason)


def _unknown(note: TermsNote, checks: list[Check]) -> Verdict:
    if note == TermsNote():
        return verdict(Fit.LICENCE, checks, word=say("terms.not_read"), reason=say("terms.no_note"))
    if note.read_on is None:
        return verdict(Fit.LICENCE, checks, word=say("terms.not_read"))
    found = _found(note)
    noted = sum(map(bool, found.values())) + count(checks[:1], Ruling.FITS)
    return verdict(Fit.LICENCE, checks, word=say("terms.some_read", count=noted, total=len(found) + 1))


def _found(note: TermsNote) -> dict[str, object]:
    return {
        words.PROVIDER: note.provider,
        words.DAY_READ: note.read_on,
        words.RETENTION: note.retention,
        words.REGION: note.region,
        words.THIRD_PARTIES: note.third_parties,
        words.OUTPUT_RIGHTS: note.output_rights,
    }


def _noted(note: TermsNote) -> Iterator[Check]:
    found = _found(note)
    there = [word for word, value in found.items() if value]
    missing = [word for word, value in found.items() if not value]
    if there:
        yield Check.holds(say("terms.noted", noted_words=there))
    if missing:
        yield _gap(missing)


def _gap(missing: list[str]) -> Check:
    return Check.open(say("terms.gap", missing_words=missing), say("terms.read", missing_words=missing))


def _training(need: Need, note: TermsNote) -> Check:
    match note.trains_on_inputs:
        case Answer.NO:
            return Check.holds(say("terms.no_training"))
        case None:
            return _gap([words.TRAINING])
    if need.privacy is None:
        return Check.open(say("terms.privacy_unknown"), say("terms.say_privacy"))
    if need.privacy not in PRIVATE:
        return Check.holds(say("terms.trains_known", privacy_word=need.privacy))
    if note.trains_on_inputs is Answer.CONDITIONS:
        return Check.open(say("terms.trains_perhaps"), say("terms.settle_training"))
    finding = say("terms.trains", privacy_word=need.privacy)
    return Check.fails(finding, say("terms.switch_training_off"))
