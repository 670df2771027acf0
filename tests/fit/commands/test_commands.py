"""The commands themselves, word by word."""

import json

import pytest

from decisions.fit.commands import Asked, Commands, asked_of, commands_for, commands_of, is_placeholder
from decisions.fit.commands.local import in_url
from decisions.fit.commands.quantization import Kind, kind_of
from decisions.record.canonical import canonical_bytes
from decisions.record.schema import Need, Sizing, Statement
from tests.fit.samples import COMMIT, READY_GPU, candidate, route

MODEL = {"model_id": "Qwen/Qwen2.5-7B-Instruct", "revision": COMMIT}
FULL = {"context_tokens": 8192, "parallel": 4, "devices": 2, "tool_calling": True, "kv_dtype": "fp8"}


def codes(commands: Commands) -> set[str]:
    return {note.code for note in commands.notes}


def test_vllm():
    made = commands_for(Asked("vllm", quantization="FP8", **MODEL, **FULL))
    assert made.first_run == (
        f"vllm serve Qwen/Qwen2.5-7B-Instruct --revision {COMMIT} --host 127.0.0.1 --port 8000"
        " --served-model-name Qwen2.5-7B-Instruct --max-model-len 8192 --max-num-seqs 4"
        " --tensor-parallel-size 2 --quantization fp8_per_tensor --kv-cache-dtype fp8"
        " --enable-auto-tool-choice --tool-call-parser hermes"
    )
    assert made.stop == "kill $(lsof -t -iTCP@127.0.0.1:8000 -sTCP:LISTEN)"
    assert (made.version, made.tunnel) == ("0.33.0", "")


def test_sglang():
    made = commands_for(Asked("sglang", quantization="BF16", **MODEL, **FULL))
    assert made.first_run == (
        f"sglang serve --model-path Qwen/Qwen2.5-7B-Instruct --revision {COMMIT} --host 127.0.0.1"
        " --port 30000 --served-model-name Qwen2.5-7B-Instruct --dtype bfloat16 --context-length 8192"
        " --max-running-requests 4 --tp-size 2 --kv-cache-dtype fp8_e4m3 --tool-call-parser auto"
    )


def test_transformers_says_what_it_has_no_option_for():
    made = commands_for(Asked("transformers", quantization="NF4", **MODEL, **FULL))
    assert made.first_run == (
        f"transformers serve Qwen/Qwen2.5-7B-Instruct@{COMMIT} --host 127.0.0.1 --port 8000"
        " --quantization bnb-4bit --device auto --continuous-batching"
    )
    assert codes(made) >= {"command.no_context", "command.no_kv", "command.no_tool_choice"}


def test_llama_cpp_is_pinned_where_the_file_is_named():
    asked = Asked("llama_cpp", "org/M-GGUF", COMMIT, "sub dir/m.gguf", context_tokens=4096, parallel=2)
    made = commands_for(asked)
    assert made.first_run == (
        f"llama-server --model-url https://huggingface.co/org/M-GGUF/resolve/{COMMIT}/sub%20dir/m.gguf"
        " --host 127.0.0.1 --port 8080 --alias M-GGUF --ctx-size 8192 --parallel 2"
    )
    assert codes(made) == {"command.shared_context", "command.interrupt"}


def test_llama_cpp_without_a_file_says_that_it_is_not_pinned():
    made = commands_for(Asked("llama_cpp", "org/M-GGUF", COMMIT, quantization="Q4_K_M", kv_dtype="q8_0"))
    assert made.first_run.startswith("llama-server --hf-repo org/M-GGUF:Q4_K_M --host")
    assert made.first_run.endswith("--cache-type-k q8_0 --cache-type-v q8_0 --flash-attn on")
    assert "command.pin_the_file" in codes(made)


def test_ollama_sets_its_environment_first():
    made = commands_for(Asked("ollama", "org/M-GGUF", quantization="Q4_K_M", context_tokens=4096))
    assert made.environment == (("OLLAMA_HOST", "127.0.0.1:11434"), ("OLLAMA_CONTEXT_LENGTH", "4096"))
    assert made.first_run.splitlines() == [
        "OLLAMA_HOST=127.0.0.1:11434 OLLAMA_CONTEXT_LENGTH=4096 ollama serve &",
        "sleep 5",
        "OLLAMA_HOST=127.0.0.1:11434 ollama run hf.co/org/M-GGUF:Q4_K_M",
    ]
    assert made.stop.splitlines()[0] == "OLLAMA_HOST=127.0.0.1:11434 ollama stop hf.co/org/M-GGUF:Q4_K_M"


def test_ollama_takes_a_tag_of_its_library_as_it_is():
    assert commands_for(Asked("ollama", "llama3.1:8b")).first_run.endswith("ollama run llama3.1:8b")


def test_lm_studio():
    made = commands_for(Asked("lm_studio", "org/M-GGUF", quantization="Q4_K_M", parallel=2, devices=0))
    assert made.first_run.splitlines() == [
        "lms daemon up",
        "lms get https://huggingface.co/org/M-GGUF@q4_k_m --gguf --yes",
        "lms load M --identifier M-GGUF --parallel 2 --gpu off --yes",
        "lms server start --port 1234 --bind 127.0.0.1",
    ]
    assert made.stop.splitlines() == ["lms unload M-GGUF", "lms server stop", "lms daemon down"]


