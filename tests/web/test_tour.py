"""The tour: where it starts, its guide on the pages of a practice decision, and throwing it away."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from decisions.actions.practice import begin_practice, throw_practice_away
from decisions.actions.routes import choose_route
from decisions.models import Decision, Project
from decisions.web.tour.steps import STEPS
from tests import factories as make
from tests.web.asking import text_of
from tests.web.house import PEOPLE, READS, at, sign_in

pytestmark = pytest.mark.django_db

PAGES = {"decision-need": 1, "decision-candidates": 2, "decision-why": 6, "decision-versions": 7}


@pytest.fixture
def practice(client: Client) -> Decision:
    """A practice decision whose owner is signed in."""
    decision = begin_practice(by=make.person())
    client.force_login(make.owner_of(decision.project))
    return make.loaded(decision)


def write_need(decision: Decision) -> Decision:
    return make.edited(decision, decision.need, task_kinds=["extraction"], privacy="private_docs")


def settle(decision: Decision) -> Decision:
    return make.edited(decision, decision.need, purpose="learning")


def choose(decision: Decision) -> Decision:
    route = make.route(decision.project)
    choose_route(by=make.owner_of(decision.project), decision=decision, route=route)
    return make.loaded(decision)


def add(decision: Decision) -> Decision:
    make.candidate(decision, "Qwen/Qwen2.5-0.5B-Instruct", runtime="Transformers")
    return make.loaded(decision)


def say_why(decision: Decision) -> Decision:
    return make.edited(decision, decision.why, why_now="a", fallback="b", rollback_steps="c")


def save(decision: Decision) -> Decision:
    return make.version(decision).decision


DOING: tuple[Callable[[Decision], Decision], ...] = (write_need, choose, add, settle, add, say_why, save)


def done_on(page: HttpResponse) -> int:
    found = re.search(r"done=(\d)", text_of(page))
    assert found
    return int(found[1])


def test_each_step_is_done_by_doing_it_and_the_next_one_follows(client: Client, practice: Decision) -> None:
    assert len(DOING) == len(STEPS)
    for number, do in enumerate(DOING, start=1):
        practice = do(practice)
        assert done_on(client.get(at("decision-need", practice))) == number
    assert "nobody has signed yet" in text_of(client.get(at("version", practice, number=1)))


@pytest.mark.parametrize(("name", "number"), PAGES.items())
def test_a_page_has_its_step(client: Client, practice: Decision, name: str, number: int) -> None:
    page = text_of(client.get(at(name, practice)))
    assert f"Step {number} of 7" in page
    assert page.count('id="guide"') == 1


def test_the_guide_goes_to_the_first_step_that_is_not_done(client: Client, practice: Decision) -> None:
    write_need(practice)
    answer = client.get(at("guide", practice))
    assert answer.status_code == 302
    assert answer["Location"] == at("decision-candidates", practice)


def test_its_panel_is_drawn_again_and_says_what_has_just_been_done(
    client: Client, practice: Decision
) -> None:
    write_need(practice)
    address = at("guide", practice) + "?tab=need&done=0"
    answer = client.get(address, headers={"HX-Request": "true"})
    assert text_of(answer).strip().startswith("<section")
    assert done_on(answer) == 1
    assert "A step of the tour is done." in answer["HX-Trigger"]
    again = client.get(address.replace("done=0", "done=1"), headers={"HX-Request": "true"})
    assert "HX-Trigger" not in again


def test_closed_it_stays_closed_for_this_person_until_opened(client: Client, practice: Decision) -> None:
    need = at("decision-need", practice)
    here = {"Referer": f"http://testserver{need}"}
    assert client.post(at("guide", practice), {"step": "close"}, headers=here)["Location"] == need
    page = text_of(client.get(need))
    assert "Step 1 of 7" not in page
    assert "Open the guide" in page
    assert client.post(at("guide", practice), {"step": "open"}, headers=here)["Location"] == need
    assert "Step 1 of 7" in text_of(client.get(need))


def test_a_referer_of_elsewhere_is_not_followed(client: Client, practice: Decision) -> None:
    for origin in ("https://evil.example/projects/x", "http://testserver//evil.example", ""):
        answer = client.post(at("guide", practice), {"step": "open"}, headers={"Referer": origin})
        assert answer["Location"].startswith(at("decision-need", practice))


def test_no_other_decision_has_a_guide(client: Client) -> None:
    decision = make.decision()
    client.force_login(make.owner_of(decision.project))
    assert 'id="guide"' not in text_of(client.get(at("decision-need", decision)))
    assert client.get(at("guide", decision)).status_code == 404


def test_a_copy_and_a_second_decision_have_none(client: Client, practice: Decision) -> None:
    other = make.decision(practice.project)
    assert 'id="guide"' not in text_of(client.get(at("decision-need", other)))


@pytest.mark.parametrize("kind", PEOPLE)
def test_who_sees_the_guide(client: Client, kind: str) -> None:
    practice = begin_practice(by=make.person())
    sign_in(client, kind, practice)
    answer = client.get(at("decision-need", practice))
    assert answer.status_code == READS[kind]
    seen = kind in ("owner", "author", "administrator")
    assert ('id="guide"' in text_of(answer)) == seen
    closing = client.post(at("guide", practice), {"step": "close"}).status_code
    expected = 302 if seen else {"stranger": 404, "anonymous": 403}.get(kind, 403)
    assert closing == expected


@pytest.mark.parametrize("kind", PEOPLE)
def test_who_throws_it_away(client: Client, kind: str) -> None:
    practice = begin_practice(by=make.person())
    sign_in(client, kind, practice)
    address = reverse("practice-throw-away", kwargs={"project": practice.project.slug})
    may = kind in ("owner", "administrator")
    assert client.get(address).status_code == (
        200 if may else {"stranger": 404, "anonymous": 302}.get(kind, 403)
    )
    assert client.post(address).status_code == (302 if may else {"stranger": 404}.get(kind, 403))
    assert Project.objects.filter(archived_at=None).exists() != may
    assert client.put(address).status_code in (405, 302, 403, 404)


def test_it_says_what_goes_and_what_stays_and_then_where_to_begin(client: Client, practice: Decision) -> None:
    address = reverse("practice-throw-away", kwargs={"project": practice.project.slug})
    page = text_of(client.get(address))
    assert "What goes" in page
    assert "never deleted" in page
    after = client.post(address, follow=True)
    assert after.redirect_chain == [("/tour/", 302)]
    assert "Make a practice project" in text_of(after)
    assert client.post(address).status_code == 409
    assert practice.project.name not in text_of(client.get("/"))
    assert practice.project.name in text_of(client.get("/?archived=1"))


def test_another_project_is_not_thrown_away(client: Client) -> None:
    project = make.project()
    client.force_login(make.owner_of(project))
    address = reverse("practice-throw-away", kwargs={"project": project.slug})
    assert client.get(address).status_code == client.post(address).status_code == 404


def test_the_tour_begins_with_a_button_and_goes_on_where_it_was(client: Client) -> None:
    client.force_login(who := make.person())
    assert "Make a practice project" in text_of(client.get("/tour/"))
    assert client.get("/tour/practice/").status_code == 405
    first = client.post("/tour/practice/")
    practice = Decision.objects.practised_by(who).get()
    assert first["Location"] == at("decision-need", practice)
    assert "Start the tour" in text_of(client.get("/tour/"))
    write_need(make.loaded(practice))
    assert "Go on with the tour" in text_of(client.get("/tour/"))


def test_who_may_make_nothing_is_told(client: Client) -> None:
    client.force_login(make.auditor())
    assert "Make a practice project" not in text_of(client.get("/tour/"))
    assert client.post("/tour/practice/").status_code == 403
    assert Client().get("/tour/")["Location"].startswith("/accounts/login/")


def test_an_empty_installation_offers_one(client: Client) -> None:
    client.force_login(make.person())
    page = text_of(client.get("/"))
    assert "Make a practice project" in page
    assert 'href="/words/"' in page


@pytest.mark.parametrize(("asked", "lands"), [("", "/tour/"), ("/", "/tour/"), ("/start/", "/start/")])
def test_a_visitor_of_the_demo_lands_where_the_tour_starts(client: Client, asked: str, lands: str) -> None:
    make.person(email="owner@demo.example")
    form = {"login": "owner@demo.example", "password": make.PASSWORD}
    answer = client.post(f"/accounts/login/?next={asked}", form | ({"next": asked} if asked else {}))
    assert answer["Location"] == lands


def test_at_the_end_of_the_tour_and_elsewhere_it_is_the_projects(client: Client) -> None:
    visitor = make.person(email="author@demo.example")
    save(add(begin_practice(by=visitor)))
    for who in (visitor, make.person()):
        answer = client.post("/accounts/login/", {"login": who.email, "password": make.PASSWORD})
        assert answer["Location"] == "/"
        client.logout()


def test_whose_practice_was_thrown_away_begins_with_the_projects(client: Client) -> None:
    visitor = make.person(email="author@demo.example")
    throw_practice_away(by=visitor, project=begin_practice(by=visitor).project)
    answer = client.post("/accounts/login/", {"login": visitor.email, "password": make.PASSWORD})
    assert answer["Location"] == "/"
