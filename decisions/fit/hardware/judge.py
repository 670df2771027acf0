"""Hardware fit: a need that somebody stated, else the estimate, against memory and disk of the route."""

from collections.abc import Iterator
from decimal import Decimal

from decisions.fit.check import Check, plain, verdict, worst
from decisions.fit.hardware.sized import sized
from decisions.fit.hardware.told import close_word, details_of, estimated_checks, estimated_reason, gib
from decisions.fit.hardware.wanted import Missing, runs_on_gpu
from decisions.fit.resolve import is_hosted_elsewhere
from decisions.fit.say import say
from decisions.record.schema import Candidate, Estimated, Need, Route, Statement, Verdict
from decisions.states import Fit, Ruling


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """What is stated (GiB) goes before what is worked out; VRAM where there is a GPU, else RAM; and disk."""
    if is_hosted_elsewhere(candidate, route):
        return plain(
            Fit.HARDWARE,
            Ruling.NOT_APPLICABLE,
            say("hardware.elsewhere"),
            say("hardware.provider_hosts"),
        )
    found = sized(need, route, candidate)
    if candidate.memory_needed_gib is not None:
        return _by_statement(candidate.memory_needed_gib, found, route, candidate)
    if isinstance(found, Missing):
        return _unsized(found, route, candidate)
    return _by_estimate(found, need, route, candidate)


def estimate_of(need: Need, route: Route | None, candidate: Candidate) -> Estimated | None:
    """The estimate that stands beside the verdict; None where there is nothing to host, or to work with."""
    if is_hosted_elsewhere(candidate, route):
        return None
    found = sized(need, route, candidate)
    return found if isinstance(found, Estimated) else None


def memory_gib(route: Route) -> Decimal | None:
    """The memory in GiB that has to hold the model: all VRAM together, or RAM; None is not declared."""
    return route.hardware.total_vram_gib if runs_on_gpu(route) else route.hardware.ram_gib


def _by_estimate(found: Estimated, need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    checks = [*estimated_checks(found, route), *_disk(candidate, route, found)]
    ruling = worst(checks)
    return verdict(
        Fit.HARDWARE,
        checks,
        word=_estimated_word(found, route, ruling),
        reason=estimated_reason(found, checks),
        details=details_of(found, need),
    )


def _estimated_word(found: Estimated, route: Route | None, ruling: Ruling) -> Statement:
    if ruling is Ruling.FITS:
        return say("hardware.fits")
    if ruling is Ruling.DOES_NOT_FIT:
        return say("hardware.too_small")
    if route is None:
        return say("hardware.no_route")
    return say("hardware.memory_unsaid") if found.device.room_bytes is None else close_word(found)


def _unsized(found: Missing, route: Route | None, candidate: Candidate) -> Verdict:
    """Neither stated nor worked out: what is missing, and that a stated need would settle it as well."""
    check = Check.open(found.finding, *found.changes, say("hardware.state_need"))
    checks = [check, *_disk(candidate, route, None)]
    ruling = worst(checks)
    word = say("hardware.too_small" if ruling is Ruling.DOES_NOT_FIT else "hardware.need_unsaid")
    return verdict(Fit.HARDWARE, checks, word=word)


def _by_statement(
    need: Decimal, found: Estimated | Missing, route: Route | None, candidate: Candidate
) -> Verdict:
    checks = [_memory(need, route), *_disk(candidate, route, None)]
    return verdict(
        Fit.HARDWARE,
        checks,
        word=_word(route, worst(checks)),
        reason=_reason(need, route, checks),
        details=(*_origin(candidate, route), *_beside(found)),
    )


def _memory(need: Decimal, route: Route | None) -> Check:
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


def _disk(candidate: Candidate, route: Route | None, found: Estimated | None) -> Iterator[Check]:
    """Disk that is stated has to be declared by the route; what is worked out is held against it if it is."""
    need = candidate.disk_needed_gib
    stated, have = need is not None, route.hardware.disk_gib if route else None
    if need is None and found is not None and have is not None:
        need = gib(found.disk_bytes)
    if need is None or route is None:
        return
    if have is None:
        if stated:
            finding = say("hardware.no_disk", route=route.name, need=need)
            yield Check.open(finding, say("hardware.declare_disk", route=route.name))
    elif need <= have:
        yield Check.holds(say("hardware.disk", need=need, have=have))
    else:
        finding = say("hardware.disk_short", need=need, have=have, short=need - have)
        yield Check.fails(finding, say("hardware.free_disk", short=need - have))


def _word(route: Route | None, ruling: Ruling) -> Statement:
    if ruling is Ruling.FITS:
        return say("hardware.fits")
    if ruling is Ruling.DOES_NOT_FIT:
        return say("hardware.too_small")
    return say("hardware.no_route" if route is None else "hardware.memory_unsaid")


def _reason(need: Decimal, route: Route | None, checks: list[Check]) -> Statement | None:
    have = memory_gib(route) if route else None
    if have is None:
        return None
    if need > have:
        return say("hardware.short", need=need, have=have, short=need - have)
    return say("hardware.needs", need=need, have=have) if worst(checks) is Ruling.FITS else None


def _origin(candidate: Candidate, route: Route | None) -> Iterator[Statement]:
    if candidate.needed_source:
        yield say("hardware.source", source=candidate.needed_source)
    else:
        yield say("hardware.no_source")
    devices = route.hardware.device_count if route else None
    if route and runs_on_gpu(route) and devices and devices > 1:
        yield say("hardware.several_devices", count=devices)


def _beside(found: Estimated | Missing) -> Iterator[Statement]:
    """The estimate beside a stated need, so that a reader sees how far apart they are."""
    if isinstance(found, Estimated):
        count = found.made_with.device_count
        yield say("hardware.estimate_beside", need=gib(found.device.needed_bytes * count))
