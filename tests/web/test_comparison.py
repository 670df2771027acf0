"""The comparison as a person arranges it: folded, pinned, opened, marked, copied; its roles."""

import re
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.asking import HOSTILE, text_of
from tests.web.house import at, autosaved, sign_in

pytestmark = pytest.mark.django_db
LONG = "A risk told at length. " * 40


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    for name, risk in (("Small", "slow"), ("Middle", LONG), ("Large", "slow")):
        make.candidate(made, name, runtime="vLLM", risk=risk, quantization="BF16")
    return make.loaded(made)


@pytest.fixture
def owner(client: Client, decision: Decision) -> Client:
    """The owner, signed in."""
    sign_in(client, "owner", decision)
    return client


def seen(client: Client, decision: Decision, **asked: Any) -> str:
    return text_of(client.get(at("decision-candidates", decision), asked))


def heads(text: str) -> list[str]:
    return re.findall(r'<th scope="col".*?<a [^>]*>(.*?)</a>', text, re.DOTALL)


def rows(text: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+?)\s*<', text)


def test_rows_that_are_the_same_fold_into_one(owner: Client, decision: Decision) -> None:
    text = seen(owner, decision)
    assert rows(text) == ["Role", "Risk", "Change"]
    assert "21 rows are the same for all" in text
    assert "<b>Quantization</b> BF16" in text
    assert re.search(r'<b>Evidence fit</b>\s*<span class="chip chip-unknown">', text)
    assert {"Quantization", "Evidence fit"} <= set(rows(seen(owner, decision, same="shown")))
    assert "Quantization" not in rows(seen(owner, decision, same="folded"))


def test_of_one_alone_nothing_is_folded_marked_or_pinned(owner: Client, decision: Decision) -> None:
    alone = make.decision(decision.project)
    make.candidate(alone, "Only")
    text = seen(owner, alone)
    assert "the same for all" not in text
    assert "<mark>" not in text
    assert 'name="pin"' not in text
    assert {"Task fit", "Model id", "Risk"} <= set(rows(text))


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_no_two_rows_share_a_name(owner: Client, decision: Decision, language: str) -> None:
    owner.cookies["language"] = language
    named = rows(seen(owner, decision, same="shown"))
    assert len(named) == 24
    assert sorted(set(named)) == sorted(named)
    version = make.version(make.loaded(decision))
    named = rows(text_of(owner.get(at("version", decision, number=version.number))))
    assert len(named) > 8
    assert sorted(set(named)) == sorted(named)


def test_what_differs_from_the_first_choice_is_marked(owner: Client, decision: Decision) -> None:
    assert seen(owner, decision).count("<mark>≠<i> differs</i></mark>") == 1
    assert seen(owner, decision, marks="off").count("<mark>") == 0
    assert seen(owner, decision).count("<mark>") == 0  # it was kept
    assert 'name="marks" value="on" aria-pressed="false"' in seen(owner, decision)


def test_without_a_first_choice_there_is_nothing_to_mark(owner: Client, decision: Decision) -> None:
    owner.post(at("candidate-role", decision, key="c1"), {"role": "rejected"})
    text = seen(owner, decision)
    assert "<mark>" not in text
    assert 'name="marks"' not in text


def test_a_pinned_column_stands_first_and_stays_pinned(owner: Client, decision: Decision) -> None:
    assert heads(seen(owner, decision, pin="c3")) == ["Large", "Small", "Middle"]
    assert heads(seen(owner, decision)) == ["Large", "Small", "Middle"]
    answer = autosaved(owner, at("candidate-role", decision, key="c2"), {"role": "fallback"})
    assert heads(text_of(answer)) == ["Large", "Small", "Middle"]
    assert heads(seen(owner, decision, pin="")) == ["Small", "Middle", "Large"]


def test_a_move_steps_over_the_pinned_column(owner: Client, decision: Decision) -> None:
    text = seen(owner, decision, pin="c2")
    assert re.findall(r'id="right-(c\d)" name="places" value="(\d)"', text) == [
        ("c2", "0"),
        ("c1", "2"),
        ("c3", "0"),
    ]
    answer = autosaved(owner, at("candidate-move", decision, key="c1"), {"places": "2"})
    assert heads(text_of(answer)) == ["Middle", "Large", "Small"]
    assert "Small is now candidate 3 of 3." in answer["HX-Trigger"]


def test_a_row_opens_for_all_columns(owner: Client, decision: Decision) -> None:
    assert LONG.strip() not in seen(owner, decision)
    text = seen(owner, decision, open="risk")
    assert LONG.strip() in text
    assert 'name="close" value="risk" aria-expanded="true"' in text
    assert LONG.strip() in seen(owner, decision)
    assert LONG.strip() not in seen(owner, decision, close="risk")
    assert "How it was judged" in seen(owner, decision, open="evidence", same="shown")


