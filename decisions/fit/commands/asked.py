"""What commands are made from, and what they are."""

import re
import shlex
from dataclasses import dataclass

from decisions.record.schema import Statement

HOST = "127.0.0.1"
PORTS = {
    "transformers": 8000,
    "ollama": 11434,
    "lm_studio": 1234,
    "llama_cpp": 8080,
    "vllm": 8000,
    "sglang": 30000,
}
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_PLAIN = re.compile(r"[\w][\w./-]{0,199}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a candidate is to be started. None and empty follow the runtime's own default.

    `context_tokens` is per request, `parallel` how many requests are held at once, `devices` how many GPUs
    share the model (0: none, it runs on the processor). `file` is a weight file inside the repository or on
    disk, `adapter` a LoRA adapter, `lora` says that adapters are to be loaded whether one is named or not.
    `lora_rank` and `loras` are the largest rank and how many are held at once. `draft` is a draft model's id,
    `vision` whether a vision part that is a file of its own is loaded. `ssh_target` is user, address and port
    of the machine, as `record.ssh` reads them.
    """

    runtime: str
    model_id: str
    revision: str = ""
    file: str = ""
    quantization: str = ""
    context_tokens: int | None = None
    parallel: int | None = None
    kv_dtype: str = ""
    devices: int | None = None
    gpu_layers: int | None = None
    structured_output: bool = False
    tool_calling: bool = False
    adapter: str = ""
    lora: bool = False
    lora_rank: int | None = None
    loras: int | None = None
    draft: str = ""
    draft_quantization: str = ""
    vision: bool | None = None
    served_name: str = ""
    port: int | None = None
    rented: bool = False
    ssh_target: str = ""

    @property
    def commit(self) -> str:
        """The revision where it is a commit: only that pins the files."""
        return self.revision if _COMMIT.fullmatch(self.revision) else ""

    @property
    def branch_or_commit(self) -> str:
        """The revision as far as it can be one: no option, no space, nothing a shell or a URL reads."""
        return self.revision if _PLAIN.fullmatch(self.revision) else ""

    @property
    def name(self) -> str:
        """What the endpoint calls the model: what was asked, else the last part of the id, in plain signs."""
        last = self.served_name or self.model_id.rstrip("/").rsplit("/", 1)[-1]
        return re.sub(r"[^\w.-]+", "-", last, flags=re.ASCII).strip("-.")[:80] or "model"

    @property
    def at_port(self) -> int:
        """The port asked for, else the runtime's usual one."""
        return PORTS[self.runtime] if self.port is None else self.port


@dataclass(frozen=True, slots=True)
class Step:
    """One line for a POSIX shell. `ending` is fixed text of ours that the shell interprets, such as `&`."""

    words: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()
    ending: str = ""

    @property
    def line(self) -> str:
        """The line as it is copied: every word quoted where the shell would read more than a word in it."""
        before = [f"{name}={shlex.quote(value)}" for name, value in self.environment]
        after = [self.ending] if self.ending else []
        return " ".join([*before, shlex.join(self.words), *after])


@dataclass(frozen=True, slots=True)
class Commands:
    """The lines that start a candidate, stop it, and reach it, with the options of `version`."""

    runtime: str
    version: str
    source: str
    date: str
    first_steps: tuple[Step, ...]
    stop_steps: tuple[Step, ...]
    tunnel_step: Step | None = None
    notes: tuple[Statement, ...] = ()

    @property
    def first_run(self) -> str:
        """What starts the runtime with the model, one line for each step."""
        return "\n".join(step.line for step in self.first_steps)

    @property
    def stop(self) -> str:
        """What stops it."""
        return "\n".join(step.line for step in self.stop_steps)

    @property
    def tunnel(self) -> str:
        """What brings the port of another machine to one's own; empty where there is none."""
        return self.tunnel_step.line if self.tunnel_step else ""

    @property
    def environment(self) -> tuple[tuple[str, str], ...]:
        """The variables of the first run."""
        return self.first_steps[0].environment

    def plain(self) -> dict[str, str | list[dict[str, object]]]:
        """The commands as the values of a document: texts, and the notes as stored statements."""
        return {
            "runtime": self.runtime,
            "version": self.version,
            "first_run": self.first_run,
            "stop": self.stop,
            "tunnel": self.tunnel,
            "source": self.source,
            "date": self.date,
            "notes": [note.model_dump(mode="json") for note in self.notes],
        }
