"""The sheets that name the fonts: one for the PDF, four for the browser. They are written, never edited."""

from collections.abc import Iterable

from decisions.management.fonts.characters import ranges
from decisions.management.fonts.faces import FACES, Slice

GAP = 0x800  # holes between characters that are claimed with them; wider ones are other scripts
MADE = "/* Written by script/fonts. */\n"
BROWSER_LANGUAGES = (
    (":lang(en)", ("Routecard", "Routecard signs", "Routecard JP", "Routecard SC")),
    (":lang(ja)", ("Routecard", "Routecard JP", "Routecard signs", "Routecard SC")),
    (":lang(zh)", ("Routecard", "Routecard SC", "Routecard signs", "Routecard JP")),
)
PDF_LANGUAGES = (
    (":root, [lang]", ("signs", "jp", "sc")),
    (":lang(ja)", ("jp", "jp-more", "signs", "sc")),
    (":lang(zh)", ("sc", "sc-more", "signs", "jp")),
)
NAMES = frozenset(face.name for face in FACES)
OTHERS = ("jp-more", "sc-more", "kr", "hebrew", "arabic", "thai", "devanagari", "emoji")
PDF_HEAD = """/* Written by script/fonts: the faces of the PDF, a family name for each file, and their order.

   How to use it: link it, set `lang` on the document and on every text of another language, and take
     font-family: var(--doc)         for text; set here on html and on whatever has a lang of its own
     font-family: var(--doc-bold)    instead of font-weight; set here on b, strong, th, h1 to h6
     font-family: var(--doc-italic)  instead of font-style; Latin letters only, the rest stays upright
     font-family: var(--doc-mono)    set here on code, kbd, pre, samp
   Never font-weight or font-style: no file answers to them. In SVG: svg text { font-family: var(--doc) }.
   Letters, digits and ✓ ✕ are the same in all languages; signs such as … “ ” → have the width of the
   language. */
"""
PDF_RULES = """html, [lang] { font-family: var(--doc) }
b, strong, th, h1, h2, h3, h4, h5, h6 { font-family: var(--doc-bold); font-weight: normal }
:is(b, strong, th, h1, h2, h3, h4, h5, h6) [lang], :is(b, strong, th, h1, h2, h3, h4, h5, h6)[lang] {
  font-family: var(--doc-bold);
}
em, i, cite, dfn, var, address { font-style: normal }
em, i, cite { font-family: var(--doc-italic) }
code, kbd, pre, samp { font-family: var(--doc-mono) }
svg text { font-family: var(--doc) }
"""


def pdf_sheet() -> str:
    """`static/pdf/fonts.css`: relative addresses, so that it also works from a file."""
    rules = [_face(face.family, f"pdf/doc-{face.name}.ttf") for face in FACES]
    return "".join([PDF_HEAD, *rules, *map(_pdf_language, PDF_LANGUAGES), PDF_RULES])


def browser_sheet(slices: Iterable[Slice], *, languages: bool = False) -> str:
    """Rules for the slices, in their order; with `languages` also which family comes first in which."""
    rules = [
        _face(
            each.family,
            f"web/{file_name(each)}",
            f"{'font-weight:700;' if each.bold else ''}font-display:swap;",
            _claimed(each),
        )
        for each in slices
    ]
    tail = [f"{where}{{--sans:{_families(names)},var(--others)}}\n" for where, names in BROWSER_LANGUAGES]
    tail.append(":where([lang]):not(html,code){font-family:var(--sans)}\n")
    return "".join([MADE, *rules, *(tail if languages else ())])


def file_name(each: Slice) -> str:
    """The slice's file in `static/fonts/web`."""
    return f"{each.name}{'-bold' if each.bold else ''}.woff2"


def _claimed(each: Slice) -> str:
    """Few and wide ranges keep the sheet short: a face that lacks what it claims is passed over."""
    if each.claims == "all":
        return ""
    return f";unicode-range:{ranges(each.characters, gap=GAP if each.claims == 'around' else 0)}"


def _face(family: str, path: str, before: str = "", after: str = "") -> str:
    return f'@font-face{{font-family:"{family}";{before}src:url("../fonts/{path}"){after}}}\n'


def _families(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _pdf_language(language: tuple[str, tuple[str, ...]]) -> str:
    where, middle = language
    bold = [f"{name}-bold" if f"{name}-bold" in NAMES else name for name in middle]
    others = tuple(name for name in OTHERS if name not in middle)
    stacks = {
        "doc": ("latin", *middle, *others),
        "doc-bold": ("latin-bold", *bold, *others),
        "doc-italic": ("latin-italic", *middle, *others),
        "doc-mono": ("mono", "latin", *middle, *others),
    }
    lines = [f"  --{name}: {_families(_doc(each) for each in stack)};\n" for name, stack in stacks.items()]
    return "".join([where, " {\n", *lines, "}\n"])


def _doc(name: str) -> str:
    return "Doc " + name.replace("-", " ")
