"""Backwards for a candidate: what would fit where it is to run, and the least that would make it fit."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from decisions.fit.hardware import reverse
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.cheapest import cheapest, found_as, price_of
from decisions.fit.hardware.choices import USUAL
from decisions.fit.hardware.estimate import Estimate
from decisions.fit.hardware.measured import with_measured
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.runs import weighed
from decisions.fit.hardware.setting import GGUF_RUNTIMES, GIB, Setting
from decisions.fit.hardware.sizing import estimate
from decisions.fit.hardware.wanted import Wanted
from decisions.fit.hardware.weights import Weights
from decisions.fit.say import say
from decisions.knowledge import models
from decisions.knowledge.devices import Device
from decisions.knowledge.models import ModelFact
from decisions.record.estimated import Backwards
from decisions.record.fields import plain_decimal
from decisions.record.schema import Statement
from decisions.states import Ruling

WeightsIn = Callable[[Setting], Weights | None]
LIMIT_TOKENS = 1 << 20  # where a model says nothing of its own limit
MOST_MODELS = 8  # of a family, from the largest that is smaller
SIZE = re.compile(r"-\d+(\.\d+)?[BM](?=-|$)", re.IGNORECASE)


def no_file(setting: Setting) -> Weights | None:
    """There is no real file whose weights are known: they are worked out."""
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the shape and the setting it came to; `weights_in` gives a real file's weights in a
    setting that runs it."""

    wanted: Wanted
    arch: Architecture
    setting: Setting
    weights_in: WeightsIn = no_file

    def sized(self, setting: Setting) -> Estimate:
        """The estimate in another setting. Raises Unsizable."""
        found = estimate(self.arch, setting, self.weights_in(setting))
        measured = self.wanted.measured
        return with_measured(found, setting, measured) if measured and measured.applies_to(setting) else found

    def judge(self, setting: Setting) -> Ruling:
        """Whether the model would fit in another setting."""
        try:
            return _ruling(self.sized(setting), self.wanted)
        except Unsizable:
            return Ruling.UNKNOWN


def ruling_of(arch: Architecture, setting: Setting, wanted: Wanted) -> Ruling:
    """Whether a model fits; unknown where that setting cannot be sized."""
    try:
        return _ruling(estimate(arch, setting), wanted)
    except Unsizable:
        return Ruling.UNKNOWN


def _ruling(found: Estimate, wanted: Wanted) -> Ruling:
    host = host_ruling(found, wanted)
    return weighed(found.device.ruling if host is Ruling.FITS else host, found.obstacle)


def host_ruling(found: Estimate, wanted: Wanted) -> Ruling:
    """Whether what stays with the processor goes into the RAM that the route states.

    Where it states none, little of it is taken to fit, and offloaded layers are not.
    """
    if wanted.ram_bytes is not None:
        stays = replace(found.host, room_bytes=wanted.ram_bytes).ruling
        return Ruling.DOES_NOT_FIT if _loads_beyond(found, wanted.ram_bytes) else stays
    return Ruling.UNKNOWN if found.host.needed_bytes and wanted.gpu_layers is not None else Ruling.FITS


def _loads_beyond(found: Estimate, ram_bytes: int) -> bool:
    """Whether loading takes more of the RAM than there is, of what cannot be dropped."""
    return any(line.code == "load_peak" and (line.low_bytes or 0) > ram_bytes for line in found.lines)


def backwards_of(asked: Asked) -> Backwards:
    """The largest context, the most requests and the best quantization on the same device."""
    setting, wanted = asked.setting, asked.wanted
    if setting.device is None or setting.device.total_bytes is None:
        return Backwards(**found_as(device_for(asked)))
    limit = max(asked.arch.max_context_tokens or LIMIT_TOKENS, setting.context_tokens)
    return Backwards(
        largest_context=reverse.largest_context(asked.judge, setting, limit),
        most_requests=reverse.most_requests(asked.judge, setting),
        best_quantization=reverse.best_quantization(asked.judge, setting, USUAL[wanted.runtime]),
        **found_as(device_for(asked)),
    )


def changes_of(asked: Asked) -> Iterator[Statement]:
    """What would make it fit, the least first; at the end what is left where nothing of ours does."""
    yield from _quantization(asked)
    yield from _cache(asked)
    yield from _context(asked)
    yield from _offload(asked)
    yield from _devices(asked)
    yield from _smaller_model(asked)
    yield say("hardware.try_cloud")


