"""Whether the runtime has code for a shape's class at all: a size that fits is worth nothing without it."""

from functools import lru_cache
from typing import NamedTuple

from decisions.fit.class_lists import code_for
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.setting import RuntimeName
from decisions.knowledge import model_classes
from decisions.record.schema import Statement
from decisions.states import Ruling


class Obstacle(NamedTuple):
    """What stands against a model in a runtime, and whether that is certain (does not fit) or open."""

    ruling: Ruling
    statement: Statement


def obstacle_of(arch: Architecture, runtime: RuntimeName) -> Obstacle | None:
    """None where the runtime's list names the class, or where nobody knows the class."""
    return _obstacle(arch.wrapper or arch.model_type, runtime)


@lru_cache(maxsize=1024)
def _obstacle(model_type: str, runtime: RuntimeName) -> Obstacle | None:
    classes = model_classes.classes_of(model_type)
    found = code_for(runtime, classes) if classes else None
    return found and Obstacle(*found)


def weighed(ruling: Ruling, obstacle: Obstacle | None) -> Ruling:
    """The worse of a ruling on memory and of what stands against the model, if anything does."""
    if obstacle is None:
        return ruling
    return obstacle.ruling if obstacle.ruling is Ruling.DOES_NOT_FIT or ruling is Ruling.FITS else ruling
