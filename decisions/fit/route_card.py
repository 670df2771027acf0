"""Route cards: whether a route is open to a need, why, and what would open it. Routes are never ranked."""

from collections.abc import Iterator
from decimal import Decimal

from decisions.fit.check import Check, worst
from decisions.fit.clear import clear_first, starts_serving
from decisions.fit.say import say
from decisions.knowledge import routes
from decisions.record.schema import Card, CardTexts, Need, Route
from decisions.states import PRIVATE, CardState, RouteKind, Ruling

LEAST_SERVING_VRAM_GIB = Decimal(16)
STATES = {
    Ruling.FITS: CardState.OPEN,
    Ruling.DOES_NOT_FIT: CardState.CLOSED,
    Ruling.UNKNOWN: CardState.UNKNOWN,
}


def draw(route: Route, need: Need) -> Card:
    """Look at one route for one need; every reason that holds is listed, the closing ones first."""
    checks = [*_data(route, need), *_endpoint(route, need), *_gpu(route)]
    checks = checks or [Check.holds(say("card.open"))]
    order = (Ruling.DOES_NOT_FIT, Ruling.UNKNOWN, Ruling.FITS)
    checks.sort(key=lambda check: order.index(check.ruling))
    return Card(
        route=route.code,
        state=STATES[worst(checks)],
        texts=texts(route),
        reasons=tuple(check.finding for check in checks),
        would_open=tuple(change for check in checks for change in check.changes),
        clear_first=clear_first(route),
    )


def texts(route: Route) -> CardTexts:
    """What the card says whatever the need: the team's texts, and where one is empty the shipped one."""
    shipped = routes.of_kind(route.kind.value)
    written = {name: text for name, text in route.card.model_dump().items() if text}
    return CardTexts(**{**(shipped.card if shipped else {}), **written})


def _data(route: Route, need: Need) -> Iterator[Check]:
    """Where private data may go: never on a notebook outside the house, to a provider as its terms say."""
    traits, colab = route.traits, route.kind is RouteKind.FREE_COLAB  # whatever a file says of its traits
    if not (traits.leaves_the_house or colab):
        return
    notebook = traits.is_notebook or colab
    decides = notebook or not traits.hosts_model
    if need.privacy is None:
        if decides:
            yield Check.open(say("card.privacy_unknown"), say("card.say_privacy"))
    elif need.privacy in PRIVATE:
        if notebook:
            finding = say("card.private_notebook", privacy_word=need.privacy)
            yield Check.fails(finding, say("card.open_with_samples"))
        elif not traits.hosts_model:
            yield Check.open(say("card.terms_decide", privacy_word=need.privacy), say("card.read_terms"))
        else:
            yield Check.holds(say("card.leaves", privacy_word=need.privacy))


def _endpoint(route: Route, need: Need) -> Iterator[Check]:
    if not need.needs_service:
        return
    if route.traits.is_notebook:
        yield Check.fails(say("card.notebook_serves_nothing"), say("card.drop_endpoint"))
    elif not route.traits.can_serve:
        yield Check.fails(say("card.serves_nothing"), say("card.drop_endpoint"))


def _gpu(route: Route) -> Iterator[Check]:
    """GPU serving starts at 16 GiB of declared VRAM, all devices together."""
    if not starts_serving(route):
        return
    have, least = route.hardware.total_vram_gib, LEAST_SERVING_VRAM_GIB
    if have is None and route.hardware.device and route.hardware.device_count != 0:
        finding = say("card.vram_unknown", device=route.hardware.device, least=least)
        yield Check.open(finding, say("card.declare_vram"))
    elif not have:
        yield Check.fails(say("card.no_gpu"), say("card.declare_gpu", least=least))
    elif have < least:
        finding = say("card.low_vram", have=have, least=least)
        yield Check.fails(finding, say("card.more_vram", short=least - have))
    else:
        yield Check.holds(say("card.enough_vram", have=have, least=least))