def test_the_cookie_belongs_to_this_decisions_candidates(owner: Client, decision: Decision) -> None:
    page = at("decision-candidates", decision)
    cookie = owner.get(page, {"pin": "c2"}).cookies["compare"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (page, "Lax", True)
    assert "compare" not in owner.get(page).cookies


@pytest.mark.parametrize(
    "kept", ["pin=c99&open=nothing", "%00%ff", "&&==", "pin=" + "x" * 5000, "same=1&marks=2"]
)
def test_a_strange_cookie_counts_as_nothing(owner: Client, decision: Decision, kept: str) -> None:
    owner.cookies = SimpleCookie({**{k: m.value for k, m in owner.cookies.items()}, "compare": kept})
    assert heads(seen(owner, decision)) == ["Small", "Middle", "Large"]


def arranged(client: Client, decision: Decision, **asked: str) -> HttpResponse:
    return client.get(at("decision-candidates", decision), asked, headers={"HX-Request": "true"})


def test_with_a_script_only_the_candidates_are_sent(owner: Client, decision: Decision) -> None:
    answer = arranged(owner, decision, pin="c2")
    assert text_of(answer).lstrip().startswith('<div id="candidates">')
    assert "Middle stays beside the names of the rows." in answer["HX-Trigger"]
    assert "HX-Request" in answer["Vary"]


def test_a_reader_may_arrange_and_change_nothing(client: Client, decision: Decision) -> None:
    sign_in(client, "reviewer", decision)
    text = seen(client, decision, pin="c2")
    assert heads(text) == ["Middle", "Small", "Large"]
    assert 'method="post" action="/projects' not in text
    assert "grip" not in text


def test_the_whole_table_can_be_copied(owner: Client, decision: Decision) -> None:
    seen(owner, decision, pin="c3", same="folded")
    answer = owner.get(at("decision-candidates", decision), {"as": "text"})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    table = [line.split("\t") for line in text_of(answer).splitlines()]
    assert {len(row) for row in table} == {4}
    assert table[0] == ["Candidate", "Small", "Middle", "Large"]
    assert ["Quantization", "BF16", "BF16", "BF16"] in table
    assert [LONG.strip() in cell for cell in table[-1]] == [False, False, True, False]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_the_copied_table(owner: Client, decision: Decision, name: str) -> None:
    make.candidate(decision, "Fourth", risk=HOSTILE[name][:20_000], license_note="=HYPERLINK(1)\n\tnext")
    answer = owner.get(at("decision-candidates", decision), {"as": "text"})
    table = [line.split("\t") for line in text_of(answer).splitlines()]
    assert {len(row) for row in table} == {5}
    assert "'=HYPERLINK(1) next" in text_of(answer)


def test_a_long_name_is_whole_in_a_row(owner: Client, decision: Decision) -> None:
    name = "n" * 200
    make.candidate(decision, name)
    text = seen(owner, decision)
    assert f'<span class="long-text">{name}</span>' in text
    assert f'Duplicate<span class="visually-hidden"> {"n" * 40}…{"n" * 16}</span>' in text


def test_forty_candidates_are_forty_columns(owner: Client, decision: Decision) -> None:
    for _ in range(37):
        make.candidate(decision)
    assert len(heads(seen(owner, decision, pin="c40"))) == 40


def test_roles_are_given_together_and_only_those_that_were_changed(owner: Client, decision: Decision) -> None:
    owner.post(at("candidate-role", decision, key="c3"), {"role": "rejected"})  # somebody else, meanwhile
    drawn = {"c1-first_choice-role": "fallback", "c2-considered-role": "first_choice"}
    owner.post(at("candidate-roles", decision), drawn | {"c3-considered-role": "considered"})
    roles = [one.role for one in make.loaded(decision).live_candidates]
    assert roles == ["fallback", "first_choice", "rejected"]


@pytest.mark.parametrize("post", [Client.post, autosaved])
def test_a_role_that_was_not_offered_changes_nothing(owner: Client, decision: Decision, post: Any) -> None:
    answer = post(owner, at("candidate-roles", decision), {"c1-first_choice-role": "king"})
    assert answer.status_code == 422
    assert "That choice is not one of those offered." in text_of(answer)
    assert make.loaded(decision).live_candidates[0].role == "first_choice"


def test_a_role_given_in_place_is_said(owner: Client, decision: Decision) -> None:
    answer = autosaved(owner, at("candidate-roles", decision), {"c2-considered-role": "fallback"})
    assert "Middle is now: fallback." in answer["HX-Trigger"]
    assert 'name="c2-fallback-role"' in text_of(answer)


def test_candidates_of_one_name_are_heard_with_their_place(owner: Client, decision: Decision) -> None:
    make.candidate(decision, "Large", runtime="Ollama")
    text = seen(owner, make.loaded(decision))
    for place in (3, 4):
        assert f'Large <span class="visually-hidden">({place})</span></a>' in text
        assert f'aria-label="Move Large ({place}) to the left"' in text
        assert f'Remove<span class="visually-hidden"> Large ({place})</span>' in text
    assert 'aria-label="Move Middle to the left"' in text
