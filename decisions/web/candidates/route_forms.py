"""Routes as forms: their hardware facts, and for a team's own what they are and what their cards say."""

from datetime import datetime
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.states import Fit
from decisions.web.drafts import DraftForm, Groups
from decisions.web.fields import (
    AmountField,
    CheckField,
    CountField,
    CurrencyField,
    LineField,
    MomentField,
    SshTargetField,
    TextField,
)

NAME_LENGTH = 120  # characters of a route's name
NAME_NEEDED = _("A route needs a name.")
FOLLOWS = _("Left empty, the card says what it says for every project.")


class HardwareForm(DraftForm):
    """The hardware facts of a route; each may stay unknown."""

    groups = (
        (
            _("Machine"),
            True,
            (
                *("device", "device_count", "vram_gib", "usable_gib", "ram_gib", "disk_gib"),
                *("driver", "security", "ssh_target"),
            ),
        ),
        (_("Time and money"), True, ("price_amount", "price_currency", "planned_hours", "expected_stop_at")),
    )

    device = LineField(
        label=_("Device"),
        widget=forms.TextInput(attrs={"list": "devices"}),
        why=_("GPU serving needs a declared GPU; a shipped device brings its VRAM along."),
        decides=Fit.HARDWARE,
    )
    device_count = CountField(
        label=_("Number of devices"),
        most=4096,
        why=_("Multiplies the VRAM; left open it is one."),
        decides=Fit.HARDWARE,
    )
    vram_gib = AmountField(
        label=_("VRAM per device, GiB"),
        why=_(
            "As its maker states it; what has to hold weights, context and runtime. Serving starts at 16 GiB."
        ),
        decides=Fit.HARDWARE,
    )
    usable_gib = AmountField(
        label=_("Usable of it, GiB"),
        why=_(
            "What a program gets, as torch or the driver reports it for one device. Left empty: the shipped"
            " figure, else what is usual."
        ),
        decides=Fit.HARDWARE,
    )
    ram_gib = AmountField(
        label=_("RAM, GiB"),
        why=_("Holds the model where no GPU does."),
        decides=Fit.HARDWARE,
    )
    disk_gib = AmountField(
        label=_("Disk, GiB"),
        why=_("The download has to land somewhere."),
        decides=Fit.HARDWARE,
    )
    driver = LineField(
        label=_("Driver"),
        why=_("Serving runtimes are built against one; it has to be known before they start."),
        decides=Fit.RUNTIME,
    )
    security = TextField(
        label=_("Security"),
        rows=2,
        why=_("Who may reach the endpoint, and how: localhost, a tunnel, an access list."),
        decides=Fit.RUNTIME,
    )
    ssh_target = SshTargetField(
        label=_("SSH target"),
        widget=forms.TextInput(attrs={"placeholder": "user@host:port"}),
        why=_("Where the tunnel to the machine goes. A key is each person's own and is not kept here."),
    )
    price_amount = AmountField(
        label=_("Price per hour"), why=_("With the hours it says what the proof costs, before it starts.")
    )
    price_currency = CurrencyField(
        label=_("Currency"),
        widget=forms.TextInput(attrs={"class": "short", "maxlength": "3"}),
        why=_("An amount means nothing without one."),
    )
    planned_hours = AmountField(
        label=_("Planned hours"),
        why=_("A rented machine without an end is the usual way to a surprise bill."),
    )
    expected_stop_at = MomentField(
        label=_("Expected stop time, UTC"),
        why=_(
            "The moment somebody makes sure that the machine is off; the shutdown proof is held against it."
        ),
        decides=Fit.EVIDENCE,
    )

    def clean_expected_stop_at(self) -> datetime | None:
        """A moment still to come; one that is stored already may have passed, and keeps its seconds."""
        moment: datetime | None = self.cleaned_data["expected_stop_at"]
        stored: datetime | None = self.row.expected_stop_at  # type: ignore[attr-defined]
        if moment and stored and moment == stored.replace(second=0, microsecond=0):
            return stored
        if moment and moment <= timezone.now():
            raise ValidationError(_t("This moment has passed. The stop time lies ahead."))
        return moment


class CardTextsForm(DraftForm):
    """What a route's card says in this project."""

    groups: ClassVar[Groups] = (
        (
            _("What the card says in this project"),
            False,
            (
                *("first_model", "runtime", "proves_first", "cannot_prove"),
                *("not_for", "evidence_to_keep", "upgrade_signal"),
            ),
        ),
    )

    first_model = TextField(label=_("First model"), rows=2, why=_("The smallest that proves something here."))
    runtime = TextField(label=_("Runtime"), rows=2, why=_("The simplest that carries that model here."))
    proves_first = TextField(label=_("Proves first"), rows=2, why=_("The claim a first run here can make."))
    cannot_prove = TextField(
        label=_("Cannot prove"), rows=2, why=_("What nobody may conclude from a run here.")
    )
    not_for = TextField(label=_("Not for"), rows=2, why=_("What this route is the wrong place for."))
    evidence_to_keep = TextField(
        label=_("Evidence to keep"), rows=2, why=_("What has to be brought home from a run here.")
    )
    upgrade_signal = TextField(
        label=_("Upgrade signal"), rows=2, why=_("What would have to be seen before a larger route is tried.")
    )


class OwnRouteForm(CardTextsForm):
    """A team's own route: its name and traits, then its card."""

    groups = (
        (
            _("What this route is"),
            True,
            (
                *("name", "has_gpu", "is_notebook", "leaves_the_house"),
                *("can_serve", "is_rented", "hosts_model"),
            ),
        ),
        *CardTextsForm.groups,
    )
    field_order = (
        "name",
        "has_gpu",
        "is_notebook",
        "leaves_the_house",
        "can_serve",
        "is_rented",
        "hosts_model",
    )

    name = LineField(
        label=_("Name"),
        limit=NAME_LENGTH,
        required=True,
        error_messages={"required": NAME_NEEDED},
        why=_("What the team calls it."),
    )
    has_gpu = CheckField(
        label=_("It has a GPU"), why=_("Then VRAM holds the model, else RAM."), decides=Fit.HARDWARE
    )
    is_notebook = CheckField(
        label=_("It is a notebook that may end at any time"),
        why=_("A notebook serves no endpoint, and outside the house it takes no private data."),
        decides=Fit.RUNTIME,
    )
    leaves_the_house = CheckField(
        label=_("Data leaves our own machines"),
        why=_("Private data is asked about on such a route."),
        decides=Fit.LICENCE,
    )
    can_serve = CheckField(
        label=_("It can keep a service running"), why=_("A needed endpoint asks for it."), decides=Fit.RUNTIME
    )
    is_rented = CheckField(
        label=_("It is paid by the hour"),
        why=_("Then price, hours and stop time belong to the plan, and a shutdown proof to the evidence."),
        decides=Fit.EVIDENCE,
    )
    hosts_model = CheckField(
        label=_("We host the model there"),
        why=_("If not, a provider runs it and its terms are read."),
        decides=Fit.LICENCE,
    )


class NewRouteForm(OwnRouteForm):
    """The same for a route that is not stored yet, posted whole."""

    def brought(self) -> list[str]:
        """Every field: there is no stored value to race with."""
        return list(self.fields)
