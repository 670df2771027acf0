"""Whether a runtime has code for the class of the candidate's model.

Where there is code, or the class is not known, nothing is said: the shipped shapes name it for the shipped
models only.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from decisions.fit.check import Check
from decisions.fit.class_lists import code_for, has_code, is_listed
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config.text import mapping_of
from decisions.fit.hardware.described import described
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.resolve import model_like
from decisions.fit.say import say
from decisions.knowledge import architectures, model_classes
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate, Need, Statement
from decisions.states import Ruling, TaskKind


def classes_of(candidate: Candidate) -> tuple[str, ...]:
    """The classes a configuration names, or Transformers for its `model_type`.

    A configuration of the candidate's own goes before that of the shipped model, or of the
    one it is a copy of.
    """
    if candidate.sizing.config:
        return _named_in(candidate.sizing.config)
    model = model_like(candidate)
    shape = architectures.find(model.id) if model else None
    return model_classes.classes_of(str(shape.config.get("model_type", ""))) if shape else ()


def _named_in(text: str) -> tuple[str, ...]:
    """The classes that a pasted configuration names, or those of the shape in it or in what was kept of a
    file; none where it cannot be read."""
    try:
        return classes_named(mapping_of(text)) or classes_of_shape(described(text).architecture)
    except Unsizable:
        return ()


def classes_named(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The classes that a configuration names itself; none where it does not."""
    named = config.get("architectures")
    return tuple(name for name in named if isinstance(name, str)) if isinstance(named, list) else ()


def classes_of_shape(arch: Architecture) -> tuple[str, ...]:
    """The classes that Transformers has for a shape: those of the whole model, not of its text part."""
    return model_classes.classes_of(arch.wrapper or arch.model_type)


def check(need: Need, runtime: Runtime, candidate: Candidate) -> Iterator[Check]:
    """Compare the model's class with the runtime's list; inputs beyond text only where the need asks."""
    classes = classes_of(candidate)
    if not classes or not is_listed(runtime.id):
        return
    missing = code_for(runtime.id, classes)
    if missing is None:
        if TaskKind.MULTIMODAL in need.task_kinds:
            yield from inputs(runtime, classes)
        return
    ruling, statement = missing
    against = Check.fails if ruling is Ruling.DOES_NOT_FIT else Check.open
    yield against(statement, _others(classes))


def inputs(runtime: Runtime, classes: tuple[str, ...]) -> Iterator[Check]:
    """Pictures and sound, where the list keeps the classes that take them apart."""
    listed = {"vllm": model_classes.shipped().vllm, "llama_cpp": model_classes.shipped().llama_cpp}
    if runtime.id in listed and not listed[runtime.id].multimodal.intersection(classes):
        names = {"runtime": runtime.name, "model_class": classes[0]}
        yield Check.fails(say("runtime.model_text_only", **names), say("runtime.other_model"))


def _others(classes: tuple[str, ...]) -> Statement:
    able = [each.name for each in shipped() if is_listed(each.id) and has_code(each.id, classes)]
    return say("runtime.choose_able", runtimes=able) if able else say("runtime.other_model")
