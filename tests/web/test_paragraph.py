"""The decision paragraph: it follows, becomes one's own, and follows again without a text being lost."""

import pytest
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import at, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(client: Client) -> Decision:
    made = make.decision()
    make.candidate(made, "Small model", runtime="Transformers")
    sign_in(client, "owner", made)
    return make.loaded(made)


def written(decision: Decision) -> str:
    """The stored paragraph."""
    return make.loaded(decision).why.paragraph


def test_edit_makes_the_generated_text_ones_own(client: Client, decision: Decision) -> None:
    answer = client.post(at("decision-paragraph", decision), {"step": "own"})
    assert answer.url == at("decision-why", decision) + "#paragraph"
    assert written(decision).startswith("For this project we start with Small model on Transformers")
    assert 'name="paragraph"' in text_of(client.get(at("decision-why", decision)))


def test_what_else_was_typed_is_saved_first(client: Client, decision: Decision) -> None:
    posted = values_in(client.get(at("decision-why", decision))) | {
        "why_now": "the loop first",
        "step": "own",
    }
    client.post(at("decision-paragraph", decision), posted)
    assert "because the loop first." in written(decision)


def test_regenerate_asks_back_and_shows_both(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.why, paragraph="My own words.")
    answer = client.post(at("decision-paragraph", decision), {"step": "ask"})
    text = text_of(answer)
    assert "Replace your own text?" in text
    assert "My own words." in text
    assert "For this project we start with Small model" in text
    assert written(decision) == "My own words."


def test_the_dropped_text_can_be_taken_back(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.why, paragraph="My own words.")
    address = at("decision-paragraph", decision)
    asked = values_in(client.post(address, {"step": "ask"}))
    dropped = client.post(address, {"step": "drop", "dropping": asked["dropping"]})
    assert written(decision) == ""
    assert values_in(dropped)["before"] == "My own words."
    client.post(address, {"step": "restore", "before": "My own words."})
    assert written(decision) == "My own words."


def test_a_text_changed_meanwhile_is_not_dropped(client: Client, decision: Decision) -> None:
    draft = make.edited(decision, decision.why, paragraph="My own words.")
    address = at("decision-paragraph", decision)
    asked = values_in(client.post(address, {"step": "ask"}))
    make.edited(draft, draft.why, paragraph="Better words.")
    answer = client.post(address, {"step": "drop", "dropping": asked["dropping"]})
    assert answer.status_code == 409
    assert "The text has changed since you were asked." in text_of(answer)
    assert written(decision) == "Better words."


def test_taking_back_does_not_overwrite_a_newer_text(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.why, paragraph="Somebody’s words.")
    answer = client.post(at("decision-paragraph", decision), {"step": "restore", "before": "My own words."})
    assert answer.status_code == 409
    assert values_in(answer)["before"] == "My own words."
    assert written(decision) == "Somebody’s words."


def test_a_text_that_cannot_be_kept_is_shown_again(client: Client, decision: Decision) -> None:
    answer = client.post(at("decision-paragraph", decision), {"step": "restore", "before": "a\x07b"})
    assert answer.status_code == 422
    assert "The character U+0007 at position 2 cannot be kept." in text_of(answer)
    assert written(decision) == ""


def test_an_own_text_equal_to_the_generated_one_just_follows(client: Client, decision: Decision) -> None:
    client.post(at("decision-paragraph", decision), {"step": "own"})
    client.post(at("decision-paragraph", decision), {"step": "ask"})
    assert written(decision) == ""


def test_the_language_of_the_texts_is_marked(client: Client) -> None:
    made = make.decision(text_language="ja")
    make.candidate(made, "小さなモデル")
    sign_in(client, "owner", made)
    assert '<p class="paragraph long-text" lang="ja">このプロジェクトでは' in text_of(
        client.get(at("decision-why", made))
    )
