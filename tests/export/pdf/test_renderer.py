"""The renderer: the same bytes everywhere, no way out, and an end to everything."""

import http.server
import os
import resource
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from decisions.export.pdf import renderer as module
from decisions.export.pdf.document import attachment, record_html, sign_off_html
from decisions.export.pdf.renderer import MOST_CHARACTERS, NotRendered, Renderer
from decisions.record.schema import Candidate
from decisions.states import CandidateRole
from tests.export.pdf.samples import envelope, objects, stored, texts

PAGE = "<!doctype html><html lang=en><title>t</title>"
ENDLESS = PAGE + "<table>" + "<tr><td>word " * 60_000


@pytest.fixture
def own() -> Iterator[Renderer]:
    """A renderer of one test; its limits may be changed."""
    renderer = Renderer(60)
    yield renderer
    renderer.close()


def printed(press: Renderer, language: str = "en", count: int = 3) -> bytes:
    data = stored(count)
    return press.render(record_html(data, envelope(data), language), attachment(data, envelope(data)))


def test_the_same_bytes_on_every_call_and_in_every_process(press: Renderer, own: Renderer) -> None:
    first = printed(press)
    printed(own, "ja")
    assert printed(own) == first
    assert printed(press) == first


def test_fonts_and_settings_of_the_machine_make_no_difference(
    press: Renderer, own: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".fonts").mkdir()
    font = Path(module.ROOT / "static/fonts/pdf/doc-mono.ttf").read_bytes()
    (tmp_path / ".fonts/Doc latin.ttf").write_bytes(font)
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}/.fonts</dir><dir>/usr/share/fonts</dir></fontconfig>")
    others = {
        "FONTCONFIG_FILE": str(config),
        "HOME": str(tmp_path),
        "TZ": "Asia/Tokyo",
        "LC_ALL": "ja_JP.UTF-8",
    }
    for name, value in (others | {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "99"}).items():
        monkeypatch.setenv(name, value)
    assert printed(own) == printed(press)


def test_a_tagged_archive_file_with_language_title_and_source(press: Renderer) -> None:
    pdf = printed(press, "ja")
    document, inside = pypdfium2.PdfDocument(pdf), objects(pdf)
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert document.get_metadata_dict()["Title"].startswith("Answer model")
    assert document.get_metadata_dict()["CreationDate"] == "D:20261122090405Z"
    assert b'pdfaid:part="3"' in inside
    assert b'pdfaid:conformance="A"' in inside
    assert b"/Lang (ja)" in inside
    assert inside.count(b"/AFRelationship /Source") == 1
    assert document.count_attachments() == 1
    assert document.get_attachment(0).get_name() == "model_runtime_decision.json"
    assert bytes(document.get_attachment(0).get_data()) == stored(3)


def test_pages_are_numbered_and_headed(press: Renderer) -> None:
    pages = texts(printed(press, count=9))
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text
        assert "Support desk" in text
        assert "Version 3 · Plan · " in text


def test_headings_are_bookmarks(press: Renderer) -> None:
    toc = [entry.get_title() for entry in pypdfium2.PdfDocument(printed(press)).get_toc()]
    assert toc[0] == "Answer model"
    assert {"Candidates", "Need", "Record to keep", "This version"} <= set(toc)


