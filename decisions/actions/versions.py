"""Saving a version: the draft is judged, frozen, numbered and recorded in one transaction."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft
from decisions.actions.events import append_event, lock_trail
from decisions.actions.refusal import Refused
from decisions.fit.judge import judge, stage
from decisions.models import Blob, Decision, DraftEditor, User, Version, VersionAuthor
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.record.content import content
from decisions.record.difference import Difference, difference
from decisions.record.schema import Judged, Record
from decisions.record.versions import load_content
from decisions.states import Stage


@dataclass(frozen=True)
class Snapshot:
    """What would be frozen now: the record, its judgement and, made when asked for, the bytes of both."""

    record: Record
    judged: Judged

    @classmethod
    def of(cls, decision: Decision) -> "Snapshot":
        """Judge the draft of a decision loaded by `with_draft()`."""
        record = decision.to_record()
        return cls(record, judge(record))

    @cached_property
    def data(self) -> bytes:
        """The canonical bytes of the content."""
        return canonical_bytes(content(self.record, self.judged))

    @cached_property
    def digest(self) -> str:
        """The fingerprint the content would have."""
        return digest_of(self.data)

    @classmethod
    def stored(cls, decision: Decision) -> "Snapshot":
        """The same for the draft as it is stored now, whatever is loaded."""
        return cls.of(Decision.objects.with_draft().get(pk=decision.pk))

    @cached_property
    def stage(self) -> Stage:
        """Plan, or proven when the first choice has all its evidence."""
        return stage(self.record, self.judged)

    def since(self, version: Version | None) -> Difference:
        """The difference from a version; from nothing where there is none yet."""
        old = load_content(bytes(version.content.data)) if version else {}
        return difference(old, load_content(self.data))


def newest_version(decision: Decision) -> Version | None:
    """The newest version with its content, or None."""
    return decision.versions.select_related("content").newest_first().first()


@transaction.atomic
def save_version(
    *, by: User, decision: Decision, what_changed: str, seen_digest: str | None = None
) -> Version:
    """Freeze the draft as the next version.

    `seen_digest` is the digest of the draft whose difference the person read; when the draft is another by
    now, nothing is saved. Refused without a first choice, without a sentence, and when nothing changed.
    """
    lock_draft(by=by, decision=decision)
    lock_trail()  # blobs are shared by all decisions: two savers of the same bytes come one after the other
    decision = Decision.objects.with_draft().get(pk=decision.pk)
    snapshot = Snapshot.of(decision)
    newest = newest_version(decision)
    _refuse(snapshot, newest, what_changed, seen_digest)
    version = _freeze(by, decision, snapshot, newest, what_changed)
    append_event(
        "version.saved",
        by=by,
        project=decision.project,
        decision=decision,
        version=version.pk,
        number=version.number,
        content=version.content_id,
        manifest=version.manifest_id,
        stage=version.stage,
        authors=sorted(version.authorships.values_list("person_id", flat=True)),
    )
    return version


def _refuse(snapshot: Snapshot, newest: Version | None, what_changed: str, seen_digest: str | None) -> None:
    if not snapshot.record.candidates:
        raise Refused(_("There is no candidate yet. A version needs at least one, and a first choice."))
    if snapshot.record.first_choice is None:
        raise Refused(_("No candidate is the first choice yet. Say which one comes first."))
    if newest and newest.content_id == snapshot.digest:
        raise Refused(_("Nothing has changed since version %(number)d.") % {"number": newest.number})
    if seen_digest is not None and seen_digest != snapshot.digest:
        raise Refused(
            _("The draft has changed while you were reading. Look at the difference again, then save.")
        )
    if not what_changed.strip():
        raise Refused(_("Say in a sentence what changed."), field="what_changed")


def _freeze(
    by: User, decision: Decision, snapshot: Snapshot, newest: Version | None, what_changed: str
) -> Version:
    manifest = canonical_bytes({"schema_version": 1, "content": snapshot.digest})
    version = Version.objects.create(
        decision=decision,
        number=newest.number + 1 if newest else 1,
        content=stored_blob(snapshot.data),
        manifest=stored_blob(manifest),
        stage=snapshot.stage,
        what_changed=what_changed,
        saved_by=by,
    )
    editors = set(decision.draft_editors.values_list("person_id", flat=True)) | {by.pk}
    VersionAuthor.objects.bulk_create(
        [VersionAuthor(version=version, person_id=person) for person in sorted(editors)]
    )
    DraftEditor.objects.filter(decision=decision).delete()
    return version


def stored_blob(data: bytes) -> Blob:
    """The bytes under their digest, stored once. To be called under the lock of the trail."""
    digest = digest_of(data)
    return Blob.objects.filter(digest=digest).first() or Blob.objects.create(digest=digest, data=data)
