"""The audit trail: chained, complete, and without a word of what people wrote."""

import json
from typing import Any

import pytest
from django.db import connection, transaction

from decisions.actions.events import append_event
from decisions.audit.chain import GENESIS, entry_bytes, entry_hash
from decisions.models import Event
from decisions.states import ProjectRole
from tests import factories


def _recomputed() -> list[str]:
    """The hash of every entry, made anew from what is stored."""
    found, previous = [], GENESIS
    for event in Event.objects.order_by("number"):
        ids = {"actor": event.actor_id, "project": event.project_id, "decision": event.decision_id}
        fields = {name: getattr(event, name) for name in ("number", "at", "verb", "payload")}
        previous = entry_hash(entry_bytes(**fields, **ids, previous_hash=previous))
        found.append(previous)
    return found


@pytest.mark.django_db
def test_the_chain_is_the_one_that_what_is_stored_gives() -> None:
    factories.version(factories.journey())
    factories.member(factories.project(), ProjectRole.REVIEWER)
    events = list(Event.objects.order_by("number"))
    assert [event.hash for event in events] == _recomputed()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events] == [GENESIS, *(e.hash for e in events[:-1])]


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for name, each in value.items() for word in [str(name), *_words(each)]]
    if isinstance(value, list | tuple):
        return [word for each in value for word in _words(each)]
    return [str(value)]


@pytest.mark.django_db
def test_no_entry_holds_what_people_wrote_or_where_they_are_reached() -> None:
    decision = factories.journey(factories.person("Ann Example", email="ann@example.org"))
    version = factories.version(decision, what_changed="A sentence about it")
    said = json.dumps([event.payload for event in Event.objects.all()])
    written = {word for word in _words(json.loads(bytes(version.content.data))["why"]) if len(word) > 12}
    assert written
    for text in written | {"Ann Example", "ann@example.org", "A sentence about it", decision.title}:
        assert text not in said


@pytest.mark.django_db
def test_the_trail_names_who_did_what_to_what() -> None:
    version = factories.version()
    told = [(e.verb, e.project, e.decision) for e in Event.objects.order_by("number")]
    project, decision = version.decision.project, version.decision
    assert told == [
        ("project.created", project, None),
        ("decision.created", project, decision),
        ("version.saved", project, decision),
    ]
    assert set(Event.objects.values_list("actor", flat=True)) == {version.saved_by_id}


@pytest.mark.django_db(transaction=True)
def test_an_entry_belongs_into_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="belongs into the transaction"):
        append_event("project.created", by=None)
    assert not Event.objects.exists()
    assert not connection.in_atomic_block


@pytest.mark.django_db
def test_an_entry_without_a_person_is_the_systems() -> None:
    event = append_event("system.checked", by=None)
    assert (event.actor, event.number, event.previous_hash) == (None, 1, GENESIS)
    assert [event.hash] == _recomputed()
