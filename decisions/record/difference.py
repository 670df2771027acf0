"""What changed between the contents of two versions, grouped by fit and beyond.

Works on plain values, so that contents of older schemas can be compared too.
"""

from decisions.record.change import Change, Content, Difference, Pair, Tell
from decisions.record.difference_judged import judged_changes
from decisions.record.difference_written import written_changes
from decisions.record.values import Say

__all__ = ["Change", "Difference", "difference"]


def difference(old: Content, new: Content, *, say: Say = str, tell: Tell | None = None) -> Difference:
    """Compare two contents. `say` translates words, `tell` statements, that stand inside the values shown."""
    pair = Pair(old, new, say, tell or _english)
    written = written_changes(pair)
    return Difference(tuple(written), tuple(judged_changes(pair, alone=not written)))


def _english(statement: Content) -> str:
    return str(statement.get("text", ""))
