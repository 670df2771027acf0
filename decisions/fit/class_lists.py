"""What the shipped lists of the runtimes say of a model's class."""

from decisions.fit.say import say
from decisions.knowledge import model_classes
from decisions.knowledge.runtimes import find
from decisions.record.schema import Statement
from decisions.states import Ruling

BUILT_ON_LLAMA_CPP = frozenset({"ollama", "lm_studio"})  # in a version of their own, with code of their own
_RUNTIMES = frozenset({"transformers", "vllm", "sglang", "llama_cpp"}) | BUILT_ON_LLAMA_CPP


def is_listed(runtime_id: str) -> bool:
    """Whether a list of the runtime's classes ships."""
    return runtime_id in _RUNTIMES


def has_code(runtime_id: str, classes: tuple[str, ...]) -> bool:
    """Whether the runtime's list names one of the classes."""
    lists = model_classes.shipped()
    if runtime_id == "transformers":
        return any(one in model_classes.of_transformers() for one in classes)
    if runtime_id in BUILT_ON_LLAMA_CPP:
        return bool(lists.llama_cpp.all.intersection(classes))
    of_runtime = {"vllm": lists.vllm, "sglang": lists.sglang, "llama_cpp": lists.llama_cpp}
    return bool(of_runtime[runtime_id].all.intersection(classes))


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
