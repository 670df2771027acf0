"""The output of the lesson's helper becomes a need, a route and a first choice."""

import json
from decimal import Decimal
from typing import Any

import pytest

from decisions.record.content import content
from decisions.record.read_json import read_json
from decisions.record.reading import Reading
from decisions.record.schema import Judged, Note
from decisions.states import RouteKind

PROFILE = {
    "task": "course assistant",
    "route": "rented_gpu",
    "privacy": "private_docs",
    "available_vram_gb": 24.0,
    "needs_service": True,
}
DECISION = {"model": "small instruct model", "runtime": "vLLM or SGLang", "claim": "proves serving"}


def read(**profile: Any) -> Reading:
    return read_json(json.dumps({"profile": {**PROFILE, **profile}, "decision": DECISION}, indent=2))


def test_becomes_need_route_and_first_choice() -> None:
    reading = read()
    record = reading.record
    assert reading.form == "helper"
    assert record.first_choice is not None
    assert (record.first_choice.name, record.first_choice.runtime) == (DECISION["model"], DECISION["runtime"])
    assert (record.routes[0].kind, record.route) == (RouteKind.RENTED_GPU, "rented_gpu")
    assert record.routes[0].traits.has_gpu
    assert record.notes == (Note(key="claim", text="proves serving"),)
    assert [remark.where for remark in reading.remarks] == ["decision.claim"]


@pytest.mark.parametrize(
    ("route", "vram"), [("local_cpu", 0.0), ("free_colab", 0.0), ("rented_gpu", 24.0), ("rented_gpu", 0.5)]
)
def test_the_projection_says_the_same_again(route: str, vram: float) -> None:
    again = content(read(route=route, available_vram_gb=vram).record, Judged())
    assert again["profile"] == {**PROFILE, "route": route, "available_vram_gb": vram}
    assert {**again["decision"], "claim": DECISION["claim"]} == DECISION


def test_a_route_nobody_knows_is_the_teams_own() -> None:
    reading = read(route="mars base")
    route = reading.record.routes[0]
    assert (route.code, route.name, route.kind) == ("mars_base", "mars base", RouteKind.TEAM)
    assert route.hardware.vram_gib == Decimal(24)
    assert ("changed", "profile.route") in [(remark.kind, remark.where) for remark in reading.remarks]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("needs_service", "maybe"),
        ("available_vram_gb", "much"),
        ("available_vram_gb", float("nan")),
        ("available_vram_gb", -3),
        ("task", 5),
        ("route", 5),
        ("privacy", ["a"]),
        ("mood", 1),
    ],
)
def test_strange_values_are_told_by_their_path(key: str, value: Any) -> None:
    reading = read(**{key: value})
    assert f"profile.{key}" in [remark.where for remark in reading.remarks]
    assert reading.record.first_choice is not None


def test_memory_without_a_route_is_told() -> None:
    reading = read(route="")
    told = [(remark.where, remark.statement.code) for remark in reading.remarks]
    assert ("profile.available_vram_gb", "helper_no_route") in told


def test_parts_that_are_none_are_told() -> None:
    reading = read_json(json.dumps({"profile": PROFILE, "decision": "vLLM", "judged": {"cards": []}}))
    assert {remark.where for remark in reading.remarks} == {"decision", "judged"}
    assert not reading.lossless


def test_without_a_decision_there_is_no_candidate() -> None:
    assert read_json(json.dumps({"profile": PROFILE})).record.candidates == ()
