"""How a decision begins: empty, from five fields, from an earlier version."""

from typing import Any

import pytest

from decisions.actions.decisions import copy_version, quick_start
from decisions.actions.drafts import Edit, edit_route
from decisions.models import Decision, Event, Project, Version
from decisions.models.drafts import value_digest
from decisions.record.schema import Evidence
from decisions.states import RouteKind, Stage, TextLanguage
from tests import factories

pytestmark = pytest.mark.django_db

FIVE: dict[str, Any] = {
    "project_goal": "Answer questions about our procedures",
    "must_have": ["stays inside"],
    "model": "Qwen/Qwen2.5-0.5B-Instruct",
    "runtime": "llama.cpp",
    "route": RouteKind.LOCAL_CPU,
}


def test_a_decision_copies_goal_and_lists_of_its_project() -> None:
    project = factories.project(project_goal="goal", must_have=["a"], nice_to_have=["b"])
    decision = factories.decision(project, "日本語の決定", text_language=TextLanguage.JAPANESE)
    need = decision.need
    assert (need.project_goal, need.must_have, need.nice_to_have) == ("goal", ["a"], ["b"])
    assert (decision.slug, decision.text_language) == ("日本語の決定", "ja")
    assert [e.person for e in decision.draft_editors.all()] == [factories.owner_of(project)]


def test_addresses_are_shared_by_no_two_decisions_of_a_project() -> None:
    project = factories.project()
    assert [factories.decision(project, "Same").slug for _ in range(3)] == ["same", "same-2", "same-3"]
    assert factories.decision(title="Same").slug == "same"


def test_quick_start_saves_version_one() -> None:
    who = factories.person()
    version = quick_start(by=who, **FIVE)
    record = factories.loaded(version.decision).to_record()
    assert (version.number, version.stage, version.saved_by) == (1, Stage.PLAN, who)
    assert record.first_choice
    assert (record.first_choice.name, record.first_choice.runtime) == (FIVE["model"], "llama.cpp")
    assert (record.need.project_goal, record.need.must_have) == (FIVE["project_goal"], ("stays inside",))
    assert (record.route, record.need.privacy) == ("local_cpu", None)


@pytest.mark.parametrize("goal", ["x" * 400, "first line\nsecond line", "費用"])
def test_quick_start_names_the_project_after_the_goal(goal: str) -> None:
    quick_start(by=factories.person(), **FIVE | {"project_goal": goal})
    assert Project.objects.get().name == goal.splitlines()[0][:120]


def test_the_same_quick_start_sent_twice_is_one() -> None:
    who = factories.person()
    first, second = (quick_start(by=who, **FIVE, form_id="once") for _ in range(2))
    assert first == second
    quick_start(by=who, **FIVE, form_id="again")
    quick_start(by=factories.person(), **FIVE, form_id="once")
    assert Version.objects.count() == 3


def test_a_copy_has_everything_but_evidence() -> None:
    version = factories.version(factories.journey())
    before = factories.loaded(version.decision).to_record()
    copy = copy_version(by=version.saved_by, version=version, title="Next month")
    record = factories.loaded(copy).to_record()
    unproven = tuple(c.model_copy(update={"evidence": Evidence()}) for c in before.candidates)
    assert record == before.model_copy(update={"title": "Next month", "candidates": unproven})
    assert (copy.copied_from, copy.project, copy.versions.count()) == (version, version.decision.project, 0)


def test_a_copy_is_judged_afresh() -> None:
    version = factories.version(factories.journey())
    assert version.stage == Stage.PROVEN
    copy = copy_version(by=version.saved_by, version=version, title="Next month")
    assert factories.version(copy).stage == Stage.PLAN


def test_a_copy_says_what_the_version_said_not_the_draft() -> None:
    version = factories.version(factories.journey())
    decision = factories.loaded(version.decision)
    factories.edited(decision, decision.why, why_now="typed later")
    copy = copy_version(by=version.saved_by, version=version, title="Next month")
    assert copy.why.why_now == factories.WHY["why_now"]


def test_a_copy_keeps_the_hardware_the_version_was_judged_on() -> None:
    """The project's route has changed since: the copy gets a route of its own, the other stays."""
    version = factories.version(factories.journey())
    route = factories.route(version.decision.project, "rented_gpu")
    edit_route(
        by=version.saved_by, route=route, edits=[Edit("device", "NVIDIA H100", value_digest(route.device))]
    )
    copy = factories.loaded(copy_version(by=version.saved_by, version=version, title="Next month"))
    assert copy.to_record().route == "rented_gpu-2"
    assert copy.route.device == "NVIDIA L4"
    assert factories.loaded(version.decision).route.device == "NVIDIA H100"


def test_a_copy_leaves_a_trail() -> None:
    version = factories.version(factories.journey())
    copy = copy_version(by=version.saved_by, version=version, title="Next month")
    event = Event.objects.last()
    assert (event.verb, event.decision, event.payload) == ("decision.copied", copy, {"version": version.pk})


def test_a_failed_quick_start_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("decisions.actions.decisions.save_version", fail)
    with pytest.raises(RuntimeError, match="disk"):
        quick_start(by=factories.person(), **FIVE)
    assert not any(model.objects.exists() for model in (Project, Decision, Event))
