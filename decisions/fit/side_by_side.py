"""Every runtime for one model, need and machine: what it can do, its own defaults, its commands."""

from dataclasses import dataclass

from decisions.fit import runtime as runtime_fit
from decisions.fit.commands import Commands, commands_of
from decisions.fit.resolve import CLOUD_API
from decisions.knowledge import options
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate, Need, Route, Statement, Verdict

_DEFAULTS = {
    "transformers": ("transformers serve", {"port": "--port", "dtype": "--dtype", "device": "--device"}),
    "llama_cpp": (
        "llama-server",
        {"context": "--ctx-size", "parallel": "--parallel", "kv": "--cache-type-k", "port": "--port"},
    ),
    "lm_studio": ("lms server start", {"port": "--port"}),
    "vllm": (
        "vllm serve",
        {"kv": "--kv-cache-dtype", "memory_share": "--gpu-memory-utilization", "port": "--port"},
    ),
    "sglang": ("sglang serve", {"kv": "--kv-cache-dtype", "port": "--port"}),
}
_VARIABLES = {
    "context": "OLLAMA_CONTEXT_LENGTH",
    "parallel": "OLLAMA_NUM_PARALLEL",
    "kv": "OLLAMA_KV_CACHE_TYPE",
}


@dataclass(frozen=True, slots=True)
class RuntimeRow:
    """One runtime for the candidate. `commands` is a sentence where none can be written.

    `defaults` are what its own options say when nothing is asked, by what they set: context, parallel, kv,
    memory_share, port; those that follow the model or the machine are left out.
    """

    runtime: Runtime
    verdict: Verdict
    commands: Commands | Statement
    defaults: dict[str, str]


def side_by_side(need: Need, route: Route | None, candidate: Candidate) -> tuple[RuntimeRow, ...]:
    """All shipped runtimes that are started on a machine, from the simplest; its own among them."""
    return tuple(
        RuntimeRow(
            runtime=each,
            verdict=runtime_fit.judge(need, route, as_it),
            commands=commands_of(need, route, as_it),
            defaults=defaults_of(each.id),
        )
        for each in shipped()
        if each.id != CLOUD_API
        for as_it in (candidate.model_copy(update={"runtime_id": each.id}),)
    )


def defaults_of(runtime_id: str) -> dict[str, str]:
    """What the runtime's options say when nothing is asked."""
    table = options.shipped()[runtime_id]
    if runtime_id == "ollama":
        found = {name: table.environment[each].default for name, each in _VARIABLES.items()}
    else:
        command, flags = _DEFAULTS[runtime_id]
        known = {name: table.commands[command].option(flag) for name, flag in flags.items()}
        found = {name: option.default if option else None for name, option in known.items()}
    return {name: str(value) for name, value in found.items() if value is not None}
