"""The page of one candidate: all its fields and notes, what ships about it, its own fits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from decisions.actions.routes import add_route
from decisions.models import Candidate, Decision
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db
SHIPPED = "Qwen/Qwen2.5-0.5B-Instruct"


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.candidate(made, SHIPPED, runtime="vLLM")
    make.candidate(made, "A model nobody knows", runtime="a runtime nobody knows")
    return make.loaded(made)


@pytest.fixture
def page(decision: Decision, client: Client) -> str:
    """The address of the first candidate, for the owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("candidate", decision, key="c1")


def stored(decision: Decision, key: str = "c1") -> Candidate:
    return next(one for one in make.loaded(decision).live_candidates if one.key == key)


def loaded(decision: Decision, part: str = "", **values: str) -> dict[str, str]:
    """A post of these fields of the candidate, or of one of its notes."""
    one = stored(decision)
    row, prefix = (getattr(one, part), f"{part}-") if part else (one, "")
    digests = {f"loaded-{prefix}{name}": row.digest_of(name) for name in values}
    return {f"{prefix}{name}": value for name, value in values.items()} | digests


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("candidate", decision, key="c1")
    assert client.get(address).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, loaded(decision, risk="x")).status_code == expected
    assert (stored(decision).risk == "x") == (expected == 302)


def test_wrong_verb_and_unknown_key(client: Client, page: str, decision: Decision) -> None:
    assert client.put(page).status_code == 405
    assert client.get(at("candidate", decision, key="c9")).status_code == 404


def test_every_field_says_why_it_is_asked(client: Client, page: str, decision: Decision) -> None:
    pages = (page, *(at("candidate-note", decision, key="c1", note=note) for note in ("sizing", "terms")))
    texts = [text_of(client.get(address)) for address in pages]
    assert [text.count('data-draft="') for text in texts] == [43, 13, 8]
    assert [text.count('class="why"') for text in texts] == [43, 13, 8]


def test_a_reader_sees_text_and_what_is_unknown(client: Client, decision: Decision) -> None:
    make.edited(
        decision, stored(decision).licence, commercial_use="conditions", conditions=["keep the notice"]
    )
    sign_in(client, "reviewer", decision)
    text = text_of(client.get(at("candidate", decision, key="c1")))
    assert "with conditions" in text
    assert "keep the notice" in text
    assert '<span class="soft">unknown</span>' in text
    assert "hx-post" not in text


def test_shipped_facts_stand_beside_the_fields(client: Client, page: str) -> None:
    text = text_of(client.get(page))
    assert "494 M parameters" in text
    assert "only claimed" in text
    assert "A first look, before GPU, driver, memory and security are clear" in text
    assert "Throughput, paid for with a GPU" in text
    assert "Source, as of 22 Nov 2026" in text


def test_an_unknown_model_says_so(client: Client, page: str, decision: Decision) -> None:
    text = text_of(client.get(at("candidate", decision, key="c2")))
    assert "Neither this model nor this runtime is among the shipped facts." in text


def test_the_fits_are_this_candidates(client: Client, page: str, decision: Decision) -> None:
    assert "of A model nobody knows" in text_of(client.get(at("candidate", decision, key="c2")))


def test_a_stated_need_is_judged_at_once(client: Client, page: str, decision: Decision) -> None:
    make.edited_route(make.route(decision.project, "own_server"), vram_gib=make.Decimal(24), device="L4")
    autosaved(client, page, loaded(decision, route="own_server"))
    text = text_of(autosaved(client, page, loaded(decision, memory_needed_gib="3.1")))
    assert "needs 3.1 of 24 GiB" in text
    assert 'id="facts"' in text
    assert 'id="warnings"' in text
    assert stored(decision).route.code == "own_server"


def test_a_route_the_data_may_not_go_to_is_refused(client: Client, page: str, decision: Decision) -> None:
    make.edited(decision, decision.need, privacy="private_docs")
    answer = autosaved(client, page, loaded(decision, route="free_colab"))
    assert answer.status_code == 422
    assert "Free Colab cannot be chosen." in text_of(answer)
    assert stored(decision).route is None


