"""The fields of the why page: reasons, the way back, what was tried, evidence, the record to keep."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.models import Why
from decisions.models.candidate import Evidence
from decisions.states import EvidenceItem, Fit
from decisions.web.drafts import DraftForm
from decisions.web.fields import LineField, TextField


def _suggesting(source: str) -> forms.TextInput:
    return forms.TextInput(attrs={"list": source})


class WhyForm(DraftForm):
    """Everything of the why page that belongs to the decision itself."""

    why_now = TextField(
        label=_("Why now"),
        why=_("The reason to start with this pair now. It ends the first sentence of the paragraph."),
    )
    rejected_for_now = TextField(
        label=_("Rejected for now"),
        why=_("What you leave out, and the reason. Left empty, the rejected candidates speak."),
    )
    fallback = TextField(
        label=_("Fallback"),
        why=_("What people use when this does not work on the day. Say it as you would tell them."),
    )
    fallback_model = LineField(
        label=_("Fallback model"),
        why=_("The model that takes over, by name."),
        widget=_suggesting("known-models"),
    )
    fallback_runtime = LineField(
        label=_("Fallback runtime"),
        why=_("What it runs on: a model without a runtime is no way back."),
        widget=_suggesting("known-runtimes"),
    )
    rollback_steps = TextField(
        label=_("Rollback steps"),
        why=_("The steps, one a line, that somebody else can follow at night."),
        rows=4,
    )
    tried_prompt = TextField(
        label=_("Prompt"), rows=2, why=_("What a better prompt changed, or a link to where you tried it.")
    )
    tried_rag = TextField(
        label=_("RAG"),
        rows=2,
        why=_("What handing the model the right documents changed, or why it cannot help."),
    )
    tried_output_schema = TextField(
        label=_("Output schema"),
        rows=2,
        why=_("Whether forcing the shape of the answer removed the failures."),
    )
    tried_quantization = TextField(
        label=_("Quantization"),
        rows=2,
        why=_("Whether a quantized copy of the present model fits and still answers."),
    )
    paragraph = TextField(
        label=_("Decision paragraph, your own text"),
        rows=6,
        why=_("Leave it empty and it follows what the other pages say."),
    )
    model_decision = TextField(
        label=_("Model decision"), rows=2, why=_("Model, licence, size, context, what was rejected.")
    )
    runtime_decision = TextField(
        label=_("Runtime decision"), rows=2, why=_("Runtime, the hardware reason, the fallback runtime.")
    )
    hardware_note = TextField(
        label=_("Hardware note"), rows=2, why=_("Device, memory, disk, price and when the machine stops.")
    )
    eval_gate = TextField(
        label=_("Eval gate"),
        rows=2,
        why=_("What the fixed eval set must show before anything changes. It ends the paragraph."),
    )
    expected_output = TextField(
        label=_("Expected output"), rows=2, why=_("The two files and the command of the first run.")
    )

    groups = (
        (_("Reasons"), True, ("why_now", "rejected_for_now")),
        (_("The way back"), True, ("fallback", "fallback_model", "fallback_runtime", "rollback_steps")),
        (
            _("Tried before a step up"),
            True,
            ("tried_prompt", "tried_rag", "tried_output_schema", "tried_quantization"),
        ),
        (
            _("Record to keep"),
            True,
            ("model_decision", "runtime_decision", "hardware_note", "eval_gate", "expected_output"),
        ),
    )
    row: Why


class EvidenceForm(DraftForm):
    """The evidence of one candidate as texts; the prefix names whose, so that none lands in another's."""

    model_version = TextField(
        label=_(EvidenceItem.MODEL_VERSION.label),
        rows=1,
        decides=Fit.EVIDENCE,
        why=_("The commit that ran, never a branch such as main: a branch moves."),
    )
    command = TextField(
        label=_(EvidenceItem.COMMAND.label),
        rows=2,
        decides=Fit.EVIDENCE,
        why=_("The exact command of the first run, so that it can be run again."),
    )
    first_output = TextField(
        label=_(EvidenceItem.FIRST_OUTPUT.label),
        decides=Fit.EVIDENCE,
        why=_("What the model answered first, unedited, or a link to it."),
    )
    evaluation_table = TextField(
        label=_(EvidenceItem.EVALUATION_TABLE.label),
        decides=Fit.EVIDENCE,
        why=_("The fixed cases and how many were answered right, or a link to the table."),
    )
    stop_procedure = TextField(
        label=_(EvidenceItem.STOP_PROCEDURE.label),
        rows=2,
        decides=Fit.EVIDENCE,
        why=_("How to stop it, and how one sees that it has stopped."),
    )
    shutdown_proof = TextField(
        label=_(EvidenceItem.SHUTDOWN_PROOF.label),
        rows=2,
        decides=Fit.EVIDENCE,
        why=_("Only on rented hardware: what shows that the machine is off and nothing is billed."),
    )

    row: Evidence

    def __init__(self, row: Evidence, key: str, data: Any = None) -> None:
        super().__init__(row, data, target="evidence", prefix=evidence_prefix(key))


def evidence_prefix(key: str) -> str:
    """What the names of one candidate's evidence fields begin with."""
    return f"evidence-{key}"
