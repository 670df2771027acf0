"""An estimate as page and PDF show it, from what was stored: figures in words, and every line with its rule.

Works on plain values, and does not stumble over what an older or later content has or lacks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.export.charts.memory import MemoryBar, devices_of, estimate_bar, share_on_device
from decisions.export.rules import said_rule
from decisions.export.said import READER, gib, items, money, number
from decisions.fit.texts.sizing_words import BASES, INPUTS, KINDS, LINES, OF_KIND, PLACES, SWITCHED
from decisions.knowledge import runtimes
from decisions.record.fields import plain_decimal

Content = Mapping[str, Any]
GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True)
class LineShown:
    """One line of an estimate: its size with the range, how it was come by, the rule and its inputs. Of
    several devices the size is that of all, and `each` says what one of them holds. `formula_lang` is the
    language of the rule where that is not the reader's."""

    name: str
    place: str
    size: str
    range: str
    basis: str
    formula: str
    inputs: str
    source: str
    each: str = ""
    formula_lang: str = ""


@dataclass(frozen=True)
class EstimateShown:
    """An estimate in the reader's language. `facts` are labels and values, `lines` how it came about."""

    chart: MemoryBar | None
    facts: tuple[tuple[str, str], ...]
    lines: tuple[LineShown, ...]
    engine: str
    devices: int = 1


def shown_estimate(estimate: Any) -> EstimateShown | None:
    """The estimate of a judgement as content has it; None where there is none."""
    if not isinstance(estimate, Mapping) or not isinstance(estimate.get("lines"), list | tuple):
        return None
    return EstimateShown(
        chart=estimate_bar(estimate),
        facts=tuple(facts_of(estimate)),
        lines=tuple(
            _line(line, devices_of(estimate)) for line in estimate["lines"] if isinstance(line, Mapping)
        ),
        engine=str(_part(estimate, "made_with").get("engine", "")),
        devices=devices_of(estimate),
    )


def facts_of(estimate: Content) -> Iterator[tuple[str, str]]:
    """What the estimate comes to, each as label and value; what is unknown is left out."""
    back, speed = _part(estimate, "backwards"), _part(estimate, "speed")
    made, device, count = _part(estimate, "made_with"), _part(estimate, "device"), devices_of(estimate)
    found = (
        (_("Worked out for"), _made_with(made)),
        (_("Dimensions"), _dimensions(made)),
        (_("Needed in all"), needed(estimate)),
        (
            _("Expected between"),
            _in_all(_range(estimate.get("low_bytes"), estimate.get("high_bytes")), count),
        ),
        (_("Needed on each device"), _bytes(device.get("needed_bytes")) if count > 1 else ""),
        (_("Beside it in RAM"), _bytes(_part(estimate, "host").get("needed_bytes") or None)),
        (_("Reserved at the start"), _on_each(_bytes(device.get("reserved_bytes")), count)),
        (_("Room in the cache"), _tokens(estimate.get("kv_tokens_capacity"))),
        (_("Room for requests"), _count(estimate.get("requests_capacity"))),
        (_("Largest context that fits"), _tokens(back.get("largest_context"))),
        (_("Most requests that fit"), _count(back.get("most_requests"))),
        (_("Best quantization that fits"), str(back.get("best_quantization") or "")),
        (_("Cheapest shipped device that fits"), _cheapest(back)),
        (_("Smallest shipped device that fits, no price known"), str(back.get("smallest_device") or "")),
        (_("At best, for each request"), _rate(speed.get("decode_per_sequence"))),
        (_("At best, all requests"), _rate(speed.get("decode_total"))),
        (_("Prompt, at best"), _rate(speed.get("prefill"))),
        (_("First token, at best"), _seconds(speed.get("first_token_s"))),
        (_("Disk for the download"), disk(estimate)),
        *_costs(_part(estimate, "cost")),
    )
    yield from ((label, value) for label, value in found if value)


def _cheapest(back: Content) -> str:
    """The device with its price, which is only claimed."""
    price, name = _part(back, "cheapest_price"), str(back.get("cheapest_device") or "")
    if not name or not price:
        return name
    said = {"device": name, "price": money(Decimal(str(price["amount"])), str(price["currency"]))}
    return _("%(device)s (%(price)s when it came out, only claimed)") % said


def _made_with(made: Content) -> str:
    """Runtime, quantization, context times requests, type of the cache, devices."""
    runtime = runtimes.find(str(made.get("runtime", "")))
    tokens, parallel = _tokens(made.get("context_tokens")), _count(made.get("parallel"))
    count, device = made.get("device_count"), str(made.get("device", ""))
    return " · ".join(
        filter(
            None,
            (
                runtime.name if runtime else str(made.get("runtime", "")),
                str(made.get("quantization", "")),
                f"{tokens} × {parallel}" if tokens and parallel else "",
                str(made.get("kv_dtype", "")),
                *_held_beside(made),
                f"{count} × {device}" if device and isinstance(count, int) and count > 1 else device,
            ),
        )
    )


def _held_beside(made: Content) -> Iterator[str]:
    """Adapters, draft model and vision part, as far as an estimate says them; older ones do not."""
    if isinstance(rank := made.get("lora_rank"), int):
        loras = made.get("loras")
        yield adapters(loras if isinstance(loras, int) else 1, rank)
    if draft := str(made.get("draft") or ""):
        yield drafted_by(draft)
    if isinstance(vision := made.get("vision"), bool):
        yield _("vision part loaded") if vision else _("vision part not loaded")


def adapters(count: int, rank: int) -> str:
    """How many adapters of which rank, in words."""
    words = ngettext("%(count)d adapter of rank %(rank)d", "%(count)d adapters of rank %(rank)d", count)
    return words % {"count": count, "rank": rank}


