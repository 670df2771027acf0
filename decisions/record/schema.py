"""The decision document: what a version contains, field by field.

`Record` is what people wrote (or a reader understood). `fit.judge` adds `Judged`: route cards, the five
fits and the facts they rest on. `record.content` puts the projections of the lesson's helper on top and is
what is frozen. Nothing here knows numbers of versions, times of saving or people who saved.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from decisions.record.commands import StartAndStop as StartAndStop
from decisions.record.estimated import Estimated as Estimated
from decisions.record.estimated import EstimatedLine as EstimatedLine
from decisions.record.fields import (
    Amount,
    Count,
    Day,
    FilledLine,
    Line,
    Lines,
    Moment,
    Name,
    SshLine,
    Text,
    Unique,
)
from decisions.record.parts import Money as Money
from decisions.record.parts import Part as Part
from decisions.record.parts import Statement as Statement
from decisions.states import (
    Answer,
    CandidateRole,
    CardState,
    Fit,
    LicenceUse,
    Modality,
    Privacy,
    Purpose,
    Remedy,
    RouteKind,
    Ruling,
    StructuredOutput,
    TaskKind,
    TextLanguage,
)

SCHEMA_VERSION = 2
MOST_CANDIDATES = 100
MOST_ROUTES = 50


class Need(Part):
    """The profile of a decision: what the work asks of a model."""

    project_goal: Text = ""
    must_have: Lines = ()
    nice_to_have: Lines = ()
    task_kinds: Annotated[tuple[TaskKind, ...], Unique] = ()
    languages: Annotated[Lines, Unique] = ()
    privacy: Privacy | None = None
    licence_use: LicenceUse | None = None
    context_tokens: Count | None = None
    concurrent_requests: Count | None = None
    latency_target_ms: Count | None = None
    structured_output: StructuredOutput | None = None
    needs_service: bool | None = None
    needs_lora: bool | None = None
    purpose: Purpose | None = None
    budget: Money | None = None
    product_boundary: Text = ""


class Traits(Part):
    """What a route is, as far as rules ask: the shipped kinds have theirs, a team states its own."""

    has_gpu: bool = False
    is_notebook: bool = False
    leaves_the_house: bool = False
    can_serve: bool = False
    is_rented: bool = False
    hosts_model: bool = True


class Hardware(Part):
    """The hardware facts of a route; None is unknown. Memory is in GiB (2^30 bytes), VRAM per device.

    `ssh_target` is user and host, and a port where it is not the usual one (`record.ssh`).
    """

    device: Line = ""
    device_count: Count | None = None
    vram_gib: Amount | None = None
    usable_gib: Amount | None = None
    ram_gib: Amount | None = None
    disk_gib: Amount | None = None
    price_per_hour: Money | None = None
    planned_hours: Amount | None = None
    expected_stop_at: Moment | None = None
    driver: Line = ""
    security: Text = ""
    ssh_target: SshLine = ""

    @property
    def total_vram_gib(self) -> Amount | None:
        """VRAM of all devices together in GiB; None when unknown. A count left open is one device."""
        if self.vram_gib is None:
            return None
        return self.vram_gib * (1 if self.device_count is None else self.device_count)


class CardTexts(Part):
    """What a route card says, whatever the need.

    On a route it is what the team wrote; an empty text follows the shipped one of its kind.
    """

    first_model: Text = ""
    runtime: Text = ""
    proves_first: Text = ""
    cannot_prove: Text = ""
    not_for: Text = ""
    evidence_to_keep: Text = ""
    upgrade_signal: Text = ""


class Route(Part):
    """Where it runs."""

    code: Annotated[str, Field(pattern=r"^[\w-]{1,60}$")]
    name: Annotated[Name, Field(min_length=1)]
    kind: RouteKind
    traits: Traits = Traits()
    hardware: Hardware = Hardware()
    card: CardTexts = CardTexts()


class Model(Part):
    """Which model, exactly. `parameters` counts weights; context is in tokens."""

    model_id: Line = ""
    revision: Line = ""
    parameters: Count | None = None
    quantization: Line = ""
    weight_format: Line = ""
    context_tokens: Count | None = None


class Sizing(Part):
    """What is asked of the runtime beyond model, runtime and route; None and empty follow what they say.

    `context_tokens` is per sequence, `parallel` counts sequences at once, `gpu_layers` are those that a GPU
    holds, `loras` adapters of at most `lora_rank` are held at once, `draft` is a model whose guesses this one
    checks (`MODEL` or `MODEL:QUANTIZATION`), `vision` says whether a vision part of its own is loaded,
    `memory_used_gib` is what other programs hold on each device. `config` is the text of a
    config.json, which goes before the shipped dimensions, so that a person can correct them. `measured` are
    an engine's own figures, from the log with the digest `measured_log`; they count in `measured_setting`.
    """

    context_tokens: Count | None = None
    parallel: Count | None = None
    kv_dtype: Line = ""
    gpu_layers: Count | None = None
    flash_attention: bool | None = None
    lora_rank: Count | None = None
    loras: Count | None = None
    draft: Line = ""
    vision: bool | None = None
    memory_used_gib: Amount | None = None
    config: Text = ""
    config_source: Line = ""
    config_read_on: Day | None = None
    measured: Lines = ()
    measured_setting: Line = ""
    measured_log: Line = ""


class ModelCardNote(Part):
    """What the model's page says, read by a person or taken from facts."""

    task_kinds: Annotated[tuple[TaskKind, ...], Unique] = ()
    languages: Annotated[Lines, Unique] = ()
    modalities: Annotated[tuple[Modality, ...], Unique] = ()
    tool_calling: bool | None = None
    structured_output: bool | None = None
    context_tokens: Count | None = None
    limits: Text = ""
    data: Text = ""
    source: Line = ""
    revision: Line = ""
    reader: Line = ""
    read_on: Day | None = None


