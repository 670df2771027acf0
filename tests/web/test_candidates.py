"""The candidates side by side, and what is done to one as a whole."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from decisions.actions.candidates import remove_candidate
from decisions.models import Candidate, Decision
from decisions.states import CandidateRole
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db
ACTIONS: dict[str, dict[str, str]] = {
    "candidate-duplicate": {},
    "candidate-move": {"places": "1"},
    "candidate-role": {"role": "fallback"},
    "candidate-remove": {},
}


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    for name in ("Small", "Middle", "Large"):
        make.candidate(made, f"{name} model", runtime="Transformers")
    return make.loaded(made)


@pytest.fixture
def owner(client: Client, decision: Decision) -> Client:
    """The owner, signed in."""
    sign_in(client, "owner", decision)
    return client


def names(decision: Decision) -> list[str]:
    return [one.name.split()[0] for one in make.loaded(decision).live_candidates]


def roles(decision: Decision) -> list[str]:
    return [one.role for one in make.loaded(decision).live_candidates]


def said(answer: HttpResponse) -> dict[str, Any]:
    """What the answer tells the scripts of the page."""
    return json.loads(answer["HX-Trigger"])


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    assert client.get(at("decision-candidates", decision)).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(at("candidate-add", decision), {"name": "X"}).status_code == expected
    assert (
        client.post(at("candidate-roles", decision), {"c3-considered-role": "fallback"}).status_code
        == expected
    )
    for name, data in ACTIONS.items():
        assert client.post(at(name, decision, key="c2"), data).status_code == expected
    gone = Candidate.objects.filter(decision=decision, key="c2", removed_at=None).count() == 0
    assert gone == (expected == 302)
    remove_candidate(
        by=make.owner_of(decision.project), decision=decision, candidate=decision.live_candidates[1]
    )
    assert client.post(at("candidate-bring-back", decision, key="c2")).status_code == expected


def test_wrong_verbs(owner: Client, decision: Decision) -> None:
    assert owner.post(at("decision-candidates", decision)).status_code == 405
    assert owner.get(at("candidate-bring-back", decision, key="c1")).status_code == 405
    assert owner.get(at("candidate-roles", decision)).status_code == 405
    for name in ACTIONS:
        assert owner.get(at(name, decision, key="c1")).status_code == 405


def test_another_decisions_key_is_not_found(owner: Client, decision: Decision) -> None:
    empty = make.decision(decision.project)
    for name, data in ACTIONS.items():
        assert owner.post(at(name, empty, key="c1"), data).status_code == 404
    assert owner.post(at("candidate-bring-back", empty, key="c1")).status_code == 404
    assert owner.get(at("candidate", empty, key="c1")).status_code == 404


def test_an_empty_decision_teaches(owner: Client, decision: Decision) -> None:
    text = text_of(owner.get(at("decision-candidates", make.decision(decision.project))))
    assert "No candidate yet" in text
    assert "Start with the smallest model and the simplest runtime" in text
    assert "<table" not in text


def test_each_candidate_is_a_column_with_its_fits(owner: Client, decision: Decision) -> None:
    text = text_of(owner.get(at("decision-candidates", decision), {"same": "shown"}))
    assert text.count('<th scope="col"') == 3
    for fit in ("Task", "Licence", "Hardware", "Runtime", "Evidence"):
        assert f'<th scope="row">{fit} fit <button' in text
    for row in ("Model id", "Revision", "Quantization", "Route", "Risk", "Licence note"):
        assert f'<th scope="row">{row}</th>' in text
    assert "Transformers · first choice" in text


def test_a_reader_sees_no_form(client: Client, decision: Decision) -> None:
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("decision-candidates", decision), {"same": "shown"}))
    assert "Small model" in text
    assert "hx-post" not in text
    assert "Add a candidate" not in text
    assert '<span class="soft">unknown</span>' in text


def test_a_step_up_too_early_is_said(owner: Client, decision: Decision) -> None:
    make.candidate(decision, "Qwen/Qwen2.5-7B-Instruct", runtime="vLLM")
    text = text_of(owner.get(at("decision-candidates", decision)))
    assert "premature step up" in text
    assert "Premature: vLLM is a serving runtime, and the need asks for no endpoint." in text


def test_adding_takes_over_shipped_facts(owner: Client, decision: Decision) -> None:
    data = {"name": "Qwen/Qwen2.5-0.5B-Instruct", "runtime": "vLLM"}
    answer = owner.post(at("candidate-add", decision), data, follow=True)
    added = make.loaded(decision).live_candidates[-1]
    assert "Added Qwen/Qwen2.5-0.5B-Instruct." in text_of(answer)
    assert (added.model_id, added.runtime_id) == ("Qwen/Qwen2.5-0.5B-Instruct", "vllm")
    assert added.parameters == 494_032_768


def test_a_candidate_needs_a_name(owner: Client, decision: Decision) -> None:
    answer = owner.post(at("candidate-add", decision), {"name": "  ", "runtime": "Ollama here"})
    assert answer.status_code == 422
    assert "A candidate needs a name: the model&#x27;s." in text_of(answer)
    assert "Ollama here" in text_of(answer)


def test_added_in_place(owner: Client, decision: Decision) -> None:
    answer = autosaved(owner, at("candidate-add", decision), {"name": "Fourth <b>", "runtime": "vLLM"})
    text, form = text_of(answer), values_in(answer)
    assert answer.status_code == 200
    assert "<html" not in text
    assert text.lstrip().startswith('<div id="candidates">')
    assert (text.count('<th scope="col"'), text.count("data-focus")) == (4, 1)
    assert "data-focus>Fourth &lt;b&gt;</a>" in text
    assert "Added Fourth &lt;b&gt;. Its fits say what is missing." in text
    assert 'id="new-candidate" aria-labelledby="new-candidate-title" hx-swap-oob="outerHTML"' in text
    assert (form["name"], form["runtime"]) == ("", "")
    assert said(answer)["announce"]["value"] == "Added Fourth <b>. Its fits say what is missing."


def test_the_first_one_added_in_place_ends_the_empty_state(owner: Client, decision: Decision) -> None:
    empty = make.decision(decision.project)
    assert 'class="button primary">Add' in text_of(owner.get(at("decision-candidates", empty)))
    text = text_of(autosaved(owner, at("candidate-add", empty), {"name": "Only"}))
    assert "No candidate yet" not in text
    assert "first choice" in text
    assert 'class="button">Add' in text


@pytest.mark.parametrize(("name", "runtime"), [("  ", "Ollama here"), ("Model\0here", "Ollama here")])
def test_errors_of_adding_come_in_place(owner: Client, decision: Decision, name: str, runtime: str) -> None:
    answer = autosaved(owner, at("candidate-add", decision), {"name": name, "runtime": runtime})
    text = text_of(answer)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#new-candidate")
    assert 'role="alert" tabindex="-1" data-focus' in text
    assert 'id="candidates"' not in text
    assert 'data-dirty="yes"' in text
    assert values_in(answer)["runtime"] == runtime
    assert len(names(decision)) == 3


def test_the_layout_follows_the_number_of_candidates(owner: Client, decision: Decision) -> None:
    page, add = at("decision-candidates", decision), at("candidate-add", decision)
    found = [said(autosaved(owner, add, {"name": name}))["wide"]["value"] for name in ("Fourth", "Fifth")]
    assert found == [False, True]
    assert 'class="layout is-wide"' in text_of(owner.get(page))
    removed = autosaved(owner, at("candidate-remove", decision, key="c5"), {})
    assert said(removed)["wide"]["value"] is False
    assert 'class="layout "' in text_of(owner.get(page))


def test_a_hundred_is_the_most(owner: Client, decision: Decision) -> None:
    for _ in range(97):
        make.candidate(decision)
    answer = owner.post(at("candidate-add", decision), {"name": "One more"})
    assert answer.status_code == 409
    assert "A decision holds at most 100 candidates." in text_of(answer)
    in_place = autosaved(owner, at("candidate-add", decision), {"name": "One more"})
    assert (in_place.status_code, values_in(in_place)["name"]) == (409, "One more")
    assert "A decision holds at most 100 candidates." in text_of(in_place)
    assert autosaved(owner, at("candidate-duplicate", decision, key="c1"), {}).status_code == 409


def test_a_copy_stands_behind_its_original(owner: Client, decision: Decision) -> None:
    owner.post(at("candidate-duplicate", decision, key="c1"))
    assert names(decision) == ["Small", "Small", "Middle", "Large"]
    assert roles(decision)[1] == CandidateRole.CONSIDERED


def test_moving_stops_at_the_ends(owner: Client, decision: Decision) -> None:
    owner.post(at("candidate-move", decision, key="c1"), {"places": "-1"})
    owner.post(at("candidate-move", decision, key="c3"), {"places": "1"})
    assert names(decision) == ["Small", "Middle", "Large"]
    owner.post(at("candidate-move", decision, key="c1"), {"places": "1"})
    assert names(decision) == ["Middle", "Small", "Large"]


def test_there_is_one_first_choice(owner: Client, decision: Decision) -> None:
    answer = autosaved(owner, at("candidate-role", decision, key="c2"), {"role": "first_choice"})
    assert answer.status_code == 200
    assert 'id="fits"' in text_of(answer)
    assert roles(decision) == [CandidateRole.CONSIDERED, CandidateRole.FIRST_CHOICE, CandidateRole.CONSIDERED]


@pytest.mark.parametrize(
    ("name", "data"), [("candidate-role", {"role": "king"}), ("candidate-move", {"places": "700"})]
)
def test_a_choice_that_was_not_offered(
    owner: Client, decision: Decision, name: str, data: dict[str, str]
) -> None:
    address = at(name, decision, key="c1")
    for answer in (owner.post(address, data), autosaved(owner, address, data)):
        assert answer.status_code == 422
        assert "That choice is not one of those offered." in text_of(answer)
    assert names(decision) == ["Small", "Middle", "Large"]


def test_a_removal_can_be_undone(owner: Client, decision: Decision) -> None:
    removed = owner.post(at("candidate-remove", decision, key="c2"), follow=True)
    assert "Removed Middle model." in text_of(removed)
    assert names(decision) == ["Small", "Large"]
    owner.post(at("candidate-bring-back", decision, key="c2"))
    assert names(decision) == ["Small", "Middle", "Large"]
    assert owner.post(at("candidate-bring-back", decision, key="c2")).status_code == 404


def test_undo_is_offered_in_place(owner: Client, decision: Decision) -> None:
    text = text_of(autosaved(owner, at("candidate-remove", decision, key="c2"), {}))
    assert 'id="undo-remove" data-focus' in text
    assert text.count('<th scope="col"') == 2
    assert "<html" not in text


def test_a_first_choice_that_comes_back_is_considered(owner: Client, decision: Decision) -> None:
    owner.post(at("candidate-remove", decision, key="c1"))
    owner.post(at("candidate-role", decision, key="c2"), {"role": "first_choice"})
    owner.post(at("candidate-bring-back", decision, key="c1"))
    assert roles(decision)[:2] == [CandidateRole.CONSIDERED, CandidateRole.FIRST_CHOICE]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_kept_and_never_run(owner: Client, decision: Decision, name: str) -> None:
    text = HOSTILE[name].replace("\n", " ")
    owner.post(at("candidate-add", decision), {"name": text, "runtime": text})
    shown = text_of(owner.get(at("decision-candidates", decision)))
    assert make.loaded(decision).live_candidates[-1].name == text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("field", ["name", "runtime"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_said(owner: Client, decision: Decision, name: str, field: str) -> None:
    text, sentence = REFUSED[name]
    answer = owner.post(at("candidate-add", decision), {"name": "Fine", field: text})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert len(names(decision)) == 3


@pytest.mark.parametrize("count", [1, 3, 99])
def test_candidates_cost_the_same(
    owner: Client, decision: Decision, count: int, django_assert_num_queries
) -> None:
    crowd = make.decision(decision.project)
    for _ in range(count):
        make.candidate(crowd)
    with django_assert_num_queries(8):
        owner.get(at("decision-candidates", crowd))
    with django_assert_num_queries(21):
        autosaved(owner, at("candidate-role", crowd, key="c1"), {"role": "rejected"})
    with django_assert_num_queries(28):
        autosaved(owner, at("candidate-add", crowd), {"name": "One more"})


def test_a_nul_for_the_removed_one_is_nobody(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    address = at("decision-candidates", decision)
    assert client.get(address, {"removed": "c1\0"}).status_code == 200
