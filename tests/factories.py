"""What tests stand on, made as people make it: through the actions. Each function returns a thing.

Names count up, so that no two things share one. Nothing is asked of the caller that a test does not need.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from decisions.actions.candidates import add_candidate, set_role
from decisions.actions.decisions import create_decision
from decisions.actions.drafts import Edit, edit_part, edit_route
from decisions.actions.measurements import keep_measurement, set_log_aside
from decisions.actions.projects import create_project, set_member
from decisions.actions.routes import choose_route
from decisions.actions.versions import save_version
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.logs import compare, read_log
from decisions.fit.hardware.sizing import estimate
from decisions.models import (
    Candidate,
    Decision,
    Measurement,
    OrganisationGrant,
    Project,
    Route,
    SetAside,
    User,
    Version,
)
from decisions.models.drafts import DraftPart
from decisions.states import CandidateRole, OrganisationRole, ProjectRole

LOG = b"""build: 8000 (abcdef0) with cc
llama_model_loader: - kv   0: general.architecture str = qwen3
print_info: file type   = Q4_K - Medium
load_tensors:   CPU_Mapped model buffer size =   333.84 MiB
load_tensors:        CUDA0 model buffer size =  4455.34 MiB
llama_context: n_seq_max     = 1
llama_context: n_ctx         = 8192
llama_context: n_ubatch      = 512
llama_context: flash_attn    = enabled
llama_kv_cache:      CUDA0 KV buffer size =  1152.00 MiB
llama_context:      CUDA0 compute buffer size =   304.75 MiB
"""
PASSWORD = "correct horse battery staple"
_numbers = count(1)


def person(name: str = "", *, email: str = "", password: str = PASSWORD, **fields: Any) -> User:
    """A person without any role, who signs in with `PASSWORD`."""
    number = next(_numbers)
    return User.objects.create_user(
        email or f"person{number}@example.org", password, full_name=name or f"Person {number}", **fields
    )


def grant(to: User, role: OrganisationRole, **dates: date | None) -> User:
    """Give a role in the organisation, from `starts_on` to `ends_on`; returns the person, read anew."""
    OrganisationGrant.objects.create(person=to, role=role, **dates)
    return User.objects.get(pk=to.pk)


def administrator(name: str = "", **fields: Any) -> User:
    """Who administers the installation."""
    return grant(person(name, **fields), OrganisationRole.ADMINISTRATOR)


def licence_reviewer(name: str = "", **fields: Any) -> User:
    """Who reads licences for the organisation."""
    return grant(person(name, **fields), OrganisationRole.LICENCE_REVIEWER)


def auditor(name: str = "", *, starts_on: date | None = None, ends_on: date | None = None) -> User:
    """Who reads everything, from one day to another where they are given."""
    return grant(person(name), OrganisationRole.AUDITOR, starts_on=starts_on, ends_on=ends_on)


def project(owner: User | None = None, name: str = "", **fields: Any) -> Project:
    """A project with the shipped routes."""
    return create_project(by=owner or person(), name=name or f"Project {next(_numbers)}", **fields)


def owner_of(project: Project) -> User:
    """The first owner of a project."""
    return User.objects.filter(memberships__project=project, memberships__role=ProjectRole.OWNER).earliest(
        "pk"
    )


def member(project: Project, role: ProjectRole = ProjectRole.AUTHOR, who: User | None = None) -> User:
    """A member of a project."""
    who = who or person()
    set_member(by=owner_of(project), project=project, person=who, role=role)
    return who


def archived(project: Project) -> Project:
    """The project, put away."""
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
    return Project.objects.get(pk=project.pk)


def route(project: Project, code: str = "local_cpu") -> Route:
    """A route of a project by its code."""
    return project.routes.live().get(code=code)


def decision(
    inside: Project | None = None, title: str = "", *, by: User | None = None, **fields: Any
) -> Decision:
    """An empty decision, with its draft loaded."""
    inside = inside or project()
    made = create_decision(
        by=by or owner_of(inside), project=inside, title=title or f"Decision {next(_numbers)}", **fields
    )
    return loaded(made)


def loaded(decision: Decision) -> Decision:
    """The decision, read anew with everything of its draft."""
    return Decision.objects.with_draft().get(pk=decision.pk)


def candidate(decision: Decision, name: str = "", *, by: User | None = None, **fields: Any) -> Candidate:
    """A candidate at the end of a decision; the first of them is the first choice."""
    name = name or f"Model {next(_numbers)}"
    return add_candidate(by=by or owner_of(decision.project), decision=decision, name=name, **fields)


def edited(decision: Decision, part: DraftPart, *, by: User | None = None, **values: Any) -> Decision:
    """The decision after somebody typed into fields of one part of its draft."""
    edits = [Edit(name, value, part.digest_of(name)) for name, value in values.items()]
    outcome = edit_part(by=by or owner_of(decision.project), decision=decision, part=part, edits=edits)
    assert not outcome.conflicts
    return loaded(decision)


def edited_route(route: Route, *, by: User | None = None, **values: Any) -> Route:
    """The route after fields of it were typed in."""
    edits = [Edit(name, value, route.digest_of(name)) for name, value in values.items()]
    assert not edit_route(by=by or owner_of(route.project), route=route, edits=edits).conflicts
    return Route.objects.get(pk=route.pk)


def version(
    of: Decision | None = None, *, by: User | None = None, what_changed: str = "First plan."
) -> Version:
    """The next version of a decision; a decision without a candidate gets one."""
    of = of or decision()
    if not of.candidates.live().exists():
        candidate(of)
    return save_version(by=by or owner_of(of.project), decision=of, what_changed=what_changed)


def measurement(of: Decision | None = None) -> Measurement:
    """A kept log of the decision's first candidate; one without a candidate gets one."""
    of = of or decision()
    one = of.candidates.live().first() or candidate(of, "Qwen/Qwen3-8B")
    asked = read_asked({"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M"})
    log = read_log(LOG)
    rows = compare(estimate(asked.architecture, asked.setting).lines, log)
    return keep_measurement(
        by=owner_of(of.project),
        decision=of,
        candidate=one,
        data=LOG,
        log=log,
        arch=asked.architecture,
        setting=asked.setting,
        rows=rows,
    )


