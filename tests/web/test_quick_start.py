"""Quick start: five fields to saved version 1, once for each form; and the type-ahead it uses."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from decisions.models import Candidate, Project, User, Version
from decisions.states import RouteKind
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in

pytestmark = pytest.mark.django_db
START = "/start/"
FIVE = {
    "project_goal": "answer questions about our procedures",
    "must_have": "documents stay inside",
    "model": "Qwen/Qwen2.5-0.5B-Instruct",
    "runtime": "Transformers",
    "route": "local_cpu",
}


@pytest.fixture
def person(client: Client) -> User:
    """Somebody without a project, signed in."""
    made = make.person()
    client.force_login(made)
    return made


def filled(client: Client, **changed: str) -> dict[str, str]:
    """A fresh form, filled in."""
    return {"form_id": values_in(client.get(START))["form_id"]} | FIVE | changed


def test_the_page_asks_five_things(client: Client, person: User) -> None:
    fields = set(values_in(client.get(START))) - {"csrfmiddlewaretoken", "form_id", "back"}
    assert fields == set(FIVE)


def test_five_fields_make_version_1(client: Client, person: User) -> None:
    answer = client.post(START, filled(client))
    version = Version.objects.get()
    project = version.decision.project
    assert answer.headers["Location"].endswith(f"/decisions/{version.decision.slug}/versions/1/")
    assert (project.project_goal, project.must_have) == (FIVE["project_goal"], [FIVE["must_have"]])
    assert version.decision.route.kind == RouteKind.LOCAL_CPU
    candidate = Candidate.objects.get()
    assert (candidate.name, candidate.runtime) == (FIVE["model"], FIVE["runtime"])
    assert "Version 1 is saved." in text_of(client.get(answer.headers["Location"]))


@pytest.mark.parametrize("route", [kind.value for kind in RouteKind if kind is not RouteKind.TEAM])
def test_every_shipped_route(client: Client, person: User, route: str) -> None:
    assert client.post(START, filled(client, route=route)).status_code == 302
    assert Version.objects.get().decision.route.kind == route


def test_a_second_click_makes_no_second_project(client: Client, person: User) -> None:
    said = filled(client)
    first, second = client.post(START, said), client.post(START, said)
    assert first.headers["Location"] == second.headers["Location"]
    assert Project.objects.count() == 1


def test_going_back_and_changing_something_makes_another(client: Client, person: User) -> None:
    said = filled(client)
    client.post(START, said)
    client.post(START, said | {"project_goal": "something else"})
    assert Project.objects.count() == 2


def test_the_same_again_from_a_fresh_form_makes_another(client: Client, person: User) -> None:
    client.post(START, filled(client))
    client.post(START, filled(client))
    assert Project.objects.count() == 2


@pytest.mark.parametrize("field", FIVE)
def test_every_field_is_needed_and_nothing_else_is_lost(client: Client, person: User, field: str) -> None:
    answer = client.post(START, filled(client, **{field: " "}))
    assert answer.status_code == 422
    assert f'href="#id_{field}' in text_of(answer)
    kept = values_in(answer)
    assert all(kept[name] == FIVE[name] for name in FIVE if name not in (field, "route"))
    assert not Project.objects.exists()


@pytest.mark.parametrize("field", ["project_goal", "must_have", "model", "runtime"])
@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_said(
    client: Client, person: User, field: str, text: str, sentence: str
) -> None:
    answer = client.post(START, filled(client, **{field: text}))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Project.objects.exists()


@pytest.mark.parametrize("said", [{"route": "moon"}, {"route": "team"}, {"form_id": "x"}, {"form_id": ""}])
def test_what_the_page_never_sends(client: Client, person: User, said: dict[str, str]) -> None:
    assert client.post(START, filled(client, **said)).status_code == 422
    assert not Project.objects.exists()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_only_text(client: Client, person: User, text: str) -> None:
    one_line = text.replace("\n", " ")
    said = filled(client, project_goal=text, must_have=one_line, model=one_line, runtime=one_line)
    page = text_of(client.post(START, said, follow=True))
    assert "Version 1 is saved." in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert '" autofocus onfocus' not in page


def test_models_are_suggested_with_size_and_licence(client: Client, person: User) -> None:
    page = text_of(client.get("/suggest/models/", {"q": "qwen2.5 0.5b instruct"}))
    assert '<option value="Qwen/Qwen2.5-0.5B-Instruct" label="494 M · apache-2.0">' in page


@pytest.mark.parametrize("asked", [{"model": "qwen"}, {"c1-model_id": "qwen"}, {"q": "qwen", "model": "x"}])
def test_an_input_asks_under_its_own_name(client: Client, person: User, asked: dict[str, str]) -> None:
    assert "Qwen/" in text_of(client.get("/suggest/models/", asked))


def test_runtimes_are_suggested_by_any_of_their_names(client: Client, person: User) -> None:
    everything = text_of(client.get("/suggest/runtimes/"))
    assert 'value="vLLM"' in everything
    assert 'value="Transformers"' in everything
    found = text_of(client.get("/suggest/runtimes/", {"runtime": "vll"}))
    assert 'value="vLLM"' in found
    assert "Transformers" not in found


@pytest.mark.parametrize("asked", ["", "no such model at all", "\0", "<script>", "x" * 5000])
def test_nothing_to_suggest(client: Client, person: User, asked: str) -> None:
    answer = client.get("/suggest/models/", {"q": asked})
    assert answer.status_code == 200
    assert text_of(answer).strip() == ""


@pytest.mark.parametrize("address", ["/suggest/models/?q=qwen", "/suggest/runtimes/"])
def test_suggestions_cost_no_more_than_knowing_who_asks(
    client: Client, person: User, address: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        client.get(address)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_project() -> None:
    person = make.person()
    client = Client()
    client.force_login(person)
    said = filled(client)
    cookies, together = client.cookies, Barrier(2, timeout=20)

    def click(_number: int) -> str:
        one = Client()
        one.cookies = cookies
        together.wait()
        try:
            return one.post(START, said).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(click, range(2)))) == 1
    assert Project.objects.count() == 1