@pytest.fixture
def listener() -> Iterator[list[str]]:
    """What is asked of a server on this machine; its port comes first."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    asked.append(str(server.server_port))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield asked
    server.shutdown()
    server.server_close()


def test_no_way_out(own: Renderer, listener: list[str], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    web = f"http://127.0.0.1:{listener[0]}"
    ways = [
        secret.as_uri(),
        f"{web}/x",
        "data:text/plain,SECRET",
        "static:///css/base.css",
        "../../manage.py",
    ]
    html = (
        PAGE
        + f"<style>@import '{web}/sheet.css'; @font-face {{font-family: f; src: url({web}/f.ttf)}}</style>"
    )
    for way in ways:
        html += (
            f"<link rel=attachment href='{way}'><link rel=stylesheet href='{way}'><img src='{way}' alt=''>"
        )
        html += (
            f"<a rel=attachment href='{way}'>x</a><p style=\"background: url('{way}'); font-family: f\">x</p>"
        )
        html += f"<object data='{way}'></object><svg><image href='{way}'/><use href='{way}#a'/></svg>"
    pdf = own.render(html)
    assert listener[1:] == []
    assert pypdfium2.PdfDocument(pdf).count_attachments() == 0
    assert b"SECRET" not in objects(pdf)


def test_what_takes_too_long_is_stopped_and_the_next_one_works(own: Renderer) -> None:
    own.render(PAGE)
    own.seconds = 1
    with pytest.raises(NotRendered) as caught:
        own.render(ENDLESS)
    assert (caught.value.reason, caught.value.seconds) == ("slow", 1)
    own.seconds = 60
    assert own.render(PAGE).startswith(b"%PDF-1.7")


def test_too_many_pages(own: Renderer) -> None:
    own._most_pages = 2
    with pytest.raises(NotRendered) as caught:
        own.render(PAGE + "<p style='break-after: page'>x</p>" * 4)
    assert caught.value.reason == "too_long"


def test_too_many_characters(press: Renderer) -> None:
    with pytest.raises(NotRendered) as caught:
        press.render("x" * (MOST_CHARACTERS + 1))
    assert caught.value.reason == "too_long"


def test_too_much_memory(own: Renderer) -> None:
    own.render(PAGE)
    assert own._process
    pages_of_memory = int(Path(f"/proc/{own._process.pid}/statm").read_text().split()[0])
    own.close()
    own._memory_bytes = (
        pages_of_memory * resource.getpagesize() + 16 * 2**20
    )  # little more than a warm one has
    with pytest.raises(NotRendered) as caught:
        own.render(ENDLESS[: len(ENDLESS) // 5])
    assert caught.value.reason in ("too_large", "broken")


def test_a_renderer_that_was_killed_is_started_again(own: Renderer) -> None:
    before = own.render(PAGE)
    assert own._process
    own._process.kill()
    own._process.wait()
    assert own.render(PAGE) == before


def test_one_document_at_a_time(own: Renderer) -> None:
    own.seconds = 0
    with own._lock, pytest.raises(NotRendered) as caught:
        own.render(PAGE)
    assert caught.value.reason == "busy"


def test_a_machine_without_pango(own: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    usual = module._environment
    monkeypatch.setattr(module, "_environment", lambda folder: usual(folder) | {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(NotRendered) as caught:
        own.render(PAGE)
    assert caught.value.reason == "missing"
    assert "libpango-1.0-0" in caught.value.detail


def test_a_font_that_is_not_there_is_no_silent_box(
    own: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for folder in ("decisions", "decisions/export", "decisions/export/pdf", "static/pdf"):
        _copied(module.ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    with pytest.raises(NotRendered) as caught:
        own.render(PAGE)
    assert caught.value.reason == "broken"
    assert ".ttf" in caught.value.detail


def _copied(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        if file.suffix in (".py", ".css", ".conf"):
            (target / file.name).write_bytes(file.read_bytes())


def test_nothing_is_left_behind(own: Renderer) -> None:
    own.render(PAGE)
    assert Path(own._folder).is_dir()
    own.close()
    assert not Path(own._folder).exists()
    assert own._process is None


def test_nothing_is_left_behind_by_a_site_that_was_killed(own: Renderer) -> None:
    own.render(PAGE)
    assert own._process
    assert own._process.stdin
    own._process.stdin.close()
    assert own._process.wait(20) == 0
    assert not Path(own._folder).exists()


def test_a_forked_process_leaves_the_renderer_to_its_parent(own: Renderer) -> None:
    own.render(PAGE)
    child = os.fork()
    if child == 0:
        os._exit(0 if own._process is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert own._process
    assert own._process.poll() is None


def test_what_was_drawn_before_decides_nothing() -> None:
    """Pango keeps a size of a font as whoever asked first for it: a line a hair from full broke elsewhere."""
    candidates = tuple(
        Candidate(key=f"c{n + 1}", role=role, name=f"Model {n + 1}", runtime="vLLM when GPU is available")
        for n, role in enumerate((CandidateRole.FIRST_CHOICE, CandidateRole.CONSIDERED))
    )
    data = stored(candidates=candidates)
    html = record_html(data, envelope(data), "ja")
    after_a_sheet, fresh = Renderer(120), Renderer(120)
    try:
        after_a_sheet.render(sign_off_html(data, envelope(data), "ja", date(2026, 11, 22)))
        assert after_a_sheet.render(html) == fresh.render(html)
    finally:
        after_a_sheet.close()
        fresh.close()
