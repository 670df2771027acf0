"""A kept log set aside and taken back: by whom, with which reason, and what then counts."""

from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision, Event, Measurement, SetAside
from decisions.record.canonical import digest_of
from tests import factories as make
from tests.factories import LOG
from tests.web.asking import HOSTILE, text_of
from tests.web.house import PEOPLE, POSTS, at, sign_in

pytestmark = pytest.mark.django_db

ACCURACY = "/sizing/accuracy/"
TEXT = LOG.decode()
WHY = {f"{digest_of(LOG)[:12]}-reason": "of another machine"}


@pytest.fixture
def decision() -> Decision:
    """A decision whose one candidate has a log in the setting it is asked for in."""
    made = make.decision()
    make.candidate(
        made, "Qwen/Qwen3-8B", runtime="llama.cpp", quantization="Q4_K_M", sizing={"context_tokens": 4096}
    )
    make.measurement(make.loaded(made))
    return made


def address(name: str, decision: Decision, log: str = digest_of(LOG)) -> str:
    return at(f"candidate-log-{name}", decision, key="c1", log=log)


def page_of(client: Client, decision: Decision) -> str:
    return text_of(client.get(at("candidate-log", decision, key="c1")))


@pytest.mark.parametrize("name", ["set-aside", "take-back"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may(client: Client, decision: Decision, who: str, name: str) -> None:
    if name == "take-back":
        make.set_aside(Measurement.objects.get())
    sign_in(client, who, decision)
    wanted = {200: 302}.get(POSTS[who], POSTS[who])
    assert client.post(address(name, decision), WHY).status_code == wanted
    assert client.get(address(name, decision)).status_code == (302 if who == "anonymous" else 405)
    assert SetAside.objects.count() == (name == "take-back") + (wanted == 302)
    page = page_of(client, decision) if POSTS[who] != 404 and who != "anonymous" else ""
    assert ("Set it aside" in page or "Take it back" in page) is (wanted == 302)


def test_it_needs_the_token_of_a_form(decision: Decision) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.owner_of(decision.project))
    assert strict.post(address("set-aside", decision), WHY).status_code == 403
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("log", ["0" * 64, "x", digest_of(b"another log")])
def test_a_log_that_is_not_kept_here_is_not_found(client: Client, decision: Decision, log: str) -> None:
    client.force_login(make.owner_of(decision.project))
    for name in ("set-aside", "take-back"):
        assert client.post(address(name, decision, log), {f"{log[:12]}-reason": "x"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "   ", "x" * 400, "a\0b"])
def test_without_a_reason_nothing_happens_and_the_page_says_so(
    client: Client, decision: Decision, reason: str
) -> None:
    client.force_login(make.owner_of(decision.project))
    name = next(iter(WHY))
    answer = client.post(address("set-aside", decision), {name: reason})
    assert answer.status_code == 422
    assert f'href="#id_{name}"' in text_of(answer)
    assert '<details class="small" open>' in text_of(answer)
    assert not SetAside.objects.exists()


def test_it_is_shown_with_who_when_and_why_and_kept_in_the_trail(client: Client, decision: Decision) -> None:
    owner = make.owner_of(decision.project)
    client.force_login(owner)
    kept = Measurement.objects.get()
    page = text_of(client.post(address("set-aside", decision), WHY, follow=True))
    assert "The log is set aside: it counts no more, and stays here." in page
    assert f"Set aside by {owner.full_name}" in page
    assert "of another machine" in page
    assert ">set aside</span>" in page
    assert ">counts</span>" not in page
    page = text_of(client.post(address("take-back", decision), follow=True))
    assert f"Taken back by {owner.full_name}" in page
    assert f"Set aside by {owner.full_name}" in page
    assert ">counts</span>" in page
    events = Event.objects.filter(verb__in=("measurement.set_aside", "measurement.taken_back"))
    assert [each.verb for each in events] == ["measurement.set_aside", "measurement.taken_back"]
    assert all(
        each.payload == {"measurement": kept.pk, "candidate": "c1", "log": kept.log_id} for each in events
    )


@pytest.mark.parametrize("name", ["set-aside", "take-back"])
def test_twice_is_refused(client: Client, decision: Decision, name: str) -> None:
    client.force_login(make.owner_of(decision.project))
    if name == "set-aside":
        make.set_aside(Measurement.objects.get())
    answer = client.post(address(name, decision), WHY)
    said = "This log is set aside already." if name == "set-aside" else "This log is not set aside."
    assert answer.status_code == 409
    assert said in text_of(answer)


def test_what_is_aside_does_not_count_for_the_candidate(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    estimate = at("candidate-estimate", decision, key="c1")
    assert ">measured<" in text_of(client.get(estimate))
    client.post(address("set-aside", decision), WHY)
    assert ">measured<" not in text_of(client.get(estimate))
    client.post(address("take-back", decision))
    assert f"log {digest_of(LOG)[:12]}" in text_of(client.get(estimate))


def test_then_the_next_newest_log_counts(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    later = f"{TEXT}\nlater"
    client.post(at("candidate-log", decision, key="c1"), {"log_text": later})
    newer = digest_of(later.encode())

    def counting() -> str:
        return make.loaded(decision).to_record().candidates[0].sizing.measured_log

    assert counting() == newer
    client.post(address("set-aside", decision, newer), {f"{newer[:12]}-reason": "cut off"})
    assert counting() == digest_of(LOG)
    client.post(address("take-back", decision, newer))
    assert counting() == newer


def test_the_accuracy_leaves_out_and_says_how_many_and_why(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    make.candidate(decision, "Qwen/Qwen2.5-0.5B-Instruct", runtime="llama.cpp", quantization="Q4_K_M")
    client.post(at("candidate-log", decision, key="c2"), {"log_text": TEXT})
    page = text_of(client.get(ACCURACY))
    assert "1 log is left out of these figures" in page
    assert ">of another model</span>" in page
    assert "more than 25% off those predicted" in page
    assert f'<a href="{at("candidate-log", decision, key="c2")}">Qwen/Qwen2.5-0.5B-Instruct</a>' in page
    assert "qwen2<" not in page
    assert 'data-label="Logs">1<' in page
    client.post(address("set-aside", decision), WHY)
    page = text_of(client.get(ACCURACY))
    assert "2 logs are left out of these figures" in page
    assert "No log counts: all that are kept are left out." in page
    assert "of another machine" in page
    client.force_login(make.person())
    assert "left out" not in text_of(client.get(ACCURACY))


def test_a_candidate_that_was_taken_away_is_named_without_a_link(client: Client, decision: Decision) -> None:
    client.force_login(make.owner_of(decision.project))
    client.post(address("set-aside", decision), WHY)
    client.post(at("candidate-remove", decision, key="c1"))
    page = text_of(client.get(ACCURACY))
    assert "1 log is left out" in page
    assert at("candidate-log", decision, key="c1") not in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_reason_comes_back_as_text(client: Client, decision: Decision, text: str) -> None:
    client.force_login(make.owner_of(decision.project))
    client.post(address("set-aside", decision), {next(iter(WHY)): text.replace("\n", " ")})
    assert SetAside.objects.exists()
    for page in (page_of(client, decision), text_of(client.get(ACCURACY))):
        assert "<script>alert" not in page
        assert "autofocus onfocus" not in page.replace("&quot; autofocus onfocus", "")


def test_more_are_counted_than_are_named(client: Client, decision: Decision, monkeypatch: Any) -> None:
    monkeypatch.setattr("decisions.web.sizing.accuracy.MOST_NAMED", 1)
    client.force_login(make.owner_of(decision.project))
    client.post(at("candidate-log", decision, key="c1"), {"log_text": f"{TEXT}\nlater"})
    for kept in Measurement.objects.all():
        make.set_aside(kept)
    page = text_of(client.get(ACCURACY))
    assert "2 logs are left out" in page
    assert "and 1 more" in page
