"""The grammar of `model_runtime_decision.md`, shared by its writer and its reader.

Text of people is written so that it stays text for any Markdown program: characters that begin markup are
escaped by a backslash, further lines are indented by four spaces. Reading undoes exactly that.
"""

import re
from dataclasses import dataclass

INDENT = "    "
NOTE_INDENT = "      "
HEADING = "Model Runtime Decision"
GENERATED = "*This part is for reading; the JSON carries it, and it is not read back.*"
GENERATED_BEFORE = "*This part follows from the rest of the document; it is not read back.*"  # files of old
NOTES = "Notes"
ROLES = "Roles"

NEED_LISTS = ("must_have", "nice_to_have")
CANDIDATE_KEYS = ("license_note", "runtime", "hardware_note", "risk")
WHY_KEYS = ("fallback", "why_now", "rejected_for_now")
RECORD_KEYS = ("model_decision", "runtime_decision", "hardware_note", "eval_gate", "expected_output")
KNOWN_KEYS = frozenset(("project_goal", *NEED_LISTS, *CANDIDATE_KEYS, *WHY_KEYS, *RECORD_KEYS))
CANDIDATE = re.compile(r"candidate(?:_?([0-9]{1,6}))?")

_ESCAPED = re.compile(r"[\\`<\[]|&(?=#?\w{1,32};)")
_UNESCAPED = re.compile(r"\\([!-/:-@\[-`{-~：])")
_LINE_START = re.compile(r"(?=[#>+*=~_|:\-])|\d{1,9}(?=[.)](?:\s|\Z))")
_KEY_LINE = re.compile(
    r" {0,3}(?:[-*+][ \t]+)?(?P<mark>\*\*|__|\*)?(?P<key>[^\W\d_][\w \-]{0,59}?)(?(mark)(?:\*\*|__|\*)?)"
    r"[ \t]*(?P<colon>[:：])(?!//)(?(mark)(?:\*\*|__|\*)?)(?P<value>.*)",
    re.DOTALL,
)
_NOTE_KEY = re.compile(r"((?:\\.|[^\\:]|:(?!\s|\Z)){1,900}):(?=\s|\Z)")
_QUOTED_FOR = frozenset(',"，、')


@dataclass(frozen=True)
class KeyLine:
    """A line `key: value`; `key` as it was typed, `name` in the spelling of our fields."""

    key: str
    name: str
    value: str

    @property
    def known(self) -> bool:
        """Whether it is one of the decision shape's keys."""
        return self.name in KNOWN_KEYS or self.candidate_number is not None

    @property
    def candidate_number(self) -> int | None:
        """N of `candidate_N`, 0 of a bare `candidate`; None for any other key."""
        match = CANDIDATE.fullmatch(self.name)
        return int(match.group(1) or 0) if match else None


def key_line(line: str) -> KeyLine | None:
    """Read `key: value`, also as a bullet, with a bold key, other case, spaces, or a full-width colon.

    A key is a known one, or at most three words.
    """
    match = _KEY_LINE.fullmatch(line)
    if match is None:
        return None
    key = match["key"].strip(" _-")
    name = re.sub(r"[\s\-_]+", "_", key).casefold().replace("licence_note", "license_note")
    found = KeyLine(key, name, match["value"].lstrip(" \t"))
    return found if found.known or len(key.split()) <= 3 else None


def escape(text: str) -> str:
    """Escape what would begin code, HTML, a link, an image or an entity in Markdown."""
    return _ESCAPED.sub(r"\\\g<0>", text)


def unescape(text: str) -> str:
    """Undo `escape` and `free_line`: a backslash before punctuation goes."""
    return _UNESCAPED.sub(r"\1", text)


def indented(text: str, indent: str = INDENT) -> str:
    """Escape a text and indent all its lines but the first; a blank line stays blank."""
    first, *rest = escape(text).split("\n")
    return "\n".join([first, *(indent + line if line else "" for line in rest)])


def free_line(text: str, indent: str = INDENT) -> str:
    """Like `indented`, for a text at the start of a line: it can be neither a block nor a `key:`."""
    first, *rest = indented(text, indent).split("\n")
    first = _blunt(first)
    key = _KEY_LINE.fullmatch(first)
    if key:
        first = f"{first[: key.start('colon')]}\\{first[key.start('colon') :]}"
    return "\n".join([first, *rest])


def note_line(key: str, text: str) -> str:
    """Write a note as a bullet: `- key: text`, or `- text` where no colon can be taken for a key's."""
    if not key:
        first, *rest = indented(text, NOTE_INDENT).split("\n")
        return "\n".join(["- " + _blunt(re.sub(r":(?=\s|\Z)", r"\\:", first)), *rest])
    name = _blunt(escape(key).replace(":", "\\:"))
    return f"- {name}: {indented(text, NOTE_INDENT)}".rstrip(" ")


def split_note(line: str) -> tuple[str, str]:
    """Undo `note_line` for the first line, without its bullet: key and text, still escaped."""
    match = _NOTE_KEY.match(line)
    return (match[1], line[match.end() :].lstrip(" \t")) if match else ("", line)


def join_list(items: list[str]) -> str:
    """Join the items of a list by `, `; one with a comma or a quotation mark is quoted."""
    return ", ".join(_quoted(item) for item in items)


def split_list(text: str) -> list[str]:
    """Undo `join_list`. Where no half-width comma stands between items, `、` and `，` separate too."""
    items, separators = _split(text)
    if "," not in separators or not separators & {"，", "、"}:
        return [item for item in items if item]
    return [item for item in _split(text, only_half_width=True)[0] if item]


def _blunt(line: str) -> str:
    """Escape what would begin a heading, quotation, list, rule or table at the start of a line."""
    start = _LINE_START.match(line)
    return f"{start[0]}\\{line[start.end() :]}" if start else line


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"' if _QUOTED_FOR & set(item) else item


def _split(text: str, *, only_half_width: bool = False) -> tuple[list[str], set[str]]:
    separators = "," if only_half_width else ",，、"
    quoted = re.compile(rf'\s*"((?:[^"]|"")*)"\s*(?:\Z|([{separators}]))')
    plain = re.compile(rf"([^{separators}]*)(?:\Z|([{separators}]))")
    items, seen, position = [], set[str](), 0
    while position < len(text):
        match = quoted.match(text, position)
        if match:
            items.append(match[1].replace('""', '"').strip())
        else:
            match = plain.match(text, position)
            items.append(match[1].strip() if match else "")
        if match is None or match.end() == position:
            break
        seen.add(match[2] or "")
        position = match.end()
    return items, seen
