"""JSON: a version's content, whole, damaged or hostile."""

import json
from typing import Any

import pytest
from hypothesis import given

from decisions.record.canonical import canonical_bytes
from decisions.record.incoming import LARGEST_JSON
from decisions.record.read import read
from decisions.record.read_json import read_json
from decisions.record.reading import Reading, Unreadable
from decisions.record.schema import Record
from tests.record.strategies import content_of, examples, records


def read_content(**values: Any) -> Reading:
    return read_json(json.dumps({"schema_version": 1, **values}))


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(remark.kind, remark.where, remark.statement.code) for remark in reading.remarks]


@examples(60)
@given(records())
def test_content_reads_back_exactly(record: Record) -> None:
    reading = read_json(canonical_bytes(content_of(record)))
    assert (reading.record, reading.form) == (record, "content")
    assert {(remark.kind, remark.where) for remark in reading.remarks} <= {("not_read", "judged")}


DAMAGED = {
    "json_unknown": ({"needs": 1}, "needs"),
    "json_object": ({"need": 3}, "need"),
    "json_list": ({"candidates": {"a": 1}}, "candidates"),
    "json_text": ({"need": {"must_have": ["a", 5, "b"]}}, "need.must_have[1]"),
    "json_bool": ({"need": {"needs_service": "perhaps"}}, "need.needs_service"),
    "json_integer": ({"need": {"context_tokens": "4k"}}, "need.context_tokens"),
    "json_choice": ({"need": {"privacy": "secret"}}, "need.privacy"),
    "json_missing": ({"need": {"budget": {"amount": "1"}}}, "need.budget.currency"),
    "json_invalid": (
        {"routes": [{"code": "x", "name": "X", "kind": "team", "hardware": {"vram_gib": "-4"}}]},
        "routes[0].hardware.vram_gib",
    ),
    "json_cut": ({"need": {"must_have": [str(n) for n in range(101)]}}, "need.must_have"),
    "text_too_long": ({"paragraph": "x" * 20_001}, "paragraph"),
    "text_unstorable": ({"title": "a\ud800"}, "title"),
    "text_one_line": ({"title": "a\nb"}, "title"),
    "no_route": ({"candidates": [{"key": "c1", "name": "a", "route": "mars"}]}, "candidates[0].route"),
    "duplicate_route": ({"routes": [{"code": "x", "name": "X", "kind": "team"}] * 2}, "routes[1]"),
}


@pytest.mark.parametrize("code", DAMAGED)
def test_a_value_that_does_not_fit_is_left_out_by_its_path(code: str) -> None:
    values, path = DAMAGED[code]
    reading = read_content(**{"why": {"why_now": "kept"}, **values})
    assert ("not_understood", path, code) in said(reading)
    assert reading.record.why.why_now == "kept"
    assert not reading.lossless


def test_a_shipped_route_keeps_its_traits() -> None:
    traits = {"is_notebook": False, "leaves_the_house": True, "can_serve": "yes"}
    reading = read_content(
        routes=[
            {"code": "free_colab", "name": "Colab", "kind": "free_colab", "traits": traits},
            {"code": "rented_gpu", "name": "GPU", "kind": "rented_gpu"},
            {"code": "ours", "name": "Ours", "kind": "team", "traits": {"is_notebook": True}},
        ]
    )
    colab, rented, ours = (route.traits for route in reading.record.routes)
    assert (colab.is_notebook, colab.can_serve, rented.has_gpu, ours.is_notebook) == (True, False, True, True)
    wrong = [f"routes[0].traits.{name}" for name in ("is_notebook", "can_serve")]
    assert said(reading) == [("changed", where, "shipped_trait") for where in wrong]
    said_of_it = "“false”, but routes of the kind “Free Colab” have “true” here"
    assert said_of_it in reading.remarks[0].statement.text
    assert not reading.lossless


def test_traits_that_are_no_object_are_left_out() -> None:
    route = {"code": "x", "name": "X", "kind": "free_colab", "traits": ["is_notebook"]}
    reading = read_content(routes=[route])
    assert ("not_understood", "routes[0].traits", "json_object") in said(reading)
    assert reading.record.routes[0].traits.is_notebook


@pytest.mark.parametrize("said", ["profile", "decision"])
def test_a_projection_that_says_more_is_told(said: str) -> None:
    for value, where in (("x", said), ({"mood": "sunny"}, f"{said}.mood")):
        reading = read_json(json.dumps({"schema_version": 1, "title": "t", said: value}))
        assert [(r.kind, r.where) for r in reading.remarks] == [("not_understood", where)]


