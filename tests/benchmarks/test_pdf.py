"""What a PDF costs: beside WeasyPrint alone on the same HTML, and, once stored, beside a static file.

Printed side by side from one run, call by call in turn, so that a busy machine is busy for both. Asserted is
only what does not depend on the machine.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdfium2
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decisions.actions import renderings
from decisions.export.pdf import renderer as module
from decisions.export.pdf.document import attachment, record_html
from decisions.export.pdf.renderer import Renderer
from tests import factories as make
from tests.benchmarks.bare import FILE
from tests.benchmarks.table import show
from tests.export.pdf.samples import envelope, stored
from tests.web.house import at, sign_in

ROUNDS = 7
STATIC, BARE = "static file", "bare view, same person and permission"
ALONE = """
import sys
from decisions.export.pdf.worker import VARIANT, Press
press = Press()
for name in sys.stdin:
    html = open(name.strip(), encoding="utf-8").read()
    source = press._weasyprint.HTML(string=html, base_url="static:///pdf/", url_fetcher=press._fetcher)
    source.write_pdf(
        name.strip() + ".pdf", stylesheets=press._sheets, font_config=press._fonts, pdf_variant=VARIANT
    )
    print("done", flush=True)
"""


class Alone:
    """WeasyPrint by itself, warm, in a process with the same fonts and sheets."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", ALONE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=module.ROOT,
            env=module._environment(str(folder)),
            text=True,
        )

    def render(self, path: Path) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"


def in_turn(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """The least and the median seconds of each call, after one that warms up, all of them in turn."""
    took: list[list[float]] = [[] for _ in calls]
    for number in range(rounds + 1):
        for each, call in zip(took, calls, strict=True):
            start = time.perf_counter()
            call()
            if number:
                each.append(time.perf_counter() - start)
    return [(min(each), median(each)) for each in took]


def compared(press: Renderer, alone: Alone, count: int, folder: Path) -> tuple[str, ...]:
    """One row: a version of so many candidates, printed by both."""
    data = stored(count)
    html, file = record_html(data, envelope(data), "ja"), attachment(data, envelope(data))
    path = folder / f"{count}.html"
    path.write_text(html, encoding="utf-8")
    ours, theirs = in_turn(lambda: press.render(html, file), lambda: alone.render(path))
    pages = len(pypdfium2.PdfDocument(press.render(html, file)))
    times = (f"{value:.3f} s" for pair in (ours, theirs) for value in pair)
    return str(count), str(pages), *times, f"{ours[0] / theirs[0]:.2f}×"


def test_a_pdf_beside_weasyprint_alone(tmp_path: Path) -> None:
    press, alone = Renderer(120), Alone(tmp_path)
    rows = [compared(press, alone, count, tmp_path) for count in (1, 3, 9)]
    press.close()
    alone.process.communicate()
    head = ("candidates", "pages", "ours, least", "median", "WeasyPrint, least", "median", "ratio of least")
    show("A PDF, warm, beside WeasyPrint alone on the same HTML", head, rows)
    assert rows[0][1] == "3"


@pytest.mark.django_db
@pytest.mark.urls("tests.benchmarks.urls")
def test_a_stored_pdf_beside_a_static_file(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decision = make.version(make.journey()).decision
    sign_in(client, "owner", decision)
    address = at("version-pdf", decision, number=1)
    addresses = {
        "stored PDF": address,
        BARE: at("bare-file", decision, number=1),
        STATIC: "/static/fonts/pdf/doc-mono.ttf",
        "JSON file of the version": at("version-export", decision, number=1, format="json"),
    }
    start = time.perf_counter()
    FILE[:] = read(client, address)
    rows = [("first call, cold renderer", "", f"{(time.perf_counter() - start) * 1000:.1f} ms", "", "", "")]
    etag = {"If-None-Match": client.get(address)["ETag"]}
    calls = [lambda each=each: read(client, each) for each in addresses.values()]
    calls.append(lambda: client.get(address, headers=etag))
    sizes = [*(len(read(client, each)) for each in addresses.values()), 0]
    times = in_turn(*calls, rounds=40)
    least = dict(zip((*addresses, "stored PDF, not changed"), times, strict=True))
    for size, (name, (took, middle)) in zip(sizes, least.items(), strict=True):
        ratios = (f"{took / least[of][0]:.1f}×" for of in (STATIC, BARE))
        rows.append((name, str(size), f"{took * 1000:.1f} ms", f"{middle * 1000:.1f} ms", *ratios))
    renderings.renderer().close()
    head = ("what", "bytes", "least", "median", "of static", "of bare")
    show("A stored PDF beside a static file", head, rows)
    assert decision.versions.get().renderings.count() == 1
    with django_assert_num_queries(4):
        read(client, at("bare-file", decision, number=1))
    with django_assert_num_queries(5):
        read(client, address)


def read(client: Client, address: str) -> bytes:
    """The whole answer."""
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