@pytest.mark.parametrize(
    ("runtime", "option"),
    [
        ("vllm", "--lora-modules NAME=PATH"),
        ("sglang", "--enable-lora --lora-paths NAME=PATH"),
        ("llama_cpp", "--lora FILE"),
    ],
)
def test_adapters_that_are_needed_and_not_named_are_asked_for(runtime, option):
    made = commands_for(Asked(runtime, "a/b", lora=True))
    (note,) = [note for note in made.notes if note.code == "command.which_adapter"]
    assert option in note.text
    assert ("--enable-lora" in made.first_run) is (runtime == "vllm")
    named = commands_for(Asked(runtime, "a/b", lora=True, adapter="a/adapter"))
    assert "a/adapter" in named.first_run
    assert "command.which_adapter" not in codes(named)


@pytest.mark.parametrize("runtime", ["ollama", "lm_studio", "transformers"])
def test_who_takes_no_adapter_says_so(runtime):
    assert "command.no_adapter" in codes(commands_for(Asked(runtime, "a/b", lora=True)))


def test_a_rented_machine_is_reached_by_a_tunnel():
    made = commands_for(Asked("vllm", "a/b", rented=True))
    assert made.tunnel == "ssh -N -L 8000:127.0.0.1:8000 user@host"
    assert codes(made) >= {"command.ssh_target", "command.rented"}
    named = commands_for(Asked("vllm", "a/b", rented=True, ssh_target="me@10.0.0.7", port=9000))
    assert named.tunnel == "ssh -N -L 9000:127.0.0.1:9000 me@10.0.0.7"


def test_a_port_of_ssh_goes_into_the_tunnel():
    made = commands_for(Asked("vllm", "a/b", ssh_target="root@gpu.example.org:22022"))
    assert made.tunnel == "ssh -N -p 22022 -L 8000:127.0.0.1:8000 root@gpu.example.org"
    assert not is_placeholder(made.tunnel)
    assert not codes(made) & {"command.ssh_target", "command.rented"}
    six = commands_for(Asked("sglang", "a/b", ssh_target="u@[2001:db8::1]"))
    assert six.tunnel == "ssh -N -L 30000:127.0.0.1:30000 u@2001:db8::1"


@pytest.mark.parametrize("target", ["", "-oProxyCommand=x", "me@h;reboot", "me@$(id)", "me@-h"])
def test_without_a_target_the_tunnel_has_a_placeholder_and_says_so(target):
    made = commands_for(Asked("vllm", "a/b", rented=True, ssh_target=target))
    assert made.tunnel == "ssh -N -L 8000:127.0.0.1:8000 user@host"
    assert is_placeholder(made.tunnel)
    assert "command.ssh_target" in codes(made)


def test_the_target_of_the_route_is_used():
    where = route("rented_gpu", **READY_GPU, ssh_target="me@10.0.0.7:2222")
    assert asked_of(Need(), where, candidate(), "vllm", "a/b").ssh_target == "me@10.0.0.7:2222"


def test_what_a_version_does_not_load_is_said():
    assert "command.not_taken" in codes(commands_for(Asked("vllm", "a/b", quantization="NF4")))
    assert "command.not_taken" in codes(commands_for(Asked("vllm", "a/b-GGUF", quantization="Q4_K_M")))
    assert "command.stored" in codes(commands_for(Asked("vllm", "a/b-AWQ", quantization="AWQ")))
    assert "command.which_parser" in codes(commands_for(Asked("vllm", "a/b", tool_calling=True)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.NONE),
        ("Q4_K_M", Kind.GGUF),
        ("GGUF", Kind.GGUF),
        ("GGUF (Q5_K_S)", Kind.GGUF),
        ("bf16", Kind.FULL),
        ("NF4 (double)", Kind.BNB_4BIT),
        ("AWQ 4-bit", Kind.STORED),
        ("exl2", Kind.OTHER),
    ],
)
def test_a_quantization_is_known_by_its_words(text, kind):
    assert kind_of(text) is kind


def test_a_url_holds_any_name():
    assert in_url("a b/é%?#@.gguf") == "a%20b/%C3%A9%25%3F%23%40.gguf"


