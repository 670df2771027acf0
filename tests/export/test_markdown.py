"""Markdown of a version: the decision shape, read back exactly."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from decisions.export.again import settled
from decisions.export.markdown import markdown
from decisions.record.canonical import canonical_bytes
from decisions.record.keep import record_to_keep
from decisions.record.markup import CANDIDATE_KEYS, GENERATED, GENERATED_BEFORE
from decisions.record.paragraph import fallback_of, paragraph, rejected_of
from decisions.record.read_json import read_json
from decisions.record.read_markdown import read_markdown
from decisions.record.schema import Candidate, Note, Record, Route
from decisions.record.versions import load_content
from decisions.states import CandidateRole, RouteKind
from tests.record.strategies import content_of, examples, records

LESSON = (Path(__file__).parents[1] / "record" / "fixtures" / "lesson.md").read_text(encoding="utf-8")


def shape(record: Record) -> dict[str, Any]:
    """All that the decision shape carries."""
    return {
        "need": (record.need.project_goal, record.need.must_have, record.need.nice_to_have),
        "candidates": [
            (c.role, c.name, *(getattr(c, key) for key in CANDIDATE_KEYS)) for c in record.candidates
        ],
        "why": (fallback_of(record), record.why.why_now, rejected_of(record)),
        "paragraph": paragraph(record),
        "record": record_to_keep(record),
        "notes": record.notes,
    }


def of_shape(text: str) -> str:
    return text.split("\n\n## ")[0].rstrip("\n")


def test_the_lessons_example_comes_out_as_it_went_in() -> None:
    exported = markdown(content_of(read_markdown(LESSON).record))
    assert exported.replace("  \n", "\n").startswith(LESSON)


def test_every_line_of_the_shape_is_a_line_where_it_is_rendered() -> None:
    exported = markdown(content_of(read_markdown(LESSON).record))
    head = MarkdownIt().render(exported).split("</p>")[0]
    assert head.count("<br />") == exported.split("\n\n")[0].count("\n") - 1


def test_import_export_import_loses_nothing() -> None:
    first = read_markdown(LESSON).record
    exported = markdown(content_of(first))
    again = read_markdown(exported)
    assert again.record == first
    assert settled(again, content_of(again.record)).lossless
    assert markdown(content_of(again.record)) == exported


@examples(120)
@given(records())
def test_the_shape_of_any_record_survives(record: Record) -> None:
    exported = markdown(content_of(record))
    again = read_markdown(exported).record
    assert shape(again) == shape(record)
    assert of_shape(markdown(content_of(again))) == of_shape(exported)


@examples(40)
@given(records())
def test_the_same_bytes_on_every_call_and_through_json(record: Record) -> None:
    stored = canonical_bytes(content_of(record))
    exported = markdown(load_content(stored))
    assert markdown(load_content(stored)) == exported
    assert markdown(content_of(read_json(stored).record)) == exported


def test_order_of_lines() -> None:
    keys = [line.partition(":")[0] for line in markdown(content_of(Record())).split("\n") if ":" in line]
    assert keys[:6] == [
        "project_goal",
        "must_have",
        "nice_to_have",
        "fallback",
        "why_now",
        "rejected_for_now",
    ]
    assert keys[-5:] == [
        "model_decision",
        "runtime_decision",
        "hardware_note",
        "eval_gate",
        "expected_output",
    ]


def test_blank_values_and_further_lines() -> None:
    need = Record().need.model_copy(update={"project_goal": "one\n\n# two", "must_have": ("a, b", "c")})
    text = markdown(content_of(Record(need=need)))
    assert 'project_goal: one\n\n    # two  \nmust_have: "a, b", c  \nnice_to_have:  \n' in text


def test_parts_that_follow_are_named_and_not_read() -> None:
    route = Route(code="cpu", name="Our box", kind=RouteKind.LOCAL_CPU)
    record = Record(routes=(route,), route="cpu", title="t")
    text = markdown(content_of(record))
    assert "## Routes\n\n*This part is for reading" in text
    assert "- Route of the decision: Our box\n" in text
    reading = read_markdown(text)
    assert [(r.kind, r.statement.params) for r in reading.remarks if r.statement.params] == [
        ("not_read", {"title": "Routes"})
    ]
    assert not reading.lossless
    assert read_markdown(text.replace(GENERATED, GENERATED_BEFORE)) == reading


def test_roles_are_written_only_where_they_could_be_misread() -> None:
    one = Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="a")
    two = Candidate(key="c2", name="b")
    assert "## Roles" not in markdown(content_of(Record(candidates=(one, two))))
    text = markdown(content_of(Record(candidates=(two, one))))
    assert "## Roles\nfirst_choice: candidate_2  \n" in text


def test_notes_are_written_and_read() -> None:
    notes = (Note(key="a: b", text="x\n- y"), Note(text="see: there"), Note(key="k"))
    text = markdown(content_of(Record(notes=notes)))
    assert "## Notes\n\n- a\\: b: x\n      - y\n- see\\: there\n- k:\n" in text
    assert read_markdown(text).record.notes == notes


@pytest.mark.parametrize("content", [{}, {"need": {}, "candidates": [{}], "routes": [{}], "notes": [{}]}])
def test_content_of_another_schema_still_exports(content: dict[str, Any]) -> None:
    assert markdown(content).startswith("# Model Runtime Decision\nproject_goal:  \n")


def test_tables_stand_in_columns_in_a_terminal_too() -> None:
    names = ("短い名前", "m")
    candidates = tuple(Candidate(key=f"c{n}", name=name) for n, name in enumerate(names, start=1))
    lines = [
        line for line in markdown(content_of(Record(candidates=candidates))).split("\n") if line[:2] == "| "
    ]
    for table in (lines[:7], lines[7:]):
        bars = [[at for at, character in enumerate(line) if character == "|"][:4] for line in table]
        assert all(found == bars[0] for found in bars)
