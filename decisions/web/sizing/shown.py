"""An estimate as the sizing page shows it: the question in a line, the verdict in a sentence, the rest as a
candidate's page has it.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.actions.measurements import setting_values
from decisions.export.estimates import adapters, drafted_by, shown_estimate
from decisions.export.said import number
from decisions.export.say import say
from decisions.fit.hardware.changes import Asked, gib
from decisions.fit.hardware.runs import Obstacle
from decisions.fit.hardware.setting import GIB, MIB, Setting
from decisions.fit.hardware.sized import answered
from decisions.fit.hardware.told import in_short
from decisions.fit.hardware.wanted import Wanted
from decisions.record.schema import Estimated
from decisions.web.sizing.forms import RUNTIMES
from decisions.web.sizing.sources import Source

DISK_BYTES_PER_S = 3_000_000_000  # an NVMe drive of the middle; a SATA one has a sixth of it


def estimated(source: Source, setting: Setting) -> Estimated:
    """The estimate with all that follows from it. Raises Unsizable for what makes no sense."""
    return answered(Asked(_wanted(source, setting), source.architecture, setting, source.weights_in))


def _wanted(source: Source, setting: Setting) -> Wanted:
    """The question as a candidate's would be, with nothing known of a route."""
    fact = source.fact
    return Wanted(
        model_id=fact.id if fact else "",
        config="" if source.is_shipped else source.kind,
        config_source=source.origin,
        config_date=source.read_on,
        taken_from=source.name if source.named and source.named.taken_for else "",
        runtime=setting.runtime,
        quantization=setting.quantization,
        context_tokens=setting.context_tokens,
        parallel=setting.parallel,
        kv_dtype=setting.kv_dtype,
        gpu_layers=setting.gpu_layers,
        flash_attention=setting.flash_attention,
        device=setting.device,
        device_basis="shipped" if setting.device else "unknown",
        guessed=(),
        ram_bytes=None,
        need_context_tokens=None,
        price_per_hour=None,
        planned_hours=None,
        budget=None,
    )


def verdict_of(found: Estimated, setting: Setting, obstacle: Obstacle | None = None) -> dict[str, Any]:
    """Verdict, sentence, bar, facts, lines and what would make it fit."""
    shown = shown_estimate(found.model_dump())
    facts = [*shown.facts, (_("Loading from an NVMe disk, at best"), _seconds(found))] if shown else []
    return {
        "ruling": found.ruling.value,
        "headline": headline(found, setting, obstacle),
        "estimate": shown,
        "facts_shown": facts,
        "changes": [say(change) for change in found.changes] if setting.device else [],
    }


def headline(found: Estimated, setting: Setting, obstacle: Obstacle | None = None) -> str:
    """The verdict in one sentence, with its numbers; first what stands against the model in the runtime."""
    if obstacle:
        return say(obstacle.statement)
    if found.device.room_bytes is None:
        return _without_room(gib_text(found.device.needed_bytes), setting)
    sentence = say(in_short(found))
    left = found.device.margin_bytes or 0
    if left <= 0 or found.ruling.value != "fits":
        return sentence
    return _("%(sentence)s: %(free)s GiB free") % {"sentence": sentence, "free": gib_text(left)}


def _without_room(need: str, setting: Setting) -> str:
    """What is needed of devices whose memory is not known."""
    if (count := devices_of(setting)) > 1:
        text = _("needs about %(need)s GiB on each of %(count)d devices; say how much they have")
        return text % {"need": need, "count": count}
    if setting.device:
        return _("needs about %(need)s GiB; say the memory of the device to see whether it fits") % {
            "need": need
        }
    return _("needs about %(need)s GiB; name a device to see whether it fits") % {"need": need}


def devices_of(setting: Setting) -> int:
    """How many equal devices there are."""
    return setting.device.count if setting.device else 1


def _seconds(found: Estimated) -> str:
    seconds = Decimal(found.disk_bytes) / DISK_BYTES_PER_S
    return _("%(seconds)s s") % {"seconds": number(seconds.quantize(Decimal("0.1")))}


def gib_text(size: int) -> str:
    """Bytes in GiB without the unit: two decimals below ten, one from there on."""
    return number(gib(size))


def size_text(size: int) -> str:
    """Bytes as GiB, or as MiB below a tenth of one."""
    if 0 < size < GIB // 10:
        return _("%(size)s MiB") % {"size": number((Decimal(size) / MIB).quantize(Decimal("0.01")))}
    return _("%(size)s GiB") % {"size": gib_text(size)}


def runtime_name(runtime: str) -> str:
    """The runtime as it is called."""
    return dict(RUNTIMES).get(runtime, runtime)


def _beside(setting: Setting) -> list[str]:
    """What is held beside the model."""
    parts = [drafted_by(setting.draft.name)] if setting.draft else []
    return parts if setting.lora_rank is None else [*parts, adapters(setting.loras, setting.lora_rank)]


def settings_in_words(setting: Setting, *, of_file: bool = False) -> str:
    """The setting in one line; `of_file` says that a real file's weights are those that run."""
    values = setting_values(setting)
    own = values | {"quantization": _("as in the file")} if of_file else values
    return in_words(own, beside=_beside(setting))


def in_words(values: Mapping[str, Any], *, beside: Iterable[str] = ()) -> str:
    """A setting as it is stored, in one line; what another release stored and this one does not know is left
    out. `beside` is what is held with the model."""
    parts = [
        runtime_name(str(values.get("runtime", ""))),
        str(values.get("quantization") or _("as published")),
    ]
    if isinstance(tokens := values.get("context_tokens"), int):
        parts.append(_("%(tokens)s tokens") % {"tokens": number(tokens)})
    if isinstance(count := values.get("parallel"), int):
        said = ngettext("%(count)d request at once", "%(count)d requests at once", count)
        parts.append(said % {"count": count})
    if kind := values.get("kv_dtype"):
        parts.append(_("cache in %(type)s") % {"type": kind})
    if isinstance(layers := values.get("gpu_layers"), int):
        parts.append(_("%(count)s layers on the GPU") % {"count": number(layers)})
    parts += beside
    if name := values.get("device"):
        devices = values.get("device_count") or 1
        parts.append(str(name) if devices == 1 else f"{devices} × {name}")
    return " · ".join(parts)
