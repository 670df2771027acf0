"""Text is clean at the door: one place says which characters may be stored."""

import re

from decisions.words import N_

NAME_LENGTH = 120  # characters of a title, or of the name of a route or project
LINE_LENGTH = 300  # characters of a field that is one line
TEXT_LENGTH = 20_000  # characters of a field that may have many lines
LIST_LENGTH = 100  # items of a list

TOO_LONG = N_("This has {length} characters; at most {limit} can be kept.")
UNSTORABLE = N_("The character U+{code} at position {position} cannot be kept. Remove it and save again.")
ONE_LINE = N_("This field is one line; put the rest into a note.")

_LAST_TWO = "".join(
    chr(plane + last) for plane in range(0x0000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_UNSTORABLE = re.compile(rf"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd{_LAST_TWO}]")


class UncleanText(ValueError):
    """A text that may not be stored; `template` and `params` make the sentence in any language."""

    def __init__(self, template: str, **params: str | int) -> None:
        self.template = template
        self.params = params
        super().__init__(template.format(**params))


def clean_text(value: str, *, limit: int = TEXT_LENGTH, one_line: bool = False) -> str:
    """Return `value` with `\\n` line ends and no outer white space, or raise `UncleanText`.

    Refused are control characters other than tab and line end (so NUL, too), lone surrogates (which a browser
    sends as U+FFFD, the sign for what could not be read, so that is refused, too) and noncharacters, and
    more than `limit` characters.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if unstorable := _UNSTORABLE.search(value):
        code = f"{ord(unstorable[0]):04X}"
        raise UncleanText(UNSTORABLE, code=code, position=unstorable.start() + 1)
    if one_line and "\n" in value:
        raise UncleanText(ONE_LINE)
    if len(value) > limit:
        raise UncleanText(TOO_LONG, length=len(value), limit=limit)
    return value
