"""Text of people stays text in any Markdown program."""

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from decisions.export.markdown import markdown
from decisions.record.content import content
from decisions.record.schema import Candidate, Judged, Judgement, Note, Record, Statement, Verdict
from decisions.states import CandidateRole, Fit, Ruling
from tests.record.strategies import HOSTILE, content_of, examples, records

OURS = {
    "paragraph",
    "inline",
    "heading",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bullet_list",
    "list_item",
}
ALLOWED = OURS | {"text", "softbreak", "hardbreak", "em", "strong", "s", "code_block", "text_special"}


def kinds(text: str) -> set[str]:
    def walk(tokens: list[Token]) -> set[str]:
        own = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        return own.union(*(walk(token.children or []) for token in tokens))

    return walk(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text))


def everywhere(text: str) -> Record:
    """A record that has the text in every place of the shape."""
    one_line = " ".join(text.split())
    candidate = Candidate(
        key="c1",
        role=CandidateRole.FIRST_CHOICE,
        name=one_line,
        **dict.fromkeys(("license_note", "runtime", "hardware_note", "risk"), text),
    )
    start = Record(candidates=(candidate,), notes=(Note(text=text), Note(key=one_line, text=text)))
    need = start.need.model_copy(update={"project_goal": text, "must_have": (one_line, one_line)})
    keep = start.record.model_copy(update=dict.fromkeys(type(start.record).model_fields, text))
    return start.model_copy(update={"need": need, "record": keep, "paragraph": text})


def with_verdict(record: Record, text: str) -> dict:
    said = Statement(code="x", text=text)
    verdict = Verdict(fit=Fit.TASK, ruling=Ruling.UNKNOWN, word=said, reason=said)
    judgements = tuple(Judgement(candidate=c.key, verdicts=(verdict,)) for c in record.candidates)
    return content(record, Judged(judgements=judgements))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lead", ["", "x\n", "x\n\n", "\\"])
def test_no_markup_comes_out_of_text(text: str, lead: str) -> None:
    hostile = (lead + text).strip()
    exported = markdown(with_verdict(everywhere(hostile), hostile))
    assert kinds(exported) <= ALLOWED


@pytest.mark.parametrize("text", HOSTILE)
def test_headings_and_rows_are_ours_alone(text: str) -> None:
    hostile = f"a\n{text}"
    tokens = (
        MarkdownIt("commonmark").enable("table").parse(markdown(with_verdict(everywhere(hostile), hostile)))
    )
    headings = [
        tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert [heading for heading in headings if not heading.startswith("candidate_1: ")] == [
        "Model Runtime Decision",
        "Notes",
        "Five fits",
        "Candidates",
    ]
    assert sum(token.type == "td_open" for token in tokens) == 4


@examples(60)
@given(records())
def test_no_markup_comes_out_of_any_record(record: Record) -> None:
    assert kinds(markdown(content_of(record))) <= ALLOWED
