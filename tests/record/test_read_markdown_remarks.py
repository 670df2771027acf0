"""Markdown: what a reader is told, with the line; and what cannot be read at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.record.incoming import LARGEST_MARKDOWN
from decisions.record.read_markdown import read_markdown
from decisions.record.reading import MOST_REMARKS, Unreadable
from decisions.record.schema import MOST_CANDIDATES, Note

HEAD = "# Model Runtime Decision\nproject_goal: x\n"
SAID = {
    "unknown_key": (HEAD + "owner: Ada\n", "kept_as_note", 3, Note(key="owner", text="Ada")),
    "duplicate": (HEAD + "project_goal: y\n", "kept_as_note", 3, Note(key="project_goal", text="y")),
    "stray_text": ("Hello\nyou\n" + HEAD, "kept_as_note", 1, Note(text="Hello\nyou")),
    "stray_heading": (HEAD + "## Plans\nwhy_now: w\n", "kept_as_note", 3, Note(text="## Plans")),
    "no_candidate_above": (HEAD + "risk: r\n", "kept_as_note", 3, Note(key="risk", text="r")),
    "no_candidates": (HEAD, "changed", 1, None),
    "no_heading": ("\nproject_goal: x\n", "changed", 1, None),
    "duplicate_candidate": (HEAD + "candidate_1: a\ncandidate_1: b\n", "changed", 4, None),
    "nameless_candidate": (HEAD + "candidate_1:\n", "changed", 3, None),
    "joined": (HEAD + "candidate_1: a\n    b\n", "changed", 3, None),
    "text_too_long": (HEAD + f"why_now: {'x' * 20_001}\n", "not_understood", 3, None),
    "text_unstorable": (HEAD + "why_now: a\n    b\x07\n", "not_understood", 4, None),
    "item_too_long": (HEAD + f"must_have: a, {'x' * 301}\n", "not_understood", 3, None),
    "list_too_long": (HEAD + f"must_have: {'a,' * 101}\n", "not_understood", 3, None),
    "paragraph_guessed": (HEAD + "why_now: w\nWe start small\n", "changed", 4, None),
    "decoration": (HEAD + "---\n", "skipped", 3, None),
    "too_many_candidates": (HEAD + "candidate: a\n" * (MOST_CANDIDATES + 1), "not_understood", 103, None),
}


@pytest.mark.parametrize("code", SAID)
def test_remarks_name_the_line(code: str) -> None:
    text, kind, line, note = SAID[code]
    reading = read_markdown(text)
    found = [remark for remark in reading.remarks if remark.statement.code == code]
    assert [(remark.kind, remark.line, remark.where) for remark in found] == [(kind, line, f"line {line}")]
    assert note is None or note in reading.record.notes
    assert reading.lossless == all(r.kind in {"kept_as_note", "skipped"} for r in reading.remarks)


def test_the_rest_of_a_value_that_cannot_be_kept_is_read() -> None:
    reading = read_markdown(HEAD + f"why_now: {'x' * 20_001}\nfallback: f\nmust_have: a, b\x07, c\n")
    assert (reading.record.why.why_now, reading.record.why.fallback) == ("", "f")
    assert reading.record.need.must_have == ("a", "c")


def test_a_paragraph_in_its_place_needs_no_remark() -> None:
    text = HEAD + "candidate_1: m\n\nWe start small\n"
    placed = read_markdown(text + "\nmodel_decision: m\n")
    assert (placed.record.paragraph, placed.remarks) == ("We start small", ())
    loose = read_markdown(text)
    assert loose.record.paragraph == "We start small"
    assert [(r.line, r.statement.code) for r in loose.remarks] == [(5, "paragraph_guessed")]


def test_very_many_remarks_are_counted() -> None:
    reading = read_markdown(HEAD + "a: b\n" * 600)
    assert len(reading.remarks) == MOST_REMARKS + 1
    assert reading.remarks[-1].statement.code == "and_more"
    assert not reading.lossless


UNREADABLE = {
    "not_utf8": (b"project_goal: x\nmust_have: \xff\n", 2, "byte 28 on line 2"),
    "no_text": (b"project_goal: x\nwhy_now: \0\n", 2, "NUL character on line 2"),
    "too_large": (b"project_goal: x\n" + b"a" * LARGEST_MARKDOWN, None, "at most 1048576"),
    "empty_file": (b"\n  \n", None, "empty"),
    "nothing_understood": (b"Dear all,\n\nowner: me\n", None, "project_goal"),
}


@pytest.mark.parametrize("code", UNREADABLE)
def test_unreadable_says_why_and_where(code: str) -> None:
    data, line, words = UNREADABLE[code]
    with pytest.raises(Unreadable) as caught:
        read_markdown(data)
    assert (caught.value.statement.code, caught.value.line) == (code, line)
    assert words in str(caught.value)


def test_surrogates_and_utf16_without_mark_are_unreadable() -> None:
    for data in (
        "project_goal: \ud800",
        "project_goal: x".encode("utf-16-le"),
        b"project_goal: \xed\xa0\x80",
    ):
        with pytest.raises(Unreadable):
            read_markdown(data)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*HEAD.split("\n"), "candidate_1: a", "risk: r", "## Notes", "- x", "    more", "text", "", "---"]
        )
        | st.text(max_size=20)
    )
)
def test_any_lines_are_read_or_refused_in_words(lines: list[str]) -> None:
    text = "\n".join(["project_goal: x", "", "why_now: w", *lines]).replace("\0", "")
    reading = read_markdown("".join(c for c in text if not "\ud800" <= c <= "\udfff"))
    assert reading.record.need.project_goal == "x"
    assert all(remark.line for remark in reading.remarks if remark.statement.code != "and_more")
