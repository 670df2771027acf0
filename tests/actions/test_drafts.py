"""Editing field by field: nobody's text is lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from decisions.actions.drafts import Conflict, Edit, Outcome, edit_part, edit_route
from decisions.models import Decision, DraftEditor, Event, Need, Project
from decisions.models.drafts import DraftPart, value_digest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    """A decision whose goal says something."""
    return factories.decision(factories.project(project_goal="first"))


def _edit(decision: Decision, part: DraftPart, *edits: Edit, by: Any = None) -> Outcome:
    return edit_part(by=by or factories.owner_of(decision.project), decision=decision, part=part, edits=edits)


def test_a_field_is_written_when_nobody_else_wrote_it(decision: Decision) -> None:
    outcome = _edit(decision, decision.need, Edit("project_goal", "second", value_digest("first")))
    assert (outcome.saved, outcome.conflicts) == (["project_goal"], [])
    assert Need.objects.get().project_goal == "second"


def test_a_lost_race_keeps_both_texts(decision: Decision) -> None:
    seen = decision.need.digest_of("project_goal")
    _edit(decision, decision.need, Edit("project_goal", "theirs", seen))
    outcome = _edit(decision, decision.need, Edit("project_goal", "mine", seen))
    assert outcome.saved == []
    assert outcome.conflicts == [Conflict("project_goal", "theirs", value_digest("theirs"), "mine")]
    assert Need.objects.get().project_goal == "theirs"


def test_the_digest_of_a_conflict_resolves_it(decision: Decision) -> None:
    _edit(decision, decision.need, Edit("project_goal", "theirs", value_digest("first")))
    lost = _edit(decision, decision.need, Edit("project_goal", "mine", value_digest("first"))).conflicts[0]
    outcome = _edit(decision, decision.need, Edit("project_goal", "both", lost.theirs_digest))
    assert outcome.saved == ["project_goal"]


def test_two_who_typed_the_same_do_not_clash(decision: Decision) -> None:
    seen = value_digest("first")
    _edit(decision, decision.need, Edit("project_goal", "same", seen))
    outcome = _edit(decision, decision.need, Edit("project_goal", "same", seen))
    assert (outcome.saved, outcome.conflicts) == ([], [])


def test_of_several_fields_the_ones_that_can_be_are_written(decision: Decision) -> None:
    need = decision.need
    stale = Edit("project_goal", "mine", value_digest("older"))
    amount = Edit("budget_amount", Decimal("10.50"), need.digest_of("budget_amount"))
    languages = Edit("languages", ["en", "ja"], need.digest_of("languages"))
    outcome = _edit(decision, need, stale, amount, languages)
    assert outcome.saved == ["budget_amount", "languages"]
    assert [c.field for c in outcome.conflicts] == ["project_goal"]
    stored = Need.objects.get()
    assert (stored.project_goal, stored.budget_amount, stored.languages) == (
        "first",
        Decimal("10.5"),
        ["en", "ja"],
    )


def test_an_old_copy_of_the_row_writes_nothing_but_the_field(decision: Decision) -> None:
    old = Need.objects.get()
    _edit(decision, decision.need, Edit("product_boundary", "theirs", value_digest("")))
    _edit(decision, old, Edit("project_goal", "mine", value_digest("first")))
    stored = Need.objects.get()
    assert (stored.project_goal, stored.product_boundary) == ("mine", "theirs")


@pytest.mark.parametrize(
    "part", ["decision", "need", "why", "candidate", "model_card", "licence", "terms", "evidence"]
)
def test_every_part_of_a_draft_can_be_edited(decision: Decision, part: str) -> None:
    candidate = factories.candidate(decision)
    rows = {"decision": decision, "need": decision.need, "why": decision.why, "candidate": candidate}
    row = rows.get(part) or getattr(candidate, part)
    name = {"decision": "title", "need": "product_boundary", "why": "why_now", "candidate": "risk"}.get(part)
    name = name or {"evidence": "command", "terms": "retention"}.get(part, "source")
    outcome = _edit(decision, row, Edit(name, "typed", row.digest_of(name)))
    assert outcome.saved == [name]
    assert getattr(type(row)._base_manager.get(pk=row.pk), name) == "typed"


def test_an_edit_makes_an_editor_and_a_change_but_no_event(decision: Decision) -> None:
    DraftEditor.objects.all().delete()
    events, before = Event.objects.count(), timezone.now()
    who = factories.member(decision.project)
    _edit(decision, decision.need, Edit("project_goal", "x", value_digest("first")), by=who)
    assert [e.person for e in decision.draft_editors.all()] == [who]
    assert Decision.objects.get().changed_at >= before
    assert Project.objects.get().changed_at >= before
    assert Event.objects.count() == events + 1  # the membership's


def test_an_edit_that_changes_nothing_makes_no_editor(decision: Decision) -> None:
    DraftEditor.objects.all().delete()
    _edit(decision, decision.need, Edit("project_goal", "first", value_digest("older")))
    _edit(decision, decision.need, Edit("project_goal", "lost", value_digest("older")))
    assert not DraftEditor.objects.exists()


def test_an_edited_route_is_in_the_draft_of_every_decision(decision: Decision) -> None:
    other = factories.decision(decision.project)
    DraftEditor.objects.all().delete()
    who, route = factories.member(decision.project), factories.route(decision.project)
    for _ in range(2):
        route.device += "x"
        edits = [Edit("device", route.device, value_digest(route.device[:-1]))]
        assert edit_route(by=who, route=route, edits=edits).saved == ["device"]
    assert set(DraftEditor.objects.values_list("decision", "person")) == {
        (decision.pk, who.pk),
        (other.pk, who.pk),
    }


def test_a_part_of_another_decision_is_not_edited(decision: Decision) -> None:
    """Rights were asked for this decision; a row of another project must not be reached through it."""
    foreign = factories.decision()
    for row in (
        foreign.need,
        foreign.why,
        factories.candidate(foreign),
        factories.candidate(foreign).licence,
    ):
        field = {"Need": "project_goal", "Why": "why_now", "Candidate": "risk"}.get(
            type(row).__name__, "source"
        )
        with pytest.raises(type(row).DoesNotExist):
            _edit(decision, row, Edit(field, "mine", row.digest_of(field)))
