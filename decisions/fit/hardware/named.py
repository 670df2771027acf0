"""A model by its name: a shipped one, or one whose dimensions are taken to be those of a shipped one."""

import re
from dataclasses import dataclass, replace

from decisions.fit.hardware.architecture import TAKEN_FOR, Architecture
from decisions.fit.hardware.catalogue import architecture_of, unsound
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GGUF_RUNTIMES, RuntimeName
from decisions.fit.hardware.uploads import left_whole
from decisions.fit.say import say
from decisions.knowledge.models import ModelFact
from decisions.knowledge.naming import Resolved, resolve, resolve_tag
from decisions.record.schema import Statement

MOST_SHOWN = 60
_FLOATS = ("BF16", "F16", "FP16", "F32", "FP32")
_GGUF = re.compile(r"(?:I?Q|TQ)\d|MXFP4_MOE")


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means. `model` is the shipped row whose dimensions count, `taken_for` its id where the
    name is another one; `quantization` is what the name says of that."""

    name: str
    model: ModelFact
    architecture: Architecture
    taken_for: str = ""
    quantization: str = ""

    @property
    def note(self) -> Statement | None:
        """What has to be said of it; nothing of a model that is shipped."""
        if not self.taken_for:
            return None
        return say("asked.taken_for", name=shown_name(self.name), model=self.taken_for)

    def quantization_in(self, runtime: RuntimeName) -> str:
        """The GGUF mix the model is named after, where the runtime reads it; else empty."""
        reads = runtime in GGUF_RUNTIMES and self.taken_for and _GGUF.match(self.quantization)
        return self.quantization if reads else ""

    def as_named(self, arch: Architecture) -> Architecture:
        """A shape as that of this name: assumed, and stored as the name says, where it is another model's."""
        return _taken(arch, self) if self.taken_for else arch


def named(name: str, runtime: str = "") -> Named:
    """The model of a name. Raises Unsizable for one that nobody knows, or not well enough.

    A name without owner that Ollama is asked for is one of its library.
    """
    found = _resolved(name, runtime)
    if found.model is None:
        raise Unsizable(say("asked.model", name=shown_name(name)))
    arch = architecture_of(found.model)
    if arch is None:
        raise Unsizable(unsound(found.model.id))
    meant = Named(name.strip(), found.model, arch, found.taken_for or "", found.quantization)
    return replace(meant, architecture=meant.as_named(arch))


def _resolved(name: str, runtime: str) -> Resolved:
    library = resolve_tag(name) if "/" not in name and runtime == "ollama" else None
    return library or resolve(name)


def shown_name(name: str) -> str:
    """A name as a message shows it: on one line, and not at length."""
    text = " ".join(name.split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _taken(arch: Architecture, named: Named) -> Architecture:
    """The shape of another model, for one whose weights are stored as its own name says."""
    stored, quantization = arch.source_quantization, named.quantization
    owner, maker = (name.rpartition("/")[0].casefold() for name in (named.name, named.taken_for))
    kept = left_whole(arch, owner, maker, quantization) if owner else ()
    if quantization and not _GGUF.match(quantization):
        stored = "" if quantization in _FLOATS else quantization.lower()
    return replace(arch, unknown=(*arch.unknown, TAKEN_FOR), source_quantization=stored, kept=kept)
