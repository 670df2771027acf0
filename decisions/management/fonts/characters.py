"""Which characters a face or a slice holds, as sets of code points."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import read_po

Characters = frozenset[int]


def between(*pairs: tuple[int, int]) -> Characters:
    """All code points from the first to the second of each pair, both included."""
    return frozenset(code for first, last in pairs for code in range(first, last + 1))


def of_codec(codec: str) -> Characters:
    """All characters beyond ASCII that the codec can write."""
    plane_0 = (*range(0x80, 0xD800), *range(0xF900, 0x10000))
    return frozenset(code for code in plane_0 if _written(code, codec))


def of_plane_1(codec: str) -> Characters:
    """The characters that the codec writes with two bytes, ASCII apart."""
    return frozenset(code for code in of_codec(codec) if len(chr(code).encode(codec)) == 2)


def of_rows(codec: str, first: int, last: int) -> Characters:
    """The characters of some rows of a 94 × 94 set, by its two-byte codec; rows count from 1."""
    cells = ((row + 0xA0, cell) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    found = (bytes(each).decode(codec, "ignore") for each in cells)
    return frozenset(ord(character) for character in found if len(character) == 1)


def of_texts(texts: Iterable[str]) -> Characters:
    """Every character of the texts."""
    return frozenset(ord(character) for text in texts for character in text)


def of_interface(root: Path, locale: str, also: Iterable[str]) -> Characters:
    """What texts of ours need besides letters and kana: a catalogue's, and those of files `also`."""
    with (root / "decisions" / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        texts = [str(message.string) for message in read_po(file) if message.id]
    texts += [(root / path).read_text(encoding="utf-8") for path in also]
    return (of_texts(texts) | of_texts("–−≠≤≥≈◐")) & (IDEOGRAPHS | WIDE) - KANA


def ranges(characters: Iterable[int], *, gap: int = 0) -> str:
    """As CSS writes them in `unicode-range`; holes of up to `gap` characters are claimed too."""
    found: list[list[int]] = []
    for code in sorted(characters):
        if found and code <= found[-1][1] + 1 + gap:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in found)


def _written(code: int, codec: str) -> bool:
    try:
        chr(code).encode(codec)
    except UnicodeEncodeError:
        return False
    return True


SPACES = frozenset((0x20, 0xA0))
IDEOGRAPHS = between((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

# ---- letters, and the ticks our pages judge with: the same in every language
TICKS = of_texts("✓✔✕✖✗✘☐☑☒▴▸▾◂")
LATIN = between((0x00, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2BB, 0x2BC), (0x2C6, 0x2C6), (0x2DA, 0x2DC))
LATIN |= between(
    (0x300, 0x304), (0x306, 0x30C), (0x323, 0x323), (0x327, 0x328), (0x2010, 0x2011), (0x200B, 0x200F)
)
LATIN_MORE = between((0x100, 0x36F), (0x1D00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFB00, 0xFB06))
GREEK = between((0x370, 0x3FF), (0x1F00, 0x1FFF))
CYRILLIC = between((0x400, 0x52F))
LETTERS = LATIN | LATIN_MORE | GREEK | CYRILLIC

# ---- signs: of their own width in Japanese and Chinese, so that there they come from those faces
SIGNS = between((0x2000, 0x2BFF)) - LETTERS - TICKS
POINTS = (between((0x2012, 0x203A), (0x2190, 0x2193)) | of_texts("€₩₹₿№™−≈≠≤≥∞√∑○●◐■□▲▼")) & SIGNS

# ---- Chinese and Japanese
WIDE = between((0x2010, 0x2BFF), (0x2E80, 0x33FF), (0xFE10, 0xFE4F), (0xFF00, 0xFFEF))
KANA = between((0x3000, 0x30FF), (0xFF00, 0xFF9F)) | of_texts("‘’“”—―‥…‰※℃→←↑↓■□▲△▼▽◆◇○◎●★☆①②③④⑤⑥⑦⑧⑨")
JAPANESE = (of_codec("cp932") | WIDE) - LETTERS - TICKS  # JIS X 0208 with the additions everybody has
CHINESE = (of_codec("gb2312") | WIDE) - LETTERS - TICKS
# beyond JIS X 0208: level 3 of JIS X 0213 (剝 塡 頰 are taught at school), and what names are written with
JAPANESE_MORE = (of_plane_1("euc_jis_2004") & IDEOGRAPHS | of_texts("𠮟𠮷𡈽𣘺𩸽")) - JAPANESE
CHINESE_MORE = of_texts("镕喆堃昇囧瞭玥珺犇骉旻昉珅祎翀赟瑄玙垚曌嫚") - CHINESE
JAPANESE_COMMON = of_rows("euc_jp", 16, 47) & IDEOGRAPHS  # level 1 of JIS X 0208
CHINESE_COMMON = of_rows("gb2312", 16, 55) & IDEOGRAPHS  # level 1 of GB 2312

# ---- what else people write
HANGUL = of_rows("euc_kr", 16, 40)  # KS X 1001
HEBREW = between((0x590, 0x5FF), (0x20AA, 0x20AA), (0xFB1D, 0xFB4F))
ARABIC = between((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
THAI = between((0xE00, 0xE7F))
DEVANAGARI = between((0x900, 0x97F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF)) | of_texts("\u200c\u200d\u25cc")
EMOJI = between(
    (0x23, 0x23), (0x2A, 0x2A), (0x30, 0x39), (0x200D, 0x200D), (0x20E3, 0x20E3), (0xFE0F, 0xFE0F)
)
EMOJI |= between((0x231A, 0x2BFF), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF), (0xE0020, 0xE007F))
