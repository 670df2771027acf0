"""The memory a candidate needs of what its route declares, as a bar, from its hardware verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from decisions.export.charts.bars import Share, StackedBar, stacked_bar
from decisions.export.said import gib
from decisions.states import Fit

CODES = {"hardware.vram", "hardware.ram", "hardware.needs", "hardware.short"}  # statements with need and have


@dataclass(frozen=True)
class MemoryBar:
    """What `charts/bar.html` draws: the bar, its name, what it says in words, and the numbers as rows."""

    title: str
    summary: str
    bar: StackedBar
    rows: tuple[tuple[str, str], ...]


def memory_bar(verdict: Mapping[str, Any]) -> MemoryBar | None:
    """The bar of a hardware verdict as content has it; None where need or memory is not known."""
    amounts = _amounts(verdict)
    return drawn(*amounts) if amounts else None


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
