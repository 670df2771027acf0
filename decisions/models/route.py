"""Where a candidate runs; routes belong to the project."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.drafts import DraftPart, part_of
from decisions.models.project import Project
from decisions.record import schema
from decisions.record.text import NAME_LENGTH
from decisions.states import RouteKind


class RouteQuerySet(models.QuerySet["Route"]):
    """Questions about routes."""

    def live(self) -> "RouteQuerySet":
        """Routes that were not taken away, in the order of their cards."""
        return self.filter(removed_at=None).order_by("position", "pk")


class Route(DraftPart):
    """One route of a project: what kind, its traits, its hardware facts, and the team's own card texts.

    Memory is in GiB (2^30 bytes), VRAM per device. An empty card text follows the shipped one of its kind.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="routes")
    code = models.SlugField(max_length=60, allow_unicode=True, editable=False)
    kind = models.CharField(_("kind"), max_length=24, choices=RouteKind.choices(), default=RouteKind.TEAM)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    position = models.PositiveIntegerField(default=0, editable=False)

    has_gpu = models.BooleanField(_("It has a GPU"), default=False)
    is_notebook = models.BooleanField(_("It is a notebook that may end at any time"), default=False)
    leaves_the_house = models.BooleanField(_("Data leaves our own machines"), default=False)
    can_serve = models.BooleanField(_("It can keep a service running"), default=False)
    is_rented = models.BooleanField(_("It is paid by the hour"), default=False)
    hosts_model = models.BooleanField(_("We host the model there"), default=True)

    device = columns.line(_("device"))
    device_count = columns.count(_("number of devices"))
    vram_gib = columns.amount(_("VRAM per device, GiB"))
    usable_gib = columns.amount(_("usable memory per device, GiB"))
    ram_gib = columns.amount(_("RAM, GiB"))
    disk_gib = columns.amount(_("disk, GiB"))
    price_amount = columns.amount(_("price per hour"))
    price_currency = columns.currency(_("currency"))
    planned_hours = columns.amount(_("planned hours"))
    expected_stop_at = models.DateTimeField(_("expected stop time"), null=True, blank=True)
    driver = columns.line(_("driver"))
    security = columns.text(_("security"))
    ssh_target = columns.line(_("SSH target"))

    first_model = columns.text(_("first model"))
    runtime = columns.text(_("runtime"))
    proves_first = columns.text(_("proves first"))
    cannot_prove = columns.text(_("cannot prove"))
    not_for = columns.text(_("not for"))
    evidence_to_keep = columns.text(_("evidence to keep"))
    upgrade_signal = columns.text(_("upgrade signal"))

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], condition=Q(removed_at=None), name="one_live_route_per_code"
            ),
            columns.known_state("kind", RouteKind, name="route_kind_known", optional=False),
            columns.not_negative(
                "route_hardware_not_negative",
                *("device_count", "vram_gib", "ram_gib", "disk_gib", "price_amount", "planned_hours"),
            ),
            columns.not_negative("route_usable_not_negative", "usable_gib"),
            models.CheckConstraint(condition=~Q(name=""), name="route_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def to_part(self) -> schema.Route:
        """This route as the document has it."""
        price = None
        if self.price_amount is not None:
            price = schema.Money(amount=self.price_amount, currency=self.price_currency)
        hardware = schema.Hardware(**part_of(self, schema.Hardware, price_per_hour=price))
        return schema.Route(
            code=self.code,
            name=self.name,
            kind=RouteKind(self.kind),
            traits=schema.Traits(**part_of(self, schema.Traits)),
            hardware=hardware,
            card=schema.CardTexts(**part_of(self, schema.CardTexts)),
        )
