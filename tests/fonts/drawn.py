"""Characters as pictures: drawn from a font file, cut out of a page, and how far two of them are apart."""

from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps, ImageStat

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "static" / "fonts" / "pdf"
CELL = 150  # pixels, each way, for one character of 96
SIZE = 96
SHAPE = (48, 48)  # pixels of a character's ink, whatever its size and place were
NEAR = 17.0  # mean difference, of 255, of two pictures of one shape by different programs
APART = 9.0  # by how much the shape of the other region must differ more


def reference(face: str, character: str) -> Image.Image:
    """The character's shape as the file of a face has it."""
    picture = Image.new("L", (3 * CELL, 3 * CELL), 255)
    font = ImageFont.truetype(FONTS / f"doc-{face}.ttf", 2 * SIZE)
    ImageDraw.Draw(picture).text((CELL, CELL // 2), character, font=font, fill=0)
    return shape(picture)


def shape(picture: Image.Image) -> Image.Image:
    """What is inked, in one size and place; a picture with nothing on it is an error."""
    ink = ImageOps.invert(picture.convert("L"))
    box = ink.point(lambda value: 255 if value > 96 else 0).getbbox()
    assert box, "nothing is drawn"
    return ink.crop(box).resize(SHAPE, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))


def apart(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two shapes: 0 for the same, 255 at most."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def cells(row: Image.Image, count: int) -> list[Image.Image]:
    """The shapes of a row of so many characters, each in a box of its own."""
    width, height = row.width / count, row.height
    return [shape(row.crop((round(i * width), 0, round((i + 1) * width), height))) for i in range(count)]
