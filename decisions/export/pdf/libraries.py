"""The system libraries that draw text in a PDF."""

import ctypes
import sys
from collections.abc import Callable

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # as Debian and Ubuntu call them
_FILES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
NONE = "none"


def missing_libraries() -> list[str]:
    """Those that cannot be loaded here; only Linux calls them so, elsewhere none is looked for."""
    return [name for name in _FILES if sys.platform == "linux" and not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def library_versions() -> dict[str, str]:
    """The version of each library that has a say in where a glyph stands and how it is written.

    Pango breaks lines, HarfBuzz shapes and cuts down fonts, FreeType measures, FriBidi orders what runs from
    right to left, fontconfig picks. A library that is not there, or does not tell, is `none`.
    """
    return {name: _told(files, ask) for name, (files, ask) in _ASKED.items()}


def _told(files: tuple[str, ...], ask: Callable[[ctypes.CDLL], str]) -> str:
    for file in files:
        try:
            return ask(ctypes.CDLL(file))
        except (OSError, AttributeError):
            continue
    return NONE


def _named(function: str) -> Callable[[ctypes.CDLL], str]:
    """Ask a library whose function answers with a text."""

    def ask(library: ctypes.CDLL) -> str:
        call = getattr(library, function)
        call.restype = ctypes.c_char_p
        return bytes(call() or NONE.encode()).decode("ascii", "replace")

    return ask


def _fontconfig(library: ctypes.CDLL) -> str:
    return str(library.FcGetVersion())


def _fribidi(library: ctypes.CDLL) -> str:
    """The library tells its version in the first line of a text about itself."""
    about = ctypes.c_char_p.in_dll(library, "fribidi_version_info").value or NONE.encode()
    return about.decode("ascii", "replace").splitlines()[0]


def _freetype(library: ctypes.CDLL) -> str:
    handle, parts = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    if library.FT_Init_FreeType(ctypes.byref(handle)):
        return NONE
    library.FT_Library_Version(handle, *map(ctypes.byref, parts))
    library.FT_Done_FreeType(handle)
    return ".".join(str(part.value) for part in parts)


_ASKED: dict[str, tuple[tuple[str, ...], Callable[[ctypes.CDLL], str]]] = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), _named("pango_version_string")),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _named("hb_version_string")),
    "freetype": (("libfreetype.so.6", "libfreetype.6.dylib"), _freetype),
    "fribidi": (("libfribidi.so.0", "libfribidi.0.dylib"), _fribidi),
    "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib"), _fontconfig),
}