def drafted_by(model: str) -> str:
    """Which draft model, in words."""
    return _("drafted by %(model)s") % {"model": model}


def _dimensions(made: Content) -> str:
    """Where the model's shape is from."""
    source, when = str(made.get("shape_source", "")), str(made.get("shape_date", ""))
    if made.get("shape") in ("config", "file"):
        kind = _("pasted config.json") if made["shape"] == "config" else _("header of the file")
        return items(filter(None, (kind, source, READER.day(when) if when else "")))
    taken_for = str(made.get("taken_for") or "")
    like = _("taken to be those of %(model)s") % {"model": taken_for} if taken_for else ""
    return items(filter(None, (_("shipped with Routecard"), like, source, READER.day(when) if when else "")))


def needed(estimate: Content) -> str:
    """Everything in memory, devices and RAM together."""
    return _in_all(_bytes(estimate.get("total_bytes")), devices_of(estimate))


def _in_all(size: str, devices: int) -> str:
    """A size that is summed over several devices, with that in words."""
    said = {"size": size, "count": devices}
    return _("%(size)s in all, over %(count)d devices") % said if size and devices > 1 else size


def _on_each(size: str, devices: int) -> str:
    """A size that is one device's, with that in words where there are several."""
    return _("%(size)s on each device") % {"size": size} if size and devices > 1 else size


def room(estimate: Content) -> str:
    """What one device has for it, and on how many there is."""
    size, count = _bytes(_part(estimate, "device").get("room_bytes")), devices_of(estimate)
    return f"{count} × {size}" if size and count > 1 else size


def largest_context(estimate: Content) -> str:
    """The largest context that fits on the same device."""
    return _tokens(_part(estimate, "backwards").get("largest_context"))


def best_speed(estimate: Content) -> str:
    """The upper bound of a single request's speed."""
    return _rate(_part(estimate, "speed").get("decode_per_sequence"))


def disk(estimate: Content) -> str:
    """What the download takes."""
    return _bytes(estimate.get("disk_bytes"))


def _line(line: Content, devices: int) -> LineShown:
    code, basis, place = (str(line.get(name, "")) for name in ("code", "basis", "place"))
    low, high = line.get("low_bytes"), line.get("high_bytes")
    formula, language = said_rule(str(line.get("formula", "")))
    return LineShown(
        name=_(LINES[code]) if code in LINES else code,
        place=_(PLACES[place]) if place in PLACES else place,
        size=_bytes(line.get("bytes")) or _("unknown"),
        range="" if low == high else _range(low, high),
        basis=_(BASES[basis]) if basis in BASES else basis,
        formula=formula,
        formula_lang=language,
        inputs=_inputs(line.get("inputs")),
        source=str(line.get("source", "")),
        each=_on_each(_bytes(share_on_device(line, devices)), devices) if devices > 1 else "",
    )


def _inputs(pairs: Any) -> str:
    """Inputs by their names in the reader's language; what is nothing is left out."""
    known = [pair for pair in pairs if _is_pair(pair)] if isinstance(pairs, list | tuple) else []
    return items(f"{_input_name(str(name))} = {_input_value(value)}" for name, value in known if value != 0)


def _input_name(name: str) -> str:
    """The name of an input; one of another release stays as the engine has it."""
    if name in INPUTS:
        return _(INPUTS[name])
    kind, _separator, what = name.rpartition("_")
    if kind in KINDS and what in OF_KIND:
        return _("%(kind)s: %(what)s") % {"kind": _(KINDS[kind]), "what": _(OF_KIND[what])}
    return name


def _input_value(value: Any) -> str:
    """A number as the reader writes it; a name, such as a format's, as the engine has it."""
    if isinstance(value, int):
        return number(value)
    return _(SWITCHED[value]) if value in SWITCHED else str(value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2


def _costs(cost: Content) -> Iterable[tuple[str, str]]:
    labels = (("plan", _("Planned hours cost")), ("per_million_tokens", _("A million tokens, at least")))
    for name, label in labels:
        amount = _part(cost, name)
        if amount:
            yield label, money(str(amount.get("amount", "")), str(amount.get("currency", "")))


def _bytes(size: Any) -> str:
    """GiB, or MiB below a tenth of one."""
    if not isinstance(size, int) or isinstance(size, bool):
        return ""
    if size < GIB // 10:
        return _("%(size)s MiB") % {"size": number(_rounded(Decimal(size) / MIB))}
    return gib(_rounded(Decimal(size) / GIB))


def _rounded(value: Decimal) -> Decimal:
    step = Decimal(1) if value >= 1000 else Decimal("0.1") if value >= 10 else Decimal("0.01")
    return Decimal(plain_decimal(value.quantize(step)))


def _range(low: Any, high: Any) -> str:
    if not isinstance(low, int) or not isinstance(high, int):
        return ""
    return _("%(low)s to %(high)s") % {"low": _bytes(low), "high": _bytes(high)}


def _tokens(count: Any) -> str:
    return _("%(count)s tokens") % {"count": number(count)} if isinstance(count, int) else ""


def _count(count: Any) -> str:
    return number(count) if isinstance(count, int) else ""


def _rate(text: Any) -> str:
    rate = _decimal(text)
    return "" if rate is None else _("%(rate)s tokens/s") % {"rate": number(rate)}


def _seconds(text: Any) -> str:
    seconds = _decimal(text)
    return "" if seconds is None else _("%(seconds)s s") % {"seconds": number(seconds)}


def _decimal(text: Any) -> Decimal | None:
    try:
        value = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def _part(value: Content, name: str) -> Content:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}