class LicenceNote(Part):
    """What a person read in the licence: answers, and the conditions that bite."""

    licence_id: Line = ""
    source: Line = ""
    read_on: Day | None = None
    commercial_use: Answer | None = None
    redistribution: Answer | None = None
    data_use: Answer | None = None
    conditions: Lines = ()


class TermsNote(Part):
    """The same for a cloud API's terms of service."""

    provider: Line = ""
    source: Line = ""
    read_on: Day | None = None
    retention: Text = ""
    trains_on_inputs: Answer | None = None
    region: Line = ""
    third_parties: Text = ""
    output_rights: Text = ""


class Evidence(Part):
    """The evidence items as text; an empty one is missing."""

    model_version: Text = ""
    command: Text = ""
    first_output: Text = ""
    evaluation_table: Text = ""
    stop_procedure: Text = ""
    shutdown_proof: Text = ""


class Candidate(Part):
    """A model on a runtime on a route. The first five texts are the lesson's lines."""

    key: Annotated[str, Field(pattern=r"^c[1-9]\d{0,5}$")]
    role: CandidateRole = CandidateRole.CONSIDERED
    name: FilledLine
    license_note: Text = ""
    runtime: Text = ""
    hardware_note: Text = ""
    risk: Text = ""
    model: Model = Model()
    runtime_id: Line = ""
    runtime_version: Line = ""
    route: str | None = None
    rejected_reason: Text = ""
    memory_needed_gib: Amount | None = None
    disk_needed_gib: Amount | None = None
    needed_source: Line = ""
    sizing: Sizing = Sizing()
    model_card: ModelCardNote = ModelCardNote()
    licence: LicenceNote = LicenceNote()
    terms: TermsNote = TermsNote()
    evidence: Evidence = Evidence()


class Tried(Part):
    """What was tried before a step up: a reason or a link each; empty is not tried."""

    prompt: Text = ""
    rag: Text = ""
    output_schema: Text = ""
    quantization: Text = ""

    def missing(self) -> tuple[Remedy, ...]:
        """The remedies nothing was written about, in their order."""
        return tuple(remedy for remedy in Remedy if not getattr(self, remedy.value))


class Why(Part):
    """Why this, why now, and the way back."""

    fallback: Text = ""
    fallback_model: Line = ""
    fallback_runtime: Line = ""
    rollback_steps: Text = ""
    why_now: Text = ""
    rejected_for_now: Text = ""
    tried: Tried = Tried()


