"""What every runtime is asked side by side: does it take the model as it is, and give what the need asks?

Each answer names the shipped tables it rests on. What nobody asks for is answered too, and counts for
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.fit import capability, class_lists, facts, model_class, weights
from decisions.fit.abilities import able, shape
from decisions.fit.check import Check, worst
from decisions.fit.hardware.choices import ALL, counterpart
from decisions.fit.hardware.quantization import read_quantization, says_nothing
from decisions.fit.hardware.setting import RuntimeName
from decisions.fit.runtime import place
from decisions.fit.say import say
from decisions.knowledge.runtimes import Runtime
from decisions.record.schema import Candidate, Need, Route, UsedFact
from decisions.states import Ruling, StructuredOutput, TaskKind

AT_ONCE = {
    "transformers": "--continuous-batching",
    "ollama": "OLLAMA_NUM_PARALLEL",
    "lm_studio": "--parallel",
    "llama_cpp": "--parallel",
    "vllm": "--max-num-seqs",
    "sglang": "--max-running-requests",
}
"""How each runtime is told how many requests it works on at once; the tables of options have them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of `texts.answers`, what was found, and the tables it rests on.

    `asked` says that the answer counts: the model has to run, and the need asks for the rest.
    """

    question: str
    check: Check
    facts: tuple[UsedFact, ...]
    asked: bool = True

    @property
    def ruling(self) -> Ruling:
        """What the answer comes to."""
        return self.check.ruling


def answers_of(need: Need, route: Route | None, candidate: Candidate, runtime: Runtime) -> tuple[Answer, ...]:
    """All answers of one runtime, in the order of the questions."""
    return (
        _architecture(candidate, runtime),
        _format(candidate, runtime),
        _quantization(route, candidate, runtime),
        _hardware(route, runtime),
        *_abilities(need, candidate, runtime),
    )


def _architecture(candidate: Candidate, runtime: Runtime) -> Answer:
    classes = model_class.classes_of(candidate)
    if not class_lists.is_listed(runtime.id):
        unlisted = Check.open(say("answer.class_unlisted", runtime=runtime.name))
        return Answer("architecture", unlisted, (facts.of_runtime(runtime.id),))
    found = next(model_class.check(Need(), runtime, candidate), None)
    if not classes:
        found = Check.open(say("answer.class_unknown"))
    elif found is None:
        found = Check.holds(say("answer.class_yes", runtime=runtime.name, model_class=classes[0]))
    return Answer("architecture", found, (facts.of_classes(runtime.id),))


def _format(candidate: Candidate, runtime: Runtime) -> Answer:
    found, rests_on = next(weights.check(runtime, candidate), None), (facts.of_runtime(runtime.id),)
    if found is not None:
        return Answer("format", found, rests_on)
    unsaid = say("answer.format_unsaid", runtime=runtime.name, formats=runtime.formats)
    return Answer("format", Check.open(unsaid), rests_on, asked=False)


def _quantization(route: Route | None, candidate: Candidate, runtime: Runtime) -> Answer:
    """Whether the runtime has it, and whether the device is new enough for it."""
    too_old = list(capability.check(runtime, route, candidate))
    rests_on = tuple(facts.of_capability(row) for row in capability.rows_for(runtime, candidate))
    by_device = facts.of_device(route.hardware.device) if route and too_old else None
    rests_on = (*rests_on, by_device) if by_device else rests_on
    found = _runs(candidate, runtime)
    if found.ruling is Ruling.FITS and too_old:
        ruling = worst(too_old)
        found = next(check for check in too_old if check.ruling is ruling)
    return Answer("quantization", found, (facts.of_runtime(runtime.id), *rests_on))


def _runs(candidate: Candidate, runtime: Runtime) -> Check:
    written = written_of(candidate)
    if says_nothing(written):
        return Check.holds(say("answer.quantization_published"))
    name, runtime_name = read_quantization(written), sized_runtime(runtime)
    if name is None or runtime_name is None:
        return Check.open(say("answer.quantization_unread", quantization=written))
    if not name:
        return Check.holds(say("answer.quantization_published"))
    names = {"runtime": runtime.name, "quantization": name}
    other = counterpart(name, runtime_name)
    if name in ALL[runtime_name] or other == name:
        return Check.holds(say("answer.quantization_yes", **names))
    if other is None:
        return Check.fails(say("answer.quantization_no", **names))
    change = say("answer.take_other", other=other)
    if any(check.ruling is Ruling.FITS for check in weights.check(runtime, candidate)):
        return Check.open(say("answer.quantization_unsized", **names, other=other), change)
    return Check.fails(say("answer.quantization_other", **names, other=other), change)


def written_of(candidate: Candidate) -> str:
    """What the candidate says of its quantization."""
    return f"{candidate.model.quantization} {candidate.model.weight_format}".strip()


def sized_runtime(runtime: Runtime) -> RuntimeName | None:
    """The runtime as sizing knows it; None for one that is not sized."""
    return next((name for name in ALL if name == runtime.id), None)


def _hardware(route: Route | None, runtime: Runtime) -> Answer:
    checks = list(place(runtime, route))
    device = facts.of_device(route.hardware.device) if route else None
    rests_on = (facts.of_runtime(runtime.id), *((device,) if device else ()))
    if not checks:
        checks = [
            Check.holds(say("answer.starts_anywhere", runtime=runtime.name, hardware_word=runtime.hardware))
        ]
    ruling = worst(checks)
    return Answer("hardware", next(check for check in checks if check.ruling is ruling), rests_on)


def _abilities(need: Need, candidate: Candidate, runtime: Runtime) -> Iterator[Answer]:
    row = (facts.of_runtime(runtime.id),)
    yield Answer("endpoint", able("endpoint", runtime), row, bool(need.needs_service))
    asked_shape = need.structured_output or StructuredOutput.NONE
    asks_shape = asked_shape is not StructuredOutput.NONE
    wanted = asked_shape if asks_shape else StructuredOutput.JSON_SCHEMA
    yield Answer("shape", shape(wanted, runtime), row, asks_shape)
    yield Answer("tools", able("tools", runtime), row, TaskKind.TOOL_CALLING in need.task_kinds)
    yield _inputs(need, candidate, runtime)
    yield Answer("lora", able("lora", runtime), row, bool(need.needs_lora))
    if runtime.id in AT_ONCE:
        finding = say("answer.parallel_yes", runtime=runtime.name, option=AT_ONCE[runtime.id])
        asked = (need.concurrent_requests or 1) > 1
        yield Answer("concurrency", Check.holds(finding), (facts.of_options(runtime.id),), asked)


def _inputs(need: Need, candidate: Candidate, runtime: Runtime) -> Answer:
    asked, classes = TaskKind.MULTIMODAL in need.task_kinds, model_class.classes_of(candidate)
    known = bool(classes) and class_lists.is_listed(runtime.id) and class_lists.has_code(runtime.id, classes)
    text_only = next(model_class.inputs(runtime, classes), None) if known else None
    if text_only is not None:
        return Answer("inputs", text_only, (facts.of_classes(runtime.id),), asked)
    return Answer("inputs", able("inputs", runtime), (facts.of_runtime(runtime.id),), asked)
