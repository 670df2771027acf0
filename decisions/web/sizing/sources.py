"""What is sized: a shipped model, a configuration, the header of a file, or what the Hub says of a model.

Files are not kept. What was read of one travels with the page as a signed text, so that the next change of
the setting needs no upload.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core import signing

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config.text import mapping_of
from decisions.fit.hardware.corrected import Corrected, with_correction
from decisions.fit.hardware.described import CHECKPOINT, Described, described_by
from decisions.fit.hardware.gguf import kept as gguf_kept
from decisions.fit.hardware.gguf.header import read_header
from decisions.fit.hardware.named import Named, named
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import read_index, read_safetensors_header
from decisions.fit.hardware.safetensors_stored import Checkpoint, checkpoint_of, kept
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.weights import Weights
from decisions.fit.say import say
from decisions.hub import installed, read_model
from decisions.knowledge import architectures, models
from decisions.record.canonical import digest_of

SALT = "decisions.web.sizing"
JSON_STARTS = (b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # marks of byte order included
PART = re.compile(r"-(\d{5})-of-(\d{5})\.safetensors$")


@dataclass(frozen=True)
class Source:
    """A model to size. `kind` is "shipped", "config", "gguf", "safetensors" or "hub".

    `doc` is the text that describes it, as an object (see `described`); `named` is what the name of a shipped
    one means: it may be a copy of one. `origin` and `read_on` say where a Hub's facts are from.
    """

    kind: str
    name: str
    described: Described
    doc: Mapping[str, Any] | None
    corrected: Corrected | None = None
    origin: str = ""
    read_on: str = ""
    named: Named | None = None

    @property
    def architecture(self) -> Architecture:
        """Its shape."""
        return self.described.architecture

    @property
    def config(self) -> Mapping[str, Any] | None:
        """The configuration, where there is one: its dimensions can be put right."""
        return None if self.kind == "gguf" else self.doc

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

    @property
    def stored(self) -> Weights | Checkpoint | None:
        """The weights of a real file."""
        return self.described.gguf or self.described.checkpoint

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read of a file; empty where there was none."""
        kept_of = (self.doc or {}).get(gguf_kept.NAME) or (self.doc or {}).get(CHECKPOINT) or {}
        return str(kept_of.get("sha256", ""))

    def weights_in(self, setting: Setting) -> Weights | None:
        """The weights of the file, where the setting runs that very file; None: they are worked out."""
        return self.described.weights_in(setting)

    def with_correction(self, field: str, text: str) -> "Source":
        """The same with one dimension put right. Raises Unsizable for a field or value that cannot be."""
        if not field or self.config is None:
            return self
        config, corrected = with_correction(self.config, field, text)
        return replace(self, described=_described(config, self.named), doc=config, corrected=corrected)


def _described(doc: Mapping[str, Any], meant: Named | None = None) -> Described:
    """What an object describes; assumed where it is another model's."""
    found = described_by(doc)
    return replace(found, architecture=meant.as_named(found.architecture)) if meant else found


def shipped(name: str) -> Source:
    """A model of the catalogue, or a copy of one by its name. Raises Unsizable for one that is not there, or
    not known well enough."""
    found = named(name)
    shape = architectures.find(found.model.id)
    title = found.name if found.taken_for else found.model.id
    doc = dict(shape.config) if shape else None
    return Source("shipped", title, Described(found.architecture), doc, named=found)


def from_text(text: str | bytes, name: str = "") -> Source:
    """A config.json. Raises Unsizable, which names the field, for one that cannot be sized."""
    config = mapping_of(text)
    own = config.get("_name_or_path")
    known = own if isinstance(own, str) and models.find(own) else ""
    kind = "gguf" if gguf_kept.NAME in config else "config"  # what a candidate kept of a file
    return Source(kind, known or name or "config.json", _described(config), config)


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
    if b'"weight_map"' in data and is_json(data):
        checkpoint = checkpoint_of(read_index(data), digest_of(data))
        return _with_shape(checkpoint, name, text, model)
    if is_json(data):
        return from_text(data, name)
    if len(data) > 8 and data[8:9] == b"{":
        header = read_safetensors_header(io.BytesIO(data))
        _is_whole(name)
        return _with_shape(checkpoint_of(header, digest_of(data[: header.header_bytes])), name, text, model)
    raise Unsizable(say("sizing.file_kind"))


def is_json(data: bytes) -> bool:
    """Whether a file begins as an object or a list of JSON does."""
    return data[:64].lstrip().startswith(JSON_STARTS)


def _of_gguf(data: bytes, name: str) -> Source:
    header = read_header(io.BytesIO(data))
    own = header.metadata.get("general.name")
    title = own if isinstance(own, str) and own.strip() else name
    doc = gguf_kept.kept(header, digest_of(data[: header.header_bytes]))
    return Source("gguf", title[:120], _described(doc), doc)


def _is_whole(name: str) -> None:
    """One of several files has some of the weights alone."""
    part = PART.search(name)
    if part and int(part[2]) > 1:
        raise Unsizable(say("safetensors.part", number=int(part[1]), count=int(part[2])))


def _with_shape(checkpoint: Checkpoint | None, name: str, text: str, model: str) -> Source:
    if not text.strip() and not model.strip():
        raise Unsizable(say("sizing.file_shape"))
    if checkpoint is None:
        raise Unsizable(say("sizing.file_total"))
    shape = from_text(text, name) if text.strip() else shipped(model)
    doc = {**(shape.doc or {}), CHECKPOINT: kept(checkpoint)}
    return replace(shape, kind="safetensors", described=_described(doc, shape.named), doc=doc)


def from_hub(model_id: str, day: date) -> Source:
    """What the Hub of this installation says of a model. Raises Unsizable, which tells why it does not."""
    found = read_model(installed(), model_id, day=day)
    if found.config is None:
        raise Unsizable(say("sizing.no_config", name=found.model_id))
    doc = dict(mapping_of(found.config))
    checkpoint = checkpoint_of(found.weights) if found.weights else None
    doc |= {CHECKPOINT: kept(checkpoint)} if checkpoint else {}
    return Source("hub", found.model_id, _described(doc), doc, origin=found.source, read_on=day.isoformat())


def token_of(source: Source) -> str:
    """What a page carries along of a source that no address names; as it was before it was put right."""
    values = {
        "kind": source.kind,
        "name": source.name,
        "named": source.named.name if source.named else "",
        "doc": source.doc,
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
    meant = named(values["named"]) if values["named"] else None
    return Source(
        values["kind"],
        values["name"],
        _described(values["doc"], meant),
        values["doc"],
        origin=values["origin"],
        read_on=values["read_on"],
        named=meant,
    )
