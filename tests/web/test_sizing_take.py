"""From the sizing page into a decision: a candidate with what was asked."""

import json

import pytest
from django.test import Client

from decisions.models import Candidate
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import PEOPLE, sign_in
from tests.web.test_sizing_file import CONFIG

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
    assert sizing.config_source == "handed in on the sizing page"


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
