"""Whether a runtime loads the weights a candidate names."""

import re
from collections.abc import Iterator

from decisions.fit.check import Check
from decisions.fit.commands.quantization import Kind, kind_of
from decisions.fit.say import say
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate


def check(runtime: Runtime, candidate: Candidate) -> Iterator[Check]:
    """Compare the candidate's weight format with the runtime's; nothing to say where either is not given.

    A format is a free text such as "GGUF Q4_K_M"; every known format it names has to be loaded. Where none
    is written, a quantization that exists in one format only says it.
    """
    text = candidate.model.weight_format
    implied = _implied(candidate.model.quantization) if not text else set()
    if not (text or implied) or not runtime.formats:
        return
    text = text or candidate.model.quantization
    named, names = implied or _formats_in(text), {"runtime": runtime.name, "format": text}
    if not named:
        finding = say("runtime.format_open", **names)
        yield Check.open(finding, say("runtime.look_up", runtime=runtime.name))
    elif named <= set(runtime.formats):
        yield Check.holds(say("runtime.format_yes", **names))
    else:
        others = [other.name for other in shipped() if named <= set(other.formats)]
        finding = say("runtime.format_no", **names, formats=runtime.formats)
        yield Check.fails(finding, say("runtime.other_format", format=text, runtimes=others))


def _formats_in(text: str) -> set[str]:
    words = set(re.findall(r"[a-z0-9]+", text.casefold()))
    return words & {known for runtime in shipped() for known in runtime.formats}


def _implied(quantization: str) -> set[str]:
    """The format a quantization comes in, where there is only one."""
    words = set(re.findall(r"[a-z0-9]+", quantization.casefold())) & {"awq", "gptq"}
    kind = kind_of(quantization) if quantization else Kind.NONE
    one = {Kind.GGUF: "gguf", Kind.BNB_4BIT: "bitsandbytes", Kind.BNB_8BIT: "bitsandbytes"}
    return words or ({one[kind]} if kind in one else set())
