"""The other runtimes for a candidate's model, on its route and for its need."""

from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.asking import text_of
from tests.web.house import PEOPLE, READS, at, sign_in

pytestmark = pytest.mark.django_db
MODEL = "Qwen/Qwen2.5-7B-Instruct"


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    one = make.candidate(made, "Our small one", runtime="llama.cpp")
    made = make.edited(made, made.need, needs_lora=True, structured_output="json_schema")
    gpu = make.route(made.project, "rented_gpu")
    make.edited_route(
        gpu, device="NVIDIA L4", device_count=1, vram_gib=make.Decimal(24), ssh_target="me@gpu:22"
    )
    return make.edited(made, one, model_id=MODEL, quantization="Q4_K_M", route=gpu)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_read_them(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    assert client.get(at("candidate-runtimes", decision, key="c1")).status_code == READS[who]


def test_wrong_verbs_and_keys(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    assert client.post(at("candidate-runtimes", decision, key="c1")).status_code == 405
    assert client.get(at("candidate-runtimes", decision, key="c9")).status_code == 404


def test_each_is_held_against_the_need(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    page = text_of(client.get(at("candidate-runtimes", decision, key="c1")))
    for said in (
        "Other runtimes for this model",
        "Transformers does not enforce it: JSON that follows a schema.",
        "vLLM does not load Q4_K_M; it loads",
        "AWQ",
        "ssh -N -p 22 -L 8080:127.0.0.1:8080 me@gpu",
        "What this need asks for counts in the verdict",
    ):
        assert said in page
    own = page.split(">llama.cpp</a>")[1].split("</tr>")[0]
    assert "chosen" in own


def test_the_commands_lead_there(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    page = text_of(client.get(at("candidate-commands", decision, key="c1")))
    assert f'href="{at("candidate-runtimes", decision, key="c1")}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    client: Client, decision: Decision, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, count):
        make.candidate(decision, f"Other {number}")
    sign_in(client, "owner", decision)
    with django_assert_num_queries(8):
        assert client.get(at("candidate-runtimes", decision, key="c1")).status_code == 200
