"""The notes of a candidate as forms: what was read on the model's page, in the licence and in the terms."""

from datetime import date, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.models.candidate import CandidateNote
from decisions.record.schema import Evidence
from decisions.states import Answer, Fit, Modality, TaskKind
from decisions.web.drafts import DraftForm
from decisions.web.fields import (
    CountField,
    DayField,
    LineField,
    LinesField,
    StateField,
    StatesField,
    TextField,
    YesNoField,
)
from decisions.web.why.forms import EvidenceForm

READ_ON_WHY = _("A page may say something else tomorrow.")


class NoteForm(DraftForm):
    """A note; its fields carry the note's name in front."""

    note: ClassVar[str]
    cleaned_data: dict[str, date | None]

    def __init__(self, row: CandidateNote, data: QueryDict | None = None) -> None:
        super().__init__(row, data, target="candidate", prefix=self.note)

    def clean_read_on(self) -> date | None:
        """A day that has come somewhere on earth."""
        day = self.cleaned_data["read_on"]
        if day and day > timezone.now().date() + timedelta(days=1):
            raise ValidationError(_t("This day has not come yet."))
        return day


class ModelCardForm(NoteForm):
    """What the model's page says."""

    note = "model_card"
    groups = (
        (
            _("Model-card note: what its page says"),
            False,
            (
                *("task_kinds", "languages", "modalities", "tool_calling", "structured_output"),
                *("context_tokens", "limits", "data", "source", "revision", "reader", "read_on"),
            ),
        ),
    )

    task_kinds = StatesField(
        TaskKind, label=_("Made for"), why=_("Only what the page names counts."), decides=Fit.TASK
    )
    languages = LinesField(
        label=_("Languages"),
        rows=2,
        help_text=_("One per line, as a code or a name, as the page lists them."),
        why=_("Held against the languages of the need."),
        decides=Fit.TASK,
    )
    modalities = StatesField(
        Modality, label=_("Takes in"), why=_("Images or audio are asked for by name."), decides=Fit.TASK
    )
    tool_calling = YesNoField(
        label=_("Calls tools"), why=_("A promise of the page, not of the runtime."), decides=Fit.TASK
    )
    structured_output = YesNoField(
        label=_("Answers in a requested shape"),
        why=_("A model that does not leaves it to the runtime."),
        decides=Fit.TASK,
    )
    context_tokens = CountField(
        label=_("Stated context, tokens"), why=_("Held against the context of the need."), decides=Fit.TASK
    )
    limits = TextField(
        label=_("Stated limits"), rows=2, why=_("What its makers warn of is where to test first.")
    )
    data = TextField(  # type: ignore[assignment]  # the name of the stored field; fields are no attributes
        label=_("Data"), rows=2, why=_("What it was trained on, as far as the page says; reviewers ask.")
    )
    source = LineField(
        label=_("Source"), why=_("Where it was read, so that others can read it."), decides=Fit.TASK
    )
    revision = LineField(label=_("Revision read"), why=_("Pages change with the weights."))
    reader = LineField(label=_("Read by"), why=_("Who to ask."))
    read_on = DayField(label=_("Read on"), why=READ_ON_WHY, decides=Fit.TASK)


class LicenceForm(NoteForm):
    """What was read in the licence."""

    note = "licence"
    groups = (
        (
            _("Licence note: what was read in it"),
            False,
            (
                *("licence_id", "source", "commercial_use", "redistribution"),
                *("data_use", "conditions", "read_on"),
            ),
        ),
    )

    licence_id = LineField(
        label=_("Licence"),
        help_text=_("Its SPDX id where it has one, for instance Apache-2.0."),
        why=_("Names the text; a tag alone is no reading."),
        decides=Fit.LICENCE,
    )
    source = LineField(label=_("Source"), why=_("Which text was read, and where."), decides=Fit.LICENCE)
    commercial_use = StateField(
        Answer, label=_("Commercial use"), why=_("Asked when something is sold."), decides=Fit.LICENCE
    )
    redistribution = StateField(
        Answer, label=_("Redistribution"), why=_("Asked when weights are passed on."), decides=Fit.LICENCE
    )
    data_use = StateField(
        Answer,
        label=_("Use with our data"),
        why=_("Some licences forbid fields of use or training on outputs."),
        decides=Fit.LICENCE,
    )
    conditions = LinesField(
        label=_("Conditions that bite"),
        help_text=_("One per line."),
        why=_("Each is a duty somebody has to fulfil."),
        decides=Fit.LICENCE,
    )
    read_on = DayField(label=_("Read on"), why=READ_ON_WHY, decides=Fit.LICENCE)


class TermsForm(NoteForm):
    """What was read in the terms of a cloud API."""

    note = "terms"
    groups = (
        (
            _("Terms note: what the provider of an API promises"),
            False,
            (
                *("provider", "source", "retention", "trains_on_inputs", "region"),
                *("third_parties", "output_rights", "read_on"),
            ),
        ),
    )

    provider = LineField(label=_("Provider"), why=_("Who runs the model for us."), decides=Fit.LICENCE)
    source = LineField(label=_("Source"), why=_("Which terms were read, and where."))
    retention = TextField(
        label=_("Retention"), rows=2, why=_("How long inputs and outputs are kept."), decides=Fit.LICENCE
    )
    trains_on_inputs = StateField(
        Answer,
        label=_("Trains on inputs"),
        why=_("Private data never goes to a provider that does."),
        decides=Fit.LICENCE,
    )
    region = LineField(label=_("Region"), why=_("Where the data is processed."), decides=Fit.LICENCE)
    third_parties = TextField(
        label=_("Third parties"), rows=2, why=_("Who else gets to see it."), decides=Fit.LICENCE
    )
    output_rights = TextField(
        label=_("Rights in outputs"), rows=2, why=_("Whether the answers are ours."), decides=Fit.LICENCE
    )
    read_on = DayField(label=_("Read on"), why=READ_ON_WHY, decides=Fit.LICENCE)


class ProofForm(EvidenceForm):
    """The evidence, folded together as on the rest of the page."""

    groups = ((_("Evidence: what exists"), False, tuple(Evidence.model_fields)),)
