"""Where in a Markdown file the head ends, the paragraph stands and the record to keep begins.

Keys may stand in any order, and `hardware_note` is a line of a candidate as well as of the record to keep.
"""

from functools import cached_property

from decisions.record.markdown_items import Item
from decisions.record.markup import CANDIDATE_KEYS, RECORD_KEYS

_RECORD_ONLY = frozenset(RECORD_KEYS) - frozenset(CANDIDATE_KEYS)


class Places:
    """Says by index which items belong to the record to keep and which are the decision paragraph."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.known = [
            (index, item)
            for index, item in enumerate(items)
            if item.kind == "key" and item.key and item.key.known
        ]

    @cached_property
    def of_record(self) -> frozenset[int]:
        """The lines of the record to keep."""
        return frozenset(index for place, (index, _) in enumerate(self.known) if self._in_record(place))

    @cached_property
    def of_paragraph(self) -> frozenset[int]:
        """The blocks of text after the last line of the head, up to the next known line."""
        head = [index for index, _ in self.known if index not in self.of_record]
        start = head[-1] + 1 if head else 0
        found: list[int] = []
        for index in range(start, len(self.items)):
            if self.items[index].kind == "text":
                found.append(index)
            elif found or index in self.of_record:
                break
        return frozenset(found)

    @cached_property
    def before_record(self) -> range:
        """All that stands above the last line of the record to keep."""
        return range(max(self.of_record, default=0))

    def _in_record(self, place: int) -> bool:
        """A `hardware_note` is the record's beside the record's lines, or after a text that ends the head."""
        name = self._name(place)
        if name != "hardware_note":
            return name in _RECORD_ONLY
        before, after = self._name(place - 1), self._name(place + 1)
        if before in _RECORD_ONLY or place < self._first_candidate:
            return True
        of_candidate = before in CANDIDATE_KEYS or before.startswith("candidate")
        after_text = self._text_between(place)
        return (after_text and (not of_candidate or not after)) or (
            after in _RECORD_ONLY and (after_text or not of_candidate)
        )

    def _name(self, place: int) -> str:
        if not 0 <= place < len(self.known):
            return ""
        key = self.known[place][1].key
        return key.name if key else ""

    @cached_property
    def _first_candidate(self) -> int:
        places = (place for place in range(len(self.known)) if self._name(place).startswith("candidate"))
        return next(places, len(self.known))

    def _text_between(self, place: int) -> bool:
        start = self.known[place - 1][0] if place else 0
        return any(item.kind == "text" for item in self.items[start : self.known[place][0]])
