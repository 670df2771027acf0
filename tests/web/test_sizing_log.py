"""Predicted beside measured: a log compared on a page, kept for a candidate, counted in the accuracy."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.models import Blob, Decision, Event, Measurement
from decisions.record.canonical import digest_of
from decisions.states import ProjectRole
from decisions.web.sizing.measured import error_text
from tests import factories as make
from tests.factories import CONFIG, LOG
from tests.fit.hardware.ggufs import Q4_K, header
from tests.fit.hardware.logs import excerpts
from tests.web.asking import HOSTILE, text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, at, sign_in
from tests.web.test_sizing_file import KEYS, TENSORS

pytestmark = pytest.mark.django_db

PAGE, ACCURACY = "/sizing/log/", "/sizing/accuracy/"
TEXT = LOG.decode()


@pytest.fixture
def decision() -> Decision:
    """A decision whose one candidate can be sized."""
    made = make.decision()
    make.candidate(made, "Qwen/Qwen3-8B", runtime="llama.cpp", quantization="Q4_K_M")
    return made


def test_only_who_is_signed_in(client: Client) -> None:
    assert client.get(PAGE).status_code == client.get(ACCURACY).status_code == 302
    assert client.post(PAGE, {"log_text": TEXT}).status_code == 403
    client.force_login(make.auditor())
    assert client.get(PAGE).status_code == client.get(ACCURACY).status_code == 200
    assert client.put(PAGE).status_code == client.post(ACCURACY).status_code == 405


@pytest.mark.parametrize("way", ["pasted", "uploaded"])
def test_a_log_beside_the_prediction(client: Client, way: str) -> None:
    client.force_login(make.person())
    log: Any = {"log_text": TEXT} if way == "pasted" else {"log": SimpleUploadedFile("a.log", LOG)}
    answer = client.post(PAGE, log | {"model": "Qwen/Qwen3-8B"})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "llama.cpp · Q4_K_M · 8,192 tokens" in page
    assert "cache of keys and values" in page
    assert "±0%" in page
    assert not Measurement.objects.exists()


BAD = {
    "empty": ({}, "Choose a log or paste it."),
    "another program's": ({"log_text": "GET / 200"}, "No line of this log"),
    "no model": ({"log_text": TEXT, "model": ""}, "Name the model"),
    "a model nobody knows": ({"log_text": TEXT, "model": "no/body"}, "No shipped model"),
    "twice": ({"log_text": TEXT, "log": SimpleUploadedFile("a", LOG)}, "not clear which one counts"),
    "binary": ({"log": SimpleUploadedFile("a", bytes(range(256)) * 9)}, "No line of this log"),
    "too large": ({"log": SimpleUploadedFile("a", b"x" * (9 << 20))}, "larger than"),
}


@pytest.mark.parametrize(("given", "said"), BAD.values(), ids=BAD)
def test_a_log_that_cannot_be_is_told_in_words(client: Client, given: dict[str, Any], said: str) -> None:
    client.force_login(make.person())
    answer = client.post(PAGE, {"model": "Qwen/Qwen3-8B"} | given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if isinstance(given.get("log_text"), str):
        assert values_in(answer)["log_text"].strip() == given["log_text"].strip()


@pytest.mark.parametrize("name", [n for n in dir(excerpts) if n.isupper()])
def test_every_engine_gets_an_answer(client: Client, name: str) -> None:
    client.force_login(make.person())
    answer = client.post(PAGE, {"model": "Qwen/Qwen3-8B", "log_text": getattr(excerpts, name)})
    assert answer.status_code == 200


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_come_back_as_text(client: Client, text: str) -> None:
    client.force_login(make.person())
    log = TEXT + f"\nllama_model_loader: general.name = {text}\nbuffer size = 12 MiB {text}\n"
    answer = client.post(PAGE, {"model": "Qwen/Qwen3-8B", "log_text": log})
    assert answer.status_code == 200
    assert "<script>alert" not in text_of(answer)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_and_who_keeps(client: Client, decision: Decision, who: str) -> None:
    address = at("candidate-log", decision, key="c1")
    sign_in(client, who, decision)
    assert client.get(address).status_code == READS[who]
    wanted = {200: 302}.get(POSTS[who], POSTS[who])
    assert client.post(address, {"log_text": TEXT}).status_code == wanted
    assert Measurement.objects.count() == (wanted == 302)


def test_it_is_kept_by_digest_with_an_event(client: Client, decision: Decision) -> None:
    owner = make.owner_of(decision.project)
    client.force_login(owner)
    address = at("candidate-log", decision, key="c1")
    page = text_of(client.post(address, {"log": SimpleUploadedFile("a.log", LOG)}, follow=True))
    kept = Measurement.objects.get()
    assert "The log is kept" in page
    assert "These figures count in this setting alone" in page
    assert f"Kept by {owner.full_name}" in page
    assert bytes(kept.log.data) == LOG
    assert kept.log_id == digest_of(LOG)
    assert (kept.engine, kept.family, kept.setting["context_tokens"]) == ("llama_cpp", "qwen3", 8192)
    event = Event.objects.get(verb="measurement.kept")
    assert event.payload == {"measurement": kept.pk, "candidate": "c1", "log": kept.log_id}


def test_from_then_on_its_figures_count_in_that_setting(client: Client) -> None:
    made = make.decision()
    one = make.candidate(
        made, "Qwen/Qwen3-8B", runtime="llama.cpp", quantization="Q4_K_M", sizing={"context_tokens": 8192}
    )
    client.force_login(make.owner_of(made.project))
    estimate = at("candidate-estimate", made, key="c1")
    assert "measured" not in text_of(client.get(estimate))
    client.post(at("candidate-log", made, key="c1"), {"log_text": TEXT})
    page = text_of(client.get(estimate))
    assert page.count(">measured<") >= 3
    assert f"log {digest_of(LOG)[:12]}" in page
    assert make.loaded(made).to_record().candidates[0].sizing.measured[0].startswith("weights device 46717")
    one.sizing.refresh_from_db()
    make.edited(make.loaded(made), one.sizing, context_tokens=4096)
    assert ">measured<" not in text_of(client.get(estimate))


def test_the_same_log_is_not_kept_twice(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    address = at("candidate-log", decision, key="c1")
    client.post(address, {"log_text": TEXT})
    again = client.post(address, {"log_text": TEXT})
    assert again.status_code == 409
    assert "kept already" in text_of(again)
    assert Blob.objects.filter(digest=digest_of(LOG)).count() <= 1


def test_a_candidate_nobody_can_size_says_what_is_missing(client: Client) -> None:
    made = make.decision()
    make.candidate(made, "Something of ours")
    client.force_login(make.owner_of(made.project))
    answer = client.post(at("candidate-log", made, key="c1"), {"log_text": TEXT})
    assert answer.status_code == 422
    assert "dimensions of this model" in text_of(answer)


def test_accuracy_counts_what_one_may_read(client: Client, decision: Decision) -> None:
    make.measurement(decision)
    client.force_login(make.owner_of(decision.project))
    page = text_of(client.get(ACCURACY))
    assert "llama.cpp" in page
    assert "qwen3" in page
    assert "weights:" in page
    client.force_login(make.person())
    assert "No log is kept yet" in text_of(client.get(ACCURACY))
    client.force_login(make.member(decision.project, ProjectRole.REVIEWER))
    assert "qwen3" in text_of(client.get(ACCURACY))


@pytest.mark.parametrize("logs", [1, 3])
def test_as_many_queries_for_one_log_as_for_three(
    client: Client, decision: Decision, logs: int, django_assert_num_queries: Any
) -> None:
    client.force_login(make.owner_of(decision.project))
    small = make.candidate(decision, "Qwen/Qwen2.5-0.5B-Instruct", runtime="llama.cpp", quantization="Q4_K_M")
    for number in range(logs):
        for key in ("c1", small.key):
            client.post(at("candidate-log", decision, key=key), {"log_text": f"{TEXT}\n{number}"})
    for kept in Measurement.objects.filter(candidate__key="c1")[: logs // 2 + 1]:
        make.set_aside(kept)
    with django_assert_num_queries(4):
        assert "left out" in text_of(client.get(ACCURACY))
    with django_assert_num_queries(10):
        client.get(at("candidate-log", decision, key="c1"))


def test_a_log_of_a_model_that_is_not_shipped(client: Client) -> None:
    client.force_login(make.person())
    answer = client.post(PAGE, {"text": CONFIG, "log_text": TEXT})
    assert answer.status_code == 200
    assert "cache of keys and values" in text_of(answer)
    wrong = client.post(PAGE, {"text": '{"model_type": "llama", "hidden_size": -1}', "log_text": TEXT})
    assert wrong.status_code == 422
    assert 'href="#id_text"' in text_of(wrong)
    assert values_in(wrong)["text"].startswith('{"model_type"')


def test_the_question_of_the_sizing_page_comes_along(client: Client) -> None:
    client.force_login(make.person())
    asked = {"model": "Qwen/Qwen3-8B", "kv_dtype": "q8_0", "device": "GeForce RTX 4090"}
    address = text_of(client.get("/sizing/", asked)).split('href="/sizing/log/?')[1].split('"')[0]
    values = values_in(client.get(PAGE + "?" + address.replace("&amp;", "&")))
    assert {name: values[name] for name in asked} == asked
    log = "\n".join(line for line in TEXT.splitlines() if "kv_cache" not in line)
    page = text_of(client.post(PAGE, values | {"log_text": log}))
    assert "cache in q8_0 · GeForce RTX 4090" in page
    assert "What the log does not state is taken as it was asked" in page


def test_what_was_handed_in_comes_along(client: Client) -> None:
    client.force_login(make.person())
    data = header("qwen3", KEYS | {"general.file_type": 15}, TENSORS, Q4_K)
    handed = client.post("/sizing/file/", {"file": SimpleUploadedFile("tiny.gguf", data)})
    carried = values_in(handed)["carried"]
    begun = client.post(PAGE, {"carried": carried, "begin": "1", "runtime": "llama_cpp"})
    assert begun.status_code == 200
    assert '<b class="long-text">Tiny</b>' in text_of(begun)
    assert 'name="model"' not in text_of(begun)
    answer = client.post(PAGE, {"carried": carried, "log_text": TEXT, "runtime": "llama_cpp"})
    assert answer.status_code == 200
    assert 'id="compared-title" class="long-text">Tiny</h2>' in text_of(answer)
    broken = client.post(PAGE, {"carried": carried[:-2], "log_text": TEXT, "model": "Qwen/Qwen3-8B"})
    assert broken.status_code == 422
    assert "did not come back whole" in text_of(broken)


NAMED = {
    "of GGUF files, in llama.cpp": ("unsloth/Qwen3-8B-Q6_K-GGUF", TEXT, "llama.cpp · Q6_K ·"),
    "of GGUF files, in vLLM, which reads none": (
        "unsloth/Qwen3-8B-Q6_K-GGUF",
        excerpts.VLLM,
        "vLLM · as published ·",
    ),
    "of AWQ, which its weights are stored in": ("Qwen/Qwen3-8B-AWQ", excerpts.VLLM, "vLLM · as published ·"),
}


@pytest.mark.parametrize(("model", "log", "said"), NAMED.values(), ids=NAMED)
def test_a_copy_is_in_the_mix_it_is_named_after(client: Client, model: str, log: str, said: str) -> None:
    """As on the sizing page, where the log does not state one."""
    client.force_login(make.person())
    silent = "\n".join(
        line for line in log.splitlines() if "file type" not in line and "quantization" not in line
    )
    assert said in text_of(client.post(PAGE, {"model": model, "log_text": silent}))


def test_a_device_nobody_knows_is_not_said_of_the_log(client: Client) -> None:
    client.force_login(make.person())
    asked = {"model": "Qwen/Qwen3-8B", "runtime": "llama_cpp", "device": "abacus", "log_text": TEXT}
    answer = client.post(PAGE, asked)
    assert answer.status_code == 422
    assert "abacus" in text_of(answer)
    assert 'href="#id_log_text"' not in text_of(answer)


def test_small_amounts_are_said_in_their_own_unit(client: Client) -> None:
    client.force_login(make.person())
    page = text_of(client.post(PAGE, {"model": "Qwen/Qwen3-8B", "log_text": TEXT}))
    assert "0.58 MiB" in page
    assert ">0 GiB<" not in page
    assert error_text(0.00001) == "±0%"


def test_a_log_of_another_model_is_told_to_be_one(client: Client) -> None:
    made = make.decision()
    client.force_login(make.owner_of(made.project))
    for key, name in (("c1", "Qwen/Qwen3-8B"), ("c2", "Qwen/Qwen2.5-0.5B-Instruct")):
        make.candidate(made, name, runtime="llama.cpp", quantization="Q4_K_M")
        page = client.post(at("candidate-log", made, key=key), {"log_text": TEXT}, follow=True)
        assert text_of(page).count("off those predicted") == (2 if key == "c2" else 0)
    assert "The weights in it are more than 25% off those predicted" in text_of(page)
    assert ">of another model</span>" in text_of(page)
    assert make.loaded(made).to_record().candidates[0].sizing.measured_log == digest_of(LOG)
    assert make.loaded(made).to_record().candidates[1].sizing.measured_log == ""


def test_figures_of_another_setting_are_said_not_to_count(client: Client) -> None:
    made = make.decision()
    client.force_login(make.owner_of(made.project))
    make.candidate(made, "Qwen/Qwen3-8B", runtime="vLLM", sizing={"context_tokens": 4096})
    page = text_of(client.post(at("candidate-log", made, key="c1"), {"log_text": TEXT}, follow=True))
    assert "llama.cpp · Q4_K_M · 8,192 tokens · 1 request at once" in page
    assert "does not count now" in page
    assert "asked for in another one: vLLM · as published · 4,096 tokens" in page
    assert ">counts</span>" not in page
    make.candidate(
        made, "Qwen/Qwen3-8B", runtime="llama.cpp", quantization="Q4_K_M", sizing={"context_tokens": 8192}
    )
    page = text_of(client.post(at("candidate-log", made, key="c2"), {"log_text": TEXT}, follow=True))
    assert "The estimate of this candidate takes these figures" in page
    assert "does not count now" not in page


def test_the_newest_logs_are_shown_and_the_others_on_request(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    address = at("candidate-log", decision, key="c1")
    for number in range(12):
        client.post(address, {"log_text": f"{TEXT}\nrun {number}"})
    page = text_of(client.get(address))
    assert page.count("Kept by") == 10
    assert "Show 2 older logs" in page
    assert text_of(client.get(address + "?all")).count("Kept by") == 12
