"""Routes that the data of a need may never go to, and routes that are not the project's to choose."""

from django.utils.translation import gettext as _

from decisions.actions.refusal import Refused
from decisions.fit import route_card
from decisions.models import Decision, Route
from decisions.record.schema import Card, Statement

FORBIDDING = frozenset({"card.private_notebook"})  # reasons that no declared hardware would settle


def forbids(card: Card) -> Statement | None:
    """The reason for which a route may not be chosen at all, or None. Other closed routes may: declaring
    their hardware is what opens them."""
    return next((reason for reason in card.reasons if reason.code in FORBIDDING), None)


def refuse_route(decision: Decision, route: Route, *, field: str | None = None) -> None:
    """Raise `Refused` unless this route, as it is stored now, may be chosen for a locked decision."""
    stored = decision.project.routes.live().filter(pk=route.pk).first()
    if stored is None:
        raise Refused(_("This route was removed in the meantime."), field=field)
    if forbids(route_card.draw(stored.to_part(), decision.need.to_part())):
        raise Refused(
            _(
                "Private data never goes on a notebook outside the house. Choose another route, or use "
                "public samples only and say so in the need."
            ),
            field=field,
        )
