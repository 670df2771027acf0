"""The audit trail: what happened, who did it, when; append-only and chained by hashes."""

from django.db import models
from django.utils import timezone

from decisions.models.person import User


class Event(models.Model):
    """One entry. The payload holds ids, names of fields and digests: never texts, addresses or drafts."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    project = models.ForeignKey("Project", models.PROTECT, null=True, related_name="events")
    decision = models.ForeignKey("Decision", models.PROTECT, null=True, related_name="events")
    payload = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
