"""Any two versions of a decision compared, or one and the draft."""

import pytest
from django.test import Client

from decisions.actions.candidates import move_candidate
from decisions.models import Decision
from tests import factories as make
from tests.web.asking import HOSTILE, text_of
from tests.web.house import PEOPLE, READS, at, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    """Three versions: the first plan, a licence duty, another candidate and a reworded fallback."""
    made = make.version(make.journey()).decision
    one = make.loaded(made).live_candidates[0]
    make.edited(made, one.licence, conditions=["keep the notice", "name changes, if any", "mark files"])
    make.version(make.loaded(made), what_changed="A duty more.")
    make.candidate(made, "Qwen/Qwen3-4B-Instruct-2507", runtime="vLLM", quantization="AWQ")
    draft = make.loaded(made)
    make.edited(draft, draft.why, fallback="the present API, with public samples only")
    make.version(make.loaded(made), what_changed="Another candidate.")
    return make.loaded(made)


def compared(client: Client, decision: Decision, old: object, new: object, **more: str) -> str:
    """The page of the owner."""
    sign_in(client, "owner", decision)
    answer = client.get(at("version-compare", decision), {"old": old, "new": new, **more})
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("version-compare", decision)
    assert client.get(address, {"old": 1, "new": 2}).status_code == READS[who]
    assert client.get(address, {"old": 3, "new": "draft"}).status_code == READS[who]


def test_wrong_verb(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    assert client.post(at("version-compare", decision)).status_code == 405


@pytest.mark.parametrize(("old", "new"), [("1", "9"), ("0", "1"), ("9", "draft")])
def test_a_number_that_is_not_there(client: Client, decision: Decision, old: str, new: str) -> None:
    sign_in(client, "owner", decision)
    assert client.get(at("version-compare", decision), {"old": old, "new": new}).status_code == 404


@pytest.mark.parametrize("old", ["", "x", "-1", "1.5", "１", "9" * 5000, "\0", "<b>"])
def test_what_is_no_number(client: Client, decision: Decision, old: str) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at("version-compare", decision), {"old": old, "new": "1"})
    assert answer.status_code == 422
    assert "Choose two versions to compare" in text_of(answer)


def test_the_fit_says_what_it_was(client: Client, decision: Decision) -> None:
    text = compared(client, decision, 1, 2)
    assert "Version 2 against version 1" in text
    assert "with 3 duties, was with 2 duties" in text
    assert "<ins>, mark files</ins>" in text
    assert 'id="diff-hardware"' not in text


def test_a_new_candidate_is_one_row_until_everything_is_asked(client: Client, decision: Decision) -> None:
    short = compared(client, decision, 2, 3)
    assert (
        '<ins>Qwen/Qwen3-4B-Instruct-2507</ins> <span class="soft">· AWQ · vLLM · considered</span>' in short
    )
    assert "<ins>4,022,468,096</ins>" not in short
    assert "<ins>4,022,468,096</ins>" in compared(client, decision, 2, 3, show="everything")


def test_another_order_is_a_change_and_no_rewording(client: Client, decision: Decision) -> None:
    owner = make.owner_of(decision.project)
    made = make.loaded(decision)
    move_candidate(by=owner, decision=made, candidate=made.live_candidates[0], places=1)
    assert "Order of candidates changed" in compared(client, decision, 3, "draft")


def test_texts_are_woven_into_each_other(client: Client, decision: Decision) -> None:
    text = compared(client, decision, 2, 3)
    assert "the present API, with <del>our documents</del><ins>public samples only</ins>" in text
    assert "Fallback reworded" in text


def test_the_other_way_round(client: Client, decision: Decision) -> None:
    text = compared(client, decision, 3, 1)
    assert "Version 1 against version 3" in text
    assert "<del>Qwen/Qwen3-4B-Instruct-2507</del>" in text
    assert 'href="?old=1&amp;new=3"' in text


def test_a_version_against_itself(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    for same in ("2", "draft"):
        answer = client.get(at("version-compare", decision), {"old": same, "new": same})
        assert answer.status_code == 422
        assert "Old and new are the same. Choose two that differ." in text_of(answer)


def test_the_draft_against_a_version(client: Client, decision: Decision) -> None:
    assert "No difference" in compared(client, decision, 3, "draft")
    make.edited(decision, decision.need, concurrent_requests=99)
    text = compared(client, decision, 3, "draft")
    assert "The draft against version 3" in text
    assert "Concurrent requests 4 → 99" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_compared_and_never_run(client: Client, decision: Decision, name: str) -> None:
    make.edited(decision, decision.why, why_now=HOSTILE[name], fallback=HOSTILE[name])
    draft = make.loaded(decision)
    make.edited(draft, draft.live_candidates[0], name=HOSTILE[name].replace("\n", " ")[:250])
    text = compared(client, decision, 1, "draft", show="everything")
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_long_texts_that_differ_everywhere(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.why, why_now=" ".join(f"a{n}" for n in range(3000)))
    draft = make.loaded(decision)
    make.version(draft, what_changed="long")
    make.edited(draft, draft.why, why_now=" ".join(f"b{n}" for n in range(3000)))
    assert "b2999" in compared(client, decision, 4, "draft")