def _quantization(asked: Asked) -> Iterator[Statement]:
    names = USUAL[asked.wanted.runtime]
    best = reverse.best_quantization(asked.judge, asked.setting, names)
    if best:
        setting = replace(asked.setting, quantization=best)
        yield say("hardware.try_quantization", quantization=best, need=_needed_gib(asked, setting))


def _cache(asked: Asked) -> Iterator[Statement]:
    for setting in reverse.cache_changes(asked.setting):
        if asked.judge(setting) is Ruling.FITS:
            need = _needed_gib(asked, setting)
            yield say("hardware.try_cache", kv_dtype=setting.kv_dtype, need=need)
            return


def _context(asked: Asked) -> Iterator[Statement]:
    """A shorter context, as long as it is not less than the need asks for."""
    largest = reverse.largest_context(asked.judge, asked.setting, asked.setting.context_tokens)
    if largest and largest >= (asked.wanted.need_context_tokens or 1):
        yield say("hardware.try_context", tokens=largest)


def _offload(asked: Asked) -> Iterator[Statement]:
    """Fewer layers on the GPU, the rest in RAM, where the route says how much there is."""
    setting, ram = asked.setting, asked.wanted.ram_bytes
    on_gpu = setting.device is not None and not setting.device.is_cpu
    if setting.runtime not in GGUF_RUNTIMES or not on_gpu or ram is None:
        return
    whole = len(asked.arch.layers)
    counts = range(min(setting.gpu_layers or whole, whole) - 1, 0, -max(1, whole // 16))
    fitting = (n for n in counts if asked.judge(replace(setting, gpu_layers=n)) is Ruling.FITS)
    if layers := next(fitting, None):
        yield say("hardware.try_offload", layers=layers, whole=whole)


def _devices(asked: Asked) -> Iterator[Statement]:
    for setting in reverse.device_changes(asked.setting):
        if setting.device and asked.judge(setting) is Ruling.FITS:
            yield say("hardware.try_devices", count=setting.device.count)
            return
    found = device_for(asked)
    if found is not None and found.price_usd is not None:
        yield say("hardware.try_cheapest", device=found.name, price=price_of(found).amount)
    elif found is not None:
        yield say("hardware.try_device", device=found.name)


def device_for(asked: Asked) -> Device | None:
    """The shipped GPU that holds it alone, the cheapest known first."""
    device = asked.setting.device
    if device is None or device.is_cpu or device.unified or asked.wanted.gpu_layers is not None:
        return None
    alone = replace(device, count=1, used_bytes=0)
    try:
        least = asked.sized(replace(asked.setting, device=alone)).device.low_bytes
    except Unsizable:
        return None
    return cheapest(asked.judge, asked.setting, least)


def _smaller_model(asked: Asked) -> Iterator[Statement]:
    """The largest smaller model of the same family that fits."""
    own = models.find(asked.wanted.model_id) if asked.wanted.model_id else None
    for model in _smaller(own) if own else ():
        shape = architecture_of(model)
        if shape and ruling_of(shape, asked.setting, asked.wanted) is Ruling.FITS:
            yield say("hardware.try_model", model=model.id)
            return


def _smaller(own: ModelFact) -> list[ModelFact]:
    """Shipped models whose id differs in the size alone, from the largest that is smaller."""
    family, size = SIZE.sub("", own.id), own.parameters or 0
    if family == own.id:
        return []
    found = (one for one in models.shipped() if SIZE.sub("", one.id) == family)
    smaller = sorted((one for one in found if (one.parameters or size) < size), key=_size, reverse=True)
    return smaller[:MOST_MODELS]


def _size(model: ModelFact) -> int:
    return model.parameters or 0


def _needed_gib(asked: Asked, setting: Setting) -> Decimal:
    return gib(asked.sized(setting).device.needed_bytes)


def gib(size: int) -> Decimal:
    """Bytes in GiB as they are said: one decimal from ten on, two below."""
    exact = Decimal(size) / GIB
    return Decimal(plain_decimal(exact.quantize(Decimal("0.1") if abs(exact) >= 10 else Decimal("0.01"))))
