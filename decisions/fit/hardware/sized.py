"""The estimate of one candidate, with what follows from it; the same question is worked out once."""

from functools import lru_cache

from decisions.fit.hardware.changes import Asked, backwards_of, changes_of, host_ruling
from decisions.fit.hardware.frozen import (
    bounds_of,
    held,
    line_of,
    made_with,
    priced,
    speed_of,
    total_of,
    writable,
)
from decisions.fit.hardware.llama.opened import opened
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.runs import weighed
from decisions.fit.hardware.wanted import Missing, Wanted, wanted_by
from decisions.fit.hardware.weights import weights_of
from decisions.fit.say import say
from decisions.record.schema import Candidate, Estimated, Need, Route
from decisions.states import Ruling


def sized(need: Need, route: Route | None, candidate: Candidate) -> Estimated | Missing:
    """What the candidate needs on its route by estimate; or why that cannot be worked out."""
    wanted = wanted_by(need, route, candidate)
    if isinstance(wanted, Missing):
        return wanted
    try:
        return worked_out(wanted)
    except Unsizable as problem:
        return Missing(problem.statement, (say("hardware.mend"),))


@lru_cache(maxsize=2048)
def worked_out(wanted: Wanted) -> Estimated:
    """The estimate, speed, cost and answers backwards. Raises Unsizable for what makes no sense."""
    model = wanted.described()
    arch = model.architecture
    return answered(Asked(wanted, arch, wanted.setting(arch), model.weights_in))


def answered(asked: Asked) -> Estimated:
    """The same for a question whose shape and setting are there already."""
    wanted, arch, setting = asked.wanted, asked.arch, asked.setting
    found, stored = asked.sized(setting), asked.weights_in(setting)
    speed = None if found.device.ruling is Ruling.DOES_NOT_FIT else speed_of(arch, setting, stored)
    total, low, high = total_of(found)
    device, host = found.device.ruling, host_ruling(found, wanted)
    ruling = next((r for r in (Ruling.DOES_NOT_FIT, Ruling.UNKNOWN) if r in (device, host)), Ruling.FITS)
    return Estimated(
        made_with=made_with(wanted, arch, setting, _understood(asked), of_file=stored is not None),
        lines=tuple(line_of(line) for line in opened(found.lines, arch, setting)),
        device=held(found.device),
        host=held(found.host).model_copy(update={"room_bytes": wanted.ram_bytes, "ruling": host}),
        total_bytes=writable(total) or 0,
        low_bytes=writable(low) or 0,
        high_bytes=writable(high) or 0,
        disk_bytes=writable(found.disk_bytes) or 0,
        deciding=found.deciding,
        ruling=weighed(ruling, found.obstacle),
        kv_tokens_capacity=writable(found.kv_tokens_capacity),
        requests_capacity=writable(found.requests_capacity),
        speed=bounds_of(speed),
        cost=priced(wanted, speed),
        backwards=backwards_of(asked),
        changes=tuple(changes_of(asked)) if ruling is not Ruling.FITS else (),
    )


def _understood(asked: Asked) -> str:
    """The quantization by its own name; what is published, or in a file, has one too."""
    setting, stored = asked.setting, asked.weights_in(asked.setting)
    return stored.format if stored else weights_of(asked.arch, setting.quantization, setting.runtime).format
