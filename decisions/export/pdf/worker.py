"""The renderer: a process of its own that turns HTML into PDF, over and over, until its pipe is closed.

It stays warm: WeasyPrint, our sheets and our fonts are loaded once. It knows no Django and no database; what
it may fetch is in `fetcher`, how much memory and time it may take is set before it reads anything.
"""

import gc
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from decisions.export.pdf.wire import receive, send

SHEETS = ("fonts", "record")
VARIANT = "pdf/a-3a"


def main(memory_bytes: int, seconds: int, folder: str) -> None:
    """Answer every message with a PDF, or with why there is none; at the end the folder for scraps goes."""
    incoming, outgoing = _pipes()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        press = Press()
    except Incomplete as incomplete:
        send(outgoing, {"status": "broken", "reason": str(incomplete)})
        return
    except (ImportError, OSError) as missing:
        send(outgoing, {"status": "missing", "reason": str(missing).splitlines()[0]})
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    gc.disable()  # looking through a heap of boxes while it grows takes a fifth of the time
    send(outgoing, {"status": "ready"})
    while True:
        try:
            job, parts = receive(incoming)
        except EOFError:
            shutil.rmtree(folder, ignore_errors=True)  # the site may have ended too fast to do it
            return
        signal.alarm(seconds)  # should nobody be left who would end us
        answer, *data = press.printed(job, *parts)
        signal.alarm(0)
        send(outgoing, answer, *data)
        gc.collect()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Both ends towards the site; whatever a library prints goes nowhere near them."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return incoming, outgoing


class Incomplete(Exception):
    """A sheet or a font of ours is not there: without it characters would silently become boxes."""


class Press:
    """WeasyPrint with our sheets and fonts."""

    def __init__(self) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from decisions.export.pdf.fetcher import OwnFiles

        name_languages()
        self._weasyprint = weasyprint
        self._fetcher = OwnFiles()
        self._fonts = FontConfiguration()
        self._sheets = [
            weasyprint.CSS(
                url=f"static:///pdf/{name}.css", url_fetcher=self._fetcher, font_config=self._fonts
            )
            for name in SHEETS
        ]
        if self._fetcher.missed:
            raise Incomplete(f"cannot be read: {', '.join(self._fetcher.missed)}")

    def printed(self, job: dict[str, Any], html: bytes, *attached: bytes) -> tuple[Any, ...]:
        """The answer to one message: what happened, and the PDF where there is one."""
        try:
            document = self._laid_out(html)
            pages = len(document.pages)
            if pages > job["most_pages"]:
                return ({"status": "too_long", "pages": pages},)
            files = [self._attachment(*each) for each in zip(job["attachments"], attached, strict=True)]
            data = document.write_pdf(
                pdf_variant=VARIANT, attachments=files, finisher=name_files_once, cache={}
            )
        except MemoryError:
            return ({"status": "too_large"},)
        return {"status": "done", "pages": pages}, data

    def _laid_out(self, html: bytes) -> Any:
        self._forget_sizes()
        source = self._weasyprint.HTML(
            string=html.decode(), base_url="static:///pdf/", url_fetcher=self._fetcher
        )
        return source.render(
            stylesheets=self._sheets, font_config=self._fonts, pdf_variant=VARIANT, pdf_tags=True
        )

    def _forget_sizes(self) -> None:
        """What Pango keeps of the fonts it drew with: which came first would decide where a line breaks."""
        from weasyprint.text.ffi import ffi, pangoft2

        pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self._fonts.font_map))

    def _attachment(self, facts: dict[str, str], data: bytes) -> Any:
        moment = datetime.fromisoformat(facts["moment"])
        return self._weasyprint.Attachment(
            string=data,
            name=facts["name"],
            description=facts["description"],
            created=moment,
            modified=moment,
            relationship="Source",
        )


def name_languages() -> None:
    """WeasyPrint tells the language of the whole document alone; here a part in another one tells its own."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    if hasattr(build, "names_languages"):
        return

    def build_named(box: Any, *more: Any) -> Iterator[Any]:
        own = getattr(box, "_box", box)
        inside = own.element is not None and own.element_tag not in ("html", "body")
        language = own.element.get("lang") if inside else None
        for element in build(box, *more):
            if language:
                element["Lang"] = pydyf.String(language)
            yield element

    build_named.names_languages = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_named


def name_files_once(_document: object, pdf: Any) -> None:
    """WeasyPrint lists every attached file twice among the associated ones; once is enough."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
