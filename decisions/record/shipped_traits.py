"""A shipped route kind has the traits it ships with, whatever a file or an earlier version says of them."""

from collections.abc import Iterable

from decisions.knowledge.routes import of_kind
from decisions.record.json_text import Node, join_path
from decisions.record.reading import Remarks
from decisions.record.schema import Route, Traits
from decisions.record.values import brief
from decisions.states import RouteKind


def with_shipped_traits(route: Route) -> Route:
    """The route with the traits of its kind; a team's own route as it is."""
    shipped = of_kind(route.kind)
    return route.model_copy(update={"traits": Traits(**shipped.traits)}) if shipped else route


def mend_traits(routes: Iterable[Node], remarks: Remarks) -> None:
    """Put the traits of its kind into each route of a file, and say where the file says otherwise."""
    for route in routes:
        kind = route.get("kind")
        shipped = of_kind(kind) if isinstance(kind, str) else None
        stated = route.setdefault("traits", Node()) if shipped else None
        if shipped is None or not isinstance(stated, Node):
            continue
        kind_word = RouteKind(shipped.kind).label
        for name, value in shipped.traits.items():
            said = stated.get(name, value)
            if said is not value:
                params = {"stated": brief(said), "derived": brief(value), "kind_word": kind_word}
                path = join_path(stated.path, name)
                remarks.at_path("changed", path, "shipped_trait", **params)
            stated[name] = value
