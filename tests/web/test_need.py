"""The need page: every field says why, saves itself, and redraws the route cards."""

import pytest
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.candidate(made, "Small model", runtime="Transformers")
    return make.loaded(made)


@pytest.fixture
def page(decision: Decision, client: Client) -> str:
    """The address, for the owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("decision-need", decision)


def loaded(decision: Decision, **values: str | list[str]) -> dict[str, str | list[str]]:
    """A post of these fields by somebody who has the page as it is."""
    row = make.loaded(decision).need
    return values | {f"loaded-{name}": row.digest_of(name) for name in values}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("decision-need", decision)
    assert client.get(address).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, loaded(decision, project_goal="x")).status_code == expected
    assert (make.loaded(decision).need.project_goal == "x") == (expected == 302)


def test_wrong_verb(client: Client, page: str) -> None:
    assert client.put(page).status_code == 405


def test_every_field_says_why_and_which_fit_it_decides(client: Client, page: str) -> None:
    text = text_of(client.get(page))
    fields = text.count('data-draft="')
    assert fields == 17
    assert text.count('class="why"') == fields
    assert text.count("Decides the") + text.count("Decides no fit.") == fields
    for fit in ("task", "licence", "hardware", "runtime", "evidence"):
        assert f"Decides the {fit} fit." in text


def test_a_reader_sees_text_and_what_is_unknown(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.need, privacy="private_docs", task_kinds=["chat", "code"])
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("decision-need", decision)))
    assert "Private documents" in text
    assert "Chat, Code" in text
    assert '<span class="soft">unknown</span>' in text
    assert "hx-post" not in text
    assert "Choose" not in text.split('id="cards"')[1].split('id="need-title"')[0]


def test_a_change_redraws_cards_and_fits(client: Client, page: str, decision: Decision) -> None:
    answer = autosaved(client, page, loaded(decision, privacy="private_docs"))
    text = text_of(answer)
    assert answer.status_code == 200
    assert "<html" not in text
    for part in ("head", "why", "choose"):
        assert f'id="route-free_colab-{part}" hx-swap-oob="outerHTML"' in text
    assert "First model" not in text  # what the cards say whatever the need stays where it is
    assert 'id="choose-free_colab"' not in text
    assert 'id="choose-local_cpu"' in text
    assert 'id="fits"' in text
    assert "Private documents: such data never goes on a notebook outside the house." in text
    assert "HX-Request" in answer["Vary"]


def test_cards_that_close_are_announced(client: Client, page: str, decision: Decision) -> None:
    answer = autosaved(client, page, loaded(decision, privacy="private_docs"))
    assert "Free Colab is closed now." in answer["HX-Trigger"]
    unmoved = autosaved(client, page, loaded(decision, project_goal="a goal"))
    assert "HX-Trigger" not in unmoved


def test_a_needed_service_closes_the_notebook(client: Client, page: str, decision: Decision) -> None:
    text = text_of(autosaved(client, page, loaded(decision, needs_service="yes")))
    assert "The need asks for an endpoint, and a notebook does not serve one." in text


def test_serving_asks_for_16_gib_of_vram(client: Client, page: str, decision: Decision) -> None:
    make.edited_route(make.route(decision.project, "rented_gpu"), device="T4", vram_gib=make.Decimal(12))
    text = text_of(client.get(page))
    assert "12 GiB of VRAM, and GPU serving starts at 16 GiB." in text
    assert "Take a GPU with 4 GiB more" in text


def test_no_view_scores_routes(client: Client, page: str) -> None:
    text = text_of(client.get(page)).lower().replace("never ranked or given a common score", "")
    assert "score" not in text
    assert "best route" not in text


def test_nothing_is_redrawn_when_nothing_changed(client: Client, page: str, decision: Decision) -> None:
    make.edited(decision, decision.need, privacy="public")
    answer = autosaved(client, page, loaded(decision, privacy="public"))
    assert "hx-swap-oob" not in text_of(answer)
    assert "Saved" in text_of(answer)


def test_the_plain_form_saves_everything(client: Client, page: str, decision: Decision) -> None:
    posted = values_in(client.get(page)) | loaded(
        decision,
        project_goal="answers",
        languages="en\nzh",
        context_tokens="8,192",
        task_kinds=["code", "chat"],
    )
    answer = client.post(page, posted, follow=True)
    need = make.loaded(decision).need
    assert answer.redirect_chain == [(page, 302)]
    assert "Draft saved." in text_of(answer)
    assert (need.project_goal, need.languages, need.context_tokens) == ("answers", ["en", "zh"], 8192)
    assert need.task_kinds == ["chat", "code"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("context_tokens", "-1", "This cannot be below zero."),
        ("concurrent_requests", "many", "Enter a whole number."),
        ("budget_amount", "-0.5", "This cannot be below zero."),
        ("budget_currency", "Dollar", "Three letters, such as USD, EUR, JPY or CNY."),
        ("privacy", "secret", "Select a valid choice."),
    ],
)
def test_wrong_values_are_said_at_the_field(
    client: Client, page: str, decision: Decision, field: str, value: str, sentence: str
) -> None:
    answer = autosaved(client, page, loaded(decision, **{field: value}))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    whole = client.post(page, loaded(decision, **{field: value, "project_goal": "kept"}))
    assert whole.status_code == 422
    assert sentence in text_of(whole)
    assert make.loaded(decision).need.project_goal == "kept"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_never_run(client: Client, page: str, decision: Decision, name: str) -> None:
    text = HOSTILE[name]
    posted = loaded(decision, project_goal=text, must_have=text, languages=text, product_boundary=text)
    assert autosaved(client, page, posted).status_code == 200
    shown = text_of(client.get(page))
    assert make.loaded(decision).need.project_goal == text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize(
    "field", ["project_goal", "must_have", "nice_to_have", "languages", "product_boundary"]
)
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_said(
    client: Client, page: str, decision: Decision, name: str, field: str
) -> None:
    text, sentence = REFUSED[name]
    answer = autosaved(client, page, loaded(decision, **{field: text}))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not getattr(make.loaded(decision).need, field)


@pytest.mark.parametrize("count", [1, 3, 100])
def test_a_page_and_a_redraw_cost_the_same(
    client: Client, page: str, decision: Decision, count: int, django_assert_num_queries
) -> None:
    for _ in range(count - 1):
        make.candidate(decision)
    with django_assert_num_queries(8):
        client.get(page)
    posted = loaded(decision, privacy="internal")
    with django_assert_num_queries(17):
        autosaved(client, page, posted)
