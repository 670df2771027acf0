"""One thing a fit looks at, and how several make a verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from decisions.record.schema import Statement, Verdict
from decisions.states import Fit, Ruling


@dataclass(frozen=True)
class Check:
    """The answer to one question: its ruling, the finding, and what would change or settle it."""

    ruling: Ruling
    finding: Statement
    changes: tuple[Statement, ...] = ()

    @classmethod
    def holds(cls, finding: Statement) -> Self:
        """What was asked is there."""
        return cls(Ruling.FITS, finding)

    @classmethod
    def fails(cls, finding: Statement, *changes: Statement) -> Self:
        """What was asked is ruled out; `changes` would change that."""
        return cls(Ruling.DOES_NOT_FIT, finding, changes)

    @classmethod
    def open(cls, finding: Statement, *changes: Statement) -> Self:
        """Nobody knows; `changes` would settle it."""
        return cls(Ruling.UNKNOWN, finding, changes)


def count(checks: Sequence[Check], ruling: Ruling) -> int:
    """How many checks have that ruling."""
    return sum(check.ruling is ruling for check in checks)


def worst(checks: Sequence[Check]) -> Ruling:
    """The ruling of all together: one failure rules out, one open question leaves it unknown."""
    rulings = {check.ruling for check in checks}
    for ruling in (Ruling.DOES_NOT_FIT, Ruling.UNKNOWN):
        if ruling in rulings:
            return ruling
    return Ruling.FITS


def verdict(
    fit: Fit,
    checks: Sequence[Check],
    *,
    word: Statement,
    reason: Statement | None = None,
    details: Iterable[Statement] = (),
) -> Verdict:
    """Make the verdict of `checks`; without `reason` it is the first finding with the worst ruling."""
    ruling = worst(checks)
    deciding = [check for check in checks if check.ruling is ruling]
    return Verdict(
        fit=fit,
        ruling=ruling,
        word=word,
        reason=reason or deciding[0].finding,
        changes=_distinct(change for check in _by_weight(checks) for change in check.changes),
        details=_distinct((*(check.finding for check in checks), *details)),
    )


def plain(fit: Fit, ruling: Ruling, word: Statement, reason: Statement, *changes: Statement) -> Verdict:
    """A verdict with nothing to count."""
    return Verdict(fit=fit, ruling=ruling, word=word, reason=reason, changes=changes)


def _by_weight(checks: Sequence[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: check.ruling is not Ruling.DOES_NOT_FIT)


def _distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple({statement.text: statement for statement in statements}.values())
