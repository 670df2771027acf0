"""First-run commands of the runtimes that read a model repository: Transformers, vLLM, SGLang."""

import json

from decisions.fit.commands.asked import HOST, Asked, Step
from decisions.fit.commands.quantization import Kind, dtype, gguf_tag, kind_of
from decisions.fit.say import say
from decisions.knowledge import options
from decisions.knowledge.runtimes import find
from decisions.record.schema import Statement

GUESSED_TOKENS = 5  # what vLLM's own examples of a draft model have; it refuses to start without a number
Words = list[str]
Notes = list[Statement]


def transformers(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`transformers serve` with one model; the revision is part of its name."""
    notes: Notes = [*_pinned(asked)]
    model = asked.model_id + (f"@{asked.branch_or_commit}" if asked.branch_or_commit else "")
    words: Words = ["transformers", "serve"]
    kind, more = kind_of(asked.quantization, asked.file), []
    if kind in {Kind.BNB_4BIT, Kind.BNB_8BIT}:
        more = ["--quantization", kind.value]
    elif kind is Kind.GGUF and asked.file:
        model = f"{model}:{asked.file}"
    elif kind is Kind.GGUF:
        notes.append(say("command.name_the_file", runtime=_name(asked)))
    elif kind is Kind.FULL:
        more = ["--dtype", dtype(asked.quantization)]
    else:
        notes += _stored(asked, kind)
    words += [model, "--host", HOST, "--port", str(asked.at_port), *more]
    if asked.devices is not None:
        words += ["--device", "auto" if asked.devices else "cpu"]
    if asked.parallel and asked.parallel > 1:
        words.append("--continuous-batching")
    return (Step(tuple(words)),), [*notes, *_transformers_cannot(asked)]


def _transformers_cannot(asked: Asked) -> Notes:
    name, notes = _name(asked), []
    if asked.context_tokens:
        notes.append(say("command.no_context", runtime=name))
    if asked.kv_dtype:
        notes.append(say("command.no_kv", runtime=name, kv=asked.kv_dtype))
    if asked.structured_output:
        notes.append(say("command.no_shape", runtime=name))
    if asked.tool_calling:
        notes.append(say("command.no_tool_choice", runtime=name))
    if asked.adapter or asked.lora:
        notes.append(say("command.no_adapter", runtime=name))
    if asked.draft:
        notes.append(say("command.no_draft", runtime=name))
    return [*notes, *_vision(asked)]


def vllm(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`vllm serve`; without a host it would listen on every address of the machine."""
    words: Words = ["vllm", "serve", asked.model_id]
    notes: Notes = [*_pinned(asked)]
    words += ["--revision", asked.branch_or_commit] if asked.branch_or_commit else []
    words += ["--host", HOST, "--port", str(asked.at_port), "--served-model-name", asked.name]
    words += _number("--max-model-len", asked.context_tokens)
    words += _number("--max-num-seqs", asked.parallel)
    words += _number("--tensor-parallel-size", asked.devices)
    kind = kind_of(asked.quantization, asked.file)
    if kind is Kind.FP8 and "fp8" not in asked.model_id.casefold():
        words += ["--quantization", "fp8_per_tensor"]
        notes.append(say("command.while_loading", runtime=_name(asked), quantization=asked.quantization))
    elif kind is Kind.FULL:
        words += ["--dtype", dtype(asked.quantization)]
    else:
        notes += _stored(asked, kind)
    _kv(asked, words, notes)
    if asked.tool_calling:
        parser = options.tool_parser("vllm", asked.model_id)
        words += ["--enable-auto-tool-choice", "--tool-call-parser", parser] if parser else []
        notes += [] if parser else [_which_parser(asked)]
    if asked.lora and not asked.adapter:
        words.append("--enable-lora")
        notes.append(say("command.which_adapter", runtime=_name(asked), option="--lora-modules NAME=PATH"))
    if asked.adapter:
        adapter = json.dumps({"name": "adapter", "path": asked.adapter}, ensure_ascii=False)
        words += ["--enable-lora", "--lora-modules", adapter]  # name=path ends at a comma
    words += _vllm_lora(asked, notes)
    if asked.draft:
        drafting = {"model": asked.draft, "method": "draft_model", "num_speculative_tokens": GUESSED_TOKENS}
        words += ["--speculative-config", json.dumps(drafting, ensure_ascii=False)]
        notes.append(say("command.draft_guesses", count=GUESSED_TOKENS))
    return (Step(tuple(words)),), [*notes, *_draft_stored(asked), *_vision(asked), *_shape(asked)]


def _vllm_lora(asked: Asked, notes: Notes) -> Words:
    """The largest rank, as the next that the parser takes, and how many adapters are held at once."""
    rank = asked.lora_rank
    if not rank:
        return []
    option = options.shipped()["vllm"].commands["vllm serve"].option("--max-lora-rank")
    ranks = sorted(int(one) for one in option.choices) if option else []
    taken = next((one for one in ranks if one >= rank), None)
    if taken is None:
        most = ranks[-1] if ranks else 0
        notes.append(say("command.rank_beyond", runtime=_name(asked), rank=rank, most=most))
        return []
    return ["--max-lora-rank", str(taken), *_number("--max-loras", asked.loras)]


def sglang(asked: Asked) -> tuple[tuple[Step, ...], Notes]:
    """`sglang serve`; a GGUF file is named behind its repository."""
    notes: Notes = [*_pinned(asked)]
    model, more = asked.model_id, []
    kind = kind_of(asked.quantization, asked.file)
    if kind is Kind.GGUF:
        tag = gguf_tag(asked.quantization)
        model = f"{model}/{asked.file}" if asked.file else f"{model}:{tag}" if tag else model
    elif kind is Kind.BNB_4BIT:
        more = ["--quantization", "bitsandbytes", "--load-format", "bitsandbytes"]
    elif kind is Kind.FP8 and "fp8" not in asked.model_id.casefold():
        more = ["--quantization", "fp8"]
        notes.append(say("command.while_loading", runtime=_name(asked), quantization=asked.quantization))
    elif kind is Kind.FULL:
        more = ["--dtype", dtype(asked.quantization)]
    else:
        notes += _stored(asked, kind)
    words: Words = ["sglang", "serve", "--model-path", model]
    words += ["--revision", asked.branch_or_commit] if asked.branch_or_commit else []
    words += ["--host", HOST, "--port", str(asked.at_port), "--served-model-name", asked.name, *more]
    words += _number("--context-length", asked.context_tokens)
    words += _number("--max-running-requests", asked.parallel)
    words += _number("--tp-size", asked.devices)
    _kv(asked, words, notes)
    words += ["--tool-call-parser", "auto"] if asked.tool_calling else []
    if asked.adapter:
        words += ["--enable-lora", "--lora-paths", f"adapter={asked.adapter}"]
    elif asked.lora:  # with none named it starts only where it is told their rank and the matrices
        words += ["--enable-lora", "--lora-target-modules", "all"] if asked.lora_rank else []
        option = "--lora-paths NAME=PATH" if asked.lora_rank else "--enable-lora --lora-paths NAME=PATH"
        notes.append(say("command.which_adapter", runtime=_name(asked), option=option))
    if asked.lora_rank:
        words += _number("--max-lora-rank", asked.lora_rank)
        words += _number("--max-loras-per-batch", asked.loras)
    if asked.draft:
        words += ["--speculative-algorithm", "STANDALONE", "--speculative-draft-model-path", asked.draft]
    return (Step(tuple(words)),), [*notes, *_draft_stored(asked), *_vision(asked), *_shape(asked)]


def _draft_stored(asked: Asked) -> Notes:
    """That the draft model's repository has to hold its quantization."""
    if not asked.draft or kind_of(asked.draft_quantization, "") in {Kind.NONE, Kind.FULL}:
        return []
    return [say("command.stored", runtime=_name(asked), quantization=asked.draft_quantization)]


def _vision(asked: Asked) -> Notes:
    return [say("command.vision_inside", runtime=_name(asked))] if asked.vision is False else []


def _number(flag: str, value: int | None) -> Words:
    return [flag, str(value)] if value else []


def _kv(asked: Asked, words: Words, notes: Notes) -> None:
    """The type of the KV cache, where this runtime has it."""
    if not asked.kv_dtype:
        return
    option = options.shipped()[asked.runtime].commands[" ".join(words[:2])].option("--kv-cache-dtype")
    choices = option.choices if option else ()
    same = {"bf16": "bfloat16", "f16": "float16", "fp16": "float16", "fp8": "fp8_e4m3"}
    wanted = asked.kv_dtype.casefold()
    offered = next((one for one in (wanted, same.get(wanted, "")) if one in choices), "")
    if offered:
        words += ["--kv-cache-dtype", offered]
    else:
        notes.append(say("command.other_kv", runtime=_name(asked), kv=asked.kv_dtype, kinds=choices))


def _which_parser(asked: Asked) -> Statement:
    option = options.shipped()["vllm"].commands["vllm serve"].option("--tool-call-parser")
    return say("command.which_parser", runtime=_name(asked), parsers=option.choices if option else ())


def _pinned(asked: Asked) -> Notes:
    return [] if asked.commit else [say("command.not_pinned")]


def _stored(asked: Asked, kind: Kind) -> Notes:
    """What is said where no option asks for the quantization."""
    names = {"runtime": _name(asked), "quantization": asked.quantization}
    match kind:
        case Kind.NONE:
            return []
        case Kind.STORED | Kind.FP8:
            return [say("command.stored", **names)]
        case Kind.BNB_4BIT | Kind.BNB_8BIT | Kind.GGUF:
            return [say("command.not_taken", **names)]
    return [say("command.unknown_quantization", **names)]


def _shape(asked: Asked) -> Notes:
    return [say("command.shape", runtime=_name(asked))] if asked.structured_output else []


def _name(asked: Asked) -> str:
    found = find(asked.runtime)
    return found.name if found else asked.runtime
