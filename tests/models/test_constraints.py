"""Every constraint of the database, each with an attempt to break it that gets past the actions."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from decisions.models import (
    Blob,
    Candidate,
    Decision,
    DraftEditor,
    Event,
    Invitation,
    LicenceNote,
    Membership,
    ModelCardNote,
    Need,
    OrganisationGrant,
    Project,
    Rendering,
    Route,
    Sizing,
    TermsNote,
    User,
    Version,
    VersionAuthor,
)
from tests import factories

World = SimpleNamespace
OURS = list(apps.get_app_config("decisions").get_models())


@pytest.fixture
def world(db: None) -> World:
    """One of everything."""
    owner = factories.administrator()
    decision = factories.decision(factories.project(owner))
    factories.candidate(decision)
    version = factories.version(decision)
    factories.edited(decision, decision.why, why_now="now")
    return World(owner=owner, decision=decision, version=version, project=decision.project)


def again(row: models.Model, **values: Any) -> None:
    """Insert a second row like `row`."""
    row.pk = None
    for name, value in values.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def invite(world: World, **values: Any) -> None:
    end = timezone.now()
    Invitation.objects.create(email="a@example.org", invited_by=world.owner, expires_at=end, **values)


def render(world: World, **values: Any) -> None:
    given = {"language": "en", "made_of": "0" * 64, "digest": "0" * 64, "data": b""} | values
    Rendering.objects.create(version=world.version, **given)


ATTEMPTS: dict[str, Callable[[World], Any]] = {
    "one_grant_per_role": lambda w: again(OrganisationGrant.objects.get()),
    "grant_role_known": lambda w: OrganisationGrant.objects.update(role="king"),
    "grant_ends_after_it_starts": lambda w: OrganisationGrant.objects.update(
        starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 1)
    ),
    "invitation_accepted_by_someone": lambda w: invite(w, accepted_at=timezone.now()),
    "invitation_project_with_role": lambda w: invite(w, project=w.project),
    "one_role_per_member": lambda w: again(Membership.objects.get()),
    "membership_role_known": lambda w: Membership.objects.update(role="boss"),
    "one_live_route_per_code": lambda w: again(factories.route(w.project)),
    "route_kind_known": lambda w: Route.objects.update(kind="cellar"),
    "route_usable_not_negative": lambda w: Route.objects.update(usable_gib=-1),
    "route_hardware_not_negative": lambda w: Route.objects.update(vram_gib=-1),
    "route_has_a_name": lambda w: Route.objects.update(name=""),
    "one_live_candidate_per_key": lambda w: again(Candidate.objects.get(), role="considered"),
    "one_live_first_choice": lambda w: again(Candidate.objects.get(), key="c2"),
    "candidate_role_known": lambda w: Candidate.objects.update(role="winner"),
    "candidate_not_negative": lambda w: Candidate.objects.update(memory_needed_gib=-1),
    "candidate_has_a_name": lambda w: Candidate.objects.update(name=""),
    "sizing_not_negative": lambda w: Sizing.objects.update(parallel=-1),
    "sizing_adapters_not_negative": lambda w: Sizing.objects.update(lora_rank=-1),
    "model_card_not_negative": lambda w: ModelCardNote.objects.update(context_tokens=-1),
    "licence_commercial_use_known": lambda w: LicenceNote.objects.update(commercial_use="perhaps"),
    "licence_redistribution_known": lambda w: LicenceNote.objects.update(redistribution="perhaps"),
    "licence_data_use_known": lambda w: LicenceNote.objects.update(data_use="perhaps"),
    "terms_trains_on_inputs_known": lambda w: TermsNote.objects.update(trains_on_inputs="perhaps"),
    "one_decision_per_slug": lambda w: again(Decision.objects.get()),
    "decision_language_known": lambda w: Decision.objects.update(text_language="tlh"),
    "decision_has_a_title": lambda w: Decision.objects.update(title=""),
    "one_row_per_editor": lambda w: again(DraftEditor.objects.get()),
    "need_privacy_known": lambda w: Need.objects.update(privacy="secret"),
    "need_licence_use_known": lambda w: Need.objects.update(licence_use="fun"),
    "need_structured_output_known": lambda w: Need.objects.update(structured_output="xml"),
    "need_purpose_known": lambda w: Need.objects.update(purpose="fun"),
    "need_not_negative": lambda w: Need.objects.update(context_tokens=-1),
    "blob_digest_length": lambda w: Blob.objects.create(digest="short", data=b""),
    "one_version_per_number": lambda w: again(Version.objects.get()),
    "version_numbers_start_at_one": lambda w: again(Version.objects.get(), number=0),
    "version_stage_known": lambda w: again(Version.objects.get(), number=2, stage="dream"),
    "one_rendering_of_each": lambda w: [render(w) for _ in range(2)],
    "rendering_digest_length": lambda w: render(w, digest="short"),
    "one_measurement_per_log": lambda w: again(factories.measurement(w.decision)),
    "measurement_names_its_engine": lambda w: again(
        factories.measurement(w.decision), log=w.version.content, engine=""
    ),
    "set_aside_says_why": lambda w: again(factories.set_aside(factories.measurement(w.decision)), reason=""),
    "one_row_per_author": lambda w: again(VersionAuthor.objects.get()),
}
UNIQUE_COLUMNS: dict[str, Callable[[World], Any]] = {
    "User.email": lambda w: again(User.objects.get()),
    "Project.slug": lambda w: again(Project.objects.get()),
    "Invitation.secret_digest": lambda w: [invite(w, secret_digest="0" * 64) for _ in range(2)],
    "Event.previous_hash": lambda w: again(Event.objects.last(), number=99, hash="0" * 64),
    "Event.hash": lambda w: again(Event.objects.last(), number=99, previous_hash="0" * 64),
}


def test_every_constraint_is_tried() -> None:
    assert {c.name for model in OURS for c in model._meta.constraints} == set(ATTEMPTS)


def test_every_unique_column_is_tried() -> None:
    columns = {
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }
    assert columns == set(UNIQUE_COLUMNS)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_constraint_holds(world: World, name: str) -> None:
    kinds = {c.name: c for model in OURS for c in model._meta.constraints}
    unique = isinstance(kinds[name], models.UniqueConstraint)
    said = "(?i)unique|append-only" if unique else name
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        ATTEMPTS[name](world)


@pytest.mark.parametrize("name", UNIQUE_COLUMNS)
def test_unique_column_holds(world: World, name: str) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique|append-only"), transaction.atomic():
        UNIQUE_COLUMNS[name](world)


def test_two_first_choices_of_which_one_was_removed_are_no_clash(world: World) -> None:
    Candidate.objects.update(removed_at=timezone.now())
    again(Candidate.objects.get(), key="c1", removed_at=None)
    assert Candidate.objects.filter(role="first_choice", key="c1").count() == 2


def test_a_person_who_did_something_cannot_be_deleted(world: World) -> None:
    with pytest.raises(models.ProtectedError):
        world.owner.delete()


def test_a_project_with_decisions_cannot_be_deleted(world: World) -> None:
    with pytest.raises(models.ProtectedError):
        world.project.delete()
