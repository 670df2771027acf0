"""Versions to print, and what is read back out of a PDF."""

import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pypdfium2

from decisions.export.pdf.envelope import Envelope
from decisions.fit.judge import judge
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.content import content
from decisions.record.schema import Candidate, Need, Record, Why
from decisions.states import CandidateRole, TextLanguage

SAVED = datetime(2026, 11, 22, 9, 4, 5, tzinfo=UTC)


def stored(count: int = 1, **fields: Any) -> bytes:
    """The bytes of a version with so many candidates; `fields` are those of the record."""
    roles = [CandidateRole.FIRST_CHOICE, *[CandidateRole.CONSIDERED] * count]
    fields = {
        "title": "Answer model",
        "need": Need(project_goal="answers from our procedures", must_have=("stable JSON",)),
        "why": Why(why_now="the loop comes first"),
        "candidates": tuple(
            Candidate(key=f"c{n + 1}", role=roles[n], name=f"Model {n + 1}", risk="too weak")
            for n in range(count)
        ),
    } | fields
    record = Record(**fields)
    return canonical_bytes(content(record, judge(record)))


def japanese(text: str) -> bytes:
    """A version whose texts are Japanese."""
    return stored(text_language=TextLanguage.JAPANESE, title=text, why=Why(why_now=text))


def envelope(data: bytes, **more: Any) -> Envelope:
    """An envelope around stored bytes."""
    given = {
        "project": "Support desk",
        "decision": "Answer model",
        "number": 3,
        "stage": "plan",
        "saved_at": SAVED,
        "saved_by": "Ada Author",
        "authors": ("Ada Author", "Ben Böttcher"),
        "what_changed": "First plan.",
        "digest": digest_of(data),
        "manifest": "b" * 64,
    }
    return Envelope(**given | more)


def texts(pdf: bytes) -> list[str]:
    """The text of every page, without line ends."""
    pages = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def objects(pdf: bytes) -> bytes:
    """The file with its compressed streams opened, to look for keys in."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(filter(None, map(_opened, streams)))


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
