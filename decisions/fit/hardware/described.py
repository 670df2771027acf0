"""A model as a text describes it: a config.json, with the sums of its safetensors beside it or not, or what
was read of a GGUF header. A candidate keeps that text, so that an old record explains itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.config.text import mapping_of
from decisions.fit.hardware.gguf import kept as gguf_kept
from decisions.fit.hardware.gguf.architecture import architecture_of_header
from decisions.fit.hardware.gguf.header import GgufHeader
from decisions.fit.hardware.gguf.names import mix_of
from decisions.fit.hardware.gguf.stored import weights_of_header
from decisions.fit.hardware.safetensors_stored import Checkpoint, kept_checkpoint, weights_of_checkpoint
from decisions.fit.hardware.setting import GGUF_RUNTIMES, Setting
from decisions.fit.hardware.weights import Weights

CHECKPOINT = "safetensors"


@dataclass(frozen=True, slots=True)
class Described:
    """A shape, and the weights of a real file where they are known: `gguf` of one that llama.cpp reads,
    `checkpoint` of safetensors. `mix` is the GGUF file's own quantization, where it says one."""

    architecture: Architecture
    gguf: Weights | None = None
    checkpoint: Checkpoint | None = None
    mix: str = ""

    @property
    def is_file(self) -> bool:
        """Whether the figures of a real file are there."""
        return self.gguf is not None or self.checkpoint is not None

    def weights_in(self, setting: Setting) -> Weights | None:
        """The weights of the file, where the setting runs that very file; None: they are worked out."""
        if self.gguf and setting.runtime in GGUF_RUNTIMES:
            return self.gguf if setting.quantization in ("", self.mix) else None
        if self.checkpoint is None or setting.quantization or setting.runtime in GGUF_RUNTIMES:
            return None
        count = setting.device.count if setting.device and setting.runtime != "transformers" else 1
        return weights_of_checkpoint(self.checkpoint, self.architecture, setting.runtime, count)


@lru_cache(maxsize=256)
def described(text: str) -> Described:
    """What a text describes. Raises Unsizable, which names the field."""
    return described_by(mapping_of(text))


def described_by(given: Mapping[str, Any]) -> Described:
    """The same for the object that a text holds."""
    if gguf_kept.NAME in given:
        return described_header(*gguf_kept.read_kept(given[gguf_kept.NAME]))
    sums = given.get(CHECKPOINT)
    return Described(read_config(given), checkpoint=None if sums is None else kept_checkpoint(sums))


def described_header(header: GgufHeader, digest: str = "") -> Described:
    """What a GGUF header describes; `digest` is its SHA-256, where it is known. Raises Unsizable."""
    weights = _from(weights_of_header(header), digest)
    return Described(architecture_of_header(header), gguf=weights, mix=mix_of(header))


def _from(weights: Weights, digest: str) -> Weights:
    return replace(weights, source=f"{weights.source}, SHA-256 of the header {digest}") if digest else weights
