"""From the document back to rows: what an import or a copy puts into a draft.

The inverse of `Decision.to_record()`: `fill_draft(decision, record)` and `to_record()` give the record again,
the shipped route kinds with the traits they ship with.
Called inside the transaction of another action, which has checked permission and locked the decision.
"""

from typing import Any

from django.db import models
from django.utils import timezone

from decisions.actions.candidates import insert_candidate
from decisions.actions.routes import insert_route
from decisions.actions.slugs import free_slug
from decisions.models import Candidate, Decision, Project, Route
from decisions.models.candidate import NOTES
from decisions.record import schema
from decisions.record.shipped_traits import with_shipped_traits


def fill_draft(decision: Decision, record: schema.Record) -> bool:
    """Make the draft say what the record says; return whether a route of the project changed for it.

    Candidates that were there are removed (and kept as rows).
    """
    before = {route.pk: route.to_part() for route in decision.project.routes.live()}
    routes = {route.code: _route_row(decision.project, route) for route in record.routes}
    decision.title = record.title or decision.title
    decision.text_language = record.text_language
    decision.route = routes.get(record.route) if record.route else None
    decision.notes = [note.model_dump() for note in record.notes]
    decision.save()
    _fill_need(decision, record.need)
    _fill_why(decision, record)
    decision.candidates.filter(removed_at=None).update(removed_at=timezone.now())
    for candidate in record.candidates:
        _insert(decision, candidate, routes)
    return {route.pk: route.to_part() for route in decision.project.routes.live()} != before


def values_for(model: type[models.Model], part: schema.Part) -> dict[str, Any]:
    """The part's values for the columns of the same name; None is empty where a column is never null."""
    columns = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    values = {}
    for name in type(part).model_fields:
        column = columns.get(name)
        if column is None or isinstance(value := getattr(part, name), schema.Part):
            continue
        if isinstance(value, tuple):
            value = [str(item) for item in value]
        values[name] = "" if value is None and not column.null else value
    return values


def _fill_need(decision: Decision, need: schema.Need) -> None:
    values = values_for(type(decision.need), need)
    values["budget_amount"] = need.budget.amount if need.budget else None
    values["budget_currency"] = need.budget.currency if need.budget else "USD"
    _store(decision.need, values)


def _fill_why(decision: Decision, record: schema.Record) -> None:
    tried = {f"tried_{name}": getattr(record.why.tried, name) for name in schema.Tried.model_fields}
    values = values_for(type(decision.why), record.why) | values_for(type(decision.why), record.record)
    _store(decision.why, values | tried | {"paragraph": record.paragraph})


def _store(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _insert(decision: Decision, candidate: schema.Candidate, routes: dict[str, Route]) -> None:
    fields = values_for(Candidate, candidate) | values_for(Candidate, candidate.model)
    notes = {name: values_for(model, getattr(candidate, name)) for name, model in NOTES.items()}
    route = routes.get(candidate.route) if candidate.route else None
    insert_candidate(decision, notes, **fields, route=route)


def _route_row(project: Project, route: schema.Route) -> Route:
    """The project's route that says the same; else its untouched namesake, filled in; else a new one.

    A route of a shipped kind gets the shipped traits, whatever the document says of them.
    """
    route = with_shipped_traits(route)
    values = _route_values(route)
    namesake = project.routes.live().filter(code=route.code).first()
    if namesake is None:
        return insert_route(project, code=route.code, **values)
    if namesake.to_part() == route:
        return namesake
    if namesake.to_part().hardware == schema.Hardware() and namesake.kind == route.kind:
        _store(namesake, values)
        return namesake
    code = free_slug(route.code, project.routes.all(), otherwise="route", field="code")
    return insert_route(project, code=code, **values)


def _route_values(route: schema.Route) -> dict[str, Any]:
    parts = (route.traits, route.hardware, route.card)
    values: dict[str, Any] = {"name": route.name, "kind": route.kind}
    for part in parts:
        values |= values_for(Route, part)
    price = route.hardware.price_per_hour
    values["price_amount"] = price.amount if price else None
    values["price_currency"] = price.currency if price else "USD"
    return values
