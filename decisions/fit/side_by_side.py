"""Every runtime for one model, need and machine: what it takes and gives, its own defaults, its commands.

For a candidate the question is about the weights it names; for a model in a setting it is about the model,
each runtime with the quantization it has of about as many bits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from decisions.fit import runtime as runtime_fit
from decisions.fit.answers import Answer, answers_of, sized_runtime, written_of
from decisions.fit.check import Check, worst
from decisions.fit.commands import Commands, commands_of
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.changes import Asked, gib
from decisions.fit.hardware.choices import counterpart
from decisions.fit.hardware.drafted import split_draft
from decisions.fit.hardware.estimate import Estimate
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.quantization import read_quantization, says_nothing
from decisions.fit.hardware.setting import Draft, RuntimeName, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.wanted import Missing, wanted_by
from decisions.fit.hardware.weights import Weights
from decisions.fit.machine import candidate_in, route_of
from decisions.fit.resolve import CLOUD_API
from decisions.fit.say import say
from decisions.knowledge import options
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate, Need, Route, Statement
from decisions.states import Ruling

_DEFAULTS = {
    "transformers": ("transformers serve", {"port": "--port", "dtype": "--dtype", "device": "--device"}),
    "llama_cpp": (
        "llama-server",
        {"context": "--ctx-size", "parallel": "--parallel", "kv": "--cache-type-k", "port": "--port"},
    ),
    "lm_studio": ("lms server start", {"port": "--port"}),
    "vllm": (
        "vllm serve",
        {"kv": "--kv-cache-dtype", "memory_share": "--gpu-memory-utilization", "port": "--port"},
    ),
    "sglang": ("sglang serve", {"kv": "--kv-cache-dtype", "port": "--port"}),
}
_VARIABLES = {
    "context": "OLLAMA_CONTEXT_LENGTH",
    "parallel": "OLLAMA_NUM_PARALLEL",
    "kv": "OLLAMA_KV_CACHE_TYPE",
}
WeightsIn = Callable[[Setting], Weights | None]


@dataclass(frozen=True, slots=True)
class RuntimeRow:
    """One runtime for the model. `commands` is a sentence where none can be written.

    `ruling` is that of the runtime, `sized` what it takes of the memory in `quantization` (empty: as
    published), None where that cannot be worked out. `reasons` say what stands against it: what rules it out
    first, then what is open. `defaults` are what its own options say when nothing is asked, by what they set:
    context, parallel, kv, memory_share, port; those that follow the model or the machine are left out.
    """

    runtime: Runtime
    ruling: Ruling
    reasons: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    quantization: str
    sized: Estimate | None
    commands: Commands | Statement
    defaults: dict[str, str]


class Model(NamedTuple):
    """A model to be run: its shape, its id where it has one, its classes, and the weights of a real file."""

    architecture: Architecture
    model_id: str = ""
    classes: tuple[str, ...] = ()
    weights_in: WeightsIn = lambda _setting: None


def side_by_side(need: Need, route: Route | None, candidate: Candidate) -> tuple[RuntimeRow, ...]:
    """All shipped runtimes that are started on a machine, from the simplest; its own among them.

    The weights are those the candidate names: a runtime that does not run them does not fit. Its memory and
    its commands are then those of the nearest quantization it has.
    """
    return tuple(_for_candidate(need, route, candidate, each) for each in _started())


def _for_candidate(need: Need, route: Route | None, candidate: Candidate, runtime: Runtime) -> RuntimeRow:
    stated = candidate.model_copy(update={"runtime_id": runtime.id})
    nearest = _nearest(candidate, runtime)
    run = _with_draft_in(_with_quantization(stated, nearest) if nearest else stated, runtime)
    answers = answers_of(need, route, stated, runtime)
    verdict = runtime_fit.judge(need, route, stated)
    against = [answer.check for answer in _asked(answers)]
    ruled_out = worst(against) is Ruling.DOES_NOT_FIT
    ruling = Ruling.DOES_NOT_FIT if ruled_out else verdict.ruling
    against.append(Check(verdict.ruling, verdict.reason))
    return RuntimeRow(
        runtime=runtime,
        ruling=ruling,
        reasons=_reasons(against) if ruling is not Ruling.FITS else (),
        answers=answers,
        quantization=nearest or read_quantization(written_of(stated)) or "",
        sized=_sized(need, route, run),
        commands=commands_of(need, route, run),
        defaults=defaults_of(runtime.id),
    )


def in_setting(need: Need, model: Model, setting: Setting) -> tuple[RuntimeRow, ...]:
    """The same for a model in a setting, on the setting's device; only its own runtime keeps its options.

    Raises Unsizable for a setting that makes no sense in its own runtime.
    """
    estimate(model.architecture, setting, model.weights_in(setting))
    return tuple(_for_model(need, model, setting, each) for each in _started())


def _for_model(need: Need, model: Model, setting: Setting, runtime: Runtime) -> RuntimeRow:
    name = sized_runtime(runtime)
    own = as_in(setting, name) if name else None
    candidate = candidate_in(model.model_id, model.classes, own or setting, runtime.id)
    route = route_of(setting.device)
    answers = answers_of(need, route, candidate, runtime)
    sized = _estimated(model, own) if own else None
    against = [*(answer.check for answer in _asked(answers)), *_memory(sized)]
    return RuntimeRow(
        runtime=runtime,
        ruling=worst(against),
        reasons=_reasons(against),
        answers=answers,
        quantization=own.quantization if own else "",
        sized=sized,
        commands=commands_of(need, route, candidate),
        defaults=defaults_of(runtime.id),
    )


def as_in(setting: Setting, runtime: RuntimeName) -> Setting | None:
    """The setting in another runtime, by its own defaults; None where it has nothing of so few bits."""
    quantization = counterpart(setting.quantization, runtime)
    if quantization is None:
        return None
    if runtime == setting.runtime:
        return setting
    return Setting(
        runtime=runtime,
        quantization=quantization,
        context_tokens=setting.context_tokens,
        parallel=setting.parallel,
        device=setting.device,
        lora_rank=setting.lora_rank,
        loras=setting.loras,
        draft=_draft_in(setting, runtime),
        vision=setting.vision,
    )


def _draft_in(setting: Setting, runtime: RuntimeName) -> Draft | None:
    """The draft model in the nearest the runtime has to its quantization, or as it is published."""
    if setting.draft is None:
        return None
    return replace(setting.draft, quantization=counterpart(setting.draft.quantization, runtime) or "")


def defaults_of(runtime_id: str) -> dict[str, str]:
    """What the runtime's options say when nothing is asked."""
    table = options.shipped()[runtime_id]
    if runtime_id == "ollama":
        found = {name: table.environment[each].default for name, each in _VARIABLES.items()}
    else:
        command, flags = _DEFAULTS[runtime_id]
        known = {name: table.commands[command].option(flag) for name, flag in flags.items()}
        found = {name: option.default if option else None for name, option in known.items()}
    return {name: str(value) for name, value in found.items() if value is not None}