class RecordToKeep(Part):
    """The lesson's record to keep; an empty text follows what the rest of the document says."""

    model_decision: Text = ""
    runtime_decision: Text = ""
    hardware_note: Text = ""
    eval_gate: Text = ""
    expected_output: Text = ""


class Note(Part):
    """A line of an imported file that no field takes, kept as it was read."""

    key: Line = ""
    text: Text = ""


class Record(Part):
    """Everything people wrote for one decision."""

    title: Name = ""
    text_language: TextLanguage = TextLanguage.ENGLISH
    need: Need = Need()
    routes: Annotated[tuple[Route, ...], Field(max_length=MOST_ROUTES)] = ()
    route: str | None = None
    candidates: Annotated[tuple[Candidate, ...], Field(max_length=MOST_CANDIDATES)] = ()
    why: Why = Why()
    paragraph: Text = ""
    record: RecordToKeep = RecordToKeep()
    notes: Annotated[tuple[Note, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if sum(c.role is CandidateRole.FIRST_CHOICE for c in self.candidates) > 1:
            raise ValueError("there can be only one first choice")
        if len({c.key for c in self.candidates}) < len(self.candidates):
            raise ValueError("two candidates have the same key")
        codes = {route.code for route in self.routes}
        if len(codes) < len(self.routes):
            raise ValueError("two routes have the same code")
        unknown = {self.route, *(c.route for c in self.candidates)} - codes - {None}
        if unknown:
            raise ValueError(f"no route has the code {sorted(map(str, unknown))[0]}")
        return self

    @property
    def first_choice(self) -> Candidate | None:
        """The candidate that comes first, or None."""
        return next((c for c in self.candidates if c.role is CandidateRole.FIRST_CHOICE), None)

    def route_of(self, code: str | None) -> Route | None:
        """The route with that code, or None."""
        return next((route for route in self.routes if route.code == code), None)

    def route_for(self, candidate: Candidate) -> Route | None:
        """The candidate's own route, else the decision's."""
        return self.route_of(candidate.route or self.route)


class Verdict(Part):
    """The answer of one fit: the ruling, its short word, the reason, what would change it, the working."""

    fit: Fit
    ruling: Ruling
    word: Statement
    reason: Statement
    changes: tuple[Statement, ...] = ()
    details: tuple[Statement, ...] = ()


class Card(Part):
    """A route as this need sees it: the team's texts over the shipped ones of its kind, the state and why.

    `clear_first` lists what a serving runtime asks for, and whether it is clear.
    """

    route: str
    state: CardState
    texts: CardTexts = CardTexts()
    reasons: tuple[Statement, ...] = ()
    would_open: tuple[Statement, ...] = ()
    clear_first: tuple[tuple[Statement, bool], ...] = ()


class Judgement(Part):
    """One candidate's five verdicts, in the order of `Fit`, and what stands against it beyond them.

    `route_closed` are the reasons why the candidate's route is closed to this need; `premature` its steps up
    that came too early. `estimate` is what it needs by the sizing engine, `commands` what starts and stops
    it; None where that cannot be worked out.
    """

    candidate: str
    verdicts: tuple[Verdict, ...]
    route_closed: tuple[Statement, ...] = ()
    premature: tuple[Statement, ...] = ()
    estimate: Estimated | None = None
    commands: StartAndStop | None = None

    def of(self, fit: Fit) -> Verdict:
        """The verdict of one fit."""
        return next(verdict for verdict in self.verdicts if verdict.fit is fit)


class UsedFact(Part):
    """A shipped fact a verdict rests on: which row, its digest, where it comes from.

    `classes` are the model classes a runtime has code for, `capability` the least compute capability of a
    method on a runtime, `options` what a runtime's commands take.
    """

    kind: Literal["runtime", "model", "route", "classes", "capability", "options", "device"]
    id: str
    digest: str
    source: str
    date: str


class Judged(Part):
    """All that follows from a record and the shipped facts, and from nothing else."""

    cards: tuple[Card, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    paragraph: str = ""
    record: RecordToKeep = RecordToKeep()
    facts: tuple[UsedFact, ...] = ()

    def of(self, key: str) -> Judgement:
        """The judgement of the candidate with that key."""
        return next(judgement for judgement in self.judgements if judgement.candidate == key)
