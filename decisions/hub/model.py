"""What the Hub says of one model at one revision."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import (
    SafetensorsHeader,
    SafetensorsIndex,
    read_index,
    read_safetensors_header,
)
from decisions.fit.say import say
from decisions.hub.address import Hub, checked_revision, model_id_of
from decisions.hub.asking import asked

MIB = 1 << 20
MOST_INFO, MOST_CONFIG, MOST_INDEX = 16 * MIB, 4 * MIB, 64 * MIB
MOST_FILES = 20_000
INDEX, SINGLE, CONFIG = "model.safetensors.index.json", "model.safetensors", "config.json"


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of the repository; None bytes is not said."""

    name: str
    bytes: int | None


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model as it was on `read_on`, at the commit `revision`, at `source`.

    `config` are the bytes of its config.json and `weights` what its safetensors say; None where it has none.
    """

    model_id: str
    revision: str
    source: str
    read_on: date
    licence: str
    gated: bool
    files: tuple[HubFile, ...]
    config: bytes | None
    weights: SafetensorsIndex | SafetensorsHeader | None

    def address_of(self, name: str) -> str:
        """Where a file of this revision is shown."""
        return f"{self.source.replace('/tree/', '/blob/', 1)}/{quote(name)}"

    @property
    def weights_bytes(self) -> int | None:
        """What all tensors take as they are published; None where that is not known."""
        return self.weights.tensor_bytes if self.weights else None


def read_model(hub: Hub, model: str, *, day: date, revision: str = "main") -> HubModel:
    """Ask the Hub for a model by its id or page address, at a branch, tag or commit; `day` is today.

    Raises Unsizable, whose statement's code tells why: hub.gated, hub.missing, hub.no_revision, hub.token,
    hub.unreachable, hub.slow, hub.busy, hub.failed, hub.large, hub.elsewhere, hub.id, hub.revision, hub.odd.
    """
    model_id = model_id_of(hub, model)
    info = _info(hub, model_id, checked_revision(revision))
    commit = info.get("sha")
    if not isinstance(commit, str) or len(commit) != 40 or not commit.isalnum():
        raise Unsizable(say("hub.odd", host=hub.host, model=model_id))
    files = _files(info.get("siblings"))
    names = {each.name for each in files}
    return HubModel(
        model_id=model_id,
        revision=commit,
        source=f"{hub.endpoint}/{model_id}/tree/{commit}",
        read_on=day,
        licence=_licence(info),
        gated=bool(info.get("gated")),
        files=files,
        config=_file(hub, model_id, commit, CONFIG, MOST_CONFIG) if CONFIG in names else None,
        weights=_weights(hub, model_id, commit, names),
    )


def _info(hub: Hub, model_id: str, revision: str) -> dict[str, Any]:
    address = f"{hub.endpoint}/api/models/{model_id}/revision/{quote(revision, safe='')}?blobs=true"
    with asked(hub, address, model_id) as answer:
        text = answer.whole(MOST_INFO, "api/models")
    try:
        info = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unsizable(say("hub.odd", host=hub.host, model=model_id)) from error
    if not isinstance(info, dict):
        raise Unsizable(say("hub.odd", host=hub.host, model=model_id))
    return info


def _files(siblings: Any) -> tuple[HubFile, ...]:
    if not isinstance(siblings, list):
        return ()
    found = []
    for each in siblings[:MOST_FILES]:
        name = each.get("rfilename") if isinstance(each, dict) else None
        size = each.get("size") if isinstance(each, dict) else None
        if isinstance(name, str):
            known = isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 1 << 53
            found.append(HubFile(name, size if known else None))
    return tuple(found)


def _licence(info: dict[str, Any]) -> str:
    """The licence tag; empty where the model has none."""
    card = info.get("cardData")
    stated = card.get("license") if isinstance(card, dict) else None
    if isinstance(stated, str):
        return shown(stated)
    tags = info.get("tags")
    tagged = (
        [tag for tag in tags if isinstance(tag, str) and tag.startswith("license:")]
        if isinstance(tags, list)
        else []
    )
    return shown(tagged[0].removeprefix("license:")) if tagged else ""


def _weights(
    hub: Hub, model_id: str, commit: str, names: set[str]
) -> SafetensorsIndex | SafetensorsHeader | None:
    if INDEX in names:
        return read_index(_file(hub, model_id, commit, INDEX, MOST_INDEX))
    if SINGLE in names:
        with asked(hub, _address(hub, model_id, commit, SINGLE), model_id, first_bytes=MOST_INDEX) as answer:
            return read_safetensors_header(answer)
    return None


def _file(hub: Hub, model_id: str, commit: str, name: str, most: int) -> bytes:
    with asked(hub, _address(hub, model_id, commit, name), model_id) as answer:
        return answer.whole(most, name)


def _address(hub: Hub, model_id: str, commit: str, name: str) -> str:
    return f"{hub.endpoint}/{model_id}/resolve/{commit}/{name}"
