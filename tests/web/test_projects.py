"""The list of projects, one project, and what is done with it."""

from typing import Any

import pytest
from django.test import Client

from decisions.actions.decisions import create_decision
from decisions.models import Decision, Event, Project, User
from decisions.states import ProjectRole, TextLanguage
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in

pytestmark = pytest.mark.django_db
FORM = {"name": "Support desk", "project_goal": "answer", "must_have": "a, b\nc", "nice_to_have": ""}


@pytest.fixture
def owner(client: Client) -> User:
    """The owner of what there is, signed in."""
    person = make.person()
    client.force_login(person)
    return person


def many(owner: User, rows: int) -> None:
    """So many projects, each with a decision and a version."""
    for _number in range(rows):
        make.version(make.decision(make.project(owner)))


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_list_costs_the_same_for_any_number(
    client: Client, owner: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(5, rows):
        make.project(owner, f"Project {number}")
    many(owner, min(rows, 5))
    with django_assert_num_queries(8):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_project_costs_the_same_for_any_number_of_decisions(
    client: Client, owner: User, rows: int, django_assert_num_queries: Any
) -> None:
    project = make.project(owner)
    make.version(make.decision(project))
    Decision.objects.bulk_create(
        [Decision(project=project, slug=f"d{n}", title=f"D {n}") for n in range(1, rows)]
    )
    with django_assert_num_queries(11):
        assert client.get(f"/projects/{project.slug}/").status_code == 200


def test_a_row_says_where_the_project_stands(client: Client, owner: User) -> None:
    project = make.project(owner, "Support desk", project_goal="answer questions")
    make.version(make.decision(project, "Decided first"))
    make.decision(project, "Drafted later")
    page = text_of(client.get("/"))
    for said in ("Support desk", "answer questions", "Decided first", "Plan", "version 1"):
        assert said in page
    assert "Drafted later" not in page


def test_a_project_without_a_version_shows_its_draft(client: Client, owner: User) -> None:
    make.decision(make.project(owner), "Only a draft")
    page = text_of(client.get("/"))
    assert "Only a draft" in page
    assert "Draft" in page


def test_a_first_visit_teaches_and_has_one_button(client: Client, owner: User) -> None:
    page = text_of(client.get("/"))
    assert "Which model is enough?" in page
    assert page.count('href="/start/"') == 1


def test_an_auditor_is_offered_nothing_to_make(client: Client) -> None:
    client.force_login(make.auditor())
    page = text_of(client.get("/"))
    assert "No project yet" in page
    assert "/start/" not in page


def test_searching_in_names_goals_and_decisions(client: Client, owner: User) -> None:
    make.project(owner, "First", project_goal="費用の見積もり")
    make.decision(make.project(owner, "Second"), "The model for 100 % of invoices")
    assert "First" in text_of(client.get("/", {"q": "費用"}))
    found = client.get("/", {"q": "100 %"}, headers={"HX-Request": "true"})
    assert "Second" in text_of(found)
    assert "First" not in text_of(found)
    assert "<html" not in text_of(found)
    assert "HX-Request" in found.headers["Vary"]
    assert client.get("/", {"q": "\0", "page": "-7"}).status_code == 200


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_the_whole_page_where_htmx_wants_it(client: Client, owner: User, header: str) -> None:
    answer = client.get("/", headers={"HX-Request": "true", header: "true"})
    assert "<html" in text_of(answer)


def test_archived_projects_are_a_list_of_their_own(client: Client, owner: User) -> None:
    make.archived(make.project(owner, "Old thing"))
    make.project(owner, "New thing")
    assert "Old thing" not in text_of(client.get("/"))
    page = text_of(client.get("/?archived=1"))
    assert "Old thing" in page
    assert "New thing" not in page


def test_nobody_sees_what_others_archived(client: Client, owner: User) -> None:
    project = make.project(name="Old thing")
    make.member(project, ProjectRole.AUTHOR, owner)
    make.archived(project)
    assert "Old thing" not in text_of(client.get("/?archived=1"))


def test_making_a_project(client: Client, owner: User) -> None:
    answer = client.post("/new-project/", FORM, follow=True)
    assert answer.redirect_chain == [("/projects/support-desk/", 302)]
    assert "No decision yet" in text_of(answer)
    assert Project.objects.get().must_have == ["a, b", "c"]


def test_words_of_addresses_are_free_for_names(client: Client, owner: User) -> None:
    for name in ("new", "decisions", "members", "new-project"):
        client.post("/new-project/", FORM | {"name": name})
        assert client.get(f"/projects/{name}/").status_code == 200
    project = Project.objects.get(slug="new")
    make.decision(project, "new")
    assert client.get("/projects/new/decisions/new/").status_code == 302


def test_editing_a_project(client: Client, owner: User) -> None:
    project = make.project(owner, must_have=["a", "b"])
    address = f"/projects/{project.slug}/edit/"
    assert values_in(client.get(address))["must_have"] == "a\nb"
    answer = client.post(address, FORM, follow=True)
    assert "Stored." in text_of(answer)
    assert Event.objects.latest("number").payload["fields"] == ["name", "project_goal", "must_have"]


@pytest.mark.parametrize("field", ["name", "project_goal", "must_have"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_only_text(client: Client, owner: User, field: str, text: str) -> None:
    said = FORM | {field: text if field != "name" else text.replace("\n", " ")}
    project = client.post("/new-project/", said).headers["Location"]
    for address in (project, project + "edit/", "/"):
        page = text_of(client.get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert '" autofocus onfocus' not in page
        assert make.PASSWORD not in page


@pytest.mark.parametrize("field", ["name", "project_goal", "must_have"])
@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_said_and_not_lost(
    client: Client, owner: User, field: str, text: str, sentence: str
) -> None:
    answer = client.post("/new-project/", FORM | {field: text, "nice_to_have": "not lost"})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "not lost" in text_of(answer)
    assert not Project.objects.exists()


def test_archiving_and_bringing_back(client: Client, owner: User) -> None:
    project = make.project(owner)
    address = f"/projects/{project.slug}/"
    page = text_of(client.post(address + "archive/", follow=True))
    assert "Bring it back" in page
    assert "/new-decision/" not in page
    again = client.post(address + "archive/")
    assert again.status_code == 409
    assert "This project is archived already." in text_of(again)
    assert "/new-decision/" in text_of(client.post(address + "restore/", follow=True))


def test_a_new_decision_starts_from_the_project(client: Client, owner: User) -> None:
    project = make.project(owner, project_goal="answer", must_have=["a"])
    said = {"title": "見積もりのモデル", "text_language": "ja"}
    answer = client.post(f"/projects/{project.slug}/new-decision/", said)
    decision = Decision.objects.get()
    assert answer.status_code == 302
    assert decision.text_language == TextLanguage.JAPANESE
    assert decision.need.must_have == ["a"]


@pytest.mark.parametrize("said", [{}, {"title": "x", "text_language": "tlh"}, {"title": "x" * 121}])
def test_a_decision_that_cannot_begin(client: Client, owner: User, said: dict[str, str]) -> None:
    project = make.project(owner)
    answer = client.post(f"/projects/{project.slug}/new-decision/", {"text_language": "en"} | said)
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_title_and_language_are_saved_by_field(client: Client, owner: User) -> None:
    decision = make.decision(make.project(owner), "As it was")
    address = f"/projects/{decision.project.slug}/decisions/{decision.slug}/settings/"
    said = {"title": "As it is", "loaded-title": decision.digest_of("title")}
    answer = client.post(address, said, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="s-decision-title"' in text_of(answer)
    assert Decision.objects.get().title == "As it is"
    lost = client.post(address, said | {"title": "Late"}, headers={"HX-Request": "true"})
    assert lost.status_code == 409
    assert all(text in text_of(lost) for text in ("As it is", "Late"))


def test_a_plain_post_of_title_and_language(client: Client, owner: User) -> None:
    decision = make.decision(make.project(owner), "As it was")
    address = f"/projects/{decision.project.slug}/decisions/{decision.slug}/settings/"
    said = values_in(client.get(address)) | {"title": "", "text_language": "ja"}
    answer = client.post(address, said)
    assert answer.status_code == 422
    stored = Decision.objects.get()
    assert (stored.title, stored.text_language) == ("As it was", "ja")
    done = client.post(address, values_in(client.get(address)) | {"title": "New", "text_language": "ja"})
    assert done.status_code == 302


def test_a_second_decision_of_the_same_title_has_its_own_address(client: Client, owner: User) -> None:
    project = make.project(owner)
    slugs = {create_decision(by=owner, project=project, title="Same").slug for _time in range(3)}
    assert slugs == {"same", "same-2", "same-3"}
    page = text_of(client.get(f"/projects/{project.slug}/"))
    assert all(f"/decisions/{slug}/" in page for slug in slugs)