def set_aside(kept: Measurement, reason: str = "of another machine") -> SetAside:
    """A kept log, set aside by an owner of its project."""
    candidate = kept.candidate
    decision = candidate.decision
    by = owner_of(decision.project)
    return set_log_aside(by=by, decision=decision, candidate=candidate, digest=kept.log_id, reason=reason)


def journey(owner: User | None = None, title: str = "The model that answers SOP questions") -> Decision:
    """A decision with every field filled: need, route, three candidates with notes and evidence, reasons."""
    made = decision(project(owner, "Support desk"), title)
    made = edited(made, made.need, **NEED)
    gpu = edited_route(route(made.project, "rented_gpu"), **HARDWARE)
    choose_route(by=owner_of(made.project), decision=made, route=gpu)
    for name, role in CANDIDATES.items():
        _full_candidate(made, name, role, gpu)
    made = loaded(made)
    made = edited(made, made.why, **WHY)
    return edited(made, made, notes=[{"key": "reviewed_with", "text": "the support team"}])


def _full_candidate(decision: Decision, name: str, role: CandidateRole, gpu: Route) -> None:
    one = candidate(decision, name, runtime="vLLM", route=gpu, **CANDIDATE)
    set_role(by=owner_of(decision.project), decision=decision, candidate=one, role=role)
    for note, values in NOTES.items():
        edited(decision, getattr(one, note), **values)


