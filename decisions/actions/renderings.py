"""The PDF of a version: rendered once, outside of any transaction, and read from then on.

A rendering is no change of state: it follows from the version, and no event tells of it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import FilteredRelation, Q

from decisions.export.pdf import document
from decisions.export.pdf.envelope import Envelope
from decisions.export.pdf.release import made_of
from decisions.export.pdf.renderer import Renderer
from decisions.models import Rendering, User, Version
from decisions.record.canonical import digest_of

ROUND = {  # field of an envelope → where a version has it
    "project": "decision__project__name",
    "decision": "decision__title",
    "number": "number",
    "stage": "stage",
    "saved_at": "saved_at",
    "what_changed": "what_changed",
    "digest": "content_id",
    "manifest": "manifest_id",
}
NAMES = ("saved_by__full_name", "saved_by__email", "authors__full_name", "authors__email")
KEPT = ("kept__pk", "kept__made_of", "kept__digest")


@dataclass(frozen=True)
class Kept:
    """A stored PDF that is what would be made now; its bytes are not read yet."""

    pk: int
    digest: str

    def data(self) -> bytes:
        """The file itself."""
        return bytes(Rendering.objects.values_list("data", flat=True).get(pk=self.pk))


def kept(*, by: User, project: str, decision: str, number: int, language: str) -> Kept | None:
    """The stored PDF of a version, where there is one of today's names and release and the person may see it.

    One query, whoever asks and however many wrote the version; no content is read and nothing is made.
    """
    visible = Version.objects.visible_to(by).filter(
        decision__project__slug=project, decision__slug=decision, number=number
    )
    own = FilteredRelation("renderings", condition=Q(renderings__language=language))
    rows = list(
        visible.annotate(kept=own)
        .filter(kept__isnull=False)
        .order_by("authors__pk")
        .values(*ROUND.values(), *NAMES, *KEPT)
    )
    wanted = made_of(_envelope_in(rows)) if rows else ""
    return next(
        (Kept(row["kept__pk"], row["kept__digest"]) for row in rows if row["kept__made_of"] == wanted), None
    )


def _envelope_in(rows: list[dict[str, Any]]) -> Envelope:
    """The envelope in rows of one version, one for each author and stored file."""
    first = rows[0]
    names = [
        row["authors__full_name"] or row["authors__email"]
        for row in rows
        if row["kept__pk"] == first["kept__pk"]
    ]
    return Envelope(
        **{name: first[where] for name, where in ROUND.items()},
        saved_by=first["saved_by__full_name"] or first["saved_by__email"],
        authors=tuple(name for name in names if name),
    )


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
