"""The need of a decision: what the work asks of a model."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.drafts import DraftPart, part_of
from decisions.record import schema
from decisions.states import LicenceUse, Privacy, Purpose, StructuredOutput


class Need(DraftPart):
    """The profile of one decision, copied from its project when the decision is made."""

    decision = models.OneToOneField("Decision", models.PROTECT, related_name="need", primary_key=True)
    project_goal = columns.text(_("goal"))
    must_have = columns.texts(_("must-haves"))
    nice_to_have = columns.texts(_("nice-to-haves"))
    task_kinds = columns.texts(_("what the model must do"))
    languages = columns.texts(_("languages"))
    privacy = columns.choice(Privacy, _("privacy"))
    licence_use = columns.choice(LicenceUse, _("intended use"))
    context_tokens = columns.count(_("context length, tokens"))
    concurrent_requests = columns.count(_("concurrent requests"))
    latency_target_ms = columns.count(_("latency target, first token, milliseconds"))
    structured_output = columns.choice(StructuredOutput, _("structured output"))
    needs_service = columns.yes_no(_("OpenAI-compatible endpoint needed"))
    needs_lora = columns.yes_no(_("LoRA adapters needed"))
    purpose = columns.choice(Purpose, _("purpose of the first run"))
    budget_amount = columns.amount(_("budget"))
    budget_currency = columns.currency(_("currency"))
    product_boundary = columns.text(_("product boundary"))

    class Meta:
        constraints = [
            columns.known_state("privacy", Privacy, name="need_privacy_known"),
            columns.known_state("licence_use", LicenceUse, name="need_licence_use_known"),
            columns.known_state("structured_output", StructuredOutput, name="need_structured_output_known"),
            columns.known_state("purpose", Purpose, name="need_purpose_known"),
            columns.not_negative(
                "need_not_negative",
                *("context_tokens", "concurrent_requests", "latency_target_ms", "budget_amount"),
            ),
        ]

    def to_part(self) -> schema.Need:
        """This need as the document has it."""
        budget = None
        if self.budget_amount is not None:
            budget = schema.Money(amount=self.budget_amount, currency=self.budget_currency)
        return schema.Need(**part_of(self, schema.Need, budget=budget))
