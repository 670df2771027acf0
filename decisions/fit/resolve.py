"""Which shipped facts a candidate points at."""

from dataclasses import dataclass
from typing import Literal

from decisions.fit.say import say
from decisions.knowledge import models, naming, runtimes
from decisions.knowledge.models import ModelFact
from decisions.knowledge.routes import ShippedRoute
from decisions.knowledge.runtimes import Runtime
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.schema import Candidate, Route, Statement, UsedFact

CLOUD_API = "cloud_api"


@dataclass(frozen=True)
class Resolved:
    """The runtime of a candidate, and how it was found."""

    runtime: Runtime | None
    how: tuple[Statement, ...] = ()


def runtime_of(candidate: Candidate, route: Route | None) -> Resolved:
    """The structured runtime; else the first the text names; else the provider's, where nothing is hosted."""
    if candidate.runtime_id:
        return Resolved(runtimes.find(candidate.runtime_id))
    named = runtimes.named_in(candidate.runtime)
    if named:
        return Resolved(named[0], _how(named))
    if not candidate.runtime and route is not None and not route.traits.hosts_model:
        return Resolved(runtimes.find(CLOUD_API), (say("runtime.implied"),))
    return Resolved(None)


def _how(named: tuple[Runtime, ...]) -> tuple[Statement, ...]:
    first = say("runtime.read_from_text", runtime=named[0].name)
    if len(named) == 1:
        return (first,)
    return first, say("runtime.also_named", others=[other.name for other in named[1:]])


def is_hosted_elsewhere(candidate: Candidate, route: Route | None) -> bool:
    """Whether a provider runs the model: the route says so; without a route, the runtime does."""
    if route is not None:
        return not route.traits.hosts_model
    runtime = runtime_of(candidate, None).runtime
    return runtime is not None and runtime.id == CLOUD_API


def shipped_model(candidate: Candidate) -> ModelFact | None:
    """The shipped facts on the candidate's model: by its id, else by its name."""
    return models.find(candidate.model.model_id or candidate.name)


def model_like(candidate: Candidate) -> ModelFact | None:
    """The shipped model with as many weights in the same shape: its own, or the one that it is by its name a
    copy or a sibling of. Licence, languages and the like are its own repository's: see `shipped_model`.
    """
    return naming.resolve(candidate.model.model_id or candidate.name).model


def parameters_of(candidate: Candidate) -> int | None:
    """The number of weights the candidate states, else the shipped one, else None."""
    if candidate.model.parameters is not None:
        return candidate.model.parameters
    like = model_like(candidate)
    return like.parameters if like else None


def used(row: Runtime | ModelFact | ShippedRoute) -> UsedFact:
    """Say on which shipped row something rests: its digest is the SHA-256 of its canonical JSON."""
    kind, key = _kind_and_id(row)
    return UsedFact(
        kind=kind,
        id=key,
        digest=digest_of(canonical_bytes(row.model_dump(mode="json"))),
        source=row.source,
        date=row.date,
    )


def _kind_and_id(row: Runtime | ModelFact | ShippedRoute) -> tuple[Literal["runtime", "model", "route"], str]:
    match row:
        case Runtime():
            return "runtime", row.id
        case ShippedRoute():
            return "route", row.kind
    return "model", row.id
