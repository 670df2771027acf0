"""Candidates: a model on a runtime on a route, with what was read about it and what was proven."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.models import columns
from decisions.models.drafts import DraftPart, part_of
from decisions.models.route import Route
from decisions.record import schema
from decisions.states import Answer, CandidateRole


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Questions about candidates."""

    def live(self) -> "CandidateQuerySet":
        """Candidates that were not taken away, in their order, each with its notes in the same query."""
        notes = ("sizing", "model_card", "licence", "terms", "evidence")
        return self.filter(removed_at=None).select_related(*notes).order_by("position", "pk")


class Candidate(DraftPart):
    """One candidate of a decision. Its key stays the same for life, so that versions can be compared."""

    decision = models.ForeignKey("Decision", models.PROTECT, related_name="candidates")
    key = models.CharField(max_length=7, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    role = models.CharField(
        _("role"), max_length=24, choices=CandidateRole.choices(), default=CandidateRole.CONSIDERED
    )
    name = models.CharField(_("name"), max_length=300)
    license_note = columns.text(_("licence note"))
    runtime = columns.text(_("runtime"))
    hardware_note = columns.text(_("hardware note"))
    risk = columns.text(_("risk"))
    model_id = columns.line(_("model id"))
    revision = columns.line(_("revision"))
    parameters = columns.count(_("size, parameters"))
    quantization = columns.line(_("quantization"))
    weight_format = columns.line(_("weight format"))
    context_tokens = columns.count(_("context, tokens"))
    runtime_id = columns.line(_("runtime, from the shipped list"))
    runtime_version = columns.line(_("runtime version"))
    route = models.ForeignKey(
        Route, models.PROTECT, null=True, blank=True, related_name="candidates", verbose_name=_("route")
    )
    rejected_reason = columns.text(_("why rejected for now"))
    memory_needed_gib = columns.amount(_("memory needed, GiB"))
    disk_needed_gib = columns.amount(_("disk needed, GiB"))
    needed_source = columns.line(_("source of these figures"))
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "key"], condition=Q(removed_at=None), name="one_live_candidate_per_key"
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(role=CandidateRole.FIRST_CHOICE, removed_at=None),
                name="one_live_first_choice",
            ),
            columns.known_state("role", CandidateRole, name="candidate_role_known", optional=False),
            columns.not_negative(
                "candidate_not_negative",
                *("parameters", "context_tokens", "memory_needed_gib", "disk_needed_gib"),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="candidate_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def to_part(self, route: str | None) -> schema.Candidate:
        """This candidate, with its notes, as the document has it; `route` is the code of its own, if any."""
        return schema.Candidate(
            **part_of(
                self,
                schema.Candidate,
                model=schema.Model(**part_of(self, schema.Model)),
                route=route,
                sizing=self.sizing.to_part(),
                model_card=self.model_card.to_part(),
                licence=self.licence.to_part(),
                terms=self.terms.to_part(),
                evidence=self.evidence.to_part(),
            )
        )


class CandidateNote(DraftPart):
    """A note of one candidate; every candidate has one of each kind from the start."""

    part: type[schema.Part]
    objects: models.Manager["CandidateNote"]

    class Meta:
        abstract = True

    def to_part(self) -> schema.Part:
        """This note as the document has it."""
        return self.part(**part_of(self, self.part))


class Sizing(CandidateNote):
    """What is asked of the runtime beyond the rest, and a configuration that goes before what ships."""

    part = schema.Sizing

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="sizing", primary_key=True)
    context_tokens = columns.count(_("context of a request, tokens"))
    parallel = columns.count(_("requests at once"))
    kv_dtype = columns.line(_("type of the cache"))
    gpu_layers = columns.count(_("layers on the GPU"))
    flash_attention = columns.yes_no(_("flash attention"))
    lora_rank = columns.count(_("rank of LoRA adapters"))
    loras = columns.count(_("adapters at once"))
    draft = columns.line(_("draft model"))
    vision = columns.yes_no(_("vision part loaded"))
    memory_used_gib = columns.amount(_("memory in use already, GiB"))
    config = columns.text(_("configuration of the model"))
    config_source = columns.line(_("source of the config.json"))
    config_read_on = models.DateField(_("config.json read on"), null=True, blank=True)
    measured = columns.texts(_("measured by the engine"))
    measured_setting = columns.line(_("setting of the measurement"))
    measured_log = columns.line(_("digest of the engine's log"))

    class Meta:
        constraints = [
            columns.not_negative(
                "sizing_not_negative", "context_tokens", "parallel", "gpu_layers", "memory_used_gib"
            ),
            columns.not_negative("sizing_adapters_not_negative", "lora_rank", "loras"),
        ]


class ModelCardNote(CandidateNote):
    """What the model's page says; task fit rests on it."""

    part = schema.ModelCardNote

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="model_card", primary_key=True)
    task_kinds = columns.texts(_("what it is made for"))
    languages = columns.texts(_("languages"))
    modalities = columns.texts(_("takes in"))
    tool_calling = columns.yes_no(_("tool calling"))
    structured_output = columns.yes_no(_("structured output"))
    context_tokens = columns.count(_("stated context, tokens"))
    limits = columns.text(_("stated limits"))
    data = columns.text(_("data"))
    source = columns.line(_("source"))
    revision = columns.line(_("revision read"))
    reader = columns.line(_("read by"))
    read_on = models.DateField(_("read on"), null=True, blank=True)

    class Meta:
        constraints = [columns.not_negative("model_card_not_negative", "context_tokens")]


class LicenceNote(CandidateNote):
    """What a person read in the licence; licence fit rests on it."""

    part = schema.LicenceNote

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="licence", primary_key=True)
    licence_id = columns.line(_("licence"))
    source = columns.line(_("source"))
    read_on = models.DateField(_("read on"), null=True, blank=True)
    commercial_use = columns.choice(Answer, _("commercial use"))
    redistribution = columns.choice(Answer, _("redistribution"))
    data_use = columns.choice(Answer, _("use with our data"))
    conditions = columns.texts(_("conditions that bite"))

    class Meta:
        constraints = [
            columns.known_state("commercial_use", Answer, name="licence_commercial_use_known"),
            columns.known_state("redistribution", Answer, name="licence_redistribution_known"),
            columns.known_state("data_use", Answer, name="licence_data_use_known"),
        ]


class TermsNote(CandidateNote):
    """What a person read in the terms of a cloud API."""

    part = schema.TermsNote

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="terms", primary_key=True)
    provider = columns.line(_("provider"))
    source = columns.line(_("source"))
    read_on = models.DateField(_("read on"), null=True, blank=True)
    retention = columns.text(_("retention"))
    trains_on_inputs = columns.choice(Answer, _("trains on inputs"))
    region = columns.line(_("region"))
    third_parties = columns.text(_("third parties"))
    output_rights = columns.text(_("rights in outputs"))

    class Meta:
        constraints = [columns.known_state("trains_on_inputs", Answer, name="terms_trains_on_inputs_known")]


class Evidence(CandidateNote):
    """The evidence items as text; an empty one is missing."""

    part = schema.Evidence

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="evidence", primary_key=True)
    model_version = columns.text(_("model version"))
    command = columns.text(_("command"))
    first_output = columns.text(_("first output"))
    evaluation_table = columns.text(_("evaluation table"))
    stop_procedure = columns.text(_("stop procedure"))
    shutdown_proof = columns.text(_("shutdown proof"))


NOTES: dict[str, type[CandidateNote]] = {
    "sizing": Sizing,
    "model_card": ModelCardNote,
    "licence": LicenceNote,
    "terms": TermsNote,
    "evidence": Evidence,
}
