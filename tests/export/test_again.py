"""Whether a part that was not read says more than the decision its file became."""

import pytest

from decisions.export import again
from decisions.export.again import settled
from decisions.export.markdown import markdown
from decisions.record.markup import GENERATED, GENERATED_BEFORE
from decisions.record.read_markdown import read_markdown
from decisions.record.reading import Reading
from decisions.record.schema import Need, Record, Route
from tests.record.strategies import content_of

CONTENT = content_of(
    Record(
        need=Need(project_goal="g", context_tokens=4096, product_boundary="one\n\n# two\n\nthree"),
        routes=(Route(code="ours", name="Ours", kind="team"),),
    )
)
TEXT = markdown(CONTENT)


def kinds(text: str) -> dict[str, str]:
    """What became of each part, by its title."""
    reading = settled(read_markdown(text), CONTENT)
    return {
        str(r.statement.params["title"]): r.kind for r in reading.remarks if "title" in r.statement.params
    }


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.replace(GENERATED, GENERATED_BEFORE), TEXT + "\n \n"]
)
def test_parts_that_come_out_again_are_kept(text: str) -> None:
    assert kinds(text) == {"Need": "skipped", "Routes": "skipped"}


EDITED = {
    "a value": TEXT.replace("4,096", "8,192"),
    "a line": TEXT.replace("## Routes", "Mind the gap.\n\n## Routes"),
    "a deeper heading": TEXT.replace("## Routes", "### Plans\n\n## Routes"),
    "a line less": TEXT.replace("# two", ""),
    "the part is another's": TEXT.replace("## Need", "## Needs"),
}


@pytest.mark.parametrize("text", EDITED.values(), ids=EDITED.keys())
def test_a_part_with_anything_else_in_it_is_left_out(text: str) -> None:
    assert text != TEXT
    assert "not_read" in kinds(text).values()
    assert not settled(read_markdown(text), CONTENT).lossless


def test_a_part_with_nothing_in_it_loses_nothing() -> None:
    reading = read_markdown(f"# Model Runtime Decision\ncandidate_1: m\n\n## Plans\n\n{GENERATED}\n")
    assert (reading.lossless, settled(reading, {}).lossless) == (False, True)


def test_without_such_parts_there_is_nothing_to_settle() -> None:
    reading = Reading(Record())
    assert settled(reading, {}) is reading


def test_tables_of_earlier_files_were_not_aligned() -> None:
    aligned = (
        "| fit  | verdict | | reason |\n| ---- | ------- | --- | --- |\n| Task | fits    | 3 of 5 | a b |"
    )
    plain = "| fit | verdict | | reason |\n| --- | --- | --- | --- |\n| Task | fits | 3 of 5 | a b |"
    assert again._trimmed(aligned) == again._trimmed(plain)
    assert again._trimmed("a  b") == "a  b"
    assert again._trimmed(plain) != again._trimmed(plain.replace("3 of 5", "5 of 5"))
