"""What a PDF is made of beside the version: code, templates, sheets, fonts, translations, libraries.

The libraries are the Python packages and those of the system: a line may break elsewhere under another Pango,
and another zlib packs the same page into other bytes. Where all of it is the same the bytes are; where
something is another one they may not be, and the files are made anew.
"""

import hashlib
import json
import platform
import zlib
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from decisions.export.pdf.envelope import Envelope
from decisions.export.pdf.libraries import library_versions

ROOT = Path(__file__).resolve().parents[3]
LIBRARIES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "fonttools",
    "pyphen",
    "django",
    "pillow",
    "babel",
)
FILES = (
    "decisions/export/**/*.py",
    "decisions/export/**/*.conf",
    "decisions/fit/**/*.py",
    "decisions/record/**/*.py",
    "decisions/templatetags/*.py",
    "decisions/states.py",
    "decisions/locale/*/LC_MESSAGES/*.mo",
    "static/pdf/**/*",
    "static/fonts/pdf/**/*",
    "templates/pdf/*",
    "templates/charts/*",
)


@cache
def release() -> str:
    """The SHA-256 of all of it, worked out once per process."""
    found = hashlib.sha256()
    for name, number in libraries().items():
        found.update(f"{name} {number}\n".encode())
    for path in _files():
        data = path.read_bytes()
        found.update(f"{path.relative_to(ROOT)} {len(data)}\n".encode() + data)
    return found.hexdigest()


def libraries() -> dict[str, str]:
    """The version of everything that is not ours and decides about the bytes, on this machine."""
    own = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return own | {name: version(name) for name in LIBRARIES} | library_versions()


def made_of(envelope: Envelope) -> str:
    """The SHA-256 of the release and of the names around the content, which may change by themselves."""
    names = json.dumps(asdict(envelope), default=str, sort_keys=True)
    return hashlib.sha256(f"{release()}\n{names}".encode()).hexdigest()


def _files() -> list[Path]:
    return sorted({path for pattern in FILES for path in ROOT.glob(pattern) if path.is_file()})
