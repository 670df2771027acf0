"""How a decision begins: empty, from five fields, or from an earlier version."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.candidates import add_candidate
from decisions.actions.drafts import lock_project, touch_draft
from decisions.actions.events import append_event
from decisions.actions.projects import create_project
from decisions.actions.rows import fill_draft
from decisions.actions.slugs import free_slug
from decisions.actions.versions import save_version
from decisions.models import Decision, Event, Need, Project, User, Version, Why
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.schema import Evidence
from decisions.record.versions import load_content, record_of
from decisions.states import RouteKind, TextLanguage


@transaction.atomic
def create_decision(
    *,
    by: User,
    project: Project,
    title: str,
    text_language: TextLanguage = TextLanguage.ENGLISH,
    copied_from: Version | None = None,
) -> Decision:
    """Make a decision in a project; its need starts as a copy of the project's goal and lists."""
    project = lock_project(by=by, project_id=project.pk)
    decision = Decision.objects.create(
        project=project,
        slug=free_slug(title, project.decisions.all(), otherwise="decision"),
        title=title,
        text_language=text_language,
        copied_from=copied_from,
    )
    Need.objects.create(
        decision=decision,
        project_goal=project.project_goal,
        must_have=project.must_have,
        nice_to_have=project.nice_to_have,
    )
    Why.objects.create(decision=decision)
    touch_draft(decision, by=by)
    append_event("decision.created", by=by, project=project, decision=decision)
    return decision


@transaction.atomic
def quick_start(
    *,
    by: User,
    project_goal: str,
    must_have: Sequence[str],
    model: str,
    runtime: str,
    route: RouteKind,
    form_id: str = "",
) -> Version:
    """Five fields to saved version 1: a project with one decision. All else stays unknown.

    The same form sent twice (`form_id` and what it says) makes one project; the second time returns it.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a second click waits for the first
    said = [form_id, project_goal, *must_have, model, runtime, route.value]
    form = digest_of(canonical_bytes(said)) if form_id else ""
    if earlier := _started_by(by, form):
        return earlier
    name = project_goal.splitlines()[0][:120].strip()
    project = create_project(by=by, name=name, project_goal=project_goal, must_have=must_have)
    decision = create_decision(by=by, project=project, title=_("First model and runtime"))
    decision.route = project.routes.live().get(kind=route)
    decision.save(update_fields=["route"])
    add_candidate(by=by, decision=decision, name=model, runtime=runtime)
    append_event("decision.quick_started", by=by, project=project, decision=decision, form=form)
    return save_version(by=by, decision=decision, what_changed=_("Quick start: the first plan."))


def _started_by(person: User, form: str) -> Version | None:
    """Version 1 of the quick start that this very form made before."""
    started = Event.objects.filter(actor=person, verb="decision.quick_started", payload__form=form)
    earlier = started.last() if form else None
    return Version.objects.get(decision=earlier.decision, number=1) if earlier else None


@transaction.atomic
def copy_version(*, by: User, version: Version, title: str) -> Decision:
    """New decision from this version: all but sign-offs, results and evidence, judged afresh."""
    source = version.decision
    record = record_of(load_content(bytes(version.content.data)))
    decision = create_decision(
        by=by,
        project=source.project,
        title=title,
        text_language=record.text_language,
        copied_from=version,
    )
    unproven = tuple(c.model_copy(update={"evidence": Evidence()}) for c in record.candidates)
    fill_draft(decision, record.model_copy(update={"title": title, "candidates": unproven}))
    append_event("decision.copied", by=by, project=source.project, decision=decision, version=version.pk)
    return decision
