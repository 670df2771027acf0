"""Two people at the same moment, each on a connection of their own: nothing is lost, nobody is stuck."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection

from decisions.actions.candidates import add_candidate, set_role
from decisions.actions.decisions import quick_start
from decisions.actions.drafts import Edit, edit_part, edit_route
from decisions.actions.people import rename_person
from decisions.actions.projects import create_project
from decisions.actions.refusal import Refused
from decisions.actions.versions import save_version
from decisions.models import Blob, Candidate, Decision, DraftEditor, Event, Project, Version
from decisions.models.drafts import value_digest
from decisions.states import CandidateRole, RouteKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60  # seconds after which a test gives up
ROUNDS = 8


def _at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all calls at the same moment; returns what each gave or raised."""
    start = threading.Barrier(len(calls), timeout=PATIENCE)

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
        return [future.result(timeout=PATIENCE) for future in futures]


def _chain_holds() -> bool:
    links = list(Event.objects.order_by("number").values_list("number", "previous_hash", "hash"))
    numbers = [number for number, _, _ in links]
    chained = all(links[i][1] == links[i - 1][2] for i in range(1, len(links)))
    return chained and numbers == list(range(1, len(links) + 1))


def test_two_who_save_the_same_draft_make_one_version() -> None:
    decision = factories.journey()
    by = [factories.owner_of(decision.project), factories.member(decision.project)]
    results = _at_once([lambda p=p: save_version(by=p, decision=decision, what_changed="It.") for p in by])
    assert sorted(type(result).__name__ for result in results) == ["Refused", "Version"]
    assert Version.objects.get().number == 1
    assert not DraftEditor.objects.exists()
    assert _chain_holds()


def test_two_decisions_with_equal_bytes_are_saved_at_once() -> None:
    decisions = [factories.decision(title="Same") for _ in range(2)]
    for decision in decisions:
        factories.candidate(decision, "A")
    owners = [factories.owner_of(decision.project) for decision in decisions]
    saves = [
        lambda d=d, by=by: save_version(by=by, decision=d, what_changed="It.")
        for d, by in zip(decisions, owners, strict=True)
    ]
    assert [result.number for result in _at_once(saves)] == [1, 1]
    assert Blob.objects.count() == 2
    assert _chain_holds()


def test_of_two_who_type_into_one_field_one_sees_both_texts() -> None:
    decision = factories.decision()
    by, loaded = factories.owner_of(decision.project), value_digest("")

    def typing(text: str) -> Callable[[], Any]:
        edits = [Edit("product_boundary", text, loaded)]
        return lambda: edit_part(by=by, decision=decision, part=decision.need, edits=edits)

    outcomes = _at_once([typing("one"), typing("two")])
    stored = factories.loaded(decision).need.product_boundary
    lost = next(outcome for outcome in outcomes if outcome.conflicts).conflicts[0]
    assert {lost.mine, lost.theirs} == {"one", "two"}
    assert (lost.theirs, sum(outcome.saved == ["product_boundary"] for outcome in outcomes)) == (stored, 1)


def test_two_who_type_into_two_fields_of_one_row_both_are_kept() -> None:
    decision = factories.decision()
    by = factories.owner_of(decision.project)
    for _ in range(ROUNDS):
        need = factories.loaded(decision).need
        edits = [
            [Edit(name, getattr(need, name) + "x", need.digest_of(name))]
            for name in ("project_goal", "product_boundary")
        ]
        typing = partial(edit_part, by=by, decision=decision, part=need)
        _at_once([partial(typing, edits=each) for each in edits])
    stored = factories.loaded(decision).need
    assert (stored.project_goal, stored.product_boundary) == ("x" * ROUNDS, "x" * ROUNDS)


def test_routes_needs_and_versions_changed_at_once_never_wait_for_each_other() -> None:
    decision = factories.decision()
    factories.candidate(decision)
    by, route = factories.owner_of(decision.project), factories.route(decision.project)

    def route_edits() -> None:
        for number in range(ROUNDS):
            before = "" if not number else str(number)
            edit_route(by=by, route=route, edits=[Edit("device", str(number + 1), value_digest(before))])

    def need_edits() -> None:
        for number in range(ROUNDS):
            edits = [Edit("context_tokens", number + 1, value_digest(number or None))]
            edit_part(by=by, decision=decision, part=decision.need, edits=edits)

    def candidates() -> None:
        for _ in range(ROUNDS):
            add_candidate(by=by, decision=decision, name="Another")

    def saves() -> None:
        for _ in range(ROUNDS):
            try:
                save_version(by=by, decision=decision, what_changed="It.")
            except Refused:
                continue

    _at_once([route_edits, need_edits, candidates, saves])
    record = factories.loaded(decision).to_record()
    assert record.routes[0].hardware.device == str(ROUNDS)
    assert (record.need.context_tokens, len(record.candidates)) == (ROUNDS, ROUNDS + 1)
    assert _chain_holds()


def test_there_is_one_first_choice_whoever_chooses() -> None:
    decision = factories.decision()
    chosen = [factories.candidate(decision) for _ in range(3)]
    by = factories.owner_of(decision.project)
    first = CandidateRole.FIRST_CHOICE
    _at_once([lambda c=c: set_role(by=by, decision=decision, candidate=c, role=first) for c in chosen])
    assert Candidate.objects.filter(role=first).count() == 1
    assert len({c.key for c in Decision.objects.get().candidates.all()}) == 3


def test_two_projects_of_one_name_get_two_addresses() -> None:
    people = [factories.person() for _ in range(3)]
    _at_once([lambda p=p: create_project(by=p, name="Same") for p in people])
    assert sorted(Project.objects.values_list("slug", flat=True)) == ["same", "same-2", "same-3"]
    assert _chain_holds()


def test_one_person_in_two_windows_is_not_stuck() -> None:
    """The account is locked by one action while another, further on, refers to it in the trail."""
    decision = factories.decision()
    by = factories.owner_of(decision.project)
    five = {"project_goal": "goal", "must_have": ["a"], "model": "m", "runtime": "r"}

    def saves() -> None:
        for _ in range(ROUNDS):
            add_candidate(by=by, decision=decision, name="Another")
            save_version(by=by, decision=decision, what_changed="It.")

    def starts() -> None:
        for number in range(ROUNDS):
            quick_start(by=by, **five, route=RouteKind.LOCAL_CPU, form_id=str(number))
            rename_person(by=by, full_name=f"Name {number}")

    _at_once([saves, starts])
    assert Version.objects.count() == 2 * ROUNDS
    assert _chain_holds()
