"""What is sized: a shipped model, a configuration, the header of a file, or what the Hub says of a model.

Files are not kept. What was read of one travels with the page as a signed text, so that the next change of
the setting needs no upload.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core import signing

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.carried import packed, unpacked
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.config.text import mapping_of
from decisions.fit.hardware.corrected import Corrected, with_correction
from decisions.fit.hardware.gguf_architecture import architecture_of_header
from decisions.fit.hardware.gguf_header import read_header
from decisions.fit.hardware.gguf_stored import weights_of_header
from decisions.fit.hardware.named import Named, named
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import (
    SafetensorsHeader,
    SafetensorsIndex,
    read_index,
    read_safetensors_header,
)
from decisions.fit.hardware.safetensors_stored import Checkpoint, checkpoint_of, weights_of_checkpoint
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import LLAMA
from decisions.fit.hardware.weights import Weights
from decisions.fit.say import say
from decisions.hub import installed, read_model
from decisions.knowledge import architectures, models

SALT = "decisions.web.sizing"
JSON_STARTS = (b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # marks of byte order included


@dataclass(frozen=True)
class Source:
    """A model to size. `kind` is "shipped", "config", "gguf", "safetensors" or "hub".

    `named` is what the name of a shipped one means: it may be a copy of one. `config` is there where a
    dimension can be put right; `weights` are those of a GGUF file, `checkpoint`
    those of safetensors. `origin` and `read_on` say where a Hub's facts are from.
    """

    kind: str
    name: str
    architecture: Architecture
    config: Mapping[str, Any] | None = None
    weights: Weights | None = None
    checkpoint: Checkpoint | None = None
    corrected: Corrected | None = None
    origin: str = ""
    read_on: str = ""
    named: Named | None = None

    @property
    def is_shipped(self) -> bool:
        """Whether an address is enough to come back to it."""
        return self.kind == "shipped"

    @property
    def shape(self) -> architectures.Shape | None:
        """The shipped row of its dimensions."""
        return architectures.find(self.named.model.id) if self.named else None

    @property
    def fact(self) -> models.ModelFact | None:
        """The shipped facts of the model, whoever brought its dimensions."""
        return self.named.model if self.named else models.find(self.name)

    def weights_in(self, setting: Setting) -> Weights | None:
        """The weights of the file, where the setting runs that very file; None: they are worked out."""
        if setting.quantization:
            return None
        if self.weights and setting.runtime in LLAMA:
            return self.weights
        if self.checkpoint and setting.runtime not in LLAMA:
            count = setting.device.count if setting.device and setting.runtime != "transformers" else 1
            return weights_of_checkpoint(self.checkpoint, self.architecture, setting.runtime, count)
        return None

    def with_correction(self, field: str, text: str) -> "Source":
        """The same with one dimension put right. Raises Unsizable for a field or value that cannot be."""
        if not field or self.config is None:
            return self
        config, corrected = with_correction(self.config, field, text)
        arch = read_config(config)
        arch = self.named.as_named(arch) if self.named else arch
        return replace(self, architecture=arch, config=config, corrected=corrected)


def shipped(name: str) -> Source:
    """A model of the catalogue, or a copy of one by its name. Raises Unsizable for one that is not there, or
    not known well enough."""
    found = named(name)
    shape = architectures.find(found.model.id)
    title = found.name if found.taken_for else found.model.id
    return Source("shipped", title, found.architecture, config=shape.config if shape else None, named=found)


def from_text(text: str | bytes, name: str = "") -> Source:
    """A config.json. Raises Unsizable, which names the field, for one that cannot be sized."""
    config = mapping_of(text)
    own = config.get("_name_or_path")
    known = own if isinstance(own, str) and models.find(own) else ""
    return Source("config", known or name or "config.json", read_config(config), config=config)


def from_file(data: bytes, name: str, text: str = "", model: str = "") -> Source:
    """What an uploaded file, or its beginning, describes; `text` or `model` give safetensors their shape.

    Raises Unsizable, whose sentence is for the reader.
    """
    start = data[:64].lstrip()
    if not start:
        raise Unsizable(say("sizing.file_empty"))
    if start.startswith(b"version https://git-lfs"):
        raise Unsizable(say("reading.pointer"))
    if data[:4] == b"GGUF":
        return _of_gguf(data, name)
    if start.startswith(JSON_STARTS):
        return _of_json(data, name, text, model)
    if len(data) > 8 and data[8:9] == b"{":
        return _with_shape(read_safetensors_header(io.BytesIO(data)), name, text, model)
    raise Unsizable(say("sizing.file_kind"))


def _of_gguf(data: bytes, name: str) -> Source:
    header = read_header(io.BytesIO(data))
    own = header.metadata.get("general.name")
    title = own if isinstance(own, str) and own.strip() else name
    return Source("gguf", title[:120], architecture_of_header(header), weights=weights_of_header(header))


def _of_json(data: bytes, name: str, text: str, model: str) -> Source:
    if b'"weight_map"' in data:
        return _with_shape(read_index(data), name, text, model)
    return from_text(data, name)


def _with_shape(stored: SafetensorsHeader | SafetensorsIndex, name: str, text: str, model: str) -> Source:
    if not text.strip() and not model.strip():
        raise Unsizable(say("sizing.file_shape"))
    checkpoint = checkpoint_of(stored)
    if checkpoint is None:
        raise Unsizable(say("sizing.file_total"))
    shape = from_text(text, name) if text.strip() else shipped(model)
    return replace(shape, kind="safetensors", checkpoint=checkpoint)


def from_hub(model_id: str, day: date) -> Source:
    """What the Hub of this installation says of a model. Raises Unsizable, which tells why it does not."""
    found = read_model(installed(), model_id, day=day)
    if found.config is None:
        raise Unsizable(say("sizing.no_config", name=found.model_id))
    config = mapping_of(found.config)
    checkpoint = checkpoint_of(found.weights) if found.weights else None
    return Source(
        "hub",
        found.model_id,
        read_config(config),
        config=config,
        checkpoint=checkpoint,
        origin=found.source,
        read_on=day.isoformat(),
    )


def token_of(source: Source) -> str:
    """What a page carries along of a source that no address names; as it was before it was put right."""
    values = {
        "kind": source.kind,
        "name": source.name,
        "config": source.config,
        "arch": None if source.config is not None else packed(source.architecture),
        "weights": packed(source.weights),
        "checkpoint": packed(source.checkpoint),
        "origin": source.origin,
        "read_on": source.read_on,
    }
    return signing.dumps(values, salt=SALT, compress=True)


def from_token(token: str) -> Source | None:
    """What a page carried along; None where that did not come back whole."""
    try:
        values = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    config = values["config"]
    return Source(
        values["kind"],
        values["name"],
        read_config(config) if config is not None else unpacked(values["arch"]),
        config=config,
        weights=unpacked(values["weights"]),
        checkpoint=unpacked(values["checkpoint"]),
        origin=values["origin"],
        read_on=values["read_on"],
    )
