"""Every enumerated state and its families; a leaf that imports nothing but the translation marker.

The value is what is stored and exported, the label what a person reads.
"""

from enum import StrEnum
from typing import Self

from decisions.words import N_


class Named(StrEnum):
    """A state whose value is stored and whose English label is the key of its translations."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of value and English label, in the order of definition."""
        return [(member.value, member.label) for member in cls]


class Fit(Named):
    """The five questions about a candidate."""

    TASK = "task", N_("Task")
    LICENCE = "licence", N_("Licence")
    HARDWARE = "hardware", N_("Hardware")
    RUNTIME = "runtime", N_("Runtime")
    EVIDENCE = "evidence", N_("Evidence")


class Ruling(Named):
    """What a fit answers. Unknown is never shown as fits."""

    FITS = "fits", N_("fits")
    DOES_NOT_FIT = "does_not_fit", N_("does not fit")
    UNKNOWN = "unknown", N_("unknown")
    NOT_APPLICABLE = "not_applicable", N_("not applicable")


class CardState(Named):
    """Whether a route is open to a need; unknown where the need does not say enough."""

    OPEN = "open", N_("open")
    CLOSED = "closed", N_("closed")
    UNKNOWN = "unknown", N_("unknown")


class TaskKind(Named):
    """What a model is asked to do."""

    CHAT = "chat", N_("Chat")
    EXTRACTION = "extraction", N_("Extraction")
    CODE = "code", N_("Code")
    MULTILINGUAL = "multilingual", N_("Several languages")
    LONG_CONTEXT = "long_context", N_("Long context")
    TOOL_CALLING = "tool_calling", N_("Tool calling")
    MULTIMODAL = "multimodal", N_("Images or audio")


class Modality(Named):
    """What a model takes in."""

    TEXT = "text", N_("Text")
    IMAGE = "image", N_("Images")
    AUDIO = "audio", N_("Audio")
    VIDEO = "video", N_("Video")


class Privacy(Named):
    """How far the data of a need may travel."""

    PUBLIC = "public", N_("Public text only")
    INTERNAL = "internal", N_("Internal, not confidential")
    PRIVATE_DOCS = "private_docs", N_("Private documents")
    REGULATED = "regulated", N_("Personal or regulated data")


PRIVATE = frozenset({Privacy.PRIVATE_DOCS, Privacy.REGULATED})


class LicenceUse(Named):
    """What the model will be used for, as a licence sees it."""

    LEARNING = "learning", N_("Learning or research, nothing sold")
    INTERNAL = "internal", N_("Inside our organisation")
    COMMERCIAL = "commercial", N_("In a product or service we sell")
    REDISTRIBUTION = "redistribution", N_("Weights are passed on to others")


class StructuredOutput(Named):
    """How strictly the shape of an answer must hold."""

    NONE = "none", N_("Free text is enough")
    JSON = "json", N_("Valid JSON")
    JSON_SCHEMA = "json_schema", N_("JSON that follows a schema")


class Purpose(Named):
    """What the first run is for; it decides which runtime is the simplest that proves it."""

    LEARNING = "learning", N_("Learn how the model behaves")
    HAND_OVER = "hand_over", N_("Hand over a demo")
    EDGE = "edge", N_("Run on a CPU or small device")
    SERVING = "serving", N_("Serve an endpoint")


class RouteKind(Named):
    """Where it runs."""

    LOCAL_CPU = "local_cpu", N_("Local CPU")
    FREE_COLAB = "free_colab", N_("Free Colab")
    RENTED_GPU = "rented_gpu", N_("Rented GPU")
    OWN_SERVER = "own_server", N_("Own server")
    CLOUD_API = "cloud_api", N_("Cloud API")
    TEAM = "team", N_("Our own route")


class CandidateRole(Named):
    """The part a candidate plays; exactly one is the first choice."""

    FIRST_CHOICE = "first_choice", N_("first choice")
    CONSIDERED = "considered", N_("considered")
    FALLBACK = "fallback", N_("fallback")
    REJECTED = "rejected", N_("rejected for now")


class Answer(Named):
    """What a licence or terms of service say to one use."""

    YES = "yes", N_("yes")
    CONDITIONS = "conditions", N_("with conditions")
    NO = "no", N_("no")


class EvidenceItem(Named):
    """The proof a candidate owes; the last one only on rented hardware."""

    MODEL_VERSION = "model_version", N_("Model version")
    COMMAND = "command", N_("Command")
    FIRST_OUTPUT = "first_output", N_("First output")
    EVALUATION_TABLE = "evaluation_table", N_("Evaluation table")
    STOP_PROCEDURE = "stop_procedure", N_("Stop procedure")
    SHUTDOWN_PROOF = "shutdown_proof", N_("Shutdown proof")


EVIDENCE_ALWAYS = tuple(item for item in EvidenceItem if item is not EvidenceItem.SHUTDOWN_PROOF)


class Remedy(Named):
    """What is tried before a step up: a larger model, a larger GPU, a serving runtime, fine-tuning."""

    PROMPT = "prompt", N_("Prompt")
    RAG = "rag", N_("RAG")
    OUTPUT_SCHEMA = "output_schema", N_("Output schema")
    QUANTIZATION = "quantization", N_("Quantization")


class Stage(Named):
    """How far a version has come: a plan may start the first run, proven has all its evidence."""

    PLAN = "plan", N_("Plan")
    PROVEN = "proven", N_("Proven")


class TextLanguage(Named):
    """The language a decision's texts are written in."""

    ENGLISH = "en", N_("English")
    JAPANESE = "ja", N_("Japanese")
    CHINESE = "zh-Hans", N_("Chinese (simplified)")


class ProjectRole(Named):
    """What a member may do in one project."""

    OWNER = "owner", N_("Owner")
    AUTHOR = "author", N_("Author")
    REVIEWER = "reviewer", N_("Reviewer")


WRITING_ROLES = frozenset({ProjectRole.OWNER, ProjectRole.AUTHOR})


class OrganisationRole(Named):
    """What a person may do in the whole installation."""

    ADMINISTRATOR = "administrator", N_("Administrator")
    LICENCE_REVIEWER = "licence_reviewer", N_("Licence reviewer")
    AUDITOR = "auditor", N_("Auditor")
