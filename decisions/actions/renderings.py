"""The PDF of a version: rendered once, outside of any transaction, and read from then on.

A rendering is no change of state: it follows from the version, and no event tells of it.
"""

from datetime import date
from functools import cache

from django.conf import settings
from django.db import transaction

from decisions.export.pdf import document
from decisions.export.pdf.envelope import Envelope
from decisions.export.pdf.release import made_of
from decisions.export.pdf.renderer import Renderer
from decisions.models import Rendering, Version
from decisions.record.canonical import digest_of


@cache
def renderer() -> Renderer:
    """The one renderer of this process."""
    return Renderer(settings.PDF_SECONDS)


def envelope_of(version: Version) -> Envelope:
    """What stands around the content of a version, with the names as they are now."""
    return Envelope(
        project=version.decision.project.name,
        decision=version.decision.title,
        number=version.number,
        stage=version.stage,
        saved_at=version.saved_at,
        saved_by=str(version.saved_by),
        authors=tuple(str(author) for author in version.authors.order_by("pk")),
        what_changed=version.what_changed,
        digest=version.digest,
        manifest=version.manifest_id,
    )


def rendered(*, version: Version, language: str) -> Rendering:
    """The PDF of a version in one language, stored or made now. Raises `NotRendered` and `Unreadable`."""
    envelope = envelope_of(version)
    wanted = Rendering.objects.filter(version=version, language=language, made_of=made_of(envelope))
    return wanted.first() or _made(version, envelope, language)


def sign_off_sheet(*, version: Version, language: str, today: date) -> bytes:
    """The sheet to sign by hand, as of `today`; it is not kept. Raises `NotRendered` and `Unreadable`."""
    content, envelope = bytes(version.content.data), envelope_of(version)
    html = document.sign_off_html(content, envelope, language, today)
    return renderer().render(html, document.attachment(content, envelope))


def _made(version: Version, envelope: Envelope, language: str) -> Rendering:
    content = bytes(version.content.data)
    html = document.record_html(content, envelope, language)
    data = renderer().render(html, document.attachment(content, envelope))
    return _stored(version, envelope, language, data)


def _stored(version: Version, envelope: Envelope, language: str, data: bytes) -> Rendering:
    """Whoever comes first is kept; what an earlier release made goes."""
    name = made_of(envelope)
    same = Rendering.objects.filter(version=version, language=language)
    new = Rendering(version=version, language=language, made_of=name, digest=digest_of(data), data=data)
    with transaction.atomic():
        same.exclude(made_of=name).delete()
        Rendering.objects.bulk_create([new], ignore_conflicts=True)
        return same.get(made_of=name)
