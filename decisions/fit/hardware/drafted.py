"""A draft model as it is named, and what has to be said of it."""

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.choices import ALL
from decisions.fit.hardware.named import named, shown_name
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Draft, RuntimeName, Setting
from decisions.fit.hardware.weights import weights_of
from decisions.fit.say import say
from decisions.knowledge.naming import resolve_tag
from decisions.record.schema import Statement


def read_draft(text: str, runtime: RuntimeName) -> Draft | None:
    """`MODEL` or `MODEL:QUANT`; None for an empty text. Raises Unsizable for a model that is not shipped, and
    for a quantization that the runtime does not take."""
    if not text.strip():
        return None
    name, quantization = split_draft(text)
    try:
        found = named(name, runtime)
    except Unsizable as problem:
        raise Unsizable(say("asked.draft", found=shown_name(name))) from problem
    arch, quantization = found.architecture, quantization or found.quantization_in(runtime)
    try:
        weights_of(arch, quantization, runtime)
    except Unsizable as problem:
        shown, known = shown_name(quantization), ALL[runtime]
        raise Unsizable(say("asked.draft_quant", found=shown, known=known)) from problem
    return Draft(found.model.id, arch, quantization)


def split_draft(text: str) -> tuple[str, str]:
    """The model and its quantization, empty where none is said; a tag of Ollama's library is a model."""
    text = text.strip()
    name, _, quantization = (text, "", "") if resolve_tag(text) else text.partition(":")
    return name, quantization


def draft_text(draft: Draft | None) -> str:
    """The same as one text again, for a record or a form to keep."""
    return ":".join(filter(None, (draft.name, draft.quantization))) if draft else ""


def draft_remark(arch: Architecture, setting: Setting) -> Statement | None:
    """That the draft model has other words than the model it guesses for."""
    draft = setting.draft
    if draft is None or draft.architecture.vocabulary == arch.vocabulary:
        return None
    own, other = arch.vocabulary, draft.architecture.vocabulary
    return say("asked.draft_words", draft=draft.name, found=other, words=own)
