"""Hardware fit: a stated need against the memory and disk the route declares. Nothing is guessed here."""

from collections.abc import Iterator
from decimal import Decimal

from decisions.fit.check import Check, plain, verdict, worst
from decisions.fit.resolve import is_hosted_elsewhere
from decisions.fit.say import say
from decisions.record.schema import Candidate, Need, Route, Statement, Verdict
from decisions.states import Fit, Ruling


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """Compare the stated need (GiB) with the route: VRAM where it has a GPU, else RAM; disk where stated."""
    if is_hosted_elsewhere(candidate, route):
        return plain(
            Fit.HARDWARE,
            Ruling.NOT_APPLICABLE,
            say("hardware.elsewhere"),
            say("hardware.provider_hosts"),
        )
    checks = [_memory(candidate, route), *_disk(candidate, route)]
    return verdict(
        Fit.HARDWARE,
        checks,
        word=_word(candidate, route, worst(checks)),
        reason=_reason(candidate, route, checks),
        details=_origin(candidate, route),
    )


def runs_on_gpu(route: Route) -> bool:
    """Whether a model on this route is held in VRAM: it has a GPU by nature, or one was declared."""
    return route.traits.has_gpu or bool(route.hardware.vram_gib)


def memory_gib(route: Route) -> Decimal | None:
    """The memory in GiB that has to hold the model: all VRAM together, or RAM; None is not declared."""
    return route.hardware.total_vram_gib if runs_on_gpu(route) else route.hardware.ram_gib


def _memory(candidate: Candidate, route: Route | None) -> Check:
    need = candidate.memory_needed_gib
    if need is None:
        return Check.open(say("hardware.no_need"), say("hardware.state_need"))
    if route is None:
        return Check.open(say("hardware.no_route_chosen"), say("hardware.choose_route"))
    have, kind = memory_gib(route), "vram" if runs_on_gpu(route) else "ram"
    if have is None:
        finding = say(f"hardware.no_{kind}", route=route.name, need=need)
        return Check.open(finding, say(f"hardware.declare_{kind}", route=route.name))
    finding = say(f"hardware.{kind}", need=need, have=have)
    if need <= have:
        return Check.holds(finding)
    return Check.fails(finding, say("hardware.smaller", short=need - have))


def _disk(candidate: Candidate, route: Route | None) -> Iterator[Check]:
    need = candidate.disk_needed_gib
    if need is None or route is None:
        return
    have = route.hardware.disk_gib
    if have is None:
        finding = say("hardware.no_disk", route=route.name, need=need)
        yield Check.open(finding, say("hardware.declare_disk", route=route.name))
    elif need <= have:
        yield Check.holds(say("hardware.disk", need=need, have=have))
    else:
        finding = say("hardware.disk_short", need=need, have=have, short=need - have)
        yield Check.fails(finding, say("hardware.free_disk", short=need - have))


def _word(candidate: Candidate, route: Route | None, ruling: Ruling) -> Statement:
    if ruling is Ruling.FITS:
        return say("hardware.fits")
    if ruling is Ruling.DOES_NOT_FIT:
        return say("hardware.too_small")
    if candidate.memory_needed_gib is None:
        return say("hardware.need_unsaid")
    return say("hardware.no_route" if route is None else "hardware.memory_unsaid")


def _reason(candidate: Candidate, route: Route | None, checks: list[Check]) -> Statement | None:
    need, have = candidate.memory_needed_gib, memory_gib(route) if route else None
    if need is None or have is None:
        return None
    if need > have:
        return say("hardware.short", need=need, have=have, short=need - have)
    return say("hardware.needs", need=need, have=have) if worst(checks) is Ruling.FITS else None


def _origin(candidate: Candidate, route: Route | None) -> Iterator[Statement]:
    if candidate.memory_needed_gib is None:
        return
    if candidate.needed_source:
        yield say("hardware.source", source=candidate.needed_source)
    else:
        yield say("hardware.no_source")
    devices = route.hardware.device_count if route else None
    if route and runs_on_gpu(route) and devices and devices > 1:
        yield say("hardware.several_devices", count=devices)
