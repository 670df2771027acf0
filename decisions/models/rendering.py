"""A version rendered to a file: kept so that the second call only reads, and made anew at any time."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from decisions.models.version import Version


class Rendering(models.Model):
    """The PDF of one version in one language, made of exactly these templates, fonts and names.

    `made_of` is a SHA-256 over all of them: where it is another one now, the file is made anew. `digest` is
    the SHA-256 of the file.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="renderings")
    language = models.CharField(max_length=16)
    made_of = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "made_of"], name="one_rendering_of_each"),
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="rendering_digest_length"),
        ]
