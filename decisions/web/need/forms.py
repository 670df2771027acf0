"""The need as a form: every field says why it is asked and which fit it decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.states import Fit, LicenceUse, Privacy, Purpose, StructuredOutput, TaskKind
from decisions.web.drafts import DraftForm
from decisions.web.fields import (
    AmountField,
    CountField,
    CurrencyField,
    LinesField,
    StateField,
    StatesField,
    TextField,
    YesNoField,
)

ONE_PER_LINE = _("One per line.")


class NeedForm(DraftForm):
    """What the work asks of a model; everything may stay unknown."""

    groups = (
        (_("What it is for"), True, ("project_goal", "must_have", "nice_to_have")),
        (
            _("What the model must do"),
            True,
            ("task_kinds", "languages", "context_tokens", "structured_output"),
        ),
        (_("Data and boundary"), True, ("privacy", "product_boundary")),
        (_("How it will be used"), True, ("licence_use", "purpose", "needs_service", "needs_lora")),
        (_("Load"), False, ("concurrent_requests", "latency_target_ms")),
        (_("Budget"), False, ("budget_amount", "budget_currency")),
    )

    project_goal = TextField(
        label=_("Goal"),
        rows=2,
        why=_(
            "One sentence that every candidate is held against; it opens the exported record. Decides no fit."
        ),
    )
    must_have = LinesField(
        label=_("Must-haves"),
        help_text=ONE_PER_LINE,
        why=_("What rules a candidate out when it is missing. Decides no fit."),
    )
    nice_to_have = LinesField(
        label=_("Nice-to-haves"),
        help_text=ONE_PER_LINE,
        why=_("What may tip the balance between two candidates that are both enough. Decides no fit."),
    )
    task_kinds = StatesField(
        TaskKind,
        label=_("Task kinds"),
        why=_(
            "Each one is looked up in the model card; a card that does not name it leaves the fit unknown."
        ),
        decides=Fit.TASK,
    )
    languages = LinesField(
        label=_("Languages"),
        rows=2,
        help_text=_("One per line, as a code (en, zh, ja) or a name."),
        why=_("A model is good in the languages its card lists, and a guess in all others."),
        decides=Fit.TASK,
    )
    context_tokens = CountField(
        label=_("Context length, tokens"),
        help_text=_("Prompt, retrieved text and answer together, for instance 8192."),
        why=_("A longer context asks for another model and for more memory."),
        decides=Fit.TASK,
    )
    structured_output = StateField(
        StructuredOutput,
        label=_("Structured output"),
        why=_("Some runtimes force the shape of an answer, others only hope for it."),
        decides=Fit.RUNTIME,
    )
    privacy = StateField(
        Privacy,
        label=_("Privacy"),
        why=_(
            "Closes routes: private documents never go on a free notebook, and a cloud API needs its terms "
            "read."
        ),
        decides=Fit.LICENCE,
    )
    product_boundary = TextField(
        label=_("Product boundary"),
        rows=2,
        why=_(
            "What the product must never do with an answer, so that the proof is sought at the right "
            "place. Decides no fit."
        ),
    )
    licence_use = StateField(
        LicenceUse,
        label=_("Intended use"),
        why=_(
            "A licence may allow learning and forbid selling: the answers in the licence note are read for "
            "this use."
        ),
        decides=Fit.LICENCE,
    )
    purpose = StateField(
        Purpose,
        label=_("Purpose of the first run"),
        why=_("The simplest runtime that proves this comes first."),
        decides=Fit.RUNTIME,
    )
    needs_service = YesNoField(
        label=_("OpenAI-compatible endpoint needed"),
        why=_("Closes notebooks, and is what justifies a serving runtime."),
        decides=Fit.RUNTIME,
    )
    needs_lora = YesNoField(
        label=_("LoRA adapters needed"),
        why=_("Not every runtime loads adapters beside the model, or several of them at once."),
        decides=Fit.RUNTIME,
    )
    concurrent_requests = CountField(
        label=_("Concurrent requests"),
        why=_(
            "Every request in flight holds memory of its own beside the weights; state the memory for this "
            "many."
        ),
        decides=Fit.HARDWARE,
    )
    latency_target_ms = CountField(
        label=_("Latency target, first token, milliseconds"),
        why=_("The number a measurement is held against once there is one."),
        decides=Fit.EVIDENCE,
    )
    budget_amount = AmountField(
        label=_("Budget for the first proof"),
        why=_("Held against hours and price of the route before a machine is rented. Decides no fit."),
    )
    budget_currency = CurrencyField(
        label=_("Currency"),
        widget=forms.TextInput(attrs={"class": "short", "maxlength": "3"}),
        why=_("An amount means nothing without one. Decides no fit."),
    )
