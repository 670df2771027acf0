"""What a candidate needs by estimate: its fields, its verdict, and how it was computed."""

import re

import pytest
from django.test import Client

from decisions.models import Candidate, Decision
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import PEOPLE, READS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.edited(made, made.need, context_tokens=8192, concurrent_requests=4)
    gpu = make.edited_route(make.route(made.project, "own_server"), device="NVIDIA L4", vram_gib=24)
    make.candidate(made, "Qwen/Qwen2.5-7B-Instruct", runtime="vLLM", quantization="BF16", route=gpu)
    make.candidate(made, "A model nobody knows", runtime="vLLM", quantization="BF16", route=gpu)
    return make.loaded(made)


@pytest.fixture
def owner(decision: Decision, client: Client) -> Client:
    """The owner, signed in."""
    sign_in(client, "owner", decision)
    return client


def stored(decision: Decision, key: str = "c1") -> Candidate:
    return next(one for one in make.loaded(decision).live_candidates if one.key == key)


def typed(decision: Decision, key: str = "c1", **values: str) -> dict[str, str]:
    """A post of fields of a candidate's sizing."""
    row = stored(decision, key).sizing
    digests = {f"loaded-sizing-{name}": row.digest_of(name) for name in values}
    return {f"sizing-{name}": value for name, value in values.items()} | digests


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", ["sizing", "estimate"])
def test_who_gets_what(client: Client, decision: Decision, who: str, name: str) -> None:
    sign_in(client, who, decision)
    address = at("candidate-estimate", decision, key="c1")
    if name == "sizing":
        address = at("candidate-note", decision, key="c1", note="sizing")
    assert client.get(address).status_code == READS[who]


def test_wrong_verb_and_unknown_note(owner: Client, decision: Decision) -> None:
    assert owner.post(at("candidate-estimate", decision, key="c1")).status_code == 405
    assert owner.get(at("candidate-estimate", decision, key="c9")).status_code == 404
    assert owner.get(at("candidate-note", decision, key="c1", note="evidence")).status_code == 404


def test_a_candidate_is_judged_by_estimate(owner: Client, decision: Decision) -> None:
    text = text_of(owner.get(at("candidate", decision, key="c1")))
    assert re.search(r"needs about \d+(\.\d)? of 2\d(\.\d)? GiB", text)
    assert '<rect class="chart-two"' in text
    assert '<th scope="row"><svg width="9" height="9" aria-hidden="true">' in text


def test_how_it_was_computed_is_fetched_when_it_is_opened(owner: Client, decision: Decision) -> None:
    address = at("candidate-estimate", decision, key="c1")
    assert f'hx-get="{address}"' in text_of(owner.get(at("candidate", decision, key="c1")))
    part = text_of(owner.get(address, headers={"HX-Request": "true"}))
    assert "cache of keys and values" in part
    assert "KV heads × (key width + value width)" in part
    assert "<html" not in part
    assert part.strip() in text_of(owner.get(address))


def test_more_context_is_judged_at_once(owner: Client, decision: Decision) -> None:
    page = at("candidate", decision, key="c1")
    text = text_of(autosaved(owner, page, typed(decision, context_tokens="32768")))
    assert stored(decision).sizing.context_tokens == 32768
    assert "GiB short, most of it for: weights" in text
    assert 'id="estimate"' in text


def test_without_a_script_sizing_is_a_page_of_its_own(owner: Client, decision: Decision) -> None:
    address = at("candidate-note", decision, key="c1", note="sizing")
    posted = values_in(owner.get(address)) | {"sizing-parallel": "1", "sizing-kv_dtype": "fp8"}
    assert owner.post(at("candidate", decision, key="c1"), posted).status_code == 302
    assert (stored(decision).sizing.parallel, stored(decision).sizing.kv_dtype) == (1, "fp8")


def test_a_wrong_figure_is_said_where_it_stands(owner: Client, decision: Decision) -> None:
    answer = owner.post(at("candidate", decision, key="c1"), typed(decision, parallel="-1"))
    assert answer.status_code == 422
    assert 'id="note-sizing" open' in text_of(answer)
    assert "This cannot be below zero." in text_of(answer)


def test_a_pasted_configuration_sizes_what_nobody_knows(owner: Client, decision: Decision) -> None:
    page = at("candidate", decision, key="c2")
    assert "Nothing can be worked out yet" in text_of(owner.get(page))
    text = text_of(autosaved(owner, page, typed(decision, "c2", config=make.CONFIG)))
    assert "needs about" in text
    text = text_of(autosaved(owner, page, typed(decision, "c2", config="{")))
    assert "The configuration is not JSON" in text


def test_a_pasted_configuration_goes_before_what_ships(owner: Client, decision: Decision) -> None:
    text = text_of(autosaved(owner, at("candidate", decision, key="c1"), typed(decision, config=make.CONFIG)))
    assert "The pasted config.json goes before the dimensions that ship with Routecard." in text


def test_a_stated_need_still_decides(owner: Client, decision: Decision) -> None:
    make.edited(decision, stored(decision), memory_needed_gib=make.Decimal(30))
    text = text_of(owner.get(at("candidate", decision, key="c1")))
    assert "needs 30 of 24 GiB: 6 GiB short" in text
    assert "A need is stated, and decides; this stands beside it." in text


def test_the_comparison_says_what_each_needs(owner: Client, decision: Decision) -> None:
    text = text_of(owner.get(at("decision-candidates", decision), {"same": "shown"}))
    for label in (
        "Memory by estimate",
        "Usable memory",
        "Largest context that fits",
        "Disk for the download",
    ):
        assert label in text
    copied = text_of(owner.get(at("decision-candidates", decision), {"as": "text"}))
    assert re.search(r"Memory by estimate\t1\d\.\d GiB\tunknown", copied)


def test_a_version_keeps_how_it_was_computed(owner: Client, decision: Decision) -> None:
    make.version(decision)
    text = text_of(owner.get(at("version", decision, number=1)))
    assert "KV heads × (key width + value width)" in text
    assert "Sizing engine" in text


@pytest.mark.parametrize("count", [1, 3])
def test_parts_cost_the_same(
    owner: Client, decision: Decision, count: int, django_assert_num_queries
) -> None:
    for _ in range(count - 1):
        make.candidate(decision)
    for address in (
        at("candidate-estimate", decision, key="c1"),
        at("candidate-note", decision, key="c1", note="sizing"),
    ):
        owner.get(address)
        with django_assert_num_queries(8):
            owner.get(address)
