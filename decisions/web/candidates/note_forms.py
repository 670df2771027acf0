"""The notes of a candidate as forms: how it is to be sized, and what was read on the model's page, in the
licence and in the terms.
"""

from datetime import date, timedelta
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.fit.hardware.limits import MOST_ADAPTERS, MOST_RANK
from decisions.models.candidate import CandidateNote
from decisions.record.schema import Evidence
from decisions.states import Answer, Fit, Modality, TaskKind
from decisions.web.drafts import DraftForm
from decisions.web.fields import (
    AmountField,
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
        return has_come(self.cleaned_data["read_on"])


def has_come(day: date | None) -> date | None:
    """The day, which has come somewhere on earth."""
    if day and day > timezone.now().date() + timedelta(days=1):
        raise ValidationError(_t("This day has not come yet."))
    return day


class SizingForm(NoteForm):
    """What is asked of the runtime beyond model, runtime and route."""

    note = "sizing"
    groups = (
        (
            _("Sizing: what is asked of the runtime"),
            False,
            (
                *("context_tokens", "parallel", "kv_dtype", "gpu_layers", "flash_attention"),
                *("lora_rank", "loras", "draft", "vision"),
                *("memory_used_gib", "config", "config_source", "config_read_on"),
            ),
        ),
    )

    context_tokens = CountField(
        label=_("Context of a request, tokens"),
        help_text=_("Left empty: what the need asks for, else the candidate's own context."),
        why=_("The cache grows with every token."),
        decides=Fit.HARDWARE,
    )
    parallel = CountField(
        label=_("Requests at once"),
        help_text=_("Left empty: what the need asks for, else one."),
        why=_("Each has a cache of its own."),
        decides=Fit.HARDWARE,
    )
    kv_dtype = LineField(
        label=_("Type of the cache"),
        help_text=_("For instance f16, q8_0 or q4_0; fp8 in vLLM and SGLang. Left empty: the runtime's own."),
        why=_("Fewer bits a value make a smaller cache, and may cost quality."),
        decides=Fit.HARDWARE,
    )
    gpu_layers = CountField(
        label=_("Layers on the GPU"),
        help_text=_("Of llama.cpp and what is built on it. Left empty: as many as the model has."),
        why=_("The rest stays in RAM, and is slower."),
        decides=Fit.HARDWARE,
    )
    flash_attention = YesNoField(
        label=_("Flash attention"),
        why=_("Without it the compute buffer grows with the context."),
        decides=Fit.HARDWARE,
    )
    lora_rank = CountField(
        label=_("Rank of LoRA adapters"),
        least=1,
        most=MOST_RANK,
        help_text=_("The largest of those held beside the model. Left empty: no adapters."),
        why=_("Servers reserve room for it when they start."),
        decides=Fit.HARDWARE,
    )
    loras = CountField(
        label=_("Adapters at once"),
        least=1,
        most=MOST_ADAPTERS,
        help_text=_("Left empty: one, where there is a rank."),
        why=_("Each takes room of its own."),
        decides=Fit.HARDWARE,
    )
    draft = LineField(
        label=_("Draft model"),
        help_text=_("A shipped one, its quantization after a colon, such as Qwen/Qwen3-0.6B:Q8_0."),
        why=_("It guesses ahead, and takes memory and a cache of its own."),
        decides=Fit.HARDWARE,
    )
    vision = YesNoField(
        label=_("Vision part loaded"),
        help_text=_("Of llama.cpp, LM Studio and Ollama. Unknown: what the need asks for."),
        why=_("What reads GGUF has it as a file of its own; elsewhere it is a part of the weights."),
        decides=Fit.HARDWARE,
    )
    memory_used_gib = AmountField(
        label=_("Memory in use already, GiB"),
        help_text=_("On each device, by other programs."),
        why=_("It is not there for the model."),
        decides=Fit.HARDWARE,
    )
    config = TextField(
        label=_("config.json of the model"),
        rows=4,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "Paste the whole file. It goes before the dimensions that ship with Routecard. What the sizing"
            " page read of a GGUF or safetensors file stands here, too."
        ),
        why=_("Sizes a model nobody here knows, and corrects one that ships with a mistake."),
        decides=Fit.HARDWARE,
    )
    config_source = LineField(
        label=_("Source of the config.json"), why=_("Where it was read, so that others can read it.")
    )
    config_read_on = DayField(label=_("config.json read on"), why=READ_ON_WHY)

    def clean_config_read_on(self) -> date | None:
        """A day that has come somewhere on earth."""
        return has_come(self.cleaned_data["config_read_on"])


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
