"""From the rows of a draft to the document: everything is in it, at the same cost for any number of rows."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from decisions.models import Candidate, Decision, Route
from decisions.models.candidate import NOTES
from decisions.record import schema
from decisions.states import CandidateRole, TextLanguage
from tests import factories

pytestmark = pytest.mark.django_db


def _empty_leaves(part: Any, path: str = "") -> list[str]:
    """Paths of fields of the document that nothing was written into."""
    if isinstance(part, schema.Part):
        return [
            found
            for name in type(part).model_fields
            for found in _empty_leaves(getattr(part, name), f"{path}.{name}")
        ]
    if isinstance(part, tuple) and part:
        return [found for item in part for found in _empty_leaves(item, f"{path}[]")]
    return [path] if part in (None, "", ()) else []


def test_every_field_that_is_filled_is_in_the_document() -> None:
    decision = factories.journey()
    Candidate.objects.update(parameters=1, model_id="m", runtime_id="vllm")
    texts = dict.fromkeys(schema.CardTexts.model_fields, "of our own")
    Route.objects.filter(project=decision.project, code="rented_gpu").update(**texts)
    Route.objects.filter(project=decision.project).exclude(code="rented_gpu").delete()
    assert _empty_leaves(factories.loaded(decision).to_record()) == []


def test_nothing_written_is_unknown() -> None:
    record = factories.decision().to_record()
    assert record.need == schema.Need()
    assert record.why == schema.Why()
    assert record.record == schema.RecordToKeep()
    assert (record.route, record.candidates, record.notes, record.paragraph) == (None, (), (), "")
    assert record.text_language is TextLanguage.ENGLISH


def test_a_new_candidate_says_nothing_but_its_name() -> None:
    decision = factories.decision()
    factories.candidate(decision, "Nobody knows it")
    only = factories.loaded(decision).to_record().candidates[0]
    assert only == schema.Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="Nobody knows it")


def test_amounts_have_one_spelling() -> None:
    decision = factories.journey()
    money = decision.to_record().need.model_dump(mode="json")["budget"]
    assert money == {"amount": "120.5", "currency": "EUR"}
    assert decision.to_record().need.budget == schema.Money(amount=Decimal("120.50"), currency="EUR")


def test_what_was_removed_is_not_in_the_document() -> None:
    decision = factories.journey()
    Candidate.objects.filter(key="c2").update(removed_at=timezone.now())
    Route.objects.filter(code="rented_gpu").update(removed_at=timezone.now())
    record = factories.loaded(decision).to_record()
    assert [c.key for c in record.candidates] == ["c1", "c3"]
    assert record.route is None
    assert {c.route for c in record.candidates} == {None}


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_draft_costs_three_queries(rows: int, django_assert_num_queries: Any) -> None:
    decision = factories.decision()
    for _ in range(rows):
        factories.candidate(decision, "Qwen/Qwen3-0.6B")
        Route.objects.create(project=decision.project, code=f"r{_}", name="Ours")
    with django_assert_num_queries(3):
        record = factories.loaded(decision).to_record()
    assert (len(record.candidates), len(record.routes)) == (rows, rows + 5)


def test_the_newest_version_comes_with_the_decision(django_assert_num_queries: Any) -> None:
    version = factories.version()
    factories.candidate(version.decision)
    newest = factories.version(version.decision)
    factories.decision(version.decision.project)
    with django_assert_num_queries(1):
        found = {d.pk: d for d in Decision.objects.with_latest()}
    assert found[version.decision_id].latest_number == 2
    assert found[version.decision_id].latest_digest == newest.digest
    assert sorted(str(d.latest_stage) for d in found.values()) == ["None", "plan"]


def test_every_column_of_a_part_has_a_place_in_the_document() -> None:
    """A column that `to_record` forgets would be typed in and never be saved."""
    parts = {
        "Need": (schema.Need,),
        "Why": (schema.Why, schema.RecordToKeep),
        "Candidate": (schema.Candidate, schema.Model),
        "Route": (schema.Route, schema.Traits, schema.Hardware, schema.CardTexts),
    } | {model.__name__: (model.part,) for model in NOTES.values()}
    for model, places in parts.items():
        names = {name for part in places for name in part.model_fields}
        assert _typed_columns(model) <= names | ELSEWHERE.get(model, set())


ELSEWHERE = {  # columns that are put together under another name
    "Need": {"budget_amount", "budget_currency"},
    "Why": {"paragraph", "tried_prompt", "tried_rag", "tried_output_schema", "tried_quantization"},
    "Route": {"price_amount", "price_currency"},
}


def _typed_columns(model: str) -> set[str]:
    fields = apps.get_model("decisions", model)._meta.concrete_fields
    return {field.name for field in fields if field.editable and not field.primary_key} - {
        "decision",
        "project",
    }
