"""First-run commands of the runtimes that read GGUF files: llama.cpp, Ollama, LM Studio."""

import re

from decisions.fit.commands.asked import HOST, Asked, Step
from decisions.fit.commands.quantization import Kind, gguf_tag, kind_of
from decisions.fit.say import say
from decisions.knowledge import options
from decisions.knowledge.runtimes import find
from decisions.record.schema import Statement

Notes = list[Statement]
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]")  # what a URL's path holds as it is


def llama_cpp(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`llama-server`. Its context is that of all slots together; only a file named by URL can be pinned."""
    words, notes = _llama_model(asked)
    words += ["--host", HOST, "--port", str(asked.at_port), "--alias", asked.name]
    slots = asked.parallel or 1
    if asked.context_tokens:
        words += ["--ctx-size", str(asked.context_tokens * slots), "--parallel", str(slots)]
        if slots > 1:
            total = asked.context_tokens * slots
            notes.append(say("command.shared_context", total=total, count=slots, each=asked.context_tokens))
    elif asked.parallel:
        words += ["--parallel", str(slots)]
    if asked.gpu_layers is not None or asked.devices == 0:
        words += ["--gpu-layers", str(asked.gpu_layers or 0)]
    if asked.devices and asked.devices > 1:
        words += ["--split-mode", "layer"]
    words += _llama_kv(asked, notes)
    words += _llama_beside(asked, notes, by_repository="--hf-repo" in words)
    if asked.tool_calling:
        words.append("--jinja")
    if asked.adapter:
        words += ["--lora", asked.adapter]
        notes.append(say("command.gguf_adapter"))
    elif asked.lora:
        notes.append(say("command.which_adapter", runtime=_name(asked), option="--lora FILE"))
        notes.append(say("command.gguf_adapter"))
    notes += [say("command.shape", runtime=_name(asked))] if asked.structured_output else []
    return (Step(tuple(words)),), notes


def _llama_model(asked: Asked) -> tuple[list[str], Notes]:
    notes = _needs_gguf(asked)
    if asked.model_id.endswith(".gguf") or asked.model_id.startswith(("/", "./", "../", "~")):
        return ["llama-server", "--model", asked.model_id], []
    if asked.file and asked.commit:
        path = f"{asked.model_id}/resolve/{asked.commit}/{asked.file}"
        return ["llama-server", "--model-url", f"https://huggingface.co/{in_url(path)}"], notes
    notes.append(say("command.pin_the_file"))
    if asked.file:
        return ["llama-server", "--hf-repo", asked.model_id, "--hf-file", asked.file], notes
    tag = gguf_tag(asked.quantization)
    return ["llama-server", "--hf-repo", f"{asked.model_id}:{tag}" if tag else asked.model_id], notes


def _llama_kv(asked: Asked, notes: Notes) -> list[str]:
    if not asked.kv_dtype:
        return []
    wanted = {"fp16": "f16", "float16": "f16", "bfloat16": "bf16"}.get(asked.kv_dtype, asked.kv_dtype)
    option = options.shipped()["llama_cpp"].commands["llama-server"].option("--cache-type-k")
    if option is None or wanted not in option.choices:
        kinds = option.choices if option else ()
        notes.append(say("command.other_kv", runtime=_name(asked), kv=asked.kv_dtype, kinds=kinds))
        return []
    words = ["--cache-type-k", wanted, "--cache-type-v", wanted]
    return words if wanted in {"f32", "f16", "bf16"} else [*words, "--flash-attn", "on"]


def _llama_beside(asked: Asked, notes: Notes, *, by_repository: bool) -> list[str]:
    """The draft model and the vision part; a repository brings the latter's file along."""
    words: list[str] = []
    if asked.draft.endswith(".gguf"):
        words = ["--model-draft", asked.draft, "--spec-type", "draft-simple"]
    elif asked.draft:
        tag = gguf_tag(asked.draft_quantization)
        named = f"{asked.draft}:{tag}" if tag else asked.draft
        words = ["--hf-repo-draft", named, "--spec-type", "draft-simple"]
        if "gguf" not in asked.draft.casefold():
            notes.append(say("command.gguf_repository", model=asked.draft))
    if asked.vision is False:
        words.append("--no-mmproj")
    elif asked.vision and by_repository:
        notes.append(say("command.vision_by_itself", runtime=_name(asked)))
    elif asked.vision:
        notes.append(say("command.which_projector", runtime=_name(asked), option="--mmproj FILE"))
    return words


def _cannot_beside(asked: Asked) -> Notes:
    """What Ollama and LM Studio have no option for."""
    name, notes = _name(asked), []
    if asked.draft:
        notes.append(say("command.no_draft", runtime=name))
    if asked.vision is not None:
        notes.append(say(f"command.vision_{'by_itself' if asked.vision else 'always'}", runtime=name))
    return notes


def ollama(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`ollama serve` with its settings in the environment, then the model asked for by its tag."""
    notes: Notes = [say("command.ollama_service"), say("command.no_pin", runtime=_name(asked))]
    model = asked.model_id
    if "/" in model and not re.match(r"(?:hf\.co|huggingface\.co|registry\.ollama\.ai)/", model):
        tag = gguf_tag(asked.quantization)
        model = f"hf.co/{model}" + (f":{tag}" if tag else "")
        notes += _needs_gguf(asked)
    at = ("OLLAMA_HOST", f"{HOST}:{asked.at_port}")
    serve = Step(("ollama", "serve"), (at, *_ollama_settings(asked, notes)), ending="&")
    return (serve, Step(("sleep", "5")), Step(("ollama", "run", model), (at,))), notes


def _ollama_settings(asked: Asked, notes: Notes) -> list[tuple[str, str]]:
    found = []
    if asked.context_tokens:
        found.append(("OLLAMA_CONTEXT_LENGTH", str(asked.context_tokens)))
    if asked.parallel:
        found.append(("OLLAMA_NUM_PARALLEL", str(asked.parallel)))
    if asked.kv_dtype:
        wanted = {"fp16": "f16", "float16": "f16"}.get(asked.kv_dtype, asked.kv_dtype)
        kinds = options.shipped()["ollama"].environment["OLLAMA_KV_CACHE_TYPE"].choices
        if wanted in kinds:
            found += [("OLLAMA_FLASH_ATTENTION", "1"), ("OLLAMA_KV_CACHE_TYPE", wanted)]
        else:
            notes.append(say("command.other_kv", runtime=_name(asked), kv=asked.kv_dtype, kinds=kinds))
    if asked.gpu_layers is not None or asked.devices is not None:
        notes.append(say("command.own_layers", runtime=_name(asked)))
    if asked.adapter or asked.lora:
        notes.append(say("command.no_adapter", runtime=_name(asked)))
    notes += [say("command.shape", runtime=_name(asked))] if asked.structured_output else []
    notes += _cannot_beside(asked)
    return found


def lm_studio(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`lms`: the daemon, the download, the model loaded under its name, the server."""
    notes: Notes = [say("command.no_pin", runtime=_name(asked)), say("command.model_key")]
    tag = gguf_tag(asked.quantization)
    where = f"https://huggingface.co/{in_url(asked.model_id)}" if "/" in asked.model_id else asked.model_id
    where += f"/{in_url(asked.file)}" if asked.file else f"@{tag.casefold()}" if tag else ""
    is_gguf = kind_of(asked.quantization, asked.file) is Kind.GGUF
    get = ["lms", "get", where, *(["--gguf"] if is_gguf else []), "--yes"]
    key = re.sub(r"-gguf$", "", asked.model_id.rsplit("/", 1)[-1], flags=re.IGNORECASE)
    load = ["lms", "load", key, "--identifier", asked.name]
    load += ["--context-length", str(asked.context_tokens)] if asked.context_tokens else []
    load += ["--parallel", str(asked.parallel)] if asked.parallel else []
    load += [] if asked.devices is None else ["--gpu", "max" if asked.devices else "off"]
    serve = ["lms", "server", "start", "--port", str(asked.at_port), "--bind", HOST]
    steps = (["lms", "daemon", "up"], get, [*load, "--yes"], serve)
    return tuple(Step(tuple(words)) for words in steps), [*notes, *_lm_studio_cannot(asked)]


def _lm_studio_cannot(asked: Asked) -> Notes:
    name, notes = _name(asked), _cannot_beside(asked)
    if asked.kv_dtype:
        notes.append(say("command.kv_in_app", runtime=name, kv=asked.kv_dtype))
    if asked.gpu_layers is not None:
        notes.append(say("command.layers_as_share", runtime=name))
    if asked.adapter or asked.lora:
        notes.append(say("command.no_adapter", runtime=name))
    return notes + ([say("command.shape", runtime=name)] if asked.structured_output else [])


def _needs_gguf(asked: Asked) -> Notes:
    if asked.file.endswith(".gguf") or "gguf" in asked.model_id.casefold():
        return []
    return [say("command.gguf_repository", model=asked.model_id)]


def in_url(path: str) -> str:
    """A path as a URL has it: every byte that is not plain, escaped."""
    signs = (sign if _PLAIN.fullmatch(sign) else _escaped(sign) for sign in path)
    return "".join(signs)


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def _name(asked: Asked) -> str:
    found = find(asked.runtime)
    return found.name if found else asked.runtime