def _started() -> Iterator[Runtime]:
    return (each for each in shipped() if each.id != CLOUD_API)


def _asked(answers: tuple[Answer, ...]) -> Iterator[Answer]:
    return (answer for answer in answers if answer.asked)


def _reasons(checks: list[Check]) -> tuple[Statement, ...]:
    """What stands against a runtime, each once: what rules it out before what is open."""
    order = (Ruling.DOES_NOT_FIT, Ruling.UNKNOWN)
    found = (check.finding for ruling in order for check in checks if check.ruling is ruling)
    return tuple({finding.text: finding for finding in found}.values())


def _nearest(candidate: Candidate, runtime: Runtime) -> str:
    """Another quantization of about as many bits, where the runtime does not have the candidate's own."""
    written, name = written_of(candidate), sized_runtime(runtime)
    own = None if says_nothing(written) else read_quantization(written)
    found = counterpart(own, name) if own and name else None
    return found if found and found != own else ""


def _with_quantization(candidate: Candidate, name: str) -> Candidate:
    model = candidate.model.model_copy(update={"quantization": name, "weight_format": ""})
    return candidate.model_copy(update={"model": model})


def _with_draft_in(candidate: Candidate, runtime: Runtime) -> Candidate:
    """The draft model in the nearest the runtime has to its quantization, where it has one."""
    name = sized_runtime(runtime)
    draft, quantization = split_draft(candidate.sizing.draft)
    nearest = counterpart(quantization, name) if name else None
    if not nearest or nearest == quantization:
        return candidate
    sizing = candidate.sizing.model_copy(update={"draft": f"{draft}:{nearest}"})
    return candidate.model_copy(update={"sizing": sizing})


def _sized(need: Need, route: Route | None, candidate: Candidate) -> Estimate | None:
    wanted = wanted_by(need, route, candidate)
    if isinstance(wanted, Missing):
        return None
    try:
        model = wanted.described()
        setting = wanted.setting(model.architecture)
        return Asked(wanted, model.architecture, setting, model.weights_in).sized(setting)
    except Unsizable:
        return None


def _estimated(model: Model, setting: Setting) -> Estimate | None:
    try:
        return estimate(model.architecture, setting, model.weights_in(setting))
    except Unsizable:
        return None


def _memory(sized: Estimate | None) -> Iterator[Check]:
    """That the memory of the device is too small, or near it."""
    if sized is None or sized.device.room_bytes is None or sized.ruling is Ruling.FITS:
        return
    amounts = {"need": gib(sized.device.needed_bytes), "have": gib(sized.device.room_bytes)}
    if sized.ruling is Ruling.DOES_NOT_FIT:
        yield Check.fails(say("answer.memory_no", **amounts))
    else:
        yield Check.open(say("answer.memory_open", **amounts))
