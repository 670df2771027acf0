"""From the sizing page into a decision: a candidate with what was asked."""

import io
import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.fit.hardware.gguf.header import read_header
from decisions.fit.judge import judge
from decisions.models import Candidate, Decision
from decisions.record.schema import Estimated
from tests import factories as make
from tests.fit.hardware.ggufs import Q4_K, header
from tests.web.asking import text_of, values_in
from tests.web.house import PEOPLE, sign_in
from tests.web.test_sizing_file import CONFIG, INDEX, KEYS, TENSORS

pytestmark = pytest.mark.django_db

TAKE = "/sizing/take/"
ASKED = {"name": "Qwen/Qwen3-8B", "runtime": "vllm", "quant": "AWQ", "context": "8192"}
MAY = dict(zip(PEOPLE, (302, 302, 403, 403, 302, 403, 404, 403), strict=True))


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may(client: Client, who: str) -> None:
    decision = make.decision()
    sign_in(client, who, decision)
    answer = client.post(TAKE, ASKED | {"decision": str(decision.pk)})
    assert answer.status_code == MAY[who]
    assert Candidate.objects.count() == (MAY[who] == 302)


def test_the_candidate_has_what_was_asked(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    answer = client.post(TAKE, ASKED | {"decision": str(decision.pk)}, follow=True)
    made = Candidate.objects.get()
    assert (made.name, made.runtime_id, made.quantization) == ("Qwen/Qwen3-8B", "vllm", "AWQ")
    assert (made.context_tokens, made.model_id) == (8192, "Qwen/Qwen3-8B")
    assert "Added Qwen/Qwen3-8B." in text_of(answer)
    assert answer.redirect_chain[0][0].endswith(f"/candidates/{made.key}/")


def test_the_setting_and_a_dimension_put_right_come_along(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    fixed = {"fix_field": "num_hidden_layers", "fix_value": "18"}
    asked = {"model": "Qwen/Qwen3-8B", "parallel": "4", "used_gib": "1.5", "device": "GeForce RTX 4090"}
    values = values_in(client.get("/sizing/", asked | fixed))
    sent = {name: values.get(name, "") for name in ("name", "fix_field", "fix_value", "used_gib", "parallel")}
    client.post(TAKE, ASKED | sent | {"decision": str(decision.pk)})
    sizing = Candidate.objects.get().sizing
    assert (sizing.parallel, str(sizing.memory_used_gib)) == (4, "1.5000")
    assert json.loads(sizing.config)["num_hidden_layers"] == 18
    assert sizing.config_source.endswith("put right by hand: num_hidden_layers, before 36")


def test_what_was_handed_in_comes_along(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    carried = values_in(client.post("/sizing/file/", {"text": CONFIG}))["carried"]
    client.post(TAKE, ASKED | {"name": "Mine", "carried": carried, "decision": str(decision.pk)})
    sizing = Candidate.objects.get().sizing
    assert json.loads(sizing.config)["hidden_size"] == 4096
    assert sizing.config_source == "config.json, handed in on the sizing page"


def test_only_where_one_may_write_is_offered(client: Client) -> None:
    mine, other = make.decision(), make.decision(make.project(), "Of others")
    client.force_login(make.owner_of(mine.project))
    page = text_of(client.get("/sizing/", {"model": "Qwen/Qwen3-8B"}))
    assert f'<option value="{mine.pk}">' in page
    assert f'<option value="{other.pk}">' not in page
    client.force_login(make.auditor())
    assert "sizing/take" not in text_of(client.get("/sizing/", {"model": "Qwen/Qwen3-8B"}))


@pytest.mark.parametrize(
    "wrong", [{"decision": "x"}, {"decision": "9" * 30}, {"runtime": "abacus"}, {"name": ""}]
)
def test_what_was_not_offered(client: Client, wrong: dict[str, str]) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    answer = client.post(TAKE, ASKED | {"decision": str(decision.pk)} | wrong)
    assert answer.status_code == 422
    assert not Candidate.objects.exists()


def test_it_is_no_page(client: Client) -> None:
    client.force_login(make.person())
    assert client.get(TAKE).status_code == 405


def test_a_copy_comes_along_by_its_name_and_is_sized_there(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    asked = ASKED | {"name": "unsloth/Qwen3-8B-GGUF", "runtime": "llama_cpp", "quant": "Q4_K_M"}
    page = text_of(client.post(TAKE, asked | {"decision": str(decision.pk)}, follow=True))
    assert "a copy or a sibling of Qwen/Qwen3-8B: its dimensions are taken to be those." in page
    assert Candidate.objects.get().sizing.config == ""


def taken(client: Client, source: dict[str, Any], **asked: str) -> tuple[Candidate, str]:
    """The candidate that what was handed in becomes, and the page that says so."""
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    values = values_in(client.post("/sizing/file/", source | asked))
    sent = {name: values.get(name, "") for name in ("name", "runtime", "quant", "context", "carried")}
    answer = client.post(TAKE, sent | asked | {"decision": str(decision.pk)}, follow=True)
    return Candidate.objects.get(), text_of(answer)


def estimate_in(candidate: Candidate) -> Estimated:
    record = Decision.objects.with_draft().get(pk=candidate.decision_id).to_record()
    found = judge(record).of(candidate.key).estimate
    assert found is not None
    return found


def test_the_exact_weights_of_a_gguf_file_go_along(client: Client) -> None:
    data = header("llama", KEYS | {"general.file_type": 15}, TENSORS, Q4_K)
    made, page = taken(client, {"file": SimpleUploadedFile("tiny.gguf", data)})
    assert (made.quantization, made.weight_format) == ("Q4_K_M", "gguf")
    assert "Dimensions and exact weights go along as the file states them" in page
    found = estimate_in(made)
    weights = next(line for line in found.lines if line.code == "weights")
    read = read_header(io.BytesIO(data))
    assert (weights.bytes, weights.basis) == (read.tensor_bytes, "measured")
    assert weights.source.endswith(f"SHA-256 of the header {sha256(data[: read.header_bytes]).hexdigest()}")
    assert (found.made_with.shape, found.made_with.quantization) == ("file", "Q4_K_M")
    assert found.made_with.shape_source == "Tiny, handed in on the sizing page"
    assert "quantization" not in found.made_with.guessed
    cache = next(line.bytes for line in found.lines if line.code == "kv_cache")
    assert found.speed.step_bytes <= read.tensor_bytes + (cache or 0)


def test_in_another_quantization_the_file_does_not_count(client: Client) -> None:
    data = header("llama", KEYS | {"general.file_type": 15}, TENSORS, Q4_K)
    made, _page = taken(client, {"file": SimpleUploadedFile("tiny.gguf", data)}, quant="Q8_0")
    weights = next(line for line in estimate_in(made).lines if line.code == "weights")
    assert (made.quantization, weights.basis) == ("Q8_0", "computed")


def test_the_exact_sum_of_safetensors_goes_along(client: Client) -> None:
    file = SimpleUploadedFile("model.safetensors.index.json", json.dumps(INDEX).encode())
    made, _page = taken(client, {"file": file, "shape": "Qwen/Qwen3-8B"}, runtime="vllm")
    weights = next(line for line in estimate_in(made).lines if line.code == "weights")
    assert (weights.bytes, weights.basis) == (16381470720, "measured")
    assert sha256(json.dumps(INDEX).encode()).hexdigest() in weights.source
    assert made.sizing.config_source.endswith("; dimensions of Qwen/Qwen3-8B")


def test_a_configuration_too_long_to_keep_is_said_before_and_after(client: Client) -> None:
    names = [f"model.layers.{at}.mlp.gate" for at in range(1000)]
    text = json.dumps(json.loads(CONFIG) | {"not_quantized": names})
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    answer = client.post("/sizing/file/", {"text": text})
    assert "and a candidate keeps 20,000: it does not go along" in text_of(answer)
    sent = ASKED | {"carried": values_in(answer)["carried"], "decision": str(decision.pk)}
    after = text_of(client.post(TAKE, sent, follow=True))
    assert 'class="notice notice-warning">The configuration has' in after
    assert Candidate.objects.get().sizing.config == ""


def test_what_does_not_come_back_whole_adds_nothing(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    for wrong in ({"carried": "abc"}, {"fix_field": "no_such_field", "fix_value": "1"}, {"name": "Nobody's"}):
        answer = client.post(TAKE, ASKED | wrong | {"decision": str(decision.pk)})
        assert answer.status_code == 422
        assert not Candidate.objects.exists()


BESIDE = {"lora_rank": "16", "loras": "3", "draft": "Qwen/Qwen3-0.6B:Q8_0", "vision": "off"}


def test_adapters_draft_model_and_vision_part_come_along(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    asked = {"model": "Qwen/Qwen3-8B", "runtime": "llama_cpp", "quant": "Q4_K_M", "context": "4096"}
    values = values_in(client.get("/sizing/", asked | BESIDE))
    names = ("name", "runtime", "quant", "context", "lora_rank", "loras", "draft", "vision")
    assert values["vision"] in ("off", "no")
    sent = {name: values[name] for name in names} | {"vision": "no", "decision": str(decision.pk)}
    client.post(TAKE, sent)
    sizing = Candidate.objects.get().sizing
    assert (sizing.lora_rank, sizing.loras, sizing.draft) == (16, 3, "Qwen/Qwen3-0.6B:Q8_0")
    assert sizing.vision is False
    made = estimate_in(Candidate.objects.get()).made_with
    assert (made.lora_rank, made.loras, made.draft) == (16, 3, "Qwen/Qwen3-0.6B:Q8_0")


def test_without_them_nothing_is_stated(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    client.post(TAKE, ASKED | {"decision": str(decision.pk)})
    sizing = Candidate.objects.get().sizing
    assert (sizing.lora_rank, sizing.loras, sizing.draft, sizing.vision) == (None, None, "", None)


@pytest.mark.parametrize("wrong", [{"lora_rank": "4097"}, {"loras": "0"}, {"draft": "x" * 301}])
def test_what_no_candidate_can_hold_is_not_taken(client: Client, wrong: dict[str, str]) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    assert client.post(TAKE, ASKED | wrong | {"decision": str(decision.pk)}).status_code == 422
    assert not Candidate.objects.exists()
