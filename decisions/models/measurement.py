"""What an engine's own log said of a candidate, beside what had been expected."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from decisions.models import columns
from decisions.models.candidate import Candidate
from decisions.models.person import User
from decisions.models.project import seen_by
from decisions.models.version import Blob


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Questions about measurements."""

    def visible_to(self, person: User) -> "MeasurementQuerySet":
        """Those of the projects the person may read."""
        return self.filter(seen_by(person, "candidate__decision__project__"))

    def newest_first(self) -> "MeasurementQuerySet":
        return self.order_by("-measured_at", "-pk")


class Measurement(models.Model):
    """One start-up log of one candidate, kept under its digest. Never changed, never removed.

    `setting` is the setting the log states, `figures` a list of quantities with the bytes predicted and
    measured and what rounding hides; `family` is the kind of model, as its configuration names it.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="measurements")
    log = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    engine = models.CharField(max_length=24)
    version = columns.line("version of the engine")
    family = models.CharField(max_length=80)
    setting = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    sizing_engine = models.CharField(max_length=24)
    measured_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    measured_at = models.DateTimeField(default=timezone.now)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "log"], name="one_measurement_per_log"),
            models.CheckConstraint(condition=~Q(engine=""), name="measurement_names_its_engine"),
        ]
