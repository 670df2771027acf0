"""What transformers' configuration classes assume where a config.json says nothing."""

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from decisions.knowledge.facts import HERE


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "config_defaults.json").read_text(encoding="utf-8"))
    return found


def source() -> tuple[str, str]:
    """Where the defaults are from, and on which day they were read."""
    return _shipped()["source"], _shipped()["date"]


def of(*model_types: str) -> Mapping[str, Any]:
    """The defaults of the first of these classes that is known; empty where none is."""
    classes = _shipped()["classes"]
    return MappingProxyType(next((classes[name] for name in model_types if name in classes), {}))


@cache
def _by_class_name() -> dict[str, str]:
    return {name.replace("_", "").replace("-", ""): name for name in _shipped()["classes"]}


def named_like(class_name: str) -> str | None:
    """The model type whose class begins with that name in lower case ("qwen2moe" is qwen2_moe)."""
    return _by_class_name().get(class_name)
