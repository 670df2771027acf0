"""What an engine's own log said of a candidate, beside what had been expected."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from decisions.fit.hardware.logs import is_of_another, rows_of
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

    def with_aside(self) -> "MeasurementQuerySet":
        """Adds `is_aside`, whether somebody set the log aside and nobody took it back, and `aside_reason`."""
        turns = SetAside.objects.filter(measurement=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            is_aside=Coalesce(Subquery(turns.values("is_aside")[:1]), Value(False)),
            aside_reason=Coalesce(Subquery(turns.values("reason")[:1]), Value("")),
        )

    def with_turns(self) -> "MeasurementQuerySet":
        """Adds who kept it, and `turns`: who set it aside or took it back, the newest first."""
        turns = SetAside.objects.select_related("by").order_by("-pk")
        return self.select_related("measured_by").prefetch_related(Prefetch("turns", turns))


class Measurement(models.Model):
    """One start-up log of one candidate, kept under its digest. Never changed, never removed.

    `setting` is the setting the log states, `figures` a list of quantities with the bytes predicted and
    measured and what rounding hides; `family` is the kind of model, as its configuration names it.
    `measured` and `measured_setting` are what a candidate's sizing takes over while the log counts; empty in
    a log that was kept before logs could be set aside.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="measurements")
    log = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    engine = models.CharField(max_length=24)
    version = columns.line("version of the engine")
    family = models.CharField(max_length=80)
    setting = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    measured = columns.texts("measured by the engine")
    measured_setting = columns.line("setting of the measurement")
    sizing_engine = models.CharField(max_length=24)
    measured_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    measured_at = models.DateTimeField(default=timezone.now)

    objects = MeasurementQuerySet.as_manager()
    is_aside: bool  # of `with_aside()`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "log"], name="one_measurement_per_log"),
            models.CheckConstraint(condition=~Q(engine=""), name="measurement_names_its_engine"),
        ]

    @property
    def is_of_another(self) -> bool:
        """Whether its weights say that it is of another model than its candidate."""
        return of_another(self.figures, self.setting)


def of_another(figures: list[dict[str, Any]], setting: dict[str, Any]) -> bool:
    """Whether the weights among stored figures say that a log is of another model."""
    return is_of_another(rows_of(figures), setting.get("gpu_layers"))


class SetAside(models.Model):
    """One turn of a kept log: set aside with a reason, or taken back. The latest one counts; none is changed.

    What is set aside counts neither for its candidate nor in the accuracy of the installation.
    """

    measurement = models.ForeignKey(Measurement, models.PROTECT, related_name="turns")
    is_aside = models.BooleanField()
    reason = columns.line("reason")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_aside=False) | ~Q(reason=""), name="set_aside_says_why")
        ]
