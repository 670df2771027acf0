"""Why this and why now, the way back, and the record to keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.drafts import DraftPart, part_of
from decisions.record import schema


class Why(DraftPart):
    """The reasons of one decision. An empty paragraph or record text follows what the draft says."""

    decision = models.OneToOneField("Decision", models.PROTECT, related_name="why", primary_key=True)
    fallback = columns.text(_("fallback"))
    fallback_model = columns.line(_("fallback model"))
    fallback_runtime = columns.line(_("fallback runtime"))
    rollback_steps = columns.text(_("rollback steps"))
    why_now = columns.text(_("why now"))
    rejected_for_now = columns.text(_("rejected for now"))
    tried_prompt = columns.text(_("prompt"))
    tried_rag = columns.text(_("RAG"))
    tried_output_schema = columns.text(_("output schema"))
    tried_quantization = columns.text(_("quantization"))
    paragraph = columns.text(_("decision paragraph"))
    model_decision = columns.text(_("model decision"))
    runtime_decision = columns.text(_("runtime decision"))
    hardware_note = columns.text(_("hardware note"))
    eval_gate = columns.text(_("eval gate"))
    expected_output = columns.text(_("expected output"))

    def to_why(self) -> schema.Why:
        """The reasons as the document has them."""
        tried = schema.Tried(
            prompt=self.tried_prompt,
            rag=self.tried_rag,
            output_schema=self.tried_output_schema,
            quantization=self.tried_quantization,
        )
        return schema.Why(**part_of(self, schema.Why, tried=tried))

    def to_record_to_keep(self) -> schema.RecordToKeep:
        """The record to keep as the document has it."""
        return schema.RecordToKeep(**part_of(self, schema.RecordToKeep))
