"""Reading what the lesson's helper prints: `profile` and `decision`, nothing else."""

import re
from decimal import Decimal
from typing import Any

from decisions.knowledge.routes import of_kind
from decisions.record.json_repair import record_from
from decisions.record.json_text import Node, join_path
from decisions.record.reading import Remarks
from decisions.record.schema import Record
from decisions.record.values import brief
from decisions.states import CandidateRole, Privacy, RouteKind

_PROFILE = ("task", "route", "privacy", "available_vram_gb", "needs_service")
_DECISION = ("model", "runtime", "claim")
_WHERE = {
    "need.project_goal": "profile.task",
    "routes[0].name": "profile.route",
    "routes[0].hardware.vram_gib": "profile.available_vram_gb",
    "candidates[0].name": "decision.model",
    "candidates[0].runtime": "decision.runtime",
}


def read_helper(value: Node, remarks: Remarks) -> Record:
    """Make of the helper's output a need, a route of that kind and one first choice."""
    _say_unknown(value, "", ("profile", "decision", "schema_version"), remarks)
    profile = _part(value, "profile", _PROFILE, remarks)
    decision = _part(value, "decision", _DECISION, remarks)
    route = _route(profile, remarks)
    data: dict[str, Any] = {
        "need": _need(profile, remarks),
        "routes": [route] if route else [],
        "route": route["code"] if route else None,
        "candidates": _candidates(decision),
        "notes": _note(decision, "decision", "claim", "helper_claim", remarks),
    }
    if "privacy" not in data["need"]:
        data["notes"] += _note(profile, "profile", "privacy", "helper_value", remarks)
    of_parts = Remarks()
    record = record_from(_nodes(data, ""), of_parts)
    remarks.take(of_parts, lambda path: _WHERE.get(path, path))
    return record


def _part(value: Node, name: str, keys: tuple[str, ...], remarks: Remarks) -> Node:
    part = value.get(name)
    if not isinstance(part, Node):
        if part is not None:
            remarks.at_path("not_understood", name, "json_object")
        return Node()
    _say_unknown(part, name, keys, remarks)
    return part


def _say_unknown(part: Node, path: str, keys: tuple[str, ...], remarks: Remarks) -> None:
    for key in part:
        if key not in keys:
            remarks.at_path("not_understood", join_path(path, key), "json_unknown")


def _need(profile: Node, remarks: Remarks) -> dict[str, Any]:
    need: dict[str, Any] = {"project_goal": profile.get("task", "")}
    if profile.get("privacy") in list(Privacy):
        need["privacy"] = profile["privacy"]
    service = profile.get("needs_service")
    if isinstance(service, bool):
        need["needs_service"] = service
    elif service is not None:
        remarks.at_path("not_understood", "profile.needs_service", "json_bool")
    return need


def _note(part: Node, name: str, key: str, code: str, remarks: Remarks) -> list[dict[str, Any]]:
    value = part.get(key)
    if value is None or value == "":
        return []
    params = {"value": brief(value)} if code == "helper_value" else {}
    remarks.at_path("kept_as_note", f"{name}.{key}", code, **params)
    return [{"key": key, "text": value if isinstance(value, str) else brief(value)}]


def _route(profile: Node, remarks: Remarks) -> dict[str, Any] | None:
    """A route of the stated kind with its shipped traits; one nobody knows is a route of the team's own."""
    name = profile.get("route")
    if not isinstance(name, str) or not name.strip():
        if name is not None and name != "":
            remarks.at_path("not_understood", "profile.route", "json_text")
        if profile.get("available_vram_gb"):
            remarks.at_path("not_understood", "profile.available_vram_gb", "helper_no_route")
        return None
    shipped = of_kind(name)
    route: dict[str, Any] = {"code": name, "name": name, "kind": name}
    if shipped:
        route |= {"name": shipped.name, "traits": dict(shipped.traits)}
    else:
        code = re.sub(r"[^\w-]+", "_", name).strip("_")[:60] or "route"
        route |= {"code": code, "kind": RouteKind.TEAM.value}
        remarks.at_path("changed", "profile.route", "helper_route", route=brief(name))
    vram_gib = _vram_gib(profile, remarks)
    if vram_gib or (vram_gib is not None and shipped and shipped.traits.get("has_gpu")):
        route["hardware"] = {"vram_gib": vram_gib}
    return route


def _vram_gib(profile: Node, remarks: Remarks) -> Decimal | None:
    value = profile.get("available_vram_gb")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        if value is not None:
            path = "profile.available_vram_gb"
            remarks.at_path("not_understood", path, "json_not_a_number", value=brief(value))
        return None
    exact = Decimal(value)
    rounded = round(exact, 4) if abs(exact) < 10**12 else exact
    if rounded != exact:
        remarks.at_path("changed", "profile.available_vram_gb", "helper_rounded", value=str(rounded))
    return rounded


def _candidates(decision: Node) -> list[dict[str, Any]]:
    if not (decision.get("model") or decision.get("runtime")):
        return []
    first = CandidateRole.FIRST_CHOICE.value
    name, runtime = decision.get("model"), decision.get("runtime", "")
    return [{"key": "c1", "role": first, "name": name, "runtime": runtime}]


def _nodes(value: Any, path: str) -> Any:
    if isinstance(value, dict):
        node = Node((key, _nodes(part, join_path(path, key))) for key, part in value.items())
        node.path = path
        return node
    if isinstance(value, list):
        return [_nodes(part, join_path(path, place)) for place, part in enumerate(value)]
    return value