def test_what_the_action_refuses_is_said_at_the_field(
    client: Client, page: str, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The need became private after the form was looked at; what else was typed is kept."""
    monkeypatch.setattr("decisions.web.candidates.forms.forbids", lambda card: None)
    make.edited(decision, decision.need, privacy="private_docs")
    answer = client.post(page, loaded(decision, route="free_colab", risk="slow"))
    assert answer.status_code == 422
    assert "Private data never goes on a notebook outside the house." in text_of(answer)
    assert (stored(decision).route, stored(decision).risk) == (None, "slow")


def test_another_projects_route_is_no_choice(client: Client, page: str, decision: Decision) -> None:
    add_route(by=make.owner_of(other := make.project()), project=other, name="Elsewhere")
    answer = autosaved(client, page, loaded(decision, route="elsewhere"))
    assert answer.status_code == 422
    assert "Select a valid choice." in text_of(answer)


def test_terms_come_first_where_a_provider_hosts(client: Client, page: str, decision: Decision) -> None:
    assert 'id="note-terms" data-drafts="candidate.terms-"' in text_of(client.get(page))
    autosaved(client, page, loaded(decision, route="cloud_api"))
    text = text_of(client.get(page))
    assert '<details class="group" id="note-terms" open>' in text
    assert text.index("note-terms") < text.index("note-model_card")


def test_i_read_it_today(client: Client, page: str, decision: Decision) -> None:
    posted = values_in(client.get(page)) | {"read_today": "model_card", "model_card-source": "the page"}
    answer = client.post(page, posted)
    note = stored(decision).model_card
    assert answer.url == f"{page}#note-model_card"
    assert (note.reader, note.source) == (make.owner_of(decision.project).full_name, "the page")
    assert note.read_on == timezone.now().date()
    client.post(page, values_in(client.get(page)) | {"read_today": "licence"})
    assert stored(decision).licence.read_on == timezone.now().date()


def test_nobody_has_read_it_tomorrow(client: Client, page: str, decision: Decision) -> None:
    later = (timezone.now() + timedelta(days=3)).date().isoformat()
    answer = autosaved(client, page, loaded(decision, "licence", read_on=later))
    assert answer.status_code == 422
    assert "This day has not come yet." in text_of(answer)


def test_the_plain_form_saves_every_part(client: Client, page: str, decision: Decision) -> None:
    typed = {
        "risk": "too weak",
        "licence-conditions": "one\ntwo",
        "evidence-c1-command": "run it",
    }
    answer = client.post(page, values_in(client.get(page)) | typed, follow=True)
    terms = client.get(at("candidate-note", decision, key="c1", note="terms"))
    client.post(page, values_in(terms) | {"terms-region": "EU"})
    one = stored(decision)
    assert "Draft saved." in text_of(answer)
    assert (one.risk, one.licence.conditions, one.terms.region) == ("too weak", ["one", "two"], "EU")
    assert one.evidence.command == "run it"


@pytest.mark.parametrize(
    ("part", "field", "value", "sentence"),
    [
        ("", "name", " ", "A candidate needs a name: the model&#x27;s."),
        ("", "parameters", "-1", "This cannot be below zero."),
        ("", "memory_needed_gib", "-3", "This cannot be below zero."),
        ("", "runtime_id", "warp", "Select a valid choice."),
        ("model_card", "read_on", "soon", "Enter a valid date."),
        ("licence", "commercial_use", "maybe", "Select a valid choice."),
    ],
)
def test_wrong_values_are_said_at_the_field(
    client: Client, page: str, decision: Decision, part: str, field: str, value: str, sentence: str
) -> None:
    posted = loaded(decision, part, **{field: value})
    for answer in (autosaved(client, page, posted), client.post(page, posted)):
        assert answer.status_code == 422
        assert sentence in text_of(answer)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_never_run(client: Client, page: str, decision: Decision, name: str) -> None:
    text = HOSTILE[name]
    posted = {}
    for part, field in (("", "risk"), ("model_card", "limits"), ("terms", "retention")):
        posted |= loaded(decision, part, **{field: text})
    assert client.post(page, posted).status_code == 302
    shown = text_of(client.get(page)) + text_of(client.get(at("decision-candidates", decision)))
    assert (stored(decision).risk, stored(decision).terms.retention) == (text, text)
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("", "name"),
        ("", "license_note"),
        ("model_card", "data"),
        ("licence", "conditions"),
        ("terms", "region"),
    ],
)
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_said(
    client: Client, page: str, decision: Decision, name: str, part: str, field: str
) -> None:
    text, sentence = REFUSED[name]
    answer = autosaved(client, page, loaded(decision, part, **{field: text}))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("count", [1, 3, 98])
def test_the_page_costs_the_same(
    client: Client, page: str, decision: Decision, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        make.candidate(decision)
    with django_assert_num_queries(8):
        client.get(page)
    posted = loaded(decision, risk="x")
    with django_assert_num_queries(17):
        autosaved(client, page, posted)


def test_what_is_held_beside_the_model_is_stated(client: Client, page: str, decision: Decision) -> None:
    values = {"lora_rank": "16", "loras": "2", "draft": "Qwen/Qwen2.5-0.5B-Instruct", "vision": "no"}
    assert autosaved(client, page, loaded(decision, "sizing", **values)).status_code == 200
    sizing = stored(decision).sizing
    assert (sizing.lora_rank, sizing.loras, sizing.vision) == (16, 2, False)
    assert sizing.draft == "Qwen/Qwen2.5-0.5B-Instruct"
    assert 'name="sizing-draft"' not in text_of(client.get(page))
    asked = text_of(client.get(at("candidate-note", decision, key="c1", note="sizing")))
    assert 'value="Qwen/Qwen2.5-0.5B-Instruct"' in asked


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("lora_rank", "4097", "less than or equal to 4096"),
        ("loras", "0", "greater than or equal to 1"),
        ("draft", "x" * 301, "300"),
    ],
)
def test_what_cannot_be_held_beside_it_is_refused(
    client: Client, page: str, decision: Decision, field: str, value: str, said: str
) -> None:
    answer = autosaved(client, page, loaded(decision, "sizing", **{field: value}))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert getattr(stored(decision).sizing, field) in (None, "")
