"""Licence fit: does the licence, as read, allow the use the need names? For a cloud API, do its terms?"""

from collections.abc import Iterator

from decisions.fit import terms
from decisions.fit.check import Check, count, plain, verdict, worst
from decisions.fit.resolve import is_hosted_elsewhere
from decisions.fit.say import say
from decisions.fit.texts import words
from decisions.record.schema import Candidate, LicenceNote, Need, Route, Verdict
from decisions.states import Answer, Fit, LicenceUse, Ruling

QUESTIONS = {
    "commercial_use": words.COMMERCIAL_USE,
    "redistribution": words.REDISTRIBUTION,
    "data_use": words.DATA_USE,
}
ASKED = {
    LicenceUse.LEARNING: ("data_use",),
    LicenceUse.INTERNAL: ("commercial_use", "data_use"),  # a firm's own use is commercial
    LicenceUse.COMMERCIAL: ("commercial_use", "data_use"),
    LicenceUse.REDISTRIBUTION: ("redistribution", "data_use"),
}


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """Compare the note's answers with the use the need names; each listed condition is a duty."""
    if is_hosted_elsewhere(candidate, route):
        return terms.judge(need, candidate.terms)
    use, note = need.licence_use, candidate.licence
    if use is None:
        word, reason = say("licence.use_unsaid"), say("licence.no_use")
        return plain(Fit.LICENCE, Ruling.UNKNOWN, word, reason, say("licence.say_use"))
    answers = [_answer(question, note) for question in ASKED[use]]
    if worst(answers) is Ruling.DOES_NOT_FIT:
        return verdict(Fit.LICENCE, answers, word=say("licence.forbidden"))
    checks = [*_noted(note), *answers, *_conditions(note, use)]
    if worst(checks) is Ruling.UNKNOWN:
        return _unknown(note, checks, answers)
    return _fits(note, checks, use)


def is_empty(note: LicenceNote) -> bool:
    """Whether nobody has written anything into the note."""
    return note == LicenceNote()


def _answer(question: str, note: LicenceNote) -> Check:
    word = QUESTIONS[question]
    match getattr(note, question):
        case Answer.YES:
            return Check.holds(say("licence.answer_yes", question_word=word))
        case Answer.CONDITIONS:
            return Check.holds(say("licence.answer_conditions", question_word=word))
        case Answer.NO:
            finding = say("licence.answer_no", question_word=word)
            return Check.fails(finding, say("licence.other_model", question_word=word))
    return Check.open(
        say("licence.answer_open", question_word=word), say("licence.note_answer", question_word=word)
    )


def _noted(note: LicenceNote) -> Iterator[Check]:
    found = {words.LICENCE_ID: note.licence_id, words.DAY_READ: note.read_on}
    missing = [word for word, value in found.items() if not value]
    if missing:
        finding = say("licence.no_note") if is_empty(note) else say("licence.note_gap", missing_words=missing)
        yield Check.open(finding, say("licence.read", missing_words=missing))


def _conditions(note: LicenceNote, use: LicenceUse) -> Iterator[Check]:
    conditional = any(getattr(note, question) is Answer.CONDITIONS for question in ASKED[use])
    if conditional and not note.conditions:
        yield Check.open(say("licence.conditions_unsaid"), say("licence.say_conditions"))


def _unknown(note: LicenceNote, checks: list[Check], answers: list[Check]) -> Verdict:
    if not note.read_on or not note.licence_id:
        return verdict(Fit.LICENCE, checks, word=say("licence.not_read"))
    read = count(answers, Ruling.FITS)
    return verdict(Fit.LICENCE, checks, word=say("licence.some_read", count=read, total=len(answers)))


def _fits(note: LicenceNote, checks: list[Check], use: LicenceUse) -> Verdict:
    duties = [say("licence.duty", duty=condition) for condition in note.conditions]
    day = note.read_on.isoformat() if note.read_on else ""
    match len(duties):
        case 0:
            word = say("licence.fits")
        case 1:
            word = say("licence.one_duty")
        case number:
            word = say("licence.duties", count=number)
    reason = say("licence.allowed", licence=note.licence_id, day=day, use_word=use)
    return verdict(Fit.LICENCE, checks, word=word, reason=reason, details=duties)
