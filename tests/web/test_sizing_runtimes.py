"""All runtimes side by side, for a model on a machine: by an address, or for what was handed in."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from tests import factories as make
from tests.web.asking import HOSTILE, text_of

pytestmark = pytest.mark.django_db

PAGE = "/sizing/runtimes/"
ASKED = {"model": "Qwen/Qwen3-8B", "quant": "Q4_K_M", "context": "8192", "device": "GeForce RTX 4090"}
NAMES = ["Transformers", "Ollama", "LM Studio", "llama.cpp", "vLLM", "SGLang"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_BYTES = 60 * 1024
QUERIES = 3  # the session, the person and their roles


def test_only_who_is_signed_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    for who in (make.person(), make.auditor(), make.administrator(), make.licence_reviewer()):
        client.force_login(who)
        assert client.get(PAGE, ASKED).status_code == 200
    assert client.delete(PAGE).status_code == 405


def test_without_a_model_it_says_what_it_is(me: Client) -> None:
    page = text_of(me.get(PAGE))
    assert "Name a model" in page
    assert "Verdict and memory" not in page


def test_every_runtime_with_reasons_memory_defaults_commands_and_sources(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED | {"asks": ["structured_output", "lora"]}))
    for name in NAMES:
        assert f"{name}</a> <span" in page
    for said in (
        "Transformers does not enforce it: JSON that follows a schema.",
        "Whether Ollama loads LoRA adapters is not known.",
        "vLLM has code for Qwen3ForCausalLM.",
        "llama-server --hf-repo Qwen/Qwen3-8B:Q4_K_M --host 127.0.0.1",
        "vllm serve Qwen/Qwen3-8B",
        "--enable-lora",
        "Its own defaults",
        "Reserved share",
        "Tables of facts this rests on",
        "vllm 0.33.0 (PyPI), parser of vllm.entrypoints.common.cli_args",
        "least compute capability",
        "21.6 GiB",
        "105,200",
    ):
        assert said in page
    assert page.index("Transformers does not enforce it") < page.index("Whether Transformers loads LoRA")


def test_every_answer_points_at_a_table_that_is_there(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED))
    pointed, there = set(re.findall(r'href="#(table-\d+)"', page)), set(re.findall(r'id="(table-\d+)"', page))
    assert pointed
    assert pointed == there


def test_what_is_not_ticked_counts_for_nothing(me: Client) -> None:
    page = text_of(me.get(PAGE, ASKED))
    assert "Transformers does not enforce it" not in page.split("What each takes and gives")[0]
    assert page.count("not asked") == 6 * 7


def test_htmx_gets_the_result_alone(me: Client) -> None:
    answer = me.get(PAGE, ASKED, headers={"HX-Request": "true"})
    text = text_of(answer)
    assert "Verdict and memory" in text
    assert "<html" not in text
    assert "HX-Request" in answer["Vary"]


def test_a_device_nobody_knows_is_said_at_its_field(me: Client) -> None:
    answer = me.get(PAGE, ASKED | {"device": "Abacus"})
    assert answer.status_code == 422
    assert 'href="#id_device"' in text_of(answer)
    assert me.get(PAGE, ASKED | {"context": "many"}).status_code == 422
    assert me.get(PAGE, ASKED | {"asks": ["speed"]}).status_code == 200


def test_the_sizing_page_leads_there_with_the_same_question_and_back(me: Client) -> None:
    page = text_of(me.get("/sizing/", ASKED))
    (query,) = re.findall(r'href="/sizing/runtimes/\?([^"]+)"', page)
    there = text_of(me.get(f"{PAGE}?{query.replace('&amp;', '&')}"))
    assert 'value="GeForce RTX 4090"' in there
    assert "Verdict and memory" in there
    assert 'href="/sizing/?model=Qwen%2FQwen3-8B' in there


def test_a_configuration_that_was_handed_in_comes_along(me: Client) -> None:
    config = {
        "architectures": ["NobodysForCausalLM"],
        "model_type": "llama",
        "hidden_size": 2048,
        "num_hidden_layers": 16,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "intermediate_size": 8192,
        "vocab_size": 128256,
    }
    page = text_of(me.post("/sizing/file/", {"text": json.dumps(config)}))
    form = page.split('action="/sizing/runtimes/"')[1].split("</form>")[0]
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = me.post(PAGE, values | {"device": "NVIDIA L4"})
    there = text_of(answer)
    assert answer.status_code == 200
    assert "vLLM lists no code of its own for NobodysForCausalLM" in there
    assert "Write the model id: the commands are made from it." in there
    assert 'name="carried"' in there


def test_what_does_not_come_back_whole_is_not_believed(me: Client) -> None:
    answer = me.post(PAGE, {"carried": "forged"})
    assert answer.status_code == 200
    assert "Name a model" in text_of(answer)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", ["model", "quant", "device", "asks"])
def test_hostile_texts_come_back_as_text(me: Client, field: str, text: str) -> None:
    answer = me.get(PAGE, ASKED | {field: text})
    assert answer.status_code == (200 if field == "asks" else 422)
    assert "<script>alert" not in text_of(answer)
    assert "onfocus=alert" not in text_of(answer).replace("&quot; autofocus onfocus=alert", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_weighs_little_and_asks_the_database_nothing_of_its_own(
    me: Client, language: str, django_assert_num_queries: object
) -> None:
    me.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        answer = me.get(PAGE, ASKED | {"asks": ["endpoint", "structured_output", "lora", "tool_calling"]})
    assert len(answer.content) <= MOST_BYTES
    assert answer.status_code == 200


def test_all_that_is_wrong_is_named_in_one_answer(me: Client) -> None:
    """As on the sizing page, which links here with the same query."""
    answer = me.get(PAGE, {"model": "nobody/knows-it", "context": "0", "device": "abacus"})
    page = text_of(answer)
    assert answer.status_code == 422
    for name in ("model", "context", "device"):
        assert re.search(
            rf'id="id_{name}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="id_{name}"', page
        ), name


def test_a_copy_is_in_the_mix_it_is_named_after(me: Client) -> None:
    page = text_of(me.get(PAGE, {"model": "unsloth/Qwen3-8B-Q6_K-GGUF", "runtime": "llama_cpp"}))
    assert "llama.cpp · Q6_K ·" in page


def test_a_models_classes_are_those_of_all_of_it(me: Client) -> None:
    """Not of its text part alone."""
    page = text_of(me.get(PAGE, {"model": "mistralai/Ministral-3-8B-Instruct-2512"}))
    assert "Mistral3ForConditionalGeneration" in page
    assert "Ministral3ForCausalLM" not in page
