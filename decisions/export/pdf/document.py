"""A version as an HTML document for the renderer, in one language."""

from datetime import UTC, date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from decisions.export.pdf.drawable import drawable
from decisions.export.pdf.envelope import Envelope
from decisions.export.pdf.renderer import Attachment
from decisions.export.pdf.view import View
from decisions.export.said import day, language_tag, moment_utc
from decisions.export.stored import Stored
from decisions.record.keep import JSON_FILE
from decisions.record.versions import load_content

SEATS = 4  # places to sign on one sheet


def record_html(content: bytes, envelope: Envelope, language: str) -> str:
    """The decision, from the stored bytes. Raises `Unreadable` for content nobody here can read."""
    with translation.override(language):
        stored = Stored(load_content(content))
        return _drawn("pdf/record.html", envelope, stored=stored, view=View(stored))


def sign_off_html(content: bytes, envelope: Envelope, language: str, today: date) -> str:
    """The sheet to sign by hand, dated. Raises `Unreadable` for content nobody here can read."""
    with translation.override(language):
        stored = Stored(load_content(content))
        return _drawn("pdf/sign_off.html", envelope, stored=stored, today=day(today), seats=range(SEATS))


def attachment(content: bytes, envelope: Envelope) -> Attachment:
    """The stored bytes as the file that goes with the PDF."""
    return Attachment(JSON_FILE, f"SHA-256: {envelope.digest}", content, envelope.saved_at)


def _drawn(template: str, envelope: Envelope, *, stored: Stored, **more: Any) -> str:
    """Draw in the active language. Moments come from the version; nothing here knows what time it is."""
    context = {
        "title": stored.title or envelope.decision,
        "envelope": envelope,
        "stored": stored,
        "language": language_tag(),
        "saved": moment_utc(envelope.saved_at, seconds=True),
        "created": envelope.saved_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    html, as_numbers = drawable(render_to_string(template, context | more))
    return html.replace("</body>", render_to_string("pdf/numbers.html") + "</body>") if as_numbers else html
