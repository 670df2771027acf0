"""Whether a runtime has code for the class of the candidate's model.

Where there is code, or the class is not known, nothing is said: the shipped shapes name it for the shipped
models only.
"""

from collections.abc import Iterator

from decisions.fit.check import Check
from decisions.fit.resolve import shipped_model
from decisions.fit.say import say
from decisions.knowledge import architectures, model_classes
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate, Need, Statement
from decisions.states import TaskKind

BUILT_ON_LLAMA_CPP = frozenset({"ollama", "lm_studio"})  # in a version of their own, with code of their own


def classes_of(candidate: Candidate) -> tuple[str, ...]:
    """The classes of a shipped model, as Transformers or its own configuration names them."""
    model = shipped_model(candidate)
    shape = architectures.find(model.id) if model else None
    return model_classes.classes_of(str(shape.config.get("model_type", ""))) if shape else ()


def check(need: Need, runtime: Runtime, candidate: Candidate) -> Iterator[Check]:
    """Compare the model's class with the runtime's list; inputs beyond text only where the need asks."""
    classes = classes_of(candidate)
    if not classes or runtime.id not in _RUNTIMES:
        return
    names = {"runtime": runtime.name, "model_class": classes[0]}
    removed = model_classes.shipped().vllm.removed.get(classes[0], "") if runtime.id == "vllm" else ""
    if has_code(runtime.id, classes):
        yield from _inputs(need, runtime, classes)
    elif removed:
        yield Check.fails(say("runtime.model_removed", **names, version=removed), _others(classes))
    elif runtime.id == "llama_cpp":
        yield Check.fails(say("runtime.model_no", **names), _others(classes))
    else:
        yield Check.open(say("runtime.model_open", **names), _others(classes))


def has_code(runtime_id: str, classes: tuple[str, ...]) -> bool:
    """Whether the runtime's list names one of the classes."""
    lists = model_classes.shipped()
    if runtime_id == "transformers":
        return any(one in model_classes.of_transformers() for one in classes)
    if runtime_id in BUILT_ON_LLAMA_CPP:
        return bool(lists.llama_cpp.all.intersection(classes))
    of_runtime = {"vllm": lists.vllm, "sglang": lists.sglang, "llama_cpp": lists.llama_cpp}
    return bool(of_runtime[runtime_id].all.intersection(classes))


def _inputs(need: Need, runtime: Runtime, classes: tuple[str, ...]) -> Iterator[Check]:
    """Pictures and sound, where the list keeps the classes that take them apart."""
    listed = {"vllm": model_classes.shipped().vllm, "llama_cpp": model_classes.shipped().llama_cpp}
    if TaskKind.MULTIMODAL in need.task_kinds and runtime.id in listed:
        names = {"runtime": runtime.name, "model_class": classes[0]}
        if not listed[runtime.id].multimodal.intersection(classes):
            yield Check.fails(say("runtime.model_text_only", **names), say("runtime.other_model"))


def _others(classes: tuple[str, ...]) -> Statement:
    able = [
        runtime.name for runtime in shipped() if runtime.id in _RUNTIMES and has_code(runtime.id, classes)
    ]
    return say("runtime.choose_able", runtimes=able) if able else say("runtime.other_model")


_RUNTIMES = frozenset({"transformers", "vllm", "sglang", "llama_cpp"}) | BUILT_ON_LLAMA_CPP
