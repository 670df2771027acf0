"""What was read of a file as plain values, so that a page can carry it along instead of the file.

Only for values of our own making: whoever takes them back has to know that nobody changed them.
"""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    Layer,
    LinearAttention,
    ShortConv,
    StateSpace,
    Tower,
    Window,
)
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.safetensors_stored import Checkpoint
from decisions.fit.hardware.weights import Weights

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Architecture, Attention, Dense, Experts, LatentAttention, Layer, LinearAttention),
        *(ShortConv, StateSpace, Tower, Weights, Checkpoint),
    )
}
_ENUMS: dict[str, type[Enum]] = {"Window": Window, "Basis": Basis}
_LAYERS = "layers"


def packed(value: Any) -> Any:
    """A value as JSON has it. Equal layers are written once, and named by their place."""
    if is_dataclass(value):
        written = {each.name: packed(getattr(value, each.name)) for each in fields(value) if each.init}
        if isinstance(value, Architecture):
            written[_LAYERS] = _once(value.layers)
        return [type(value).__name__, written]
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    return ["", [packed(each) for each in value]] if isinstance(value, tuple) else value


def unpacked(value: Any) -> Any:
    """What was packed, equal to what it was."""
    if not isinstance(value, list):
        return value
    name, inside = value
    if name in _ENUMS:
        return _ENUMS[name](inside)
    if not name:
        return tuple(unpacked(each) for each in inside)
    given = dict(inside)
    if name == Architecture.__name__:
        different, places = given.pop(_LAYERS)
        layers = [unpacked(each) for each in different]
        return Architecture(**_all(given) | {"layers": tuple(layers[place] for place in places)})
    return _KINDS[name](**_all(given))


def _once(layers: tuple[Layer, ...]) -> tuple[list[Any], list[int]]:
    places = {layer: place for place, layer in enumerate(dict.fromkeys(layers))}
    return [packed(layer) for layer in places], [places[layer] for layer in layers]


def _all(given: dict[str, Any]) -> dict[str, Any]:
    return {name: unpacked(each) for name, each in given.items()}
