"""Saving a version: the difference first, a sentence on what changed, and every way it is refused."""

import re
from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision, Event, Version
from decisions.states import ProjectRole
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in
from tests.web.house import PEOPLE, POSTS, WRITES, at, sign_in

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
    return at("decision-save", decision)


def posted(client: Client, page: str, sentence: str = "First plan.") -> dict[str, str]:
    """What the form would send."""
    return values_in(client.get(page)) | {"what_changed": sentence}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("decision-save", decision)
    answer = client.get(address)
    assert answer.status_code == WRITES[who]
    seen = re.search(r'name="seen" value="(\w+)"', text_of(answer))
    data = {"what_changed": "First plan.", "seen": seen.group(1) if seen else ""}
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, data).status_code == expected
    assert Version.objects.count() == (expected == 302)


def test_wrong_verb(client: Client, page: str) -> None:
    assert client.delete(page).status_code == 405


def test_the_first_version_shows_what_it_will_say(client: Client, page: str) -> None:
    text = text_of(client.get(page))
    assert "What version 1 will say" in text
    assert "For this project we start with Small model on Transformers" in text
    assert "<ins>" not in text


def test_saving_leads_to_the_version(client: Client, page: str, decision: Decision) -> None:
    answer = client.post(page, posted(client, page), follow=True)
    assert answer.redirect_chain == [(at("version", decision, number=1), 302)]
    assert "Version 1 is saved. It never changes." in text_of(answer)
    saved = Version.objects.get()
    assert (saved.number, saved.what_changed, saved.stage) == (1, "First plan.", "plan")
    assert Event.objects.filter(verb="version.saved").count() == 1


def test_the_difference_comes_first(client: Client, page: str, decision: Decision) -> None:
    make.version(decision)
    make.edited(decision, decision.need, concurrent_requests=16)
    draft = make.loaded(decision)
    make.edited(draft, draft.why, why_now="the loop first")
    text = text_of(client.get(page))
    assert "The draft against version 1" in text
    assert "Concurrent requests" in text
    assert "<ins>the loop first</ins>" in text


def test_the_sentence_survives_a_look_at_everything(client: Client, page: str, decision: Decision) -> None:
    make.version(decision)
    make.edited(decision, decision.need, privacy="private_docs")
    answer = client.post(f"{page}?show=everything", posted(client, page, "So far.") | {"step": "look"})
    assert answer.status_code == 200
    assert values_in(answer)["what_changed"].strip() == "So far."
    assert Version.objects.count() == 1


def test_everybody_who_edited_is_named(client: Client, page: str, decision: Decision) -> None:
    author = make.member(decision.project, ProjectRole.AUTHOR, make.person("Aki Author"))
    make.edited(decision, decision.need, by=author, concurrent_requests=16)
    assert "Aki Author" in text_of(client.get(page)).partition("Authors it will name:")[2][:200]
    client.post(page, posted(client, page))
    assert author in Version.objects.get().authors.all()


@pytest.mark.parametrize("sentence", ["", "  \n "])
def test_the_sentence_is_required(client: Client, page: str, sentence: str) -> None:
    answer = client.post(page, posted(client, page, sentence))
    assert answer.status_code == 422
    assert "Say in a sentence what changed." in text_of(answer)
    assert not Version.objects.exists()


def test_without_candidates_it_is_refused(client: Client) -> None:
    empty = make.decision()
    sign_in(client, "owner", empty)
    page = at("decision-save", empty)
    assert "There is no candidate yet" in text_of(client.get(page))
    answer = client.post(page, {"what_changed": "a sentence of mine", "seen": ""})
    assert answer.status_code == 409
    assert "A version needs at least one, and a first choice." in text_of(answer)
    assert "a sentence of mine" in text_of(answer)


def test_without_a_first_choice_it_is_refused(client: Client, page: str, decision: Decision) -> None:
    one = decision.live_candidates[0]
    make.set_role(
        by=make.owner_of(decision.project),
        decision=decision,
        candidate=one,
        role=make.CandidateRole.CONSIDERED,
    )
    assert "No candidate is the first choice yet" in text_of(client.get(page))
    assert client.post(page, {"what_changed": "x"}).status_code == 409
    assert not Version.objects.exists()


def test_the_second_save_of_the_same_second_is_refused(client: Client, page: str) -> None:
    data = posted(client, page)
    assert client.post(page, data).status_code == 302
    answer = client.post(page, data)
    assert answer.status_code == 409
    assert "Nothing has changed since version 1." in text_of(answer)
    assert Version.objects.count() == 1


def test_a_draft_changed_while_reading_is_shown_again(client: Client, page: str, decision: Decision) -> None:
    data = posted(client, page, "What I saw.")
    make.edited(decision, decision.need, product_boundary="new in the meantime")
    answer = client.post(page, data)
    text = text_of(answer)
    assert answer.status_code == 409
    assert "The draft has changed while you were reading." in text
    assert "new in the meantime" in text
    again = values_in(answer)
    assert again["what_changed"].strip() == "What I saw."
    assert client.post(page, again).status_code == 302


def test_only_shipped_facts_changed(client: Client, page: str, decision: Decision, monkeypatch: Any) -> None:
    make.version(decision)
    monkeypatch.setattr("decisions.fit.judge.facts_used", lambda record: ())
    text = text_of(client.get(page))
    assert "Nobody changed the draft." in text
    assert client.post(page, posted(client, page, "New facts.")).status_code == 302


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sentence_is_kept_and_never_run(
    client: Client, page: str, decision: Decision, name: str
) -> None:
    client.post(page, posted(client, page, HOSTILE[name]))
    assert Version.objects.get().what_changed == HOSTILE[name]
    for address in (at("version", decision, number=1), at("decision-versions", decision)):
        assert "<script>alert" not in text_of(client.get(address))
        assert "<img src=x" not in text_of(client.get(address))


@pytest.mark.parametrize("name", REFUSED)
def test_a_sentence_that_cannot_be_kept_is_said(client: Client, page: str, name: str) -> None:
    text, sentence = REFUSED[name]
    answer = client.post(page, posted(client, page, text))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Version.objects.exists()


@pytest.mark.parametrize("rows", [1, 3, 99])
def test_the_page_costs_the_same_for_any_number(
    client: Client, page: str, decision: Decision, rows: int, django_assert_num_queries: Any
) -> None:
    make.version(decision)
    for _ in range(rows):
        make.candidate(decision)
    with django_assert_num_queries(11):
        assert client.get(page).status_code == 200
