"""Route cards as templates take them, and what changed on them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from decisions.actions.forbidden import forbids
from decisions.export import said
from decisions.export.say import own_text, say
from decisions.record.schema import Card, Hardware, Route
from decisions.states import CardState
from decisions.web.workspace import Workspace
from decisions.words import run_on


def cards_of(workspace: Workspace) -> list[dict[str, Any]]:
    """All live routes of the project, in the order of their cards; the order is no ranking."""
    return [
        {**now, **_fixed(workspace, route)}
        for now, route in zip(states_of(workspace), workspace.record.routes, strict=True)
    ]


def states_of(workspace: Workspace) -> list[dict[str, Any]]:
    """What of each card follows from the need: all that is sent again when the need changes."""
    return [_state(workspace, route, workspace.cards[route.code]) for route in workspace.record.routes]


def _state(workspace: Workspace, route: Route, card: Card) -> dict[str, Any]:
    return {
        "code": route.code,
        "name": own_text(route.name),
        "state": card.state.value,
        "chosen": route.code == workspace.record.route,
        "choosable": workspace.may_edit and forbids(card) is None,
        "reasons": [say(reason) for reason in card.reasons],
        "would_open": [say(change) for change in card.would_open],
    }


def _fixed(workspace: Workspace, route: Route) -> dict[str, Any]:
    at = {"project": workspace.decision.project.slug, "decision": workspace.decision.slug}
    card = workspace.cards[route.code]
    return {
        **{name: own_text(text) for name, text in card.texts.model_dump().items()},
        "clear_first": [(say(point), is_clear) for point, is_clear in card.clear_first],
        "plan": plan(route.hardware),
        "url": reverse("route-edit", kwargs={**at, "code": route.code}),
    }


def plan(hardware: Hardware) -> str:
    """The hardware facts in a line: devices and memory, hours and stop time, then what it costs."""
    facts = [_devices(hardware), _memory(hardware), _hours(hardware), _stop(hardware)]
    return " · ".join(part for part in (said.items(filter(None, facts)), _cost(hardware)) if part)


def _devices(hardware: Hardware) -> str:
    vram = said.gib(hardware.vram_gib) if hardware.vram_gib else ""
    named = " ".join(filter(None, (hardware.device, vram)))
    return f"{hardware.device_count} × {named}" if named and hardware.device_count else named


def _memory(hardware: Hardware) -> str:
    if hardware.ram_gib is None:
        return ""
    return _("%(size)s GiB of RAM") % {"size": said.number(hardware.ram_gib)}


def _hours(hardware: Hardware) -> str:
    if hardware.planned_hours is None:
        return ""
    return _("%(hours)s h") % {"hours": said.number(hardware.planned_hours)}


def _stop(hardware: Hardware) -> str:
    if hardware.expected_stop_at is None:
        return ""
    return _("stops %(moment)s") % {"moment": said.moment_utc(hardware.expected_stop_at)}


def _cost(hardware: Hardware) -> str:
    price = hardware.price_per_hour
    if price is None:
        return ""
    if hardware.planned_hours is None:
        return _("%(price)s an hour") % {"price": said.money(price.amount, price.currency)}
    return said.money(round(price.amount * hardware.planned_hours, 2), price.currency)


def announced(response: HttpResponse, workspace: Workspace, before: Mapping[str, Card]) -> HttpResponse:
    """The response, with the cards that opened or closed since `before` said aloud."""
    changed = [
        _("%(route)s is %(state)s now.") % {"route": own_text(route.name), "state": _word(now.state)}
        for route, now in zip(workspace.record.routes, workspace.cards.values(), strict=True)
        if route.code not in before or before[route.code].state is not now.state
    ]
    if not changed:
        return response
    return trigger_client_event(response, "announce", {"value": run_on(changed)})


def _word(state: CardState) -> str:
    return _(state.label)
