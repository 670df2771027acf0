"""Versions: immutable, numbered snapshots, and the bytes they point to by digest."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from decisions.models import columns
from decisions.models.decision import Decision
from decisions.models.person import User
from decisions.models.practice import is_guided
from decisions.models.project import seen_by
from decisions.states import Stage


class Blob(models.Model):
    """Bytes stored under their SHA-256 (64 hexadecimal digits). Never changed, never replaced."""

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="blob_digest_length")
        ]


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions about versions."""

    def visible_to(self, person: User) -> "VersionQuerySet":
        """Versions of the projects the person may read."""
        return self.filter(seen_by(person, "decision__project__"))

    def with_guide(self) -> "VersionQuerySet":
        """Adds `is_guided`: whether the guide of the tour goes along with the decision."""
        return self.annotate(is_guided=is_guided("decision"))

    def newest_first(self) -> "VersionQuerySet":
        return self.order_by("-number")


class Version(models.Model):
    """One saved version: the envelope around its content and its manifest."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    manifest = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=24, choices=Stage.choices())
    what_changed = columns.text("what changed")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    authors = models.ManyToManyField(User, through="VersionAuthor", related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            columns.known_state("stage", Stage, name="version_stage_known", optional=False),
        ]

    def __str__(self) -> str:
        return f"{self.decision} v{self.number}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the content: the fingerprint."""
        return self.content_id


class VersionAuthor(models.Model):
    """Someone whose edits are in a version."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="authorships")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="one_row_per_author")]
