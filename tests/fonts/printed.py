"""Rows of characters as a PDF, printed where no font of the machine can be seen."""

import os
import subprocess
import sys
from html import escape
from itertools import pairwise

import pypdfium2
from PIL import Image

from tests.fonts.drawn import CELL, ROOT, SIZE, cells

MOST = 40  # characters of a row
NO_FONTS = ROOT / "decisions" / "export" / "pdf" / "fonts.conf"
PRINT = """
import sys, weasyprint
page = weasyprint.HTML(string=sys.stdin.buffer.read().decode(), base_url=sys.argv[1])
sys.stdout.buffer.write(page.write_pdf(uncompressed_pdf=True))
"""
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<link rel="stylesheet" href="fonts.css"><style>
@page {{ size: {MOST * CELL}px {CELL}px; margin: 0 }}
body, .row {{ margin: 0; font-size: {SIZE}px; line-height: {CELL}px }}
.row {{ height: {CELL}px; overflow: hidden; white-space: nowrap; break-after: page }}
span {{ display: inline-block; width: {CELL}px; text-align: center; vertical-align: top }}
</style></head><body>"""
Row = tuple[str, str, list[str]]  # language, element, characters


def printed(rows: list[Row]) -> bytes:
    """The PDF, a page for each row."""
    html = PAGE + "".join(map(_row, rows))
    environment = os.environ | {"FONTCONFIG_FILE": str(NO_FONTS), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", PRINT, f"{ROOT}/static/pdf/"]
    return subprocess.run(command, input=html.encode(), env=environment, stdout=-1, check=True).stdout


def pictures(pdf: bytes, rows: list[Row]) -> list[list[Image.Image]]:
    """The shapes of the characters, row by row."""
    document = pypdfium2.PdfDocument(pdf)
    return [_cells(document[number], len(row[2])) for number, row in enumerate(rows)]


def rows_of(language: str, tag: str, characters: str) -> list[Row]:
    """So many rows as the characters fill."""
    starts = [*range(0, len(characters), MOST), len(characters)]
    return [(language, tag, list(characters[low:high])) for low, high in pairwise(starts)]


def _row(row: Row) -> str:
    language, tag, characters = row
    boxes = "".join(f"<span>{escape(each)}</span>" for each in characters)
    return f'<div class="row" lang="{language}"><{tag}>{boxes}</{tag}></div>'


def _cells(page: pypdfium2.PdfPage, count: int) -> list[Image.Image]:
    picture = page.render(scale=2 * 4 / 3).to_pil()
    return cells(picture.crop((0, 0, 2 * count * CELL, 2 * CELL)), count)
