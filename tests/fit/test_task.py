import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit import task
from decisions.record.schema import Model, ModelCardNote, Need
from decisions.states import Modality, Ruling, TaskKind
from tests.fit.samples import candidate, card_note

FULL = card_note(
    task_kinds=("chat", "extraction"),
    languages=("zh", "en"),
    modalities=("text",),
    tool_calling=True,
    structured_output=True,
    context_tokens=32768,
)


def judge(need: Need, note: ModelCardNote, **fields):
    return task.judge(need, None, candidate(model_card=note, **fields))


def test_nothing_asked_is_unknown_and_says_what_to_say():
    verdict = judge(Need(), FULL)
    assert verdict.ruling is Ruling.UNKNOWN
    assert verdict.word.text == "nothing asked"
    assert verdict.changes[0].code == "task.say_need"


def test_everything_asked_and_read_fits():
    need = Need(task_kinds=("chat", "extraction"), languages=("Chinese", "en-GB"), context_tokens=8192)
    verdict = judge(need, FULL)
    assert verdict.ruling is Ruling.FITS
    assert verdict.reason.text == "The model card, read on 2026-11-01, answers all that was asked (5)."
    assert not verdict.changes


def test_a_missing_note_is_unknown_with_what_is_missing():
    verdict = judge(Need(task_kinds=("chat",), languages=("ja",)), ModelCardNote())
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "note missing")
    assert "Note whether the model card lists ja." in [change.text for change in verdict.changes]


def test_a_note_without_source_and_day_never_fits():
    need = Need(task_kinds=("chat",))
    verdict = judge(need, ModelCardNote(task_kinds=("chat",)))
    assert (verdict.ruling, verdict.reason.code) == (Ruling.UNKNOWN, "task.note_unsourced")


def test_what_the_note_does_not_mention_is_counted_as_open():
    verdict = judge(Need(task_kinds=("chat", "code"), languages=("en",)), FULL)
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "2 of 3 read")
    assert [change.text for change in verdict.changes] == ["Note whether the model card names it: Code."]


@pytest.mark.parametrize(
    ("need", "note", "code"),
    [
        ({"task_kinds": ("tool_calling",)}, {"tool_calling": False}, "task.tools_no"),
        ({"task_kinds": ("multimodal",)}, {"modalities": ("text",)}, "task.inputs_no"),
        ({"task_kinds": ("multilingual",)}, {"languages": ("en",)}, "task.languages_one"),
        ({"languages": ("Japanese",)}, {"languages": ("zh", "en")}, "task.language_not_listed"),
        ({"context_tokens": 9000}, {"context_tokens": 8192}, "task.context_small"),
        ({"structured_output": "json"}, {"structured_output": False}, "task.shape_no"),
    ],
)
def test_a_contradiction_does_not_fit_even_without_a_source(need, note, code):
    verdict = judge(Need(**need), ModelCardNote(**note))
    assert (verdict.ruling, verdict.reason.code) == (Ruling.DOES_NOT_FIT, code)
    assert verdict.changes


@pytest.mark.parametrize(
    ("need", "note"),
    [
        ({"task_kinds": ("tool_calling",)}, {"tool_calling": True}),
        ({"task_kinds": ("multimodal",)}, {"modalities": ("text", "image")}),
        ({"task_kinds": ("multilingual",)}, {"languages": ("en", "fr")}),
        ({"task_kinds": ("long_context",), "context_tokens": 8192}, {"context_tokens": 8192}),
        ({"task_kinds": ("long_context",)}, {"task_kinds": ("long_context",)}),
        ({"languages": ("ENGLISH", "zh_CN", "日本語")}, {"languages": ("en", "zh-Hans", "ja")}),
        ({"structured_output": "json_schema"}, {"structured_output": True}),
    ],
)
def test_what_the_card_says_fits(need, note):
    assert judge(Need(**need), card_note(**note)).ruling is Ruling.FITS


def test_a_card_that_only_counts_its_languages_leaves_one_open():
    assert judge(Need(languages=("ja",)), card_note(languages=("multilingual",))).ruling is Ruling.UNKNOWN


def test_long_context_without_a_number_is_unknown():
    verdict = judge(Need(task_kinds=("long_context",)), card_note(context_tokens=131072))
    assert (verdict.ruling, verdict.changes[0].code) == (Ruling.UNKNOWN, "task.say_context")


def test_a_candidate_set_to_less_context_than_asked_does_not_fit():
    verdict = judge(Need(context_tokens=16000), FULL, model=Model(context_tokens=8192))
    assert (verdict.ruling, verdict.reason.params["short"]) == (Ruling.DOES_NOT_FIT, 7808)


NEEDS = st.builds(
    Need,
    task_kinds=st.lists(st.sampled_from(TaskKind), max_size=4, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["en", "zh", "Japanese"]), max_size=3, unique=True).map(tuple),
    context_tokens=st.none() | st.integers(0, 40_000),
    structured_output=st.sampled_from([None, "none", "json", "json_schema"]),
)
NOTES = st.builds(
    card_note,
    task_kinds=st.lists(st.sampled_from(TaskKind), max_size=4, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["en", "zh", "multilingual"]), max_size=3, unique=True).map(tuple),
    modalities=st.lists(st.sampled_from(Modality), max_size=2, unique=True).map(tuple),
    tool_calling=st.sampled_from([None, True, False]),
    structured_output=st.sampled_from([None, True, False]),
    context_tokens=st.none() | st.integers(0, 40_000),
)


@given(need=NEEDS, note=NOTES, field=st.sampled_from(list(ModelCardNote.model_fields)))
def test_taking_something_out_of_the_note_never_settles_it(need, note, field):
    poorer = ModelCardNote(**{**note.model_dump(exclude={field})})
    before, after = judge(need, note).ruling, judge(need, poorer).ruling
    assert not (before is Ruling.UNKNOWN and after is Ruling.FITS)


@given(need=NEEDS)
def test_an_empty_note_never_fits(need):
    assert judge(need, ModelCardNote()).ruling is Ruling.UNKNOWN


@given(need=NEEDS, note=NOTES)
def test_what_does_not_fit_or_is_unknown_says_what_would_change_it(need, note):
    verdict = judge(need, note)
    assert bool(verdict.changes) is (verdict.ruling is not Ruling.FITS)
