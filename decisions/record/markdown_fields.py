"""The second pass over a Markdown file: items become the fields of a record."""

from dataclasses import dataclass, field

from decisions.record.markdown_items import Item, bullet_text
from decisions.record.markup import (
    CANDIDATE_KEYS,
    NEED_LISTS,
    RECORD_KEYS,
    WHY_KEYS,
    key_line,
    split_list,
    split_note,
    unescape,
)
from decisions.record.reading import Remarks
from decisions.record.schema import (
    MOST_CANDIDATES,
    Candidate,
    Need,
    Note,
    Record,
    RecordToKeep,
    Why,
)
from decisions.record.sentences import UNCLEAN
from decisions.record.text import LINE_LENGTH, LIST_LENGTH, TEXT_LENGTH, UncleanText, clean_text
from decisions.states import CandidateRole

MOST_NOTES = 500
_MOST_LIST = LIST_LENGTH * 2 * LINE_LENGTH  # characters of a list before it is taken apart


@dataclass
class Draft:
    """A candidate while its lines come in; `number` is that of `candidate_N`."""

    number: int
    line: int
    name: str
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Fields:
    """Takes items and gives a record; says into `remarks` what it could not take as it stood."""

    remarks: Remarks
    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    keep: dict[str, str] = field(default_factory=dict)
    candidates: list[Draft] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    highest: int = 0
    roles: dict[int, CandidateRole] = field(default_factory=dict)
    roles_given: bool = False
    notes: list[Note] = field(default_factory=list)
    paragraph: list[Item] = field(default_factory=list)

    def key(self, item: Item, *, in_record: bool) -> None:
        """Take a `key: value` item."""
        assert item.key is not None  # noqa: S101 - a key item has its key line
        name = item.key.name
        if item.key.candidate_number is not None:
            self._candidate(item, item.key.candidate_number)
        elif in_record:
            self._text(item, self.keep, name)
        elif name in NEED_LISTS:
            self._list(item, name)
        elif name in CANDIDATE_KEYS:
            self._candidate_line(item, name)
        elif item.key.known:
            self._text(item, self.values, name)
        else:
            self._note(item, "unknown_key", key=item.key_as_typed)

    def paragraph_block(self, item: Item, *, sure: bool) -> None:
        """Take a block of the decision paragraph; unless it is `sure`, only its place makes it one."""
        self.paragraph.append(item)
        if not sure:
            self.remarks.at_line("changed", item.line, "paragraph_guessed")

    def role(self, item: Item) -> None:
        """Take a line of the *Roles* section, such as `rejected: candidate_2, candidate_3`."""
        assert item.key is not None  # noqa: S101
        self.roles_given = True
        role = next((role for role in CandidateRole if role.value == item.key.name), None)
        for word in split_list(item.text):
            named = key_line(f"{word}:")
            number = named.candidate_number if named else None
            if role is None or not number:
                self.remarks.at_line("not_understood", item.line, "bad_role", value=word[:LINE_LENGTH])
            elif role is CandidateRole.FIRST_CHOICE and role in self.roles.values():
                self.remarks.at_line("changed", item.line, "two_first_choices")
            else:
                self.roles[number] = role

    def note_line(self, item: Item) -> None:
        """Take an entry of the *Notes* section, with or without a key."""
        key, text = split_note(item.lines[0])
        self._keep_note(item.line, unescape(key), unescape("\n".join([text, *item.lines[1:]])))

    def stray(self, item: Item) -> None:
        """Keep a text or heading that belongs to no field."""
        if item.kind == "heading":
            self.remarks.at_line("kept_as_note", item.line, "stray_heading")
            self._keep_note(item.line, "", "#" * item.level + " " + unescape(item.text))
        else:
            self._note(item, "stray_text")

    def record(self) -> Record:
        """The record of all that was taken."""
        ordered = sorted(self.candidates, key=lambda draft: draft.number)
        for draft in ordered[MOST_CANDIDATES:]:
            self.remarks.at_line("not_understood", draft.line, "too_many_candidates", limit=MOST_CANDIDATES)
        if not ordered:
            self.remarks.at_line("changed", 1, "no_candidates")
        candidates = tuple(
            Candidate(key=f"c{place}", role=self._role_of(draft, place), name=draft.name, **draft.texts)
            for place, draft in enumerate(ordered[:MOST_CANDIDATES], start=1)
        )
        return Record(
            need=Need(project_goal=self.values.get("project_goal", ""), **self.lists),
            candidates=candidates,
            why=Why(**{name: self.values.get(name, "") for name in WHY_KEYS}),
            paragraph=self._paragraph_text(),
            record=RecordToKeep(**{name: self.keep.get(name, "") for name in RECORD_KEYS}),
            notes=tuple(self.notes[:MOST_NOTES]),
        )

    def _candidate(self, item: Item, number: int) -> None:
        if number in self.numbers:
            self.remarks.at_line("changed", item.line, "duplicate_candidate", key=item.key_as_typed)
        if any(line.strip() for line in item.lines[1:]):
            self.remarks.at_line("changed", item.line, "joined", key=item.key_as_typed)
        name = self._clean(item.line, " ".join(unescape(item.text).split("\n")), one_line=True)
        if not name:
            name = item.key_as_typed
            self.remarks.at_line("changed", item.line, "nameless_candidate", key=name)
        number = number or self.highest + 1
        self.highest = max(self.highest, number)
        self.numbers.add(number)
        self.candidates.append(Draft(number=number, line=item.line, name=name))

    def _candidate_line(self, item: Item, name: str) -> None:
        if self.candidates:
            self._text(item, self.candidates[-1].texts, name)
        else:
            self._note(item, "no_candidate_above", key=item.key_as_typed)

    def _text(self, item: Item, target: dict[str, str], name: str) -> None:
        if target.get(name):
            self._note(item, "duplicate", key=item.key_as_typed)
            return
        target[name] = self._clean(item.line, unescape(item.text)) or ""

    def _list(self, item: Item, name: str) -> None:
        if self.lists.get(name):
            self._note(item, "duplicate", key=name)
            return
        first, *rest = item.lines if len(item.text) <= _MOST_LIST else [""]
        if len(item.text) > _MOST_LIST:
            params = {"length": len(item.text), "limit": _MOST_LIST}
            self.remarks.at_line("not_understood", item.line, "text_too_long", **params)
        lines = [first, *(bullet_text(line) for line in rest)]
        words = [word for line in lines for word in split_list(unescape(line))]
        cleaned = (self._clean(item.line, word, one_line=True, key=name) for word in words[:LIST_LENGTH])
        if len(words) > LIST_LENGTH:
            self.remarks.at_line("not_understood", item.line, "list_too_long", limit=LIST_LENGTH, key=name)
        self.lists[name] = tuple(word for word in cleaned if word)

    def _note(self, item: Item, code: str, **params: str | int) -> None:
        self.remarks.at_line("kept_as_note", item.line, code, **params)
        self._keep_note(item.line, item.key_as_typed, unescape(item.text))

    def _keep_note(self, line: int, key: str, text: str) -> None:
        if len(self.notes) >= MOST_NOTES:
            self.remarks.at_line("not_understood", line, "too_many_notes", limit=MOST_NOTES)
            return
        clean_key, clean = self._clean(line, key, one_line=True), self._clean(line, text)
        if clean_key or clean:
            self.notes.append(Note(key=clean_key or "", text=clean or ""))

    def _paragraph_text(self) -> str:
        if not self.paragraph:
            return ""
        text = "\n\n".join(unescape(item.text) for item in self.paragraph)
        return self._clean(self.paragraph[0].line, text) or ""

    def _role_of(self, draft: Draft, place: int) -> CandidateRole:
        if not self.roles_given:
            return CandidateRole.FIRST_CHOICE if place == 1 else CandidateRole.CONSIDERED
        return self.roles.get(draft.number, CandidateRole.CONSIDERED)

    def _clean(self, line: int, text: str, *, one_line: bool = False, key: str = "") -> str | None:
        """Clean a text; one that cannot be kept is left out with a remark."""
        limit = LINE_LENGTH if one_line else TEXT_LENGTH
        try:
            return clean_text(text, limit=limit, one_line=one_line)
        except UncleanText as error:
            position = error.params.get("position")
            if isinstance(position, int):
                line += text.strip()[: position - 1].count("\n")
            if key:
                item = UNCLEAN[error.template].replace("text", "item", 1)
                self.remarks.at_line("not_understood", line, item, key=key, **error.params)
            else:
                self.remarks.at_line("not_understood", line, UNCLEAN[error.template], **error.params)
            return None
