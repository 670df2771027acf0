"""Texts joined of several: sentences, verdicts, lists and names in a difference, one of something."""

import pytest
from django.utils.translation import override

from decisions.export.said import READER
from decisions.export.stored import tell
from decisions.record.content import content
from decisions.record.difference import difference
from decisions.record.schema import Route
from decisions.record.values import shown
from decisions.states import RouteKind, Ruling
from decisions.web.versions.compared import compare
from decisions.words import run_on
from tests.record.strategies import content_of
from tests.record.test_difference import FIRST, RECORD, SECOND, changed, judged


def test_sentences_have_a_space_between_them_where_their_script_has_one() -> None:
    assert run_on(["It is.", "", "It was."]) == "It is. It was."
    assert run_on(["適合です。", "不明です。"]) == "適合です。不明です。"


@pytest.mark.parametrize(("value", "said"), [("1", "1 hour"), ("1.5", "1.5 hours"), ("12", "12 hours")])
def test_one_hour_is_an_hour(value: str, said: str) -> None:
    assert shown(value, "hours") == shown(value, "hours", READER) == said


@pytest.mark.parametrize(("language", "said"), [("en", "fits. Because."), ("ja", "適合（fits）。Because.")])
def test_a_verdict_and_its_reason_are_said_in_the_language(language: str, said: str) -> None:
    old, new = (content(RECORD, judged(ruling, "a" * 64)) for ruling in (Ruling.UNKNOWN, Ruling.FITS))
    with override(language):
        found = difference(old, new, say=READER, tell=tell)
    assert [change.new for change in found.judged] == [said]


def test_an_order_is_listed_as_the_language_lists() -> None:
    with override("ja"):
        found = difference(content_of(RECORD), changed(candidates=(SECOND, FIRST)), say=READER)
    assert found.written[0].new == "large、small"


def test_a_shipped_route_is_compared_by_its_name_in_the_language() -> None:
    routes = (Route(code="local_cpu", name="Local CPU", kind=RouteKind.LOCAL_CPU),)
    old, new = (
        content_of(RECORD.model_copy(update={"routes": routes, "route": r})) for r in (None, "local_cpu")
    )
    with override("zh-hans"):
        (row,) = [row for panel in compare(old, new, everything=False).panels for row in panel.rows]
    assert row.new == "本地 CPU"
