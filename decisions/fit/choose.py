"""The lesson's helper: from task, route, privacy, memory and service need to a first model and runtime.

The keys and the branches are an interface; they take no note of anything the five fits know.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from decisions.states import PRIVATE, RouteKind
from decisions.words import N_

LEAST_VRAM_GB = 16
DEFAULTS = {
    "TASK": "course assistant",
    "ROUTE": "local_cpu",
    "PRIVACY": "private_docs",
    "VRAM_GB": "0",
    "NEEDS_SERVICE": "no",
}
NOT_A_NUMBER = N_('{name} must be a number of GB from 0 up, such as 24; "{value}" is none.')
NOT_READABLE = N_("{name} holds bytes that are not UTF-8 text.")
PRIVATE_ON_COLAB = N_(
    "Private documents never go on free Colab (PRIVACY={value}): use public samples only, or another route."
)
UNKNOWN_ROUTE = N_('"{value}" is no route that ships with Routecard: {known}.')
NEITHER_YES_NOR_NO = N_('NEEDS_SERVICE is "{value}", neither yes nor no; it is taken as no.')


@dataclass(frozen=True)
class Message:
    """One line for the person at the terminal: a marked template and its parameters."""

    template: str
    params: dict[str, str]


class UnusableSettingError(ValueError):
    """A value that cannot be used; its message names it."""

    def __init__(self, template: str, **params: str) -> None:
        self.message = Message(template, params)
        super().__init__(template.format(**params))


@dataclass(frozen=True)
class Profile:
    """What the helper asks; `available_vram_gb` is in GB as people say it, at least 0."""

    task: str
    route: str
    privacy: str
    available_vram_gb: float
    needs_service: bool


@dataclass(frozen=True)
class Decision:
    """What to start with, and what that proves."""

    model: str
    runtime: str
    claim: str


LOCAL_CPU = Decision(
    model="sshleifer/tiny-gpt2, or a small quantized model",
    runtime="Transformers to read the code; llama.cpp or Ollama for quantized local tests",
    claim="proves the workflow, not the quality of a model",
)
FREE_COLAB = Decision(
    model="a tiny model first; a small instruct model only once a GPU is seen",
    runtime="Transformers notebook",
    claim="proves a notebook that runs anywhere, not a stable service",
)
NOT_READY = Decision(
    model="a smaller model, or a cloud API as the way back",
    runtime="no GPU serving yet",
    claim="this hardware route is not ready",
)


def choose(profile: Profile) -> Decision:
    """The first model and runtime for a profile; anything not ready for a GPU falls back."""
    if profile.route == RouteKind.LOCAL_CPU:
        return LOCAL_CPU
    if profile.route == RouteKind.FREE_COLAB:
        return FREE_COLAB
    if profile.route == RouteKind.RENTED_GPU and profile.available_vram_gb >= LEAST_VRAM_GB:
        return Decision(
            model="a small instruct model before any of the 7B class",
            runtime="vLLM or SGLang" if profile.needs_service else "Transformers first, then vLLM",
            claim="proves controlled serving, evaluation, latency and shutdown",
        )
    return NOT_READY


def read_profile(given: Mapping[str, str]) -> Profile:
    """The profile of settings by the lesson's names; one left out has the lesson's default.

    Raises UnusableSettingError for memory that is no finite number from 0 up, and for text that is not UTF-8.
    """
    values = {name: given.get(name, default) for name, default in DEFAULTS.items()}
    for name, value in values.items():
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise UnusableSettingError(NOT_READABLE, name=name)
    return Profile(
        task=values["TASK"],
        route=values["ROUTE"],
        privacy=values["PRIVACY"],
        available_vram_gb=_gigabytes(values["VRAM_GB"]),
        needs_service=values["NEEDS_SERVICE"] == "yes",
    )


def warnings(given: Mapping[str, str]) -> Iterator[Message]:
    """What is worth a word beside the answer: a rule in the way, an unknown route, an unclear yes."""
    route, privacy, service = (
        given.get(name, DEFAULTS[name]) for name in ("ROUTE", "PRIVACY", "NEEDS_SERVICE")
    )
    known = [kind.value for kind in RouteKind if kind is not RouteKind.TEAM]
    if route not in known:
        yield Message(UNKNOWN_ROUTE, {"value": _one_line(route), "known": ", ".join(known)})
    if route == RouteKind.FREE_COLAB and privacy in PRIVATE:
        yield Message(PRIVATE_ON_COLAB, {"value": privacy})
    if service not in {"yes", "no"}:
        yield Message(NEITHER_YES_NOR_NO, {"value": _one_line(service)})


def document(profile: Profile) -> dict[str, Any]:
    """The helper's JSON: the profile and the decision."""
    return {"profile": asdict(profile), "decision": asdict(choose(profile))}


def _gigabytes(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise UnusableSettingError(NOT_A_NUMBER, name="VRAM_GB", value=_one_line(value))
    return abs(number)  # no "-0.0" in the JSON


def _one_line(value: str) -> str:
    shown = "".join(character if character.isprintable() else " " for character in value)
    return shown if len(shown) <= 60 else shown[:60] + "…"
