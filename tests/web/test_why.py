"""The why page: reasons, the way back, what was tried, evidence, and the paragraph that follows."""

from typing import Any

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
    return at("decision-why", decision)


def loaded(decision: Decision, **values: str) -> dict[str, str]:
    """A post of these fields by somebody who has the page as it is."""
    row = make.loaded(decision).why
    return values | {f"loaded-{name}": row.digest_of(name) for name in values}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("decision-why", decision)
    assert client.get(address).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, loaded(decision, why_now="x")).status_code == expected
    assert client.post(at("decision-paragraph", decision), {"step": "own"}).status_code == expected
    assert bool(make.loaded(decision).why.why_now) == (expected == 302)


def test_wrong_verbs(client: Client, page: str, decision: Decision) -> None:
    assert client.put(page).status_code == 405
    assert client.get(at("decision-paragraph", decision)).status_code == 405


def test_a_reader_sees_texts_and_no_form(client: Client, decision: Decision) -> None:
    make.edited(decision, decision.why, why_now="the loop first")
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("decision-why", decision)))
    assert "the loop first" in text
    assert "not written yet" in text
    assert "size: unknown; context: unknown" in text
    assert "hx-post" not in text


def test_every_field_says_why_it_is_asked(client: Client, page: str) -> None:
    text = text_of(client.get(page))
    fields = text.count('data-draft="')
    assert fields == 20
    assert text.count('class="why"') == fields
    assert text.count("Decides the evidence fit.") == 5


def test_autosave_answers_the_field_and_what_follows(client: Client, page: str, decision: Decision) -> None:
    answer = autosaved(client, page, loaded(decision, why_now="the loop is proven first"))
    text = text_of(answer)
    assert answer.status_code == 200
    assert 'id="s-why-why_now"' in text
    assert "because the loop is proven first." in text
    assert text.count("hx-swap-oob") == 8
    assert "<html" not in text


def test_a_lost_race_shows_both_texts(client: Client, page: str, decision: Decision) -> None:
    mine = loaded(decision, fallback="my way back")
    make.edited(decision, decision.why, fallback="their way back")
    answer = autosaved(client, page, mine)
    assert answer.status_code == 409
    assert "my way back" in text_of(answer)
    assert "their way back" in text_of(answer)
    assert make.loaded(decision).why.fallback == "their way back"


def test_the_plain_form_saves_everything(client: Client, page: str, decision: Decision) -> None:
    posted = values_in(client.get(page)) | {"why_now": "now", "evidence-c1-command": "run it"}
    answer = client.post(page, posted, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Draft saved." in text_of(answer)
    draft = make.loaded(decision)
    assert (draft.why.why_now, draft.live_candidates[0].evidence.command) == ("now", "run it")
    assert draft.why.paragraph == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_never_run(client: Client, page: str, decision: Decision, name: str) -> None:
    text = HOSTILE[name]
    assert autosaved(client, page, loaded(decision, why_now=text, model_decision=text)).status_code == 200
    shown = text_of(client.get(page))
    assert make.loaded(decision).why.why_now == text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_said(client: Client, page: str, decision: Decision, name: str) -> None:
    text, sentence = REFUSED[name]
    answer = client.post(page, loaded(decision, rollback_steps=text, fallback="kept"))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    draft = make.loaded(decision)
    assert (draft.why.rollback_steps, draft.why.fallback) == ("", "kept")


def test_evidence_goes_to_the_candidate_it_was_typed_for(
    client: Client, page: str, decision: Decision
) -> None:
    row = decision.live_candidates[0].evidence
    typed = {"evidence-c1-command": "run it", "loaded-evidence-c1-command": row.digest_of("command")}
    other = make.candidate(decision, "Other model")
    make.set_role(
        by=make.owner_of(decision.project),
        decision=decision,
        candidate=other,
        role=make.CandidateRole.FIRST_CHOICE,
    )
    assert autosaved(client, page, typed).status_code == 200
    texts = {c.name: c.evidence.command for c in make.loaded(decision).live_candidates}
    assert texts == {"Small model": "run it", "Other model": ""}
    assert 'id="f-evidence-evidence-c2-command"' in text_of(client.get(page))


def test_the_shutdown_proof_is_asked_on_rented_hardware(
    client: Client, page: str, decision: Decision
) -> None:
    assert "shutdown_proof" not in text_of(client.get(page))
    gpu = make.route(decision.project, "rented_gpu")
    make.choose_route(by=make.owner_of(decision.project), decision=decision, route=gpu)
    assert "shutdown_proof" in text_of(client.get(page))


def test_without_a_first_choice_the_page_says_so(client: Client) -> None:
    empty = make.decision()
    sign_in(client, "owner", empty)
    assert "No first choice yet" in text_of(client.get(at("decision-why", empty)))


def test_a_step_up_is_premature_until_all_four_were_tried(
    client: Client, page: str, decision: Decision
) -> None:
    make.edited(decision, decision.live_candidates[0], runtime="vLLM", runtime_id="vllm")
    assert "premature" in text_of(client.get(page)).partition('id="premature"')[2][:400]
    tried = dict.fromkeys(("tried_prompt", "tried_rag", "tried_output_schema", "tried_quantization"), "done")
    text = text_of(autosaved(client, page, loaded(decision, **tried)))
    assert 'id="premature" hx-swap-oob="outerHTML"></div>' in text


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_page_costs_the_same_for_any_number(
    client: Client, page: str, decision: Decision, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows - 1):
        make.candidate(decision)
    with django_assert_num_queries(8):
        assert client.get(page).status_code == 200
