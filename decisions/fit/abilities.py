"""What a runtime can do by its shipped facts: each ability as one check, whoever asks for it."""

from collections.abc import Callable

from decisions.fit.check import Check
from decisions.fit.say import say
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.states import StructuredOutput

STRICTNESS = {"none": 0, "json": 1, "json_schema": 2}
ABILITIES: dict[str, Callable[[Runtime], bool | None]] = {
    "endpoint": lambda runtime: runtime.openai_compatible,
    "tools": lambda runtime: runtime.tool_calling,
    "inputs": lambda runtime: runtime.multimodal,
    "lora": lambda runtime: runtime.lora,
}
"""By the word that its sentences have: `runtime.tools_yes`, `runtime.tools_no`, `runtime.tools_open`."""


def able(what: str, runtime: Runtime) -> Check:
    """Whether the runtime has the ability; open where nobody has established it."""
    ability = ABILITIES[what]
    has_it = ability(runtime)
    if has_it is None:
        finding = say(f"runtime.{what}_open", runtime=runtime.name)
        return Check.open(finding, say("runtime.look_up", runtime=runtime.name))
    if has_it:
        return Check.holds(say(f"runtime.{what}_yes", runtime=runtime.name))
    others = names_of(lambda other: bool(ability(other)))
    return Check.fails(
        say(f"runtime.{what}_no", runtime=runtime.name), say("runtime.choose_able", runtimes=others)
    )


def shape(asked: StructuredOutput, runtime: Runtime) -> Check:
    """Whether the runtime enforces that shape of an answer."""
    names = {"runtime": runtime.name, "shape_word": asked}
    if runtime.structured_output is None:
        return Check.open(say("runtime.shape_open", **names), say("runtime.look_up", runtime=runtime.name))
    if _enforces(runtime, asked):
        return Check.holds(say("runtime.shape_yes", **names))
    others = names_of(lambda other: _enforces(other, asked))
    return Check.fails(say("runtime.shape_no", **names), say("runtime.check_shape", runtimes=others))


def names_of(wanted: Callable[[Runtime], bool]) -> list[str]:
    """The shipped runtimes of that kind."""
    return [runtime.name for runtime in shipped() if wanted(runtime)]


def _enforces(runtime: Runtime, asked: StructuredOutput) -> bool:
    return STRICTNESS[runtime.structured_output or "none"] >= STRICTNESS[asked.value]
