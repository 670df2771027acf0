"""Decisions and their drafts. `to_record()` is the only way from rows to the document."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.candidate import Candidate
from decisions.models.drafts import DraftPart
from decisions.models.person import User
from decisions.models.practice import is_guided
from decisions.models.project import Membership, Project, seen_by
from decisions.models.route import Route
from decisions.record import schema
from decisions.record.text import NAME_LENGTH
from decisions.states import CandidateRole, ProjectRole, TextLanguage


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions about decisions."""

    def visible_to(self, person: User) -> "DecisionQuerySet":
        """Decisions of the projects the person may read."""
        return self.filter(seen_by(person, "project__"))

    def with_draft(self) -> "DecisionQuerySet":
        """With `to_record()`, three queries however many candidates and routes there are."""
        return self.select_related("project", "need", "why")

    def with_latest(self) -> "DecisionQuerySet":
        """Adds number, stage and digest of the newest version, None where there is none."""
        from decisions.models.version import Version

        newest = Version.objects.filter(decision=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_number=Subquery(newest.values("number")[:1]),
            latest_stage=Subquery(newest.values("stage")[:1]),
            latest_digest=Subquery(newest.values("content_id")[:1]),
        )

    def with_guide(self) -> "DecisionQuerySet":
        """Adds `is_guided`: whether the guide of the tour goes along."""
        return self.annotate(is_guided=is_guided())

    def practised_by(self, person: User) -> "DecisionQuerySet":
        """Guided decisions at work in the person's own projects, the newest first."""
        own = Membership.objects.filter(person=person, role=ProjectRole.OWNER).values("project")
        return (
            self.with_guide().filter(is_guided(), project__in=own, project__archived_at=None).order_by("-pk")
        )

    def latest_change_first(self) -> "DecisionQuerySet":
        return self.order_by(F("changed_at").desc(), "pk")


class Decision(DraftPart):
    """One question inside a project, and the draft of its next version."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="decisions")
    slug = models.SlugField(max_length=80, allow_unicode=True, editable=False)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    text_language = models.CharField(
        _("language of its texts"),
        max_length=8,
        choices=TextLanguage.choices(),
        default=TextLanguage.ENGLISH,
    )
    route = models.ForeignKey(
        Route, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("route")
    )
    notes = models.JSONField(_("notes"), default=list, blank=True)
    copied_from = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="copies")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "slug"], name="one_decision_per_slug"),
            columns.known_state(
                "text_language", TextLanguage, name="decision_language_known", optional=False
            ),
            models.CheckConstraint(condition=~Q(title=""), name="decision_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def live_candidates(self) -> list[Candidate]:
        """Its candidates with their notes, in order; one query for the life of this object."""
        return list(self.candidates.live())

    def keep_first_choice(self) -> None:
        """Leave the other candidates out: enough for the route cards and the fits beside the page."""
        self.live_candidates = list(self.candidates.live().filter(role=CandidateRole.FIRST_CHOICE))

    @property
    def live_route(self) -> Route | None:
        """The decision's route, unless it was taken away."""
        return next((route for route in self.project.live_routes if route.pk == self.route_id), None)

    def to_record(self) -> schema.Record:
        """The draft as the document has it. Load the decision by `with_draft()` to spare queries."""
        codes: dict[int | None, str] = {route.pk: route.code for route in self.project.live_routes}
        return schema.Record(
            title=self.title,
            text_language=TextLanguage(self.text_language),
            need=self.need.to_part(),
            routes=tuple(route.to_part() for route in self.project.live_routes),
            route=codes.get(self.route_id),
            candidates=tuple(
                candidate.to_part(codes.get(candidate.route_id)) for candidate in self.live_candidates
            ),
            why=self.why.to_why(),
            paragraph=self.why.paragraph,
            record=self.why.to_record_to_keep(),
            notes=tuple(schema.Note(**note) for note in self.notes),
        )


class DraftEditor(models.Model):
    """Someone whose edits since the last version are in the draft; they become authors of the next one."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="draft_editors")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    last_edit_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="one_row_per_editor")]
