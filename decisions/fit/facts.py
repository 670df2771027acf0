"""The shipped tables that a runtime fit and its commands rest on, as a record names them.

A digest is the SHA-256 of the row's canonical JSON, as everywhere; rows never change while a process runs, so
that each is worked out once.
"""

from functools import cache
from typing import Any

from decisions.fit.class_lists import BUILT_ON_LLAMA_CPP
from decisions.knowledge import devices, model_classes, options, runtimes
from decisions.knowledge.capabilities import Capability
from decisions.knowledge.devices import Device
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.schema import UsedFact


@cache
def of_runtime(runtime_id: str) -> UsedFact:
    """What the runtime can do. Raises LookupError for one that is not shipped."""
    row = runtimes.find(runtime_id)
    if row is None:
        raise LookupError(runtime_id)
    return UsedFact(kind="runtime", id=row.id, digest=_digest(row), source=row.source, date=row.date)


@cache
def of_classes(runtime_id: str) -> UsedFact:
    """The classes that the runtime has code for; Ollama and LM Studio are looked up by llama.cpp's."""
    name = "llama_cpp" if runtime_id in BUILT_ON_LLAMA_CPP else runtime_id
    found = getattr(model_classes.shipped(), name)
    return UsedFact(kind="classes", id=name, digest=_digest(found), source=found.source, date=found.date)


@cache
def of_options(runtime_id: str) -> UsedFact:
    """The options of the runtime's commands. Raises KeyError for a runtime without a table."""
    table = options.shipped()[runtime_id]
    return UsedFact(
        kind="options", id=table.runtime, digest=_digest(table), source=table.source, date=table.date
    )


@cache
def of_capability(row: Capability) -> UsedFact:
    """The least compute capability of a method on a runtime."""
    name = f"{row.runtime} {row.word}"
    return UsedFact(kind="capability", id=name, digest=_digest(row), source=row.source, date=row.date)


def of_device(name: str) -> UsedFact | None:
    """The shipped device of that name; None for another one and for a processor, which is no fact of ours."""
    row = devices.find(name)
    return _of_device(row.name) if row and row.vendor else None


@cache
def _of_device(name: str) -> UsedFact | None:
    row: Device | None = devices.find(name)
    if row is None:
        return None
    return UsedFact(kind="device", id=row.name, digest=_digest(row), source=row.source, date=row.date)


def _digest(row: Any) -> str:
    return digest_of(canonical_bytes(_sorted(row.model_dump(mode="python"))))


def _sorted(value: Any) -> Any:
    """Plain values whose sets have one order."""
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(value)
    return [_sorted(each) for each in value] if isinstance(value, list | tuple) else value
