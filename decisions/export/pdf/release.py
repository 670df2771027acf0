"""What a PDF is made of beside the version: code, templates, sheets, fonts, translations, libraries.

The same release makes the same bytes; another one may not, and its files are made anew.
"""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from decisions.export.pdf.envelope import Envelope

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
    for name in LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    for path in _files():
        data = path.read_bytes()
        found.update(f"{path.relative_to(ROOT)} {len(data)}\n".encode() + data)
    return found.hexdigest()


def made_of(envelope: Envelope) -> str:
    """The SHA-256 of the release and of the names around the content, which may change by themselves."""
    names = json.dumps(asdict(envelope), default=str, sort_keys=True)
    return hashlib.sha256(f"{release()}\n{names}".encode()).hexdigest()


def _files() -> list[Path]:
    return sorted({path for pattern in FILES for path in ROOT.glob(pattern) if path.is_file()})
