"""The beginning of an uploaded file: nothing is written to the disk, and what comes after it is let go."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

KEPT_BYTES = 32 << 20  # no header of a model that is known takes more
MOST_BYTES = 1 << 30  # of a whole request; a browser with our script sends no more than is kept


class Beginning(FileUploadHandler):
    """Keeps the first bytes of a file in memory and lets the rest pass by."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take what still fits."""
        room = KEPT_BYTES - self._kept.tell()
        if room > 0:
            self._kept.write(raw_data[:room])
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        """The beginning as a file; its size is that of the whole."""
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", "", file_size, None, self.content_type_extra
        )


def is_too_large(request: HttpRequest) -> bool:
    """Whether more is coming than is read at all; nothing of it has been read yet."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
    except ValueError:
        return False
