"""The bytes of a GGUF header, taken in order, never more than a header may have.

Every length in the file is checked against what may still come before anything of that length is read, so a
file that lies costs no more memory or time than an honest one.
"""

import struct
from typing import Protocol

from decisions.fit.hardware.problem import CutOff, Unsizable
from decisions.fit.say import say

MIB = 1 << 20
MOST_BYTES = 64 * MIB  # vocabularies of a quarter of a million words with their merges take 10 to 20 MiB
MOST_TEXTS = 2_000_000
_CHUNK = 1 * MIB
_SHOWN = 100


class Readable(Protocol):
    """A file, or what stands for one: an upload, bytes in memory."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Cursor:
    """Where the reading of `file` stands: `position` bytes were taken.

    `part` says which part of the header is being read, a marked word for whoever has to be told.
    """

    def __init__(self, file: Readable, part: str) -> None:
        self.position = 0
        self.part = part
        self.order = "<"
        self._file = file
        self._ahead = b""
        self._at = 0
        self._texts = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes. Raises Unsizable where the file ends or a header would be too large."""
        end = self._at + count
        if end > len(self._ahead):
            self._fill(count)
            end = count
        taken = self._ahead[self._at : end]
        self._at = end
        self.position += count
        return taken

    def numbers(self, form: str, count: int) -> tuple[int | float | bool, ...]:
        """The next `count` numbers, in the form that `struct` knows by one letter."""
        return struct.unpack(f"{self.order}{count}{form}", self.take(count * struct.calcsize(f"<{form}")))

    def number(self, form: str) -> int | float | bool:
        """The next number."""
        return self.numbers(form, 1)[0]

    def whole(self, form: str = "Q") -> int:
        """The next whole number: 64 bits without sign, or what `form` says."""
        return int(self.number(form))

    def text(self, name: str = "") -> str:
        """The next text. `name` is whose value it is; empty where the text itself is a name."""
        return self._decoded(self.take(self.length(self.whole(), name)), name)

    def length(self, count: int, name: str) -> int:
        """`count` bytes, if a header has room for them."""
        if count > MOST_BYTES - self.position:
            raise self._too_long(count, name)
        return count

    def skip_texts(self, count: int, name: str) -> None:
        """Pass over `count` texts without keeping them."""
        self.length(8 * count, name)
        self._texts += count
        if self._texts > MOST_TEXTS:
            raise Unsizable(say("gguf.texts", name=name, found=count, most=MOST_TEXTS))
        unpack = struct.Struct(self.order + "Q").unpack_from
        for _ in range(count):
            if self._at + 8 <= len(self._ahead):
                end = self._at + 8 + unpack(self._ahead, self._at)[0]
                if end <= len(self._ahead):
                    self.position += end - self._at
                    self._at = end
                    continue
            self.take(self.length(self.whole(), name))

    def _too_long(self, count: int, name: str) -> Unsizable:
        most = MOST_BYTES // MIB
        if name:
            return Unsizable(say("gguf.length", name=name, found=counted(count), most=most))
        return Unsizable(say("gguf.length_inside", part_word=self.part, found=counted(count), most=most))

    def _fill(self, count: int) -> None:
        if self.position + count > MOST_BYTES:
            raise Unsizable(say("gguf.too_large", most=MOST_BYTES // MIB, part_word=self.part))
        pieces = [self._ahead[self._at :]]
        have = len(pieces[0])
        while have < count:
            piece = self._file.read(max(_CHUNK, count - have))
            if not piece:
                found = self.position + have
                problem = say("gguf.cut_off", found=found, part_word=self.part)
                raise CutOff(problem, self.position + count)
            pieces.append(piece)
            have += len(piece)
        self._ahead, self._at = b"".join(pieces), 0

    def _decoded(self, value: bytes, name: str) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            if name:
                return value.decode("utf-8", "replace")  # of a value only what we show: that may be damaged
            raise Unsizable(say("gguf.not_text", part_word=self.part)) from None


def counted(number: int) -> int | str:
    """A number out of a file, as a sentence may keep it: canonical JSON has no whole numbers from 2^53."""
    return number if abs(number) < 1 << 53 else str(number)


def shown(name: str) -> str:
    """A name out of a file, as it may stand in a sentence: one line, not too long, printable."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in name[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"
