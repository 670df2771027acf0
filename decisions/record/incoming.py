"""From the bytes of a file to text: encodings, byte order marks, line ends."""

import codecs

from decisions.record.reading import Unreadable

LARGEST_MARKDOWN = 2**20  # bytes
LARGEST_JSON = 4 * 2**20  # bytes

# The longer mark first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(data: bytes | str, *, limit: int) -> str:
    """Decode a file: UTF-8, or what its byte order mark says; line ends become `\\n`.

    Raises `Unreadable` for more than `limit` bytes, undecodable bytes, NUL characters and nothing at all.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > limit:
        raise Unreadable("too_large", limit=limit)
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable("no_text", line=text.count("\n", 0, text.index("\0")) + 1)
    if not text.strip():
        raise Unreadable("empty_file")
    return text


def _decoded(raw: bytes) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if raw.startswith(m)), (b"", "utf-8"))
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[len(mark) : len(mark) + error.start].decode(encoding, "ignore")
        line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        raise Unreadable("not_utf8", line=line, byte=len(mark) + error.start + 1) from error
