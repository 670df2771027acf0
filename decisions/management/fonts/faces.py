"""The faces we ship, and the slices of them the browser gets."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.management.fonts import characters as of
from decisions.management.fonts.characters import Characters

Piece = tuple[str, str, Characters]  # package, folder in it, characters taken from it


@dataclass(frozen=True)
class Face:
    """A font file of the PDF: `doc-<name>.ttf`, family "Doc <name>"."""

    name: str
    pieces: tuple[Piece, ...]  # where two have a character the first one's is taken
    is_of_india: bool = False  # letters join in ways no other script here has

    @property
    def family(self) -> str:
        """Its family name: one for each file, because two files with one name print each other's glyphs."""
        return "Doc " + self.name.replace("-", " ")


@dataclass(frozen=True)
class Slice:
    """A font file of the browser: `<name>-<number>.woff2`, cut from a face."""

    name: str
    face: str
    family: str
    bold: bool
    characters: Characters
    claims: str = "around"  # "each" of its characters, those "around" them too, or "all" there are


def _letters(style: str) -> tuple[Piece, ...]:
    return ("noto-sans", style, of.LETTERS), ("noto-sans-symbols-2", "400Regular", of.TICKS)


def _signs(style: str) -> tuple[Piece, ...]:
    return (
        ("noto-sans", style, of.SIGNS),
        ("noto-sans-math", "400Regular", of.SIGNS),
        ("noto-sans-mono", style, of.SIGNS),
        ("noto-sans-symbols-2", "400Regular", of.SIGNS),
    )


REGULAR, BOLD, ITALIC = "400Regular", "700Bold", "400Regular_Italic"
FACES = (
    Face("latin", _letters(REGULAR)),
    Face("latin-bold", _letters(BOLD)),
    Face("latin-italic", (("noto-sans", ITALIC, of.LETTERS),)),
    Face("mono", (("noto-sans-mono", REGULAR, of.LATIN | of.LATIN_MORE),)),
    Face("signs", _signs(REGULAR)),
    Face("signs-bold", _signs(BOLD)),
    Face("jp", (("noto-sans-jp", REGULAR, of.JAPANESE),)),
    Face("jp-bold", (("noto-sans-jp", BOLD, of.JAPANESE),)),
    Face("sc", (("noto-sans-sc", REGULAR, of.CHINESE),)),
    Face("sc-bold", (("noto-sans-sc", BOLD, of.CHINESE),)),
    Face("jp-more", (("noto-sans-jp", REGULAR, of.JAPANESE_MORE),)),
    Face("sc-more", (("noto-sans-sc", REGULAR, of.CHINESE_MORE),)),
    Face("kr", (("noto-sans-kr", REGULAR, of.HANGUL),)),
    Face("hebrew", (("noto-sans-hebrew", REGULAR, of.HEBREW),)),
    Face("arabic", (("noto-sans-arabic", REGULAR, of.ARABIC),)),
    Face("thai", (("noto-sans-thai", REGULAR, of.THAI),)),
    Face("devanagari", (("noto-sans-devanagari", REGULAR, of.DEVANAGARI),), is_of_india=True),
    Face("emoji", (("noto-emoji", REGULAR, of.EMOJI),)),
)
COMMON_EACH, REST_EACH = 260, 320  # ideographs of a slice: the common ones are asked for more often
EAST = {
    "jp": ("Routecard JP", of.JAPANESE, of.JAPANESE_COMMON),
    "sc": ("Routecard SC", of.CHINESE, of.CHINESE_COMMON),
}


def first_slices() -> Iterator[Slice]:
    """What every page in English needs."""
    for bold in (False, True):
        yield Slice("latin", _face("latin", bold), "Routecard", bold, of.LATIN | of.TICKS, "all")


def more_slices() -> Iterator[Slice]:
    """What a page fetches where a text asks for it; of two slices that claim a character the later wins."""
    for bold in (False, True):
        latin, signs = _face("latin", bold), _face("signs", bold)
        yield Slice("latin-more", latin, "Routecard", bold, of.LATIN_MORE - of.LATIN)
        yield Slice("greek", latin, "Routecard", bold, of.GREEK)
        yield Slice("cyrillic", latin, "Routecard", bold, of.CYRILLIC)
        yield Slice("signs", signs, "Routecard signs", bold, of.SIGNS - of.POINTS)
        yield Slice("points", signs, "Routecard signs", bold, of.POINTS, "each")
    yield Slice("mono", "mono", "Routecard mono", False, of.LATIN)
    for name, family, held in (
        ("kr", "Routecard more", of.HANGUL),
        ("hebrew", "Routecard more", of.HEBREW),
        ("arabic", "Routecard more", of.ARABIC),
    ):
        yield Slice(name, name, family, False, held)
    for name in EAST:
        for bold in (False, True):
            yield from _eastern(name, bold)


def interface_slice(name: str, held: Characters) -> Iterator[Slice]:
    """The ideographs our own pages are written with, in one file: "jp" or "sc"."""
    for bold in (False, True):
        yield Slice(f"{name}-pages", _face(name, bold), EAST[name][0], bold, held & EAST[name][1], "each")


def _eastern(name: str, bold: bool) -> Iterator[Slice]:
    family, held, common = EAST[name]
    face = _face(name, bold)
    wide = held - of.IDEOGRAPHS
    yield Slice(f"{name}-wide", face, family, bold, wide - of.KANA)
    for letter, part, each in (("r", held & of.IDEOGRAPHS - common, REST_EACH), ("c", common, COMMON_EACH)):
        codes = sorted(part)
        for number, start in enumerate(range(0, len(codes), each)):
            some = frozenset(codes[start : start + each])
            yield Slice(f"{name}-{letter}{number:02}", face, family, bold, some)
    yield Slice(f"{name}-kana", face, family, bold, wide & of.KANA, "each")


def _face(name: str, bold: bool) -> str:
    return f"{name}-bold" if bold else name
