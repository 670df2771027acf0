"""Fonts cut to the characters asked for, put together from several files, and named as ours."""

from collections.abc import Iterable
from io import BytesIO

from fontTools import merge, subset
from fontTools.ttLib import TTFont

from decisions.management.fonts.characters import Characters

# what scripts need to be written at all, kerning, and Chromium's trimming between wide signs; none vertical
FEATURES = (
    "ccmp kern liga calt clig curs mark mkmk init medi med2 fina fin2 fin3 isol rlig rclt ljmo vjmo tjmo halt"
)
OF_INDIA = "nukt akhn rphf rkrf blwf half pstf vatu cjct pres abvs blws psts haln abvm blwm dist"
NEEDLESS = "BASE DSIG STAT gasp prep cvt fpgm vhea vmtx VORG"
LAYOUT = ("GDEF", "GPOS", "GSUB")
METRICS = {  # where a letter stands in its line, and how tall it is; browsers read the second table
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": (
        *("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
        *("sxHeight", "sCapHeight"),
    ),
}
OWNERS = (0, 13, 14)  # name records that stay: copyright, licence and where it is


def cut(
    font: bytes,
    characters: Characters,
    *,
    layout: bool = True,
    features: str = FEATURES,
    flavour: str | None = None,
) -> bytes:
    """The font with these characters alone; `flavour` is "woff2" for the browser."""
    options = subset.Options(
        layout_features=features.split() if layout else [],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
        recalc_timestamp=False,
        canonical_order=True,
    )
    options.drop_tables += [name.ljust(4) for name in NEEDLESS.split()] + list(() if layout else LAYOUT)
    opened = _open(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(opened)
    opened.flavor = flavour
    return _saved(opened)


def joined(pieces: list[bytes]) -> bytes:
    """One font of several that share no character, all with the same units per em; the first's metrics."""
    if len(pieces) == 1:
        return pieces[0]
    fonts = [_open(piece) for piece in pieces]
    whole = merge.Merger().merge([BytesIO(piece) for piece in pieces])
    whole.recalcTimestamp = False
    for moment in ("created", "modified"):  # never now: the same pieces give the same bytes
        setattr(whole["head"], moment, max(getattr(font["head"], moment) for font in fonts))
    for table, fields in METRICS.items():
        for field in fields:
            setattr(whole[table], field, getattr(fonts[0][table], field))
    copyrights = dict.fromkeys(str(font["name"].getDebugName(0)) for font in fonts)
    whole["name"].setName("; ".join(copyrights), 0, 3, 1, 0x409)
    return _saved(whole)


def named(font: bytes, family: str) -> bytes:
    """The same font under a family name of its own: two files with one name would be taken for each other."""
    opened = _open(font)
    names = opened["name"]
    names.names = [each for each in names.names if each.nameID in OWNERS and each.platformID == 3]
    version = f"Version {opened['head'].fontRevision:.3f}"
    for number, text in ((1, family), (2, "Regular"), (3, family), (4, family), (5, version)):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(family.replace(" ", "-"), 6, 3, 1, 0x409)
    for table in opened["cmap"].tables:
        if table.isUnicode() and 0x20 in table.cmap:
            table.cmap.setdefault(0xA0, table.cmap[0x20])
    return _saved(opened)


def characters_of(font: bytes) -> Characters:
    """Every character the font can draw."""
    return frozenset(_open(font).getBestCmap())


def copyrights_of(fonts: Iterable[bytes]) -> list[str]:
    """The copyright lines of the fonts, each once."""
    return list(dict.fromkeys(str(_open(font)["name"].getDebugName(0)) for font in fonts))


def _open(font: bytes) -> TTFont:
    return TTFont(BytesIO(font), recalcTimestamp=False, lazy=True)


def _saved(font: TTFont) -> bytes:
    written = BytesIO()
    font.save(written)
    return written.getvalue()
