"""One door for files of decisions: what it is, is decided by what is in it."""

from decisions.record.incoming import LARGEST_JSON, text_of
from decisions.record.read_json import read_json
from decisions.record.read_markdown import read_markdown
from decisions.record.reading import Reading


def read(data: bytes | str, name: str = "") -> Reading:
    """Read a decision from a file: JSON when it begins with `{` or is called `.json`, else Markdown.

    Raises `Unreadable` when nothing of it can be understood.
    """
    text = text_of(data, limit=LARGEST_JSON)
    if text.lstrip().startswith("{") or name.casefold().endswith(".json"):
        return read_json(data)
    return read_markdown(data)
