"""The route kinds that ship with the product: their traits and the texts of their cards."""

from functools import cache

from decisions.knowledge.facts import Fact, read_toml


class ShippedRoute(Fact):
    """A route before a project has it.

    `kind` is a value of `states.RouteKind`; `traits` and `card` have the keys of `record.schema.Traits` and
    `CardTexts`, so that `Traits(**route.traits)` makes the project's own.
    """

    kind: str
    name: str
    traits: dict[str, bool]
    card: dict[str, str]


@cache
def shipped() -> tuple[ShippedRoute, ...]:
    """The five route kinds, in the order their cards are laid out; the order is no ranking."""
    return tuple(ShippedRoute(**row) for row in read_toml("routes.toml")["route"])


def of_kind(kind: str) -> ShippedRoute | None:
    """The shipped route of that kind, or None for a team's own."""
    return next((route for route in shipped() if route.kind == kind), None)
