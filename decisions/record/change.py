"""One change between two contents, and all of them together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from decisions.record.inline import Words, compare, words
from decisions.record.labels import GROUPS, Group, Label
from decisions.record.schema import Statement
from decisions.record.sentences import say as sentence
from decisions.record.values import Say, is_blank, joined, shown
from decisions.words import N_

Content = dict[str, Any]
Kind = Literal["added", "removed", "changed"]
Tell = Callable[[Content], str]
"""Says a stored statement in the reader's language."""

CANDIDATE = N_("Candidate")
ROLE = N_("Role")


@dataclass(frozen=True)
class Change:
    """One change. `label` is English and to be translated; `subject` names the candidate or route.

    `words` holds the same change as pieces that stayed, went and came.
    """

    group: Group
    label: str
    subject: str
    old: str
    new: str
    kind: Kind
    words: Words = ()


@dataclass(frozen=True)
class Difference:
    """All changes from one content to another.

    *Written* is what people changed; *judged* what followed from it, or from shipped facts and rules.
    """

    written: tuple[Change, ...] = ()
    judged: tuple[Change, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the two contents say the same; the projections on top follow from the rest."""
        return not self.written and not self.judged

    @property
    def only_facts(self) -> bool:
        """Whether people changed nothing, and only shipped facts or rules did."""
        return bool(self.judged) and not self.written

    def grouped(self) -> list[tuple[str, tuple[Change, ...]]]:
        """The written changes under the English names of their groups, groups in their usual order."""
        groups = [
            (name, tuple(c for c in self.written if c.group == group)) for group, name in GROUPS.items()
        ]
        return [(name, changes) for name, changes in groups if changes]

    def summary(self) -> tuple[Statement, ...]:
        """The difference in a few short sentences."""
        if self.nothing:
            return (sentence("difference_nothing"),)
        if self.only_facts:
            return (sentence("difference_only_facts", count=len(self.judged)),)
        return (*self._of_candidates(), *self._counts())

    def _of_candidates(self) -> list[Statement]:
        found = []
        for change in self.written:
            if change.label == CANDIDATE and change.kind in {"added", "removed"}:
                found.append(sentence(f"difference_{change.kind}", name=change.subject))
            elif change.label == ROLE and change.kind == "changed":
                found.append(sentence("difference_role", name=change.subject, old=change.old, new=change.new))
        return found

    def _counts(self) -> list[Statement]:
        counts = Counter(change.group for change in self.written)
        return [
            sentence("difference_count", group_word=name, count=counts[group])
            for group, name in GROUPS.items()
            if counts[group]
        ]


@dataclass(frozen=True)
class Pair:
    """Two contents, and how words and statements inside them are said."""

    old: Content
    new: Content
    say: Say
    tell: Tell

    def change(self, label: Label, old: Any, new: Any, subject: str = "") -> Change:
        """A changed value, shown as its field asks. None is shown as unknown."""
        kind: Kind = "added" if is_blank(old) else "removed" if is_blank(new) else "changed"
        before, after = self._shown(old, label, self.old), self._shown(new, label, self.new)
        pieces = self._pieces(label, old, new, (before, after))
        return Change(label.group, label.name, subject, before, after, kind, pieces)

    def text(self, group: Group, label: str, old: str, new: str, subject: str = "") -> Change:
        """A change of a text that is ready to be shown."""
        return self.change(Label(label, group, "text"), old, new, subject)

    def _pieces(self, label: Label, old: Any, new: Any, ready: tuple[str, str]) -> Words:
        if label.shown == "text":
            return words(*ready)
        if isinstance(old, list) and isinstance(new, list):
            return compare(self._items(old, label), self._items(new, label))
        return compare(ready[:1], ready[1:])

    def _items(self, value: list[Any], label: Label) -> list[str]:
        items = [shown(item, label.shown, self.say) for item in value]
        between = joined(("", ""), self.say)
        return [piece for item in items for piece in (between, item)][1:]

    def _shown(self, value: Any, label: Label, content: Content) -> str:
        if label.shown == "route" and isinstance(value, str):
            names = (
                route.get("name", "") for route in content.get("routes", []) if route.get("code") == value
            )
            return next(names, value)
        return shown(value, label.shown, self.say)
