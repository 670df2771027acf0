"""Whether the route's GPU is new enough for a quantization on a runtime."""

import re
from collections.abc import Iterator

from decisions.fit.check import Check
from decisions.fit.say import say
from decisions.knowledge import capabilities, devices
from decisions.knowledge.capabilities import Capability
from decisions.knowledge.runtimes import Runtime
from decisions.record.schema import Candidate, Route


def rows_for(runtime: Runtime, candidate: Candidate) -> tuple[Capability, ...]:
    """What is known of the methods that the candidate's quantization and format name."""
    model = candidate.model
    words = set(re.findall(r"[a-z0-9-]+", f"{model.quantization} {model.weight_format}".casefold()))
    return tuple(row for row in capabilities.shipped() if row.runtime == runtime.id and row.word in words)


def check(runtime: Runtime, route: Route | None, candidate: Candidate) -> Iterator[Check]:
    """Compare the device's compute capability with the method's least; silent where one is unknown."""
    device = devices.find(route.hardware.device) if route else None
    if device is None or device.compute_capability is None:
        return
    for row in rows_for(runtime, candidate):
        names = {"runtime": runtime.name, "method": row.word.upper(), "least": row.capability}
        names |= {"device": device.name, "has": device.compute_capability}
        if capabilities.as_number(device.compute_capability) >= row.number:
            yield Check.holds(say("runtime.capability_yes", **names))
        else:
            change = say("runtime.newer_device", least=row.capability)
            yield Check.fails(say("runtime.capability_no", **names), change)
