"""How static files leave for the browser: named after their content, compressed, sheets without remarks."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, cast

import rcssmin
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Found = dict[str, tuple[Storage, str]]  # name -> the storage that has the file, and its path there


def minified(sheet: bytes) -> bytes:
    """A style sheet in UTF-8 without comments and needless space; the same bytes for the same sheet."""
    return cast(str, rcssmin.cssmin(sheet.decode("utf-8"))).encode("utf-8")


class MinifiedSheets:
    """Stands before a storage and opens its style sheets minified."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> File:
        """The file at `path`."""
        content = self.storage.open(path)
        if PurePath(path).suffix != ".css":
            return content
        with content:
            return ContentFile(minified(content.read()))


class StaticFiles(CompressedManifestStaticFilesStorage):
    """whitenoise's storage; a sheet is minified before its name is made, so that the name tells its bytes."""

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """As collectstatic asks for it: name, name after the content, whether that was done."""
        small = {name: (MinifiedSheets(storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(small, dry_run, **options)
