"""How static files leave for the browser: named after their content, compressed, no remarks, no indents."""

from collections.abc import Callable, Iterator
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


def sent_script(script: bytes) -> bytes:
    """A script of ours without whole lines of comment and indents; no string of ours goes over a line."""
    lines = (line.strip() for line in script.decode("utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode("utf-8")


def shortened(path: str) -> Callable[[bytes], bytes] | None:
    """What makes a file smaller before it is sent; what comes with a package is sent as it is."""
    if PurePath(path).suffix == ".css":
        return minified
    return sent_script if PurePath(path).match("js/*.js") and len(PurePath(path).parts) == 2 else None


class Shortened:
    """Stands before a storage and opens its style sheets and scripts as they are sent."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> File:
        """The file at `path`."""
        content = self.storage.open(path)
        if (shorten := shortened(path)) is None:
            return content
        with content:
            return ContentFile(shorten(content.read()))


class StaticFiles(CompressedManifestStaticFilesStorage):
    """whitenoise's storage; a file is shortened before its name is made, so that the name tells its bytes."""

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """As collectstatic asks for it: name, name after the content, whether that was done."""
        small = {name: (Shortened(storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(small, dry_run, **options)