def test_negative_hardware_leaves_the_rest_of_the_route() -> None:
    hardware = {"vram_gib": "-1", "device": "L4", "expected_stop_at": "0000-13-01T00:00:00Z"}
    route = {"code": "x", "name": "X", "kind": "team", "hardware": hardware}
    reading = read_content(routes=[route])
    assert reading.record.routes[0].hardware.device == "L4"
    assert [where for _, where, _ in said(reading)] == [
        "routes[0].hardware.expected_stop_at",
        "routes[0].hardware.vram_gib",
    ]


def test_candidates_are_mended() -> None:
    first = {"role": "first_choice"}
    reading = read_content(
        candidates=[{**first, "name": "a"}, {**first, "name": "b", "key": "c1"}, 5, {"name": "", "key": "c1"}]
    )
    assert [(c.key, c.name, c.role.value) for c in reading.record.candidates] == [
        ("c2", "a", "first_choice"),
        ("c1", "b", "considered"),
        ("c3", "candidate c3", "considered"),
    ]
    assert ("changed", "candidates[1].role", "two_first_choices") in said(reading)
    assert ("not_understood", "candidates[2]", "json_object") in said(reading)
    assert ("changed", "candidates[3].name", "no_name") in said(reading)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "1e99999999999999999999"]
)
def test_numbers_that_are_none(number: str) -> None:
    reading = read_json(f'{{"schema_version": 1, "title": "t", "need": {{"context_tokens": {number}}}}}')
    assert reading.record.title == "t"
    assert [where for _, where, _ in said(reading)] == ["need.context_tokens"]


def test_integers_past_the_limit_and_fractions() -> None:
    reading = read_json('{"schema_version": 1, "need": {"context_tokens": 9007199254740992, "budget":'
                        ' {"amount": 0.7, "currency": "EUR"}}}')  # fmt: skip
    assert [where for _, where, _ in said(reading)] == ["need.context_tokens"]
    assert str(reading.record.need.budget and reading.record.need.budget.amount) == "0.7"


def test_duplicate_and_strange_keys() -> None:
    reading = read_json('{"schema_version": 1, "title": "a", "title": "b", "\\ud800\\n": 1}')
    assert reading.record.title == "b"
    assert set(said(reading)) == {
        ("changed", "title", "json_duplicate"),
        ("not_understood", '["\\ud800\\n"]', "json_unknown"),
    }


def test_projections_changed_by_hand_are_told_and_not_read() -> None:
    reading = read_content(need={"project_goal": "ours"}, profile={"task": "theirs"}, decision={"model": ""})
    assert reading.record.need.project_goal == "ours"
    assert said(reading) == [("changed", "profile.task", "contradiction")]


def test_missing_schema_version_is_said() -> None:
    assert said(read_json('{"title": "x"}')) == [("changed", "schema_version", "no_schema_version")]


UNREADABLE = {
    "newer_schema": (
        '{"schema_version": 7, "title": "x"}',
        "schema_version",
        "schema 7; this one reads up to 2",
    ),
    "bad_schema": ('{"schema_version": true}', "schema_version", "whole number"),
    "no_known_key": ('{"foo": 1}', "", "None of the keys"),
    "not_an_object": ("[1]", "", "one object"),
    "bad_json": ('{"title":\n "x",}', "line 2", "line 2, column 6"),
    "too_deep": ('{"a":\n' + "[" * 10_000, "line 2", "100 levels, on line 2"),
    "too_large": ('{"title": "' + "x" * LARGEST_JSON, "", "at most"),
    "not_utf8": (b'{"title":\n"\xff"}', "line 2", "byte 12 on line 2"),
    "no_text": ('{"title": "\0"}', "line 1", "NUL"),
}


@pytest.mark.parametrize("code", UNREADABLE)
def test_unreadable_says_why_and_where(code: str) -> None:
    data, where, words = UNREADABLE[code]
    with pytest.raises(Unreadable) as caught:
        read(data, "decision.json")
    assert (caught.value.statement.code, caught.value.where) == (code, where)
    assert words in str(caught.value)


@pytest.mark.parametrize("opening", ['{"a":', "[", '{"need":{"must_have":[['])
def test_depth_is_refused_in_words(opening: str) -> None:
    with pytest.raises(Unreadable, match="nested deeper"):
        read_json(opening * 10_000)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(mark: str) -> None:
    assert read('{"schema_version": 1, "title": "題"}'.encode(mark)).record.title == "題"


def test_the_door_decides_by_content() -> None:
    assert read('\n {"title": "x"}', "decision.md").form == "content"
    assert read("project_goal: x", "decision.txt").form == "markdown"
