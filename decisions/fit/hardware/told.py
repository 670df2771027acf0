"""An estimate in sentences: the checks it makes, the reason, and how it came about."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from decisions.fit.check import Check, worst
from decisions.fit.hardware.changes import gib
from decisions.fit.hardware.wanted import runs_on_gpu
from decisions.fit.say import say
from decisions.fit.texts.sizing_words import LINES
from decisions.knowledge import runtimes
from decisions.record.estimated import EstimatedLine
from decisions.record.schema import Estimated, Need, Route, Statement
from decisions.states import Ruling

__all__ = ["close_word", "details_of", "estimated_checks", "estimated_reason", "gib", "runtime_name"]

DECIDED_BY_A_GUESS = ("quantization", "context")


def estimated_checks(found: Estimated, route: Route | None) -> Iterator[Check]:
    """The memory of a device, and the RAM for what stays there."""
    yield _device(found, route)
    if found.host.ruling is Ruling.DOES_NOT_FIT:
        yield Check.fails(_host_short(found), *found.changes)
    elif found.host.ruling is Ruling.UNKNOWN and route is not None:
        finding = say("hardware.host_unsaid", need=gib(found.host.needed_bytes))
        yield Check.open(finding, say("hardware.declare_ram", route=route.name))


def _host_short(found: Estimated) -> Statement:
    """What goes beyond the RAM: what stays there, or else what loading takes for a moment."""
    need, load, have = found.host.needed_bytes, load_of(found), gib(found.host.room_bytes or 0)
    if load and load.low_bytes and not beyond(found, need):
        return say("hardware.load_short", need=gib(load.low_bytes), have=have)
    return say("hardware.host_short", need=gib(need), have=have)


def load_of(found: Estimated) -> EstimatedLine | None:
    """The line of what loading takes; an older record has none."""
    return next((line for line in found.lines if line.code == "load_peak"), None)


def beyond(found: Estimated, size: int) -> bool:
    """Whether that is more than the RAM that the route states."""
    return found.host.room_bytes is not None and size > found.host.room_bytes


def _device(found: Estimated, route: Route | None) -> Check:
    need = gib(found.device.needed_bytes)
    if route is None:
        return Check.open(say("hardware.estimate_no_route", need=need), say("hardware.choose_route"))
    if found.device.room_bytes is None:
        kind = "vram" if runs_on_gpu(route) else "ram"
        finding = say(f"hardware.no_{kind}", route=route.name, need=need)
        return Check.open(finding, say(f"hardware.declare_{kind}", route=route.name))
    finding = _memory(found)
    if found.device.ruling is Ruling.DOES_NOT_FIT:
        return Check.fails(finding, *found.changes)
    if found.device.ruling is Ruling.UNKNOWN:
        return Check.open(finding, say("hardware.measure"), *found.changes)
    settles = [say(f"hardware.say_{name}") for name in found.made_with.guessed if name in DECIDED_BY_A_GUESS]
    return Check.open(finding, *settles) if settles else Check.holds(finding)


def estimated_reason(found: Estimated, checks: Sequence[Check]) -> Statement | None:
    """The numbers in short, where it is the memory of the device that decides; `checks` begin with it."""
    decides = checks[0].ruling is worst(checks) and found.device.room_bytes is not None
    return in_short(found) if decides and found.made_with.device_basis != "unknown" else None


def close_word(found: Estimated) -> Statement:
    """What leaves it open: something nobody stated, or figures too close to each other."""
    guessed = next((name for name in DECIDED_BY_A_GUESS if name in found.made_with.guessed), None)
    if guessed and found.device.ruling is Ruling.FITS:
        return say(f"hardware.{guessed}_unsaid")
    return say("hardware.close")


def _memory(found: Estimated) -> Statement:
    need, have = gib(found.device.needed_bytes), gib(found.device.room_bytes or 0)
    count = found.made_with.device_count
    if count > 1:
        return say("hardware.memory_each", need=need, have=have, count=count)
    return say("hardware.memory", need=need, have=have)


def in_short(found: Estimated) -> Statement:
    """What is needed of what there is, on one device; its room must be known."""
    device, count = found.device, found.made_with.device_count
    need, have = gib(device.needed_bytes), gib(device.room_bytes or 0)
    each = "_each" if count > 1 else ""
    more: dict[str, int] = {"count": count} if count > 1 else {}
    if device.ruling is Ruling.FITS:
        return say(f"hardware.estimate_fits{each}", need=need, have=have, **more)
    if device.ruling is Ruling.UNKNOWN:
        low, high = gib(device.low_bytes), gib(device.high_bytes)
        return say(f"hardware.estimate_close{each}", low=low, high=high, have=have, **more)
    most = LINES.get(found.deciding, found.deciding)
    short = gib(-(device.margin_bytes or 0))
    return say(f"hardware.estimate_short{each}", need=need, have=have, short=short, most_word=most, **more)


def details_of(found: Estimated, need: Need) -> Iterator[Statement]:
    """How it came about: what was asked, what was assumed, what is unsure, what misses the need.

    The rest is in the estimate itself, beside the verdict.
    """
    yield _made_with(found)
    yield from _assumed(found)
    yield from _shape(found)
    if found.device.low_bytes != found.device.high_bytes:
        low, high = gib(found.device.low_bytes), gib(found.device.high_bytes)
        yield say("hardware.range", low=low, high=high)
    yield from _room(found)
    yield from _beside(found)
    yield from _too_slow(found, need)
    if found.cost.within_budget is False:
        yield say("hardware.over_budget")


def _made_with(found: Estimated) -> Statement:
    made = found.made_with
    return say(
        "hardware.made_with",
        runtime=runtime_name(made.runtime),
        quantization=made.quantization,
        tokens=made.context_tokens,
        count=made.parallel,
        engine=made.engine,
    )


def _assumed(found: Estimated) -> Iterator[Statement]:
    made = found.made_with
    if "quantization" in made.guessed:
        yield say("hardware.assumed_quantization", quantization=made.quantization)
    if "context" in made.guessed:
        yield say("hardware.assumed_context", tokens=made.context_tokens)
    if "parallel" in made.guessed:
        yield say("hardware.assumed_parallel")


def _shape(found: Estimated) -> Iterator[Statement]:
    made = found.made_with
    if made.shape in ("config", "file"):
        yield say(f"hardware.shape_{made.shape}")
    if made.taken_for:
        yield say("hardware.taken_for", model=made.taken_for)
    if made.shape_claims:
        yield say("hardware.shape_claims", names=made.shape_claims)
    yield from made.disagreements


def _room(found: Estimated) -> Iterator[Statement]:
    device, made = found.device, found.made_with
    if device.room_bytes is None:
        return
    if device.reserved_bytes is not None:
        yield say("hardware.reserves", runtime=runtime_name(made.runtime), reserve=gib(device.reserved_bytes))
    elif device.room_basis == "assumed":
        yield say("hardware.room_assumed", have=gib(device.room_bytes))
    if found.kv_tokens_capacity is not None and found.requests_capacity is not None:
        yield say("hardware.capacity", tokens=found.kv_tokens_capacity, count=found.requests_capacity)


def _beside(found: Estimated) -> Iterator[Statement]:
    """What is not counted: a vision part that is not loaded, a mapped file larger than the RAM."""
    for line in found.lines:
        if line.code == "apart_projector" and line.bytes and found.made_with.vision is not False:
            yield say("hardware.projector_apart", need=gib(line.bytes))
        if line.code == "projector" and line.bytes is None:
            yield say("hardware.projector_unknown")
    load = load_of(found)
    if load and load.bytes and beyond(found, load.bytes) and not beyond(found, load.low_bytes or 0):
        have = gib(found.host.room_bytes or 0)
        yield say("hardware.load_dropped", need=gib(load.bytes), have=have)


def _too_slow(found: Estimated, need: Need) -> Iterator[Statement]:
    """That not even the best case meets the latency the need asks for."""
    target, first = need.latency_target_ms, found.speed.first_token_s
    if target is not None and first is not None and Decimal(first) * 1000 > target:
        yield say("hardware.latency_missed", rate=Decimal(first), target=target)


def runtime_name(runtime_id: str) -> str:
    """The name people know a runtime by."""
    known = runtimes.find(runtime_id)
    return known.name if known else runtime_id
