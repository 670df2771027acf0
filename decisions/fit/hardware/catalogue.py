"""Shipped facts as sizing takes them. Models keep a configuration, so that one reader does for both."""

from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.setting import DeviceMemory
from decisions.fit.say import say
from decisions.fit.texts.sizing_asked import MISSING
from decisions.knowledge import architectures
from decisions.knowledge.devices import Device
from decisions.knowledge.models import ModelFact
from decisions.record.schema import Statement


def architecture_of(model: ModelFact) -> Architecture | None:
    """The shape of a shipped model, or None where its dimensions are not known well enough to size it.

    Which of the dimensions are claims, and where sources disagree, says `architectures.find(model.id)`.
    """
    return _read(model.id)


def unsound(model_id: str) -> Statement:
    """Why a shipped model cannot be sized: the fact that is missing, where it is known."""
    missing = architectures.missing_of(model_id)
    if not missing:
        return say("asked.model_unsound", name=model_id)
    return say("asked.model_missing", name=model_id, missing_word=MISSING[missing])


@lru_cache(maxsize=1024)
def _read(model_id: str) -> Architecture | None:
    shape = architectures.find(model_id)
    return read_config(shape.config) if shape else None


def memory_of(device: Device, count: int = 1) -> DeviceMemory:
    """A shipped device as sizing takes it, `count` of them; what is not known stays None."""
    bandwidth, tflops = device.bandwidth_gb_s, device.tflops
    return DeviceMemory(
        name=device.name,
        count=count,
        total_bytes=device.total_bytes,
        usable_bytes=device.usable_bytes,
        bandwidth_bytes_per_s=round(bandwidth * 1e9) if bandwidth else None,
        flops=round(tflops * 1e12) if tflops else None,
        unified=device.kind == "unified",
        is_cpu=device.kind == "cpu",
    )
