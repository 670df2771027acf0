"""The memory a candidate needs of what is there, as a bar: by its parts where it was worked out, else as
stated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from decisions.export.charts.bars import Share, StackedBar, stacked_bar
from decisions.export.said import gib, items
from decisions.record.fields import plain_decimal
from decisions.states import Fit

GIB = 1 << 30
PARTS = {"weights": "one", "kv": "two", "runtime": "three"}  # in the order of the bar, with their tones
SPARED = frozenset({"repack", "apart_projector", "held"})  # may be dropped, not loaded, not the model's
CODES = {"hardware.vram", "hardware.ram", "hardware.needs", "hardware.short"}  # statements with need and have


@dataclass(frozen=True)
class MemoryBar:
    """What `charts/bar.html` draws: the bar, its name, what it says in words, and the numbers as rows.

    `tones` are the colours of the first rows, where a share of the bar is theirs.
    """

    title: str
    summary: str
    bar: StackedBar
    rows: tuple[tuple[str, str], ...]
    tones: tuple[str, ...] = ()

    @property
    def keyed_rows(self) -> list[tuple[str, str, str]]:
        """The rows with the tone of each, empty where it has no share."""
        tones = (*self.tones, *("",) * (len(self.rows) - len(self.tones)))
        return [(label, value, tone) for (label, value), tone in zip(self.rows, tones, strict=True)]


def memory_bar(verdict: Mapping[str, Any]) -> MemoryBar | None:
    """The bar of a hardware verdict as content has it; None where need or memory is not known."""
    amounts = _amounts(verdict)
    return drawn(*amounts) if amounts else None


def estimate_bar(estimate: Mapping[str, Any]) -> MemoryBar | None:
    """The bar of an estimate as content has it: what each device holds, part by part, in its room.

    What goes beyond the room stands out in red. None for content of another release.
    """
    sizes, room = _parts(estimate), _whole(_part(estimate, "device").get("room_bytes"))
    if not any(sizes.values()):
        return None
    count = devices_of(estimate)
    held = _whole(_part(estimate, "made_with").get("used_bytes")) or 0
    title = _("Memory of a device, part by part") if count > 1 else _("Memory, part by part")
    return MemoryBar(
        title=title,
        summary=_parts_summary(sizes, room, held),
        bar=stacked_bar(list(_shares(sizes, room)), None if room is None else _gib(room)),
        rows=tuple(_parts_rows(sizes, room, held)),
        tones=tuple(PARTS.values()),
    )


def _parts(estimate: Mapping[str, Any]) -> dict[str, int]:
    """Bytes on one device by part."""
    sizes = dict.fromkeys(PARTS, 0)
    for line in _listed(estimate.get("lines")):
        if not isinstance(line, Mapping) or line.get("code") in SPARED:
            continue
        share = share_on_device(line, devices_of(estimate))
        if line.get("part") in sizes and share is not None:
            sizes[str(line["part"])] += share
    return sizes


def devices_of(estimate: Mapping[str, Any]) -> int:
    """How many equal devices the model is divided among."""
    return _whole(_part(estimate, "made_with").get("device_count")) or 1


def share_on_device(line: Mapping[str, Any], devices: int) -> int | None:
    """What one of the devices holds of a line, in bytes; None of what no device holds, or nobody knows."""
    each, whole = _whole(line.get("per_device_bytes")), _whole(line.get("bytes"))
    if line.get("place") != "device" or whole is None:
        return None
    return each if devices > 1 and each is not None else -(-whole // devices)


def _shares(sizes: Mapping[str, int], room: int | None) -> Iterator[Share]:
    """The parts as far as there is room for them, then what is short."""
    left = sum(sizes.values()) if room is None else room
    for part, tone in PARTS.items():
        held = min(sizes[part], max(left, 0))
        left -= held
        yield Share(part, _gib(held), tone)
    beyond = 0 if room is None else max(0, sum(sizes.values()) - room)
    yield Share("short", _gib(beyond), "over")


def _parts_rows(sizes: Mapping[str, int], room: int | None, held: int) -> Iterator[tuple[str, str]]:
    need = sum(sizes.values())
    names = (("weights", _("Weights")), ("kv", _("Cache")), ("runtime", _("Runtime")))
    yield from ((name, gib(_said(sizes[part]))) for part, name in names)
    yield _("Needed"), gib(_said(need))
    if held:
        yield _("Held by others"), gib(_said(held))
    if room is None:
        yield _("Usable"), _("unknown")
        return
    yield _("Usable"), gib(_said(room))
    yield (_("Short") if need > room else _("Free")), gib(_said(abs(room - need)))


def _parts_summary(sizes: Mapping[str, int], room: int | None, held: int) -> str:
    rows = _parts_rows(sizes, room, held)
    return items(_("%(label)s: %(text)s") % {"label": label, "text": value} for label, value in rows)


def _gib(size: int) -> Decimal:
    return Decimal(size) / GIB


def _said(size: int) -> Decimal:
    """GiB as sentences say them: one decimal from ten on, two below."""
    exact = _gib(size)
    return Decimal(plain_decimal(exact.quantize(Decimal("0.1") if exact >= 10 else Decimal("0.01"))))


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def drawn(need_gib: Decimal, have_gib: Decimal) -> MemoryBar:
    """The bar of a need in GiB on a route that declares so many GiB; what it lacks stands out in red."""
    lacking = max(need_gib - have_gib, Decimal(0))
    shares = [Share("need", need_gib - lacking), Share("short", lacking, "over")]
    rest = (_("Short"), gib(lacking)) if lacking else (_("Free"), gib(have_gib - need_gib))
    return MemoryBar(
        title=_("Memory needed of what the route declares"),
        summary=_summary(need_gib, have_gib, lacking),
        bar=stacked_bar(shares, have_gib),
        rows=((_("Needed"), gib(need_gib)), (_("Declared"), gib(have_gib)), rest),
    )


def _summary(need_gib: Decimal, have_gib: Decimal, lacking_gib: Decimal) -> str:
    if lacking_gib:
        return _("%(need)s needed, %(have)s declared: %(short)s short.") % {
            "need": gib(need_gib),
            "have": gib(have_gib),
            "short": gib(lacking_gib),
        }
    return _("%(need)s needed, %(have)s declared: %(free)s free.") % {
        "need": gib(need_gib),
        "have": gib(have_gib),
        "free": gib(have_gib - need_gib),
    }


def _amounts(verdict: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
    """Need and memory in GiB, from the first statement that names both."""
    if verdict.get("fit") != Fit.HARDWARE:
        return None
    for statement in (verdict.get("reason"), *_listed(verdict.get("details"))):
        if isinstance(statement, Mapping) and statement.get("code") in CODES:
            found = _both(statement.get("params"))
            if found:
                return found
    return None


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _both(params: Any) -> tuple[Decimal, Decimal] | None:
    try:
        need, have = Decimal(str(params["need"])), Decimal(str(params["have"]))
    except (KeyError, TypeError, InvalidOperation):  # content of another release
        return None
    sensible = need.is_finite() and have.is_finite() and need >= 0 and have >= 0
    return (need, have) if sensible else None