def test_need_and_route_fill_what_is_asked():
    need = Need(
        context_tokens=4096, concurrent_requests=3, structured_output="json", task_kinds=["tool_calling"]
    )
    rented = route("rented_gpu", **READY_GPU)
    one = candidate(runtime_id="vllm", model={**MODEL, "weight_format": "GGUF x-Q4_K_M.gguf"})
    asked = asked_of(need, rented, one, "vllm", "a/b")
    assert (asked.context_tokens, asked.parallel, asked.devices, asked.rented) == (4096, 3, 1, True)
    assert (asked.file, asked.structured_output, asked.tool_calling) == ("x-Q4_K_M.gguf", True, True)
    assert asked_of(need, route(), one, "vllm", "a/b").devices == 0


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"runtime_id": "vllm"}, "local_cpu", "command.needs_model"),
        ({"runtime": "our own engine", "model": MODEL}, "local_cpu", "command.needs_runtime"),
        ({"runtime_id": "vllm", "model": MODEL}, "cloud_api", "command.hosted"),
        ({"runtime_id": "vllm", "model": {"model_id": "-x"}}, "local_cpu", "command.reads_as_option"),
    ],
)
def test_without_model_or_runtime_it_says_what_is_missing(fields, kind, code):
    found = commands_of(Need(), route(kind), candidate(**fields))
    assert not isinstance(found, Commands)
    assert found.code == code


def test_a_name_of_a_shipped_model_will_do():
    found = commands_of(Need(), route(), candidate(name="Qwen2.5-7B-Instruct", runtime="Transformers"))
    assert isinstance(found, Commands)
    assert "Qwen/Qwen2.5-7B-Instruct" in found.first_run


def test_a_document_can_hold_them():
    plain = commands_for(Asked("vllm", "a/b", rented=True)).plain()
    assert canonical_bytes(plain)
    assert plain["tunnel"] == "ssh -N -L 8000:127.0.0.1:8000 user@host"
    assert Statement(**plain["notes"][0]).code == "command.not_pinned"


BESIDE = {"lora": True, "lora_rank": 48, "loras": 2, "draft": "org/Small", "vision": False}


def test_vllm_is_told_of_adapters_and_draft_model():
    made = commands_for(Asked("vllm", "a/b", **BESIDE))
    words = made.first_steps[0].words
    assert "--enable-lora --max-lora-rank 64 --max-loras 2" in made.first_run
    drafting = json.loads(words[words.index("--speculative-config") + 1])
    assert drafting == {"model": "org/Small", "method": "draft_model", "num_speculative_tokens": 5}
    assert codes(made) >= {"command.which_adapter", "command.draft_guesses", "command.vision_inside"}


def test_a_rank_beyond_the_parser_is_said_and_not_written():
    made = commands_for(Asked("vllm", "a/b", lora=True, lora_rank=513))
    assert "--max-lora-rank" not in made.first_run
    assert "vLLM takes no adapters of rank 513: 512 is the most." in [note.text for note in made.notes]


def test_sglang_starts_with_adapters_that_come_later():
    made = commands_for(Asked("sglang", "a/b", **BESIDE, draft_quantization="AWQ"))
    sizes = "--enable-lora --lora-target-modules all --max-lora-rank 48 --max-loras-per-batch 2"
    drafting = "--speculative-algorithm STANDALONE --speculative-draft-model-path org/Small"
    assert f"{sizes} {drafting}" in made.first_run
    assert codes(made) >= {"command.which_adapter", "command.stored", "command.vision_inside"}


def test_llama_cpp_is_told_of_draft_model_and_vision_part():
    drafted = {"draft": "org/Small-GGUF", "draft_quantization": "Q8_0"}
    made = commands_for(Asked("llama_cpp", "org/M-GGUF", **drafted, vision=False))
    assert "--hf-repo-draft org/Small-GGUF:Q8_0 --spec-type draft-simple --no-mmproj" in made.first_run
    assert "command.gguf_repository" not in codes(made)
    seen = commands_for(Asked("llama_cpp", "org/M-GGUF", vision=True))
    assert "command.vision_by_itself" in codes(seen)
    assert "mmproj" not in seen.first_run
    file = commands_for(Asked("llama_cpp", "/m.gguf", draft="/small.gguf", vision=True))
    assert "--model-draft /small.gguf --spec-type draft-simple" in file.first_run
    assert "command.which_projector" in codes(file)
    assert "command.gguf_repository" in codes(commands_for(Asked("llama_cpp", "a/b-GGUF", draft="a/c")))


@pytest.mark.parametrize(
    ("runtime", "vision"),
    [
        ("ollama", "command.vision_always"),
        ("lm_studio", "command.vision_always"),
        ("transformers", "command.vision_inside"),
    ],
)
def test_who_has_no_option_for_what_is_beside_says_so(runtime, vision):
    made = commands_for(Asked(runtime, "a/b-GGUF", **BESIDE))
    assert codes(made) >= {"command.no_adapter", "command.no_draft", vision}
    assert "org/Small" not in made.first_run


def test_what_a_candidate_holds_beside_its_model_is_asked():
    one = candidate(sizing=Sizing(lora_rank=16, loras=4, draft="Qwen/Qwen3-0.6B:Q8_0"))
    asked = asked_of(Need(task_kinds=["multimodal"]), route(), one, "llama_cpp", "a/b")
    assert (asked.lora, asked.lora_rank, asked.loras, asked.vision) == (True, 16, 4, True)
    assert (asked.draft, asked.draft_quantization) == ("Qwen/Qwen3-0.6B", "Q8_0")
    text_only = candidate(sizing=Sizing(vision=False))
    assert asked_of(Need(task_kinds=["multimodal"]), route(), text_only, "vllm", "a/b").vision is False
