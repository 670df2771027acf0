"""What happens to a route as a whole: a team adds its own, one is chosen, one is taken away."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, lock_project, touch_draft, touch_project
from decisions.actions.forbidden import refuse_route
from decisions.actions.refusal import Refused
from decisions.actions.slugs import free_slug
from decisions.models import Candidate, Decision, Project, Route, User
from decisions.record.schema import MOST_ROUTES
from decisions.states import RouteKind


@transaction.atomic
def add_route(*, by: User, project: Project, name: str, **fields: Any) -> Route:
    """Add a team's own route to a project, behind the others."""
    project = lock_project(by=by, project_id=project.pk)
    route = insert_route(project, name=name, **fields)
    touch_project(project, by=by)
    return route


def insert_route(project: Project, *, name: str, kind: RouteKind = RouteKind.TEAM, **fields: Any) -> Route:
    """Insert a route at the end, without a check of permission: for actions only."""
    if project.routes.live().count() >= MOST_ROUTES:
        raise Refused(_("A project holds at most %(most)d routes.") % {"most": MOST_ROUTES})
    fields.setdefault("code", free_slug(name, project.routes.all(), otherwise="route", field="code"))
    last = project.routes.order_by("-position").values_list("position", flat=True).first()
    return Route.objects.create(project=project, name=name, kind=kind, position=(last or 0) + 1, **fields)


@transaction.atomic
def choose_route(*, by: User, decision: Decision, route: Route) -> None:
    """Make a route the decision's: the one candidates follow that name none of their own."""
    decision = lock_draft(by=by, decision=decision)
    refuse_route(decision, route)
    if decision.route_id != route.pk:
        Decision.objects.filter(pk=decision.pk).update(route=route)
        touch_draft(decision, by=by)


@transaction.atomic
def remove_route(*, by: User, route: Route) -> None:
    """Take a team's own route away, unless a decision or a candidate runs on it."""
    project = lock_project(by=by, project_id=route.project_id)
    if route.kind != RouteKind.TEAM:
        raise Refused(_("The shipped routes stay; they close themselves where they do not fit the need."))
    used = Candidate.objects.filter(route=route, removed_at=None).exists()
    if used or Decision.objects.filter(route=route).exists():
        raise Refused(_("A decision or a candidate runs on this route: choose another for it first."))
    Route.objects.filter(pk=route.pk, removed_at=None).update(removed_at=timezone.now())
    touch_project(project, by=by)
