import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit import licence
from decisions.record.schema import LicenceNote, Need, TermsNote
from decisions.states import Answer, LicenceUse, Ruling
from tests.fit.samples import candidate, licence_note, route, terms_note

YES = {"commercial_use": "yes", "redistribution": "yes", "data_use": "yes"}


def judge(note: LicenceNote, use: str | None = "internal"):
    return licence.judge(Need(licence_use=use), route(), candidate(licence=note))


def judge_terms(note: TermsNote, privacy: str | None = "private_docs"):
    return licence.judge(Need(privacy=privacy), route("cloud_api"), candidate(terms=note))


@pytest.mark.parametrize("use", list(LicenceUse))
def test_a_licence_that_was_read_and_allows_it_fits(use):
    verdict = judge(licence_note(**YES), use)
    assert (verdict.ruling, verdict.word.text) == (Ruling.FITS, "fits")
    assert "read on 2026-11-01" in verdict.reason.text


@pytest.mark.parametrize(("number", "word"), [(1, "with 1 duty"), (2, "with 2 duties")])
def test_conditions_are_duties(number, word):
    duties = tuple(f"duty {n}" for n in range(number))
    verdict = judge(licence_note(**{**YES, "commercial_use": "conditions"}, conditions=duties))
    assert (verdict.ruling, verdict.word.text) == (Ruling.FITS, word)
    assert [detail.text for detail in verdict.details][-1] == f"Duty: duty {number - 1}"


def test_conditions_that_are_not_listed_are_unknown():
    verdict = judge(licence_note(**{**YES, "data_use": "conditions"}))
    assert (verdict.ruling, verdict.changes[0].code) == (Ruling.UNKNOWN, "licence.say_conditions")


@pytest.mark.parametrize(
    ("use", "question"),
    [
        ("learning", "data_use"),
        ("internal", "commercial_use"),
        ("commercial", "commercial_use"),
        ("redistribution", "redistribution"),
    ],
)
def test_no_to_what_is_asked_does_not_fit(use, question):
    verdict = judge(licence_note(**{**YES, question: "no"}), use)
    assert (verdict.ruling, verdict.word.text) == (Ruling.DOES_NOT_FIT, "forbidden")


def test_no_to_what_is_not_asked_does_not_matter():
    assert judge(licence_note(**{**YES, "redistribution": "no"}), "internal").ruling is Ruling.FITS


@pytest.mark.parametrize("gap", [{"licence_id": ""}, {"read_on": None}, {"commercial_use": None}])
def test_a_gap_in_the_reading_is_unknown(gap):
    verdict = judge(licence_note(**{**YES, **gap}))
    assert verdict.ruling is Ruling.UNKNOWN
    assert verdict.changes


def test_without_a_use_nothing_can_be_said():
    verdict = judge(licence_note(**YES), None)
    assert (verdict.ruling, verdict.changes[0].code) == (Ruling.UNKNOWN, "licence.say_use")


ANSWERS = st.sampled_from([None, *Answer])


@given(
    note=st.builds(
        licence_note,
        commercial_use=ANSWERS,
        redistribution=ANSWERS,
        data_use=ANSWERS,
        conditions=st.sampled_from([(), ("keep the notice",)]),
    ),
    use=st.sampled_from(LicenceUse),
    field=st.sampled_from(list(LicenceNote.model_fields)),
)
def test_taking_something_out_of_the_note_never_settles_it(note, use, field):
    poorer = LicenceNote(**note.model_dump(exclude={field}))
    before, after = judge(note, use).ruling, judge(poorer, use).ruling
    assert not (before is Ruling.UNKNOWN and after is Ruling.FITS)


def test_an_api_is_judged_on_its_terms():
    verdict = judge_terms(terms_note())
    assert (verdict.ruling, verdict.word.text) == (Ruling.FITS, "terms read")
    assert judge_terms(TermsNote()).word.text == "terms not read"


@pytest.mark.parametrize(
    ("trains", "privacy", "ruling"),
    [
        ("yes", "private_docs", Ruling.DOES_NOT_FIT),
        ("yes", "regulated", Ruling.DOES_NOT_FIT),
        ("conditions", "private_docs", Ruling.UNKNOWN),
        ("yes", None, Ruling.UNKNOWN),
        ("yes", "public", Ruling.FITS),
        (None, "public", Ruling.UNKNOWN),
        ("no", "regulated", Ruling.FITS),
    ],
)
def test_private_data_never_goes_where_inputs_are_trained_on(trains, privacy, ruling):
    assert judge_terms(terms_note(trains_on_inputs=trains), privacy).ruling is ruling


@pytest.mark.parametrize(
    "field", ["provider", "read_on", "retention", "region", "third_parties", "output_rights"]
)
def test_a_gap_in_the_terms_is_unknown(field):
    poorer = TermsNote(**terms_note().model_dump(exclude={field}))
    assert judge_terms(poorer).ruling is Ruling.UNKNOWN
