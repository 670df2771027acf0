"""All versions of a decision, one opened as it was, and a new decision from one."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from decisions.export.stored import Stored
from decisions.models import Blob, Decision, Version
from decisions.record.canonical import canonical_bytes, digest_of
from decisions.web.versions import views
from tests import factories as make
from tests.web.asking import HOSTILE, text_of
from tests.web.house import PEOPLE, POSTS, READS, WRITES, at, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    return make.version(make.journey()).decision


def stored_as(version: Version, content: dict[str, Any]) -> Version:
    """A further version whose content is this one, as an older release might have left it."""
    data = canonical_bytes(content)
    blob = Blob.objects.create(digest=digest_of(data), data=data)
    return Version.objects.create(
        decision=version.decision,
        number=version.number + 1,
        content=blob,
        manifest=version.manifest,
        stage="plan",
        what_changed="x",
        saved_by=version.saved_by,
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    assert client.get(at("decision-versions", decision)).status_code == READS[who]
    assert client.get(at("version", decision, number=1)).status_code == READS[who]
    assert client.get(at("version-copy", decision, number=1)).status_code == WRITES[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    answer = client.post(at("version-copy", decision, number=1), {"title": "Next month"})
    assert answer.status_code == expected
    assert Decision.objects.filter(title="Next month").exists() == (expected == 302)


@pytest.mark.parametrize("name", ["decision-versions", "version"])
def test_reading_only(client: Client, decision: Decision, name: str) -> None:
    sign_in(client, "owner", decision)
    address = at(name, decision, **({"number": 1} if name == "version" else {}))
    for verb in ("post", "put", "delete"):
        assert getattr(client, verb)(address).status_code == 405


@pytest.mark.parametrize("number", [0, 2, 2**31, 10**30])
def test_a_number_that_is_not_there(client: Client, decision: Decision, number: int) -> None:
    sign_in(client, "owner", decision)
    assert client.get(at("version", decision, number=number)).status_code == 404
    assert client.get(at("version-copy", decision, number=number)).status_code == 404


def test_another_projects_version(client: Client, decision: Decision) -> None:
    mine = make.decision()
    sign_in(client, "owner", mine)
    assert client.get(at("version", decision, number=1)).status_code == 404
    assert client.get(at("version", mine, number=1)).status_code == 404


def test_no_version_yet_says_what_one_is(client: Client) -> None:
    empty = make.decision()
    sign_in(client, "reviewer", empty)
    text = text_of(client.get(at("decision-versions", empty)))
    assert "No version yet" in text
    assert "Save version 1" not in text


def test_a_version_stays_as_it_was(client: Client, decision: Decision, monkeypatch: Any) -> None:
    sign_in(client, "owner", decision)
    before = text_of(client.get(at("version", decision, number=1)))
    draft = make.edited(make.loaded(decision), decision.why, paragraph="Another text by now.")
    make.edited(draft, draft.live_candidates[0], name="Renamed model")
    monkeypatch.setattr("decisions.fit.judge.verdicts_of", lambda *parts: 1 / 0)
    after = text_of(client.get(at("version", decision, number=1)))
    assert "We start small." in after
    assert "Renamed model" not in after
    assert _main(before) == _main(after)


def _main(text: str) -> str:
    return text.partition('<div class="content">')[2].partition("<template")[0]


def test_everything_stored_is_shown(client: Client, decision: Decision) -> None:
    sign_in(client, "auditor", decision)
    version = Version.objects.get()
    text = text_of(client.get(at("version", decision, number=1)))
    for shown in (
        *(version.digest, version.manifest_id, "First plan.", "We start small.", "stable JSON, always"),
        *("Rented GPU", "keep the notice", "fewer than 16 of 20 right", "reviewed_with", "18 of 20 right"),
        *("| sha256sum --check", "NVIDIA L4", "6 of 6", "€120.50"),
    ):
        assert str(shown) in text.replace("Reviewed_with", "reviewed_with"), shown


def test_content_of_another_release_is_still_shown(client: Client, decision: Decision) -> None:
    content = json.loads(bytes(Version.objects.get().content.data))
    content["need"]["carbon_budget"] = "two tonnes"
    content["candidates"][0]["model"].pop("revision")
    content["judged"]["judgements"][0]["verdicts"][0]["word"] = {
        "code": "gone.code",
        "text": "as it was said",
        "x": 1,
    }
    content["judged"].pop("record")
    content.pop("why")
    stored_as(Version.objects.get(), content)
    sign_in(client, "owner", decision)
    text = text_of(client.get(at("version", decision, number=2)))
    assert "two tonnes" in text
    assert "as it was said" in text


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"candidates": None, "judged": [], "routes": {}},
        {"candidates": [1, {}], "judged": {"judgements": [{}]}},
    ],
)
def test_the_smallest_content_does_not_stumble(content: dict[str, Any]) -> None:
    stored = Stored(content)
    assert stored.paragraph == ""
    assert stored.first_fits == []
    assert [stored.fit_rows(), stored.rows(), stored.more(), stored.facts(), stored.why()] == [[]] * 5


def test_content_of_a_newer_schema_says_so(client: Client, decision: Decision) -> None:
    stored_as(Version.objects.get(), {"schema_version": 7})
    sign_in(client, "owner", decision)
    answer = client.get(at("version", decision, number=2))
    assert answer.status_code == 200
    assert "written by a newer Routecard (schema 7;" in text_of(answer)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_shown_and_never_run(client: Client, name: str) -> None:
    made = make.decision(title="Title")
    make.candidate(made, HOSTILE[name].replace("\n", " "), runtime=HOSTILE[name], risk=HOSTILE[name])
    make.edited(make.loaded(made), made.why, paragraph=HOSTILE[name], why_now=HOSTILE[name])
    make.version(make.loaded(made), what_changed=HOSTILE[name])
    sign_in(client, "owner", made)
    text = text_of(client.get(at("version", made, number=1)))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'x" autofocus' not in text


def test_the_copy_starts_without_evidence(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    answer = client.post(at("version-copy", decision, number=1), {"title": "Next month"}, follow=True)
    assert "New decision made." in text_of(answer)
    copy = make.loaded(Decision.objects.get(title="Next month"))
    assert answer.redirect_chain[0][0] == at("decision-candidates", copy)
    assert {c.evidence.command for c in copy.live_candidates} == {""}
    assert copy.copied_from == Version.objects.get()


@pytest.mark.parametrize(
    ("title", "sentence"), [("", "Give the new decision a title."), ("x" * 121, "at most 120")]
)
def test_a_copy_needs_a_title(client: Client, decision: Decision, title: str, sentence: str) -> None:
    sign_in(client, "owner", decision)
    answer = client.post(at("version-copy", decision, number=1), {"title": title})
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_list_costs_the_same_for_any_number(
    client: Client, decision: Decision, rows: int, django_assert_num_queries: Any
) -> None:
    first = Version.objects.get()
    Version.objects.bulk_create(
        Version(
            decision=decision,
            number=n + 2,
            content=first.content,
            manifest=first.manifest,
            stage="plan",
            what_changed=f"Change {n}",
            saved_by=first.saved_by,
        )
        for n in range(rows)
    )
    sign_in(client, "owner", decision)
    with django_assert_num_queries(11):
        answer = client.get(at("decision-versions", decision), {"page": "x"})
    assert text_of(answer).count('name="old"') == min(rows + 1, 25)


def test_versions_stand_on_a_line_of_time_from_two_on(client: Client) -> None:
    made = make.journey()
    client.force_login(make.owner_of(made.project))
    make.version(make.loaded(made))
    assert '<svg class="chart timeline' not in text_of(client.get(at("decision-versions", made)))
    make.version(make.edited(make.loaded(made), make.loaded(made).why, why_now="later"))
    text = text_of(client.get(at("decision-versions", made)))
    assert "2 versions, saved between" in text
    assert text.count('<svg class="chart timeline') == 1


def test_notes_of_many_candidates_are_fetched_when_opened(client: Client) -> None:
    made = make.journey()
    make.candidate(made, "Fourth", needed_source="a guess of ours")
    version = make.version(make.loaded(made))
    client.force_login(make.owner_of(made.project))
    address = at("version", made, number=version.number)
    assert "a guess of ours" not in text_of(client.get(address))
    assert "a guess of ours" in text_of(client.get(address, {"more": "c4"}))
    alone = client.get(address, {"more": "c4"}, headers={"HX-Request": "true"})
    assert text_of(alone).lstrip().startswith("<dl")
    assert text_of(client.get(address, {"more": "c99"}, headers={"HX-Request": "true"})).count("<dd") == 0


def test_how_many_candidates_were_judged_is_fetched_when_opened(client: Client) -> None:
    made = make.journey()
    make.candidate(made, "Fourth")
    version = make.version(make.loaded(made))
    client.force_login(make.owner_of(made.project))
    address = at("version", made, number=version.number)
    alone = text_of(client.get(address, {"judged": "hardware-1"}, headers={"HX-Request": "true"}))
    assert "<li>" in alone
    assert "<html" not in alone
    closed = text_of(client.get(address))
    assert '<a href="?judged=hardware-1#hardware-1">' in closed
    opened = text_of(client.get(address, {"judged": "hardware-1"}))
    assert '<details class="small" id="hardware-1" open>' in opened
    assert opened.count("<li>") == closed.count("<li>") + alone.count("<li>")
    unknown = text_of(client.get(address, {"judged": "hardware-99"}, headers={"HX-Request": "true"}))
    assert "<li>" not in unknown


def test_a_candidate_without_a_route_runs_on_the_decisions(client: Client) -> None:
    decision = make.journey()
    make.edited(decision, decision, route=make.route(decision.project, "rented_gpu"))
    for one in make.loaded(decision).live_candidates:
        make.edited(decision, one, route=None)
    version = make.version(decision)
    client.force_login(make.owner_of(decision.project))
    text = text_of(client.get(at("version", decision, number=version.number)))
    assert text.count("Rented GPU, the decision’s") + text.count("Rented GPU, the decision&#x27;s") == 3


CHOSEN = re.compile(r'name="(old|new)" value="(\w+)"[^>]* checked')


def test_the_only_version_is_compared_with_the_draft(client: Client, decision: Decision) -> None:
    sign_in(client, "author", decision)
    text = text_of(client.get(at("decision-versions", decision)))
    assert dict(CHOSEN.findall(text)) == {"old": "1", "new": "draft"}


def test_a_reader_of_the_only_version_is_offered_no_comparison(client: Client, decision: Decision) -> None:
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("decision-versions", decision)))
    assert 'type="radio"' not in text
    assert "Compare</button>" not in text
    assert "From the second version on, any two can be compared." in text


def test_no_page_of_the_list_offers_one_version_alone(
    client: Client, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 1)
    make.version(make.edited(decision, decision.need, project_goal="another"))
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("decision-versions", decision)))
    assert dict(CHOSEN.findall(text)) == {"old": "1", "new": "2"}