CANDIDATES = {
    "Qwen/Qwen2.5-0.5B-Instruct": CandidateRole.FIRST_CHOICE,
    "Qwen/Qwen2.5-7B-Instruct": CandidateRole.FALLBACK,
    "A model of 70B": CandidateRole.REJECTED,
}
NEED: dict[str, Any] = {
    "project_goal": "answer questions about our procedures",
    "must_have": ["private documents stay inside", "stable JSON, always"],
    "nice_to_have": ["low latency"],
    "task_kinds": ["chat", "extraction"],
    "languages": ["en", "zh"],
    "privacy": "internal",
    "licence_use": "internal",
    "context_tokens": 8192,
    "concurrent_requests": 4,
    "latency_target_ms": 800,
    "structured_output": "json_schema",
    "needs_service": True,
    "needs_lora": True,
    "purpose": "serving",
    "budget_amount": Decimal("120.5"),
    "budget_currency": "EUR",
    "product_boundary": "No answer leaves the desk unread.",
}
HARDWARE: dict[str, Any] = {
    "device": "NVIDIA L4",
    "device_count": 1,
    "vram_gib": Decimal("22.5"),
    "usable_gib": Decimal(22),
    "ram_gib": Decimal(32),
    "disk_gib": Decimal(100),
    "price_amount": Decimal("0.71"),
    "price_currency": "USD",
    "planned_hours": Decimal(6),
    "expected_stop_at": datetime(2099, 5, 1, 18, 0, tzinfo=UTC),
    "driver": "550.90",
    "security": "Behind an SSH tunnel.",
    "ssh_target": "root@203.0.113.7:22022",
}
CANDIDATE: dict[str, Any] = {
    "license_note": "read before deployment",
    "hardware_note": "small enough for one card",
    "risk": "may miss the point of a long procedure",
    "revision": "7ae557604adf67be50417f59c2c2f167def9a775",
    "quantization": "BF16",
    "weight_format": "safetensors",
    "context_tokens": 32768,
    "runtime_version": "0.33.0",
    "rejected_reason": "too large for the card",
    "memory_needed_gib": Decimal("3.25"),
    "disk_needed_gib": Decimal(2),
    "needed_source": "a measurement of ours",
}
CONFIG = (
    '{"model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24,'
    ' "num_attention_heads": 14, "num_key_value_heads": 2, "vocab_size": 151936, "tie_word_embeddings": true,'
    ' "max_position_embeddings": 32768, "torch_dtype": "bfloat16"}'
)
NOTES: dict[str, dict[str, Any]] = {
    "sizing": {
        "context_tokens": 8192,
        "parallel": 2,
        "kv_dtype": "fp8",
        "gpu_layers": 24,
        "flash_attention": True,
        "lora_rank": 16,
        "loras": 2,
        "draft": "Qwen/Qwen3-0.6B",
        "vision": False,
        "memory_used_gib": Decimal("0.5"),
        "config": CONFIG,
        "config_source": "config.json in the repository",
        "config_read_on": date(2026, 5, 2),
        "measured": ["weights device 8589934592 ± 5243 bytes"],
        "measured_setting": "vllm AWQ 4096 × 1 f16/f16 all 1",
        "measured_log": "ab" * 32,
    },
    "model_card": {
        "task_kinds": ["chat", "extraction"],
        "languages": ["en", "zh"],
        "modalities": ["text"],
        "tool_calling": True,
        "structured_output": True,
        "context_tokens": 32768,
        "limits": "makes things up about names",
        "data": "not stated",
        "source": "the model's page",
        "revision": "7ae5576",
        "reader": "A. Reader",
        "read_on": date(2026, 5, 2),
    },
    "licence": {
        "licence_id": "apache-2.0",
        "source": "LICENSE in the repository",
        "read_on": date(2026, 5, 2),
        "commercial_use": "yes",
        "redistribution": "conditions",
        "data_use": "yes",
        "conditions": ["keep the notice", "name changes, if any"],
    },
    "terms": {
        "provider": "none",
        "source": "none",
        "read_on": date(2026, 5, 2),
        "retention": "none",
        "trains_on_inputs": "no",
        "region": "EU",
        "third_parties": "none",
        "output_rights": "ours",
    },
    "evidence": {
        "model_version": "7ae557604adf67be50417f59c2c2f167def9a775",
        "command": "vllm serve Qwen/Qwen2.5-0.5B-Instruct",
        "first_output": '{"answer": "yes"}',
        "evaluation_table": "18 of 20 right",
        "stop_procedure": "stop the machine, then look at the bill",
        "shutdown_proof": "stopped at 18:02",
    },
}
WHY: dict[str, Any] = {
    "fallback": "the present API, with our documents",
    "fallback_model": "the present model",
    "fallback_runtime": "Cloud API",
    "rollback_steps": "1. switch the flag\n2. tell the desk",
    "why_now": "the loop is proven before a larger model",
    "rejected_for_now": "fine-tuning, no failure asks for it",
    "tried_prompt": "three prompts, see the table",
    "tried_rag": "ten documents",
    "tried_output_schema": "on",
    "tried_quantization": "not needed at this size",
    "paragraph": "We start small.",
    "model_decision": "the half-billion one",
    "runtime_decision": "vLLM for the endpoint",
    "hardware_note": "one L4",
    "eval_gate": "fewer than 16 of 20 right",
    "expected_output": "both files and the command",
}
