"""What `script/fonts` does: faces from packages, slices from faces, sheets that name them."""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from decisions.management.fonts import characters, cut, faces, packages, sheets
from decisions.management.fonts.faces import Face, Slice

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "static"
PDF, WEB, LICENCES = (STATIC / "fonts" / name for name in ("pdf", "web", "licences"))
KEPT = ROOT / "var" / "fonts"  # where fetched packages stay
PAGES = {  # the texts our pages are written with: catalogue, and files with strings of their own
    "jp": ("ja", ("decisions/record/phrases.py", "decisions/management/demo/japanese.py")),
    "sc": ("zh_Hans", ("decisions/record/phrases.py",)),
}
SHEETS = {"jp": "fonts-ja.css", "sc": "fonts-zh.css"}


def make_faces() -> None:
    """`static/fonts/pdf` and the licences anew, from the packages."""
    KEPT.mkdir(parents=True, exist_ok=True)
    _empty(PDF, LICENCES)
    for face in faces.FACES:
        _write(PDF / f"doc-{face.name}.ttf", _made(face))
    for name in sorted({piece[0] for face in faces.FACES for piece in face.pieces}):
        _write(LICENCES / f"{name}-OFL.txt", packages.member(packages.fetch(name, KEPT), "LICENSE_FONT"))
    _write(STATIC / "pdf" / "fonts.css", sheets.pdf_sheet().encode())


def make_slices() -> None:
    """`static/fonts/web` and its sheets anew, from the faces."""
    _empty(WEB)
    _cut(faces.first_slices(), "fonts.css")
    _cut(faces.more_slices(), "fonts-more.css", languages=True)
    make_page_slices()


def make_page_slices() -> None:
    """The slices of what our own pages say, and their sheets: again whenever translations changed."""
    for name, (locale, also) in PAGES.items():
        held = characters.of_interface(ROOT, locale, also)
        _cut(faces.interface_slice(name, held), SHEETS[name])


def make_everything() -> None:
    """All of it."""
    make_faces()
    make_slices()


COMMANDS: dict[str, Callable[[], None]] = {
    "all": make_everything,
    "slices": make_slices,
    "pages": make_page_slices,
}


def main() -> None:
    """Do what the first argument says, everything without one."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    if wanted not in COMMANDS:
        raise SystemExit(f"script/fonts: {wanted} is not known; there are: {', '.join(COMMANDS)}.")
    COMMANDS[wanted]()
    size = sum(path.stat().st_size for path in (STATIC / "fonts").rglob("*") if path.is_file())
    sys.stdout.write(f"static/fonts: {size:,} bytes\n")


def _made(face: Face) -> bytes:
    pieces: list[bytes] = []
    held: frozenset[int] = frozenset()
    features = f"{cut.FEATURES} {cut.OF_INDIA}" if face.is_of_india else cut.FEATURES
    for package, folder, wanted in face.pieces:
        whole = packages.member(packages.fetch(package, KEPT), folder)
        # in a PDF a space has the face of the text before it, whichever that is
        new = (cut.characters_of(whole) & (wanted | characters.SPACES)) - held
        if new:
            layout = not pieces  # signs from elsewhere need no rules of layout
            pieces.append(cut.cut(whole, new, layout=layout, features=features))
            held |= new
    return cut.named(cut.joined(pieces), face.family)


def _cut(slices: Iterable[Slice], sheet: str, *, languages: bool = False) -> None:
    named = list(_held(slices))
    for each in named:
        _write(WEB / sheets.file_name(each), cut.cut(_face(each.face), each.characters, flavour="woff2"))
    _write(STATIC / "css" / sheet, sheets.browser_sheet(named, languages=languages).encode())


def _held(slices: Iterable[Slice]) -> Iterator[Slice]:
    """The slices with what their faces really have."""
    for each in slices:
        held = each.characters & cut.characters_of(_face(each.face))
        yield Slice(each.name, each.face, each.family, each.bold, held, each.claims)


@cache
def _face(name: str) -> bytes:
    return (PDF / f"doc-{name}.ttf").read_bytes()


def _empty(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    sys.stdout.write(f"{path.relative_to(ROOT)}  {len(content):,}\n")
