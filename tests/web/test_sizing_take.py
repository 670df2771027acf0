"""From the sizing page into a decision: a candidate with what was asked."""

import pytest
from django.test import Client

from decisions.models import Candidate
from tests import factories as make
from tests.web.asking import text_of
from tests.web.house import PEOPLE, sign_in

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
