"""Whether a runtime has code for the class of the candidate's model.

Where there is code, or the class is not known, nothing is said: the shipped shapes name it for the shipped
models only.
"""

from collections.abc import Iterator

from decisions.fit.check import Check
from decisions.fit.resolve import shipped_model
from decisions.fit.say import say
from decisions.knowledge import architectures, model_classes
from decisions.knowledge.runtimes import Runtime, find, shipped
from decisions.record.schema import Candidate, Need, Statement
from decisions.states import Ruling, TaskKind

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
    missing = code_for(runtime.id, classes)
    if missing is None:
        yield from _inputs(need, runtime, classes)
        return
    ruling, statement = missing
    against = Check.fails if ruling is Ruling.DOES_NOT_FIT else Check.open
    yield against(statement, _others(classes))


def code_for(runtime_id: str, classes: tuple[str, ...]) -> tuple[Ruling, Statement] | None:
    """None where the runtime has code for one of the classes; else how certain it is that it has none, and
    the sentence. llama.cpp runs what it has a graph for, others may take a model by Transformers' code."""
    if runtime_id not in _RUNTIMES or has_code(runtime_id, classes):
        return None
    runtime = find(runtime_id)
    names = {"runtime": runtime.name if runtime else runtime_id, "model_class": classes[0]}
    gone = model_classes.shipped().vllm.removed if runtime_id == "vllm" else {}
    removed = next((gone[one] for one in classes if one in gone), "")
    if removed:
        return Ruling.DOES_NOT_FIT, say("runtime.model_removed", **names, version=removed)
    if runtime_id == "llama_cpp":
        return Ruling.DOES_NOT_FIT, say("runtime.model_no", **names)
    return Ruling.UNKNOWN, say("runtime.model_open", **names)


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
