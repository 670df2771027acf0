"""Commands of every runtime, and what they have in common."""

from collections.abc import Callable

from decisions.fit.commands import local, served
from decisions.fit.commands.asked import HOST, Asked, Commands, Step
from decisions.fit.say import say
from decisions.knowledge import options
from decisions.record.schema import Statement
from decisions.record.ssh import read_ssh_target

Built = tuple[tuple[Step, ...], list[Statement]]
_FIRST: dict[str, Callable[[Asked], Built]] = {
    "transformers": served.transformers,
    "vllm": served.vllm,
    "sglang": served.sglang,
    "llama_cpp": local.llama_cpp,
    "ollama": local.ollama,
    "lm_studio": local.lm_studio,
}
USER_AT_HOST = "user@host"


def commands_for(asked: Asked) -> Commands:
    """The commands for what was asked, and in `notes` what they cannot say.

    Raises KeyError for a runtime that nothing is started with, ValueError for a model or a file whose name
    a command would read as an option.
    """
    for word in (asked.model_id, asked.file, asked.adapter, asked.draft):
        if word.startswith("-"):
            raise ValueError(word)
    first, notes = _FIRST[asked.runtime](asked)
    table = options.shipped()[asked.runtime]
    return Commands(
        runtime=asked.runtime,
        version=table.version,
        source=table.source,
        date=table.date,
        first_steps=first,
        stop_steps=_stop(asked, first),
        tunnel_step=_tunnel(asked) if asked.rented or asked.ssh_target else None,
        notes=tuple({note.text: note for note in [*notes, *_on_rented(asked)]}.values()),
    )


def _stop(asked: Asked, first: tuple[Step, ...]) -> tuple[Step, ...]:
    if asked.runtime == "lm_studio":
        unload = Step(("lms", "unload", asked.name))
        return unload, Step(("lms", "server", "stop")), Step(("lms", "daemon", "down"))
    listening = f"$(lsof -t -iTCP@{HOST}:{asked.at_port} -sTCP:LISTEN)"
    end = Step(("kill",), ending=listening)
    if asked.runtime == "ollama":
        model = first[-1].words[2]
        return Step(("ollama", "stop", model), first[-1].environment), end
    return (end,)


def _tunnel(asked: Asked) -> Step:
    """Through ssh to the machine; where nobody says who and where that is, with a placeholder."""
    target = read_ssh_target(asked.ssh_target)
    port = ("-p", str(target.port)) if target and target.port else ()
    ends = f"{asked.at_port}:{HOST}:{asked.at_port}"
    return Step(("ssh", "-N", *port, "-L", ends, target.destination if target else USER_AT_HOST))


def is_placeholder(tunnel: str) -> bool:
    """Whether a tunnel command names nobody yet."""
    return tunnel.endswith(f" {USER_AT_HOST}")


def _on_rented(asked: Asked) -> list[Statement]:
    in_background = asked.runtime in {"lm_studio", "ollama"}
    notes = [] if in_background else [say("command.interrupt")]
    if not asked.rented:
        return notes
    if read_ssh_target(asked.ssh_target) is None:
        notes.append(say("command.ssh_target"))
    return [*notes, say("command.rented")]
