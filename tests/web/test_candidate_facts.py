"""Taking the shipped facts over on a candidate's page, in place and as a plain form."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from decisions.models import Candidate, Decision
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import PEOPLE, POSTS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db
MODEL = "01-ai/Yi-1.5-6B-Chat"
FACTS = {"facts": f"model:{MODEL}"}
FILLS = (
    "Fills what is still empty: Size, parameters · Languages · Takes in · Stated context, tokens · Source · "
)


@pytest.fixture
def decision() -> Decision:
    """A decision with a candidate whose model id was typed later."""
    made = make.decision()
    one = make.candidate(made, "Our small one", runtime="vLLM when there is a GPU")
    return make.edited(made, one, model_id=MODEL)


@pytest.fixture
def page(decision: Decision, client: Client) -> str:
    """The address of the candidate, for the owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("candidate", decision, key="c1")


@pytest.fixture
def take(decision: Decision) -> str:
    return at("candidate-facts", decision, key="c1")


def one(decision: Decision) -> Candidate:
    return make.loaded(decision).live_candidates[0]


def form_of(client: Client, page: str) -> dict[str, str]:
    """What a browser sends of the form as it is: its boxes are not ticked."""
    boxes = ("model_card-modalities", "model_card-task_kinds")
    return {name: value for name, value in values_in(client.get(page)).items() if name not in boxes}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, take: str, who: str) -> None:
    sign_in(client, who, decision)
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(take, FACTS).status_code == expected
    assert (one(decision).parameters is not None) == (expected == 302)


def test_wrong_verb_and_unknown_key(client: Client, page: str, take: str, decision: Decision) -> None:
    assert client.get(take).status_code == 405
    assert client.post(at("candidate-facts", decision, key="c9"), FACTS).status_code == 404
    other = make.decision(decision.project)
    assert client.post(at("candidate-facts", other, key="c1"), FACTS).status_code == 404


def test_without_a_token_nothing_happens(decision: Decision, take: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, "owner", decision)
    assert strict.post(take, FACTS).status_code == 403
    assert one(decision).parameters is None


def test_each_block_says_what_it_would_fill(client: Client, page: str, take: str) -> None:
    text = text_of(client.get(page))
    assert FILLS + "Read by · Source of the licence note." in text
    assert text.count("What is only claimed fills no field") == 1
    assert "Fills what is still empty: Runtime, from the shipped list." in text
    assert text.count(f'formaction="{take}"') == 2
    client.post(take, FACTS)
    assert text_of(client.get(page)).count(f'formaction="{take}"') == 1


def test_a_reader_is_offered_nothing(client: Client, decision: Decision) -> None:
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("candidate", decision, key="c1")))
    assert "Shipped facts" in text
    assert "Take these over" not in text


def test_in_place_the_filled_fields_come_back(client: Client, page: str, take: str) -> None:
    typed = form_of(client, page) | FACTS
    text = text_of(autosaved(client, take, typed))
    assert (
        "Filled in: Size, parameters · Languages · Takes in · Stated context, tokens · Source · Read by"
        in text
    )
    assert 'id="f-candidate-parameters" data-draft="candidate.parameters" data-state="saved" hx-swap' in text
    assert 'value="6061035520"' in text
    assert "Filled in from the shipped facts." in text
    assert 'id="f-candidate-risk"' not in text
    assert 'id="fits"' in text
    assert "<html" not in text


def test_in_place_what_is_being_typed_is_left_alone(
    client: Client, page: str, take: str, decision: Decision
) -> None:
    typed = form_of(client, page) | FACTS | {"parameters": "about six", "model_card-languages": "fr"}
    text = text_of(autosaved(client, take, typed))
    assert 'id="f-candidate-parameters"' not in text
    stored = one(decision)
    assert (stored.parameters, stored.model_card.languages) == (None, [])
    assert stored.model_card.modalities == ["text"]


def test_the_plain_form_saves_what_was_typed_first(
    client: Client, page: str, take: str, decision: Decision
) -> None:
    typed = form_of(client, page) | FACTS | {"risk": "slow", "parameters": "7"}
    answer = client.post(take, typed, follow=True)
    assert "Filled in: Languages · Takes in ·" in text_of(answer)
    assert (one(decision).risk, one(decision).parameters) == ("slow", 7)
    assert one(decision).model_card.context_tokens == 4096


def test_the_plain_form_takes_nothing_over_while_a_field_is_wrong(
    client: Client, page: str, take: str, decision: Decision
) -> None:
    typed = form_of(client, page) | FACTS | {"parameters": "about six"}
    answer = client.post(take, typed)
    assert answer.status_code == 422
    assert "No facts were taken over yet: some fields could not be saved." in text_of(answer)
    assert values_in(answer)["parameters"] == "about six"
    assert one(decision).model_card.context_tokens is None


@pytest.mark.parametrize("facts", ["", "model:", "model:Qwen/Qwen2.5-7B-Instruct", "x:\0", "runtime"])
def test_facts_that_are_not_its_own_are_refused(
    client: Client, page: str, take: str, decision: Decision, facts: str
) -> None:
    for answer in (client.post(take, {"facts": facts}), autosaved(client, take, {"facts": facts})):
        assert answer.status_code == 409
        assert "By now these facts are not those of this candidate." in text_of(answer)
    assert one(decision).parameters is None


def test_nothing_left_to_fill_is_said(client: Client, page: str, take: str) -> None:
    client.post(take, FACTS)
    assert "Nothing was filled in" in text_of(autosaved(client, take, FACTS))
    assert "Nothing was filled in" in text_of(client.post(take, FACTS, follow=True))


@pytest.mark.parametrize("count", [1, 3, 98])
def test_it_costs_the_same(
    client: Client, page: str, take: str, decision: Decision, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        make.candidate(decision)
    with django_assert_num_queries(25):
        autosaved(client, take, FACTS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Takes in: Text", "Released: 13 May 2024")),
        ("ja", ("受け付ける入力：テキスト", "公開日：2024年5月13日")),
        ("zh-hans", ("可接受的输入：文本", "2024年5月13日")),
    ],
)
def test_facts_are_told_in_the_readers_language(client: Client, page: str, language: str, said: str) -> None:
    text = strip_tags(text_of(client.get(page, headers={"Accept-Language": language})))
    for words in said:
        assert words in text


def test_a_card_that_counts_its_languages_is_no_code(client: Client, decision: Decision, page: str) -> None:
    make.edited(decision, one(decision), model_id="Qwen/Qwen2.5-0.5B-Instruct")
    assert "言語：多言語" in strip_tags(text_of(client.get(page, headers={"Accept-Language": "ja"})))
