"""What a document may fetch: our own files in `static/pdf` and `static/fonts`, and nothing else.

Addresses look like `static:///pdf/record.css`. There is no other scheme: no file, no network, no data.
"""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static"
STATIC = Path(__file__).resolve().parents[3] / "static"
FOLDERS = (STATIC / "pdf", STATIC / "fonts")

for _known in (uses_relative, uses_netloc):  # so that `url(../fonts/…)` in a sheet is found beside it
    _known.append(SCHEME)


class NotOurs(ValueError):
    """An address that leads out of our own files."""


class OwnFiles(URLFetcher):
    """Fetches our own static files; `missed` lists the addresses that gave nothing."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(SCHEME,), allow_redirects=False)
        self.missed: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file at a `static:` address. Raises `NotOurs` for any other, `OSError` where there is none."""
        try:
            path = own_path(url)
            data = path.read_bytes()
        except (NotOurs, OSError):
            self.missed.append(url)
            raise
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def own_path(url: str) -> Path:
    """The file a `static:` address means. Raises `NotOurs`."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME or parts.netloc:
        raise NotOurs(url)
    path = (STATIC / unquote(parts.path).lstrip("/")).resolve()
    if not any(path.is_relative_to(folder) for folder in FOLDERS):
        raise NotOurs(url)
    return path
