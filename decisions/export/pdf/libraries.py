"""The system libraries that draw text in a PDF."""

import ctypes
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # as Debian and Ubuntu call them
_FILES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def missing_libraries() -> list[str]:
    """Those that cannot be loaded here; only Linux calls them so, elsewhere none is looked for."""
    return [name for name in _FILES if sys.platform == "linux" and not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
