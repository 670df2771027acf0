"""The sizing page: what any model needs in any setting, for whoever is signed in; nothing is stored."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from decisions.knowledge import architectures, devices
from decisions.models import Blob, Event
from tests import factories as make
from tests.web.asking import HOSTILE, text_of, values_in

pytestmark = pytest.mark.django_db

PAGE = "/sizing/"
ASKED = {"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M", "context": "8192", "device": "GeForce RTX 4090"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_BYTES = 60 * 1024


def test_only_who_is_signed_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    for who in (make.person(), make.auditor(), make.administrator(), make.licence_reviewer()):
        client.force_login(who)
        assert client.get(PAGE, ASKED).status_code == 200
    assert client.post(PAGE, ASKED).status_code == 405


def test_it_is_in_the_navigation_and_says_what_it_is_for(me: Client) -> None:
    assert 'href="/sizing/"' in text_of(me.get("/"))
    page = text_of(me.get(PAGE))
    assert "Name a model" in page
    assert 'href="/sizing/" aria-current="true"' in page


def test_verdict_bar_lines_table_runtimes_and_facts(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED))
    for said in (
        *("needs about 6.07 of 23.5 GiB: 17.5 GiB free", "Memory, part by part", "How was this computed?"),
        *(
            "135,295 tokens",
            "Largest context that fits",
            "First token, at best",
            "Every quantization on every device",
            "NVIDIA L4",
        ),
        *(
            "All runtimes side by side",
            "SGLang",
            "What is known of the model",
            "22 Nov 2026",
            "compute buffer",
        ),
    ):
        assert said in page
    assert page.count('<svg class="chart"') == 1


def test_every_cell_has_a_mark_a_word_and_a_number(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED))
    grid = page.split('class="sizes"')[1].split("</table>")[0]
    cells = grid.count("<td")
    assert cells == 12 * 8
    assert grid.count("✓ fits<br>") + grid.count("✕ does not fit<br>") + grid.count("? unknown<br>") == cells
    assert "✕ does not fit" in grid
    assert grid.count(" GiB · ") == cells


def test_sizes_of_several_devices_say_which_they_are(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"runtime": "vllm", "quant": "", "devices": "2"}))
    for said in (
        "GiB in all, over 2 devices",
        "<dt>Needed on each device</dt>",
        "GiB on each device</dd>",
        "GiB on each device</span>",
        "Sizes are in all, over 2 devices; what each of them holds stands below.",
        "Needed and reserved are said of each of 2 devices.",
        "on each of 2 devices",
    ):
        assert said in page, said
    one = text_of(me.get(PAGE, ASKED | {"device": "GeForce RTX 4090"}))
    assert "in all, over" not in one
    assert "on each device</" not in one
    unnamed = text_of(me.get(PAGE, ASKED | {"device": "", "devices": "3"}))
    assert "on each of 3 devices; say how much they have" in unnamed


def test_all_devices_on_request(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"show": "all", "every": "on"}))
    grid = page.split('class="sizes"')[1].split("</table>")[0]
    assert grid.count("<tr>") == 1 + sum(len(device.memory_gib) for device in devices.listed())
    assert "Apple M4 Max 128GB" in grid
    assert "Laptop" not in grid
    assert "More devices are known by name" in page
    assert "IQ2_XXS" in grid
    assert "AMD" in text_of(me.get(PAGE, ASKED | {"show": "AMD"})).split('class="sizes"')[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_at_most_60_kilobytes(me: Client, language: str) -> None:
    for more in (
        {},
        {"runtime": "vllm", "quant": "AWQ", "devices": "2"},
        {"model": "deepseek-ai/DeepSeek-R1"},
    ):
        answer = me.get(PAGE, ASKED | more, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert len(answer.content) <= MOST_BYTES


def test_htmx_gets_the_answer_alone_with_the_places_of_errors(me: Client) -> None:
    answer = me.get(PAGE, ASKED | {"context": "0"}, headers={"HX-Request": "true"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert '<form class="panel" id="setting"' not in page
    assert 'id="s-sizing-context" hx-swap-oob="true"><ul' in page
    assert 'id="s-sizing-device" hx-swap-oob="true"></div>' in page
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("decisions", [1, 3])
def test_as_many_queries_for_one_decision_as_for_three(
    client: Client, decisions: int, django_assert_num_queries: Any
) -> None:
    project = make.project()
    client.force_login(make.owner_of(project))
    for number in range(decisions):
        make.decision(project, f"Decision {number}")
    client.get(PAGE, ASKED)
    with django_assert_num_queries(4):
        assert "Decision 0" in text_of(client.get(PAGE, ASKED))


def test_nothing_is_stored(me: Client, django_assert_num_queries: Any) -> None:
    before = Blob.objects.count(), Event.objects.count()
    me.get(PAGE, ASKED)
    assert (Blob.objects.count(), Event.objects.count()) == before


BAD = {
    "model": [("nobody/knows-this", "No shipped model is called"), ("Qwen3-8B\0", "cannot be kept")],
    "quant": [("Q99", "no quantization of llama.cpp")],
    "context": [
        ("0", "must be a whole number"),
        ("-5", "cannot be below zero"),
        ("9" * 30, "less than or equal"),
        ("1e9", "whole number"),
        ("abc", "whole number"),
    ],
    "parallel": [("70000", "must lie between 1 and 65,536")],
    "devices": [("99999", "must lie between 1 and 16,384")],
    "device": [("abacus", "No shipped device is called"), ("Apple M4 Max", "say which")],
    "kv_dtype": [("q9", "Select a valid choice")],
    "used_gib": [("9999999", "must be at most 1,048,576 GiB")],
    "memory_gib": [
        ("9999999", "must be at most 1,048,576 GiB"),
        ("-1", "cannot be below zero"),
        ("NaN", "Enter a number"),
        ("1e999", "digits"),
    ],
    "memory_fraction": [("7", "must lie between 0.05 and 1")],
    "draft": [
        ("nobody/nothing", "No shipped model is called"),
        ("Qwen/Qwen3-0.6B:AWQ", "cannot be had in “AWQ” here"),
    ],
    "lora_rank": [("0", "must be a whole number"), ("9999", "must lie between 1 and 4,096")],
    "loras": [("x", "whole number")],
    "vision": [("perhaps", "Select a valid choice")],
    "runtime": [("mlx", "Select a valid choice")],
    "show": [("everything", "Select a valid choice")],
    "fix_field": [("no_such_field", "is no number of this configuration")],
    "fix_value": [("-3", "takes a whole number above zero")],
}


@pytest.mark.parametrize(("field", "value", "said"), [(f, *each) for f, all_ in BAD.items() for each in all_])
def test_what_cannot_be_is_said_at_its_field(me: Client, field: str, value: str, said: str) -> None:
    fix = {"fix_field": "hidden_size", "fix_value": "64"} if field.startswith("fix") else {}
    asked = ASKED | fix | {field: value}
    answer = me.get(PAGE, asked)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page.split(f'id="s-sizing-{field}"')[1].split("</div>")[0]
    typed = values_in(answer)
    assert all(typed[name] == asked[name] for name in ("context", "quant", "device") if name != field)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", ["model", "quant", "device", "fix_field", "show"])
def test_hostile_texts_come_back_as_text(me: Client, field: str, text: str) -> None:
    answer = me.get(PAGE, ASKED | {field: text})
    assert answer.status_code == 422
    assert "<script>alert" not in text_of(answer)
    assert "onfocus=alert" not in text_of(answer).replace("&quot; autofocus onfocus=alert", "")


def test_absurd_hardware_gets_a_verdict_and_no_error(me: Client) -> None:
    for more in ({"memory_gib": "0"}, {"memory_gib": "999999"}, {"used_gib": "9999"}, {"device": "cpu"}):
        assert me.get(PAGE, ASKED | more).status_code == 200
    page = text_of(me.get(PAGE, ASKED | {"device": "cpu"}))
    assert "say the memory of the device to see whether it fits" in page
    page = text_of(me.get(PAGE, ASKED | {"device": "", "devices": ""}))
    assert "name a device to see whether it fits" in page


def test_a_dimension_put_right_shows_as_such(me: Client) -> None:
    plain = text_of(me.get(PAGE, ASKED))
    page = text_of(me.get(PAGE, ASKED | {"fix_field": "num_hidden_layers", "fix_value": "18"}))
    assert "Put right by hand:" in page
    assert "<del>36</del> <ins>18</ins>" in page
    assert "Put right by hand:" not in plain
    assert "needs about 6.07" not in page


def test_claims_and_disagreements_are_shown(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"model": "deepseek-ai/DeepSeek-R1"}))
    assert "Sources differ on “parameters”: 671,026,419,200 is used" in page
    claimed = next(shape for shape in architectures.shipped() if "dims" in shape.claims)
    page = text_of(me.get(PAGE, ASKED | {"model": claimed.id}))
    assert "Only claimed, looked up by nobody:" in page
    assert page.count('<span class="chip chip-unknown">only claimed</span>') > 3


def test_a_draft_model_and_adapters_are_lines_of_their_own(me: Client) -> None:
    beside = {"draft": "meta-llama/Llama-3.2-1B-Instruct:Q8_0", "lora_rank": "16", "loras": "2"}
    page = text_of(me.get(PAGE, ASKED | beside))
    for said in ("weights of the draft model", "cache of the draft model", "LoRA adapters"):
        assert said in page
    assert "tokens in its vocabulary" in page
    assert "2 adapters of rank 16" in page
    assert "while loading, for a moment" in page


def test_a_model_without_a_graph_does_not_run_however_small(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"model": "facebook/opt-1.3b"}))
    assert "llama.cpp has no code for OPTForCausalLM." in page


def test_what_would_make_it_fit(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"model": "Qwen/Qwen3-32B", "quant": "BF16"}))
    assert "What would make it fit" in page
    assert "Take Q4_K_M: it needs" in page
    assert "Take 4 such devices." in page


@pytest.mark.parametrize("runtime", ["llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers"])
def test_every_runtime(me: Client, runtime: str) -> None:
    answer = me.get(PAGE, ASKED | {"runtime": runtime, "quant": ""})
    assert answer.status_code == 200
    assert text_of(answer).count('scope="row"') > 20


def test_all_that_is_wrong_is_named_in_one_answer_and_nothing_typed_is_lost(me: Client) -> None:
    asked = {
        **{"model": "nobody/knows-this", "quant": "Q99", "context": "-5", "parallel": "70000"},
        **{"device": "abacus", "devices": "99999", "used_gib": "-1", "memory_fraction": "7"},
    }
    answer = me.get(PAGE, asked)
    page = text_of(answer)
    assert answer.status_code == 422
    said = {
        **{"model": "No shipped model", "quant": "no quantization of llama.cpp", "context": "below zero"},
        **{"parallel": "1 and 65,536", "device": "No shipped device", "devices": "1 and 16,384"},
        **{"used_gib": "below zero", "memory_fraction": "0.05 and 1"},
    }
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert page.index('class="error-summary"') < page.index('id="setting"')
    for field, words in said.items():
        assert words in page.split(f'id="s-sizing-{field}"')[1].split("</div>")[0]
        assert f'href="#id_{field}"' in summary
    assert {name: values_in(answer)[name] for name in asked} == asked


def test_what_depends_on_a_wrong_runtime_is_not_blamed(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"runtime": "mlx", "quant": "AWQ", "device": "abacus"}))
    assert page.count('class="errors"><li>') == 2


def test_what_is_put_right_wrongly_hides_no_other_error(me: Client) -> None:
    wrong = {"fix_field": "no_such_field", "fix_value": "3", "device": "abacus", "kv_dtype": "q9"}
    page = text_of(me.get(PAGE, ASKED | wrong))
    for field in ("fix_field", "device", "kv_dtype"):
        assert "<li>" in page.split(f'id="s-sizing-{field}"')[1].split("</div>")[0]


def test_a_copy_is_sized_as_what_it_is_taken_for_and_that_is_said(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"model": "unsloth/Qwen3-8B-GGUF"}))
    said = "“unsloth/Qwen3-8B-GGUF” is not shipped; its dimensions are taken to be those of Qwen/Qwen3-8B."
    assert said in page
    assert "<code>taken_for</code>" not in page
    assert "needs about 6.07 of 23.5 GiB" in page
    assert "taken to be those of Qwen/Qwen3-8B, llmfit" in page
    fixed = {"model": "unsloth/Qwen3-8B-GGUF", "fix_field": "num_hidden_layers", "fix_value": "18"}
    page = text_of(me.get(PAGE, ASKED | fixed))
    assert said in page
    assert "<del>36</del> <ins>18</ins>" in page


def test_a_copy_is_in_the_mix_it_is_named_after(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"model": "Qwen3-8B-Q6_K.gguf", "quant": ""}))
    assert "llama.cpp · Q6_K · 8,192 tokens" in page
    vllm = me.get(PAGE, ASKED | {"model": "Qwen3-8B-Q6_K.gguf", "quant": "", "runtime": "vllm"})
    assert "vLLM · as published" in text_of(vllm)


def test_what_is_usable_can_be_said(me: Client) -> None:
    assert "of 22 GiB" in text_of(me.get(PAGE, ASKED | {"usable_gib": "22"}))
    assert "of 20.5 GiB" in text_of(me.get(PAGE, ASKED | {"usable_gib": "22", "used_gib": "1.5"}))
    assert me.get(PAGE, ASKED | {"usable_gib": "-1"}).status_code == 422


def test_more_than_can_be_written_down_is_said_at_the_context(me: Client) -> None:
    answer = me.get(PAGE, ASKED | {"context": "268435456", "parallel": "65536"})
    assert answer.status_code == 422
    said = text_of(answer).split('id="s-sizing-context"')[1].split("</div>")[0]
    assert "more memory than can be written down" in said
