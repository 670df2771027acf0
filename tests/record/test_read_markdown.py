"""Markdown: the lesson's example, and what people make of it by hand."""

from pathlib import Path

import pytest

from decisions.record.read_markdown import read_markdown
from decisions.record.reading import Reading
from decisions.states import CandidateRole, TextLanguage

LESSON = (Path(__file__).parent / "fixtures" / "lesson.md").read_text(encoding="utf-8")


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(remark.kind, remark.where, remark.statement.code) for remark in reading.remarks]


def test_the_lessons_example_is_understood_without_a_word() -> None:
    reading = read_markdown(LESSON)
    record = reading.record
    assert said(reading) == []
    assert reading.lossless
    assert record.need.must_have == (
        "private document handling",
        "Chinese/English answers",
        "stable JSON output",
    )
    assert [c.name for c in record.candidates] == ["Qwen2.5-0.5B-Instruct", "7B instruct model"]
    assert [c.role for c in record.candidates] == [CandidateRole.FIRST_CHOICE, CandidateRole.CONSIDERED]
    assert record.candidates[1].runtime == "vLLM or SGLang on rented GPU"
    assert record.why.rejected_for_now == "full fine-tuning, because eval failures are not proven yet"


VARIANTS = {
    "crlf": LESSON.replace("\n", "\r\n").encode(),
    "cr": LESSON.replace("\n", "\r").encode(),
    "utf8_mark": b"\xef\xbb\xbf" + LESSON.encode(),
    "utf16_le": b"\xff\xfe" + LESSON.encode("utf-16-le"),
    "utf16_be": b"\xfe\xff" + LESSON.encode("utf-16-be"),
    "full_width_colons": LESSON.replace(": ", "：").encode(),
    "bullets": LESSON.replace("\n", "\n- ").removesuffix("- ").encode(),
    "bold_keys": "\n".join(
        f"**{line.split(':')[0]}**:{line.split(':')[1]}" if ":" in line else line
        for line in LESSON.split("\n")
    ).encode(),
    "capitals_and_spaces": LESSON.replace("must_have", "Must have").replace("why_now", "WHY-NOW").encode(),
    "british": LESSON.replace("license_note", "licence_note").encode(),
    "heading_level": LESSON.replace("# Model", "### model").encode(),
    "blank_lines": LESSON.replace("\n", "\n\n").encode(),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_read_the_same(variant: bytes) -> None:
    reading = read_markdown(variant)
    assert reading.record == read_markdown(LESSON).record
    assert said(reading) == []


def test_fences_are_passed_over() -> None:
    reading = read_markdown(f"```markdown\n{LESSON}```\n")
    assert reading.record == read_markdown(LESSON).record
    assert {code for _, _, code in said(reading)} == {"decoration"}


def test_reordered_keys_and_candidates_out_of_order() -> None:
    text = "why_now: w\ncandidate_7: g\nrisk: r7\ncandidate_2: b\nrisk: r2\nproject_goal: goal\n"
    record = read_markdown("# Model Runtime Decision\n" + text).record
    assert [(c.key, c.name, c.risk) for c in record.candidates] == [("c1", "b", "r2"), ("c2", "g", "r7")]
    assert record.candidates[0].role is CandidateRole.FIRST_CHOICE
    assert (record.need.project_goal, record.why.why_now) == ("goal", "w")


def test_further_lines_and_nested_keys() -> None:
    text = "project_goal: one\n    two\n\n    three\ncandidate_1: a\n    risk: r\n    runtime: x\n"
    record = read_markdown(text).record
    assert record.need.project_goal == "one\ntwo\n\nthree"
    assert (record.candidates[0].risk, record.candidates[0].runtime) == ("r", "x")


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("a, b,c", ("a", "b", "c")),
        ("甲、乙，丙", ("甲", "乙", "丙")),
        ("甲、乙, 丙", ("甲、乙", "丙")),
        ('"a, b", "say ""hi""", c', ("a, b", 'say "hi"', "c")),
        ('5" screen, fast', ('5" screen', "fast")),
        ('"open, b', ('"open', "b")),
        (", ,", ()),
        ("\n- a\n- b: c\n", ("a", "b: c")),
    ],
)
def test_lists(value: str, items: tuple[str, ...]) -> None:
    assert read_markdown(f"must_have: {value}\nproject_goal: x\n").record.need.must_have == items


def test_hardware_note_of_candidate_and_of_the_record() -> None:
    head = "candidate_1: a\nhardware_note: mine\nwhy_now: w\n"
    record = read_markdown(head + "\nThe paragraph.\n\nhardware_note: kept\neval_gate: g\n").record
    assert (record.candidates[0].hardware_note, record.record.hardware_note) == ("mine", "kept")
    assert (record.paragraph, record.record.eval_gate) == ("The paragraph.", "g")


def test_paragraph_of_several_blocks_between_head_and_record() -> None:
    text = "project_goal: x\nwhy_now: w\n\nOne\nstill one.\n\nTwo.\n\nmodel_decision: m\n\nafter\n"
    reading = read_markdown(text)
    assert reading.record.paragraph == "One\nstill one.\n\nTwo."
    assert [note.text for note in reading.record.notes] == ["after"]


def test_language_is_taken_from_the_paragraph() -> None:
    reading = read_markdown("# Model Runtime Decision\nproject_goal: x\n\nまず小さく始めます。\n")
    assert reading.record.text_language is TextLanguage.JAPANESE
    assert ("changed", "line 1", "language_guessed") in said(reading)


def test_roles_section() -> None:
    head = "candidate_1: a\ncandidate_2: b\ncandidate_3: c\n\n"
    reading = read_markdown(head + "## Roles\nfirst_choice: candidate_2\nrejected: candidate_3, x\n")
    assert [c.role.value for c in reading.record.candidates] == ["considered", "first_choice", "rejected"]
    assert ("not_understood", "line 7", "bad_role") in said(reading)


def test_two_first_choices_in_roles() -> None:
    reading = read_markdown(
        "candidate_1: a\ncandidate_2: b\n## Roles\nfirst_choice: candidate_2, candidate_1\n"
    )
    assert reading.record.first_choice is reading.record.candidates[1]
    assert ("changed", "line 4", "two_first_choices") in said(reading)
