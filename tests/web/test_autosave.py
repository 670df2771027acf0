"""What every field that saves itself promises: no text is lost, and both sides of a race are shown."""

import re

import pytest
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import at, autosaved, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.candidate(made, "Small model")
    return make.loaded(made)


@pytest.fixture
def page(decision: Decision, client: Client) -> str:
    """The need's address, for the owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("decision-need", decision)


def typed(decision: Decision, **values: str | list[str]) -> dict[str, str | list[str]]:
    row = make.loaded(decision).need
    return values | {f"loaded-{name}": row.digest_of(name) for name in values}


def digest_in(text: str, name: str) -> str:
    return text.split(f'name="loaded-{name}" value="')[1].split('"')[0]


def test_an_answer_carries_the_next_digest(client: Client, page: str, decision: Decision) -> None:
    text = text_of(autosaved(client, page, typed(decision, project_goal="one")))
    again = {"project_goal": "two", "loaded-project_goal": digest_in(text, "project_goal")}
    assert autosaved(client, page, again).status_code == 200
    assert make.loaded(decision).need.project_goal == "two"


def test_a_lost_race_shows_both_and_keeps_theirs(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, project_goal="mine")
    make.edited(decision, decision.need, project_goal="theirs")
    answer = autosaved(client, page, mine)
    text = text_of(answer)
    assert answer.status_code == 409
    assert "Someone else changed this while you were writing." in text
    assert "<pre>theirs</pre>" in text
    assert "<pre>mine</pre>" in text
    assert make.loaded(decision).need.project_goal == "theirs"


def test_mine_is_kept_when_sent_again(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, project_goal="mine")
    make.edited(decision, decision.need, project_goal="theirs")
    digest = digest_in(text_of(autosaved(client, page, mine)), "project_goal")
    assert autosaved(client, page, mine | {"loaded-project_goal": digest}).status_code == 200
    assert make.loaded(decision).need.project_goal == "mine"


def test_the_same_text_twice_is_no_race(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, project_goal="the same")
    make.edited(decision, decision.need, project_goal="the same")
    assert autosaved(client, page, mine).status_code == 200


def test_a_race_over_choices_reads_as_words(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, task_kinds=["code"])
    make.edited(decision, decision.need, task_kinds=["chat", "multimodal"])
    text = text_of(autosaved(client, page, mine))
    assert "<pre>Chat, Images or audio</pre>" in text
    assert "<pre>Code</pre>" in text
    assert 'data-theirs="chat\nmultimodal"' in text


def test_the_texts_of_a_race_say_their_language(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, project_goal="手順書に答える", task_kinds=["code"])
    make.edited(decision, decision, text_language="ja")
    make.edited(decision, decision.need, project_goal="規程に答える", task_kinds=["chat"])
    for answer in (autosaved(client, page, mine), client.post(page, mine)):
        text = text_of(answer)
        assert '<pre lang="ja">規程に答える</pre>' in text
        assert '<pre lang="ja">手順書に答える</pre>' in text
        assert "<pre>Chat</pre>" in text


def test_far_too_much_in_every_text_at_once_is_refused_where_it_was_typed(
    client: Client, page: str, decision: Decision
) -> None:
    address, long = at("candidate", decision, key="c1"), "長い" * 30_000
    empty = client.get(address)
    typed = values_in(empty)
    areas = re.findall(r'<textarea name="([^"]+)"', text_of(empty))
    assert len(areas) == 15  # folded notes have pages of their own
    answer = client.post(address, typed | dict.fromkeys(areas, long))
    assert 'enctype="multipart/form-data"' in text_of(empty)  # three bytes a letter; nine the other way
    assert answer.status_code == 422
    assert text_of(answer).count("This has 60000 characters; at most") >= len(areas)
    assert {values_in(answer)[name] for name in areas} == {long}


def test_one_lost_race_does_not_stop_the_others(client: Client, page: str, decision: Decision) -> None:
    mine = typed(decision, project_goal="mine", product_boundary="a boundary", context_tokens="many")
    make.edited(decision, decision.need, project_goal="theirs")
    answer = client.post(page, mine)
    need, text = make.loaded(decision).need, text_of(answer)
    assert answer.status_code == 409
    assert (need.project_goal, need.product_boundary) == ("theirs", "a boundary")
    assert "Both texts are below; nothing was lost." in text
    assert "Enter a whole number." in text
    assert values_in(answer)["project_goal"] == "mine"


def test_without_a_script_sending_again_keeps_mine(client: Client, page: str, decision: Decision) -> None:
    posted = values_in(client.get(page)) | {"project_goal": "mine"}
    make.edited(decision, decision.need, project_goal="theirs")
    shown = client.post(page, posted)
    assert client.post(page, values_in(shown)).status_code == 302
    assert make.loaded(decision).need.project_goal == "mine"


def test_fields_without_their_digest_are_left_alone(client: Client, page: str, decision: Decision) -> None:
    make.edited(decision, decision.need, project_goal="kept")
    assert client.post(page, {"project_goal": "forged"}).status_code == 302
    assert make.loaded(decision).need.project_goal == "kept"


def test_unticking_everything_is_an_edit(client: Client, page: str, decision: Decision) -> None:
    made = make.edited(decision, decision.need, task_kinds=["chat"])
    sent = {"loaded-task_kinds": made.need.digest_of("task_kinds")}
    assert autosaved(client, page, sent).status_code == 200
    assert make.loaded(decision).need.task_kinds == []


def test_routes_and_notes_keep_the_same_promise(client: Client, page: str, decision: Decision) -> None:
    route = make.route(decision.project, "rented_gpu")
    note = decision.live_candidates[0].licence
    driver = {"driver": "mine", "loaded-driver": route.digest_of("driver")}
    source = {"licence-source": "mine", "loaded-licence-source": note.digest_of("source")}
    make.edited_route(route, driver="theirs")
    make.edited(decision, note, source="theirs")
    for address, post in (
        (at("route-edit", decision, code="rented_gpu"), driver),
        (at("candidate", decision, key="c1"), source),
    ):
        answer = autosaved(client, address, post)
        assert answer.status_code == 409
        assert "<pre>theirs</pre>" in text_of(answer)


def test_an_editor_becomes_an_author(client: Client, page: str, decision: Decision) -> None:
    author = make.member(decision.project)
    client.force_login(author)
    autosaved(client, page, typed(decision, project_goal="theirs"))
    assert decision.draft_editors.filter(person=author).exists()


def test_a_signed_out_person_is_sent_to_sign_in(client: Client, page: str, decision: Decision) -> None:
    client.logout()
    answer = client.post(
        page,
        typed(decision, project_goal="late"),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"},
    )
    assert answer["HX-Redirect"].startswith("/accounts/login/?next=/projects/")
    assert make.loaded(decision).need.project_goal == ""
