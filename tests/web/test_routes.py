"""Routes: one is chosen, its hardware facts are written down, a team adds its own."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from decisions.actions.routes import add_route
from decisions.models import Decision, Route
from tests import factories as make
from tests.web.asking import HOSTILE, REFUSED, text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, WRITES, at, autosaved, sign_in

pytestmark = pytest.mark.django_db
OWN = {"name": "Lab rack", "has_gpu": "on", "can_serve": "on", "hosts_model": "on", "not_for": "demos"}


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.candidate(made, "Small model", runtime="Transformers")
    return make.loaded(made)


@pytest.fixture
def owner(client: Client, decision: Decision) -> Client:
    """The owner, signed in."""
    sign_in(client, "owner", decision)
    return client


def loaded(route: Route, **values: str) -> dict[str, str]:
    """A post of these fields by somebody who has the page as it is."""
    row = Route.objects.get(pk=route.pk)
    return values | {f"loaded-{name}": row.digest_of(name) for name in values}


def add_own(client: Client, decision: Decision, **values: str) -> Route:
    client.post(at("route-add", decision), OWN | values)
    return decision.project.routes.live().latest("pk")


def gpu(decision: Decision) -> Route:
    return make.route(decision.project, "rented_gpu")


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_choose(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(at("route-choose", decision), {"route": "own_server"}).status_code == expected
    assert bool(make.loaded(decision).route) == (expected == 302)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_read_and_edit_a_route(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("route-edit", decision, code="rented_gpu")
    assert client.get(address).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, loaded(gpu(decision), driver="550")).status_code == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_add_and_remove(client: Client, decision: Decision, who: str) -> None:
    own = add_route(by=make.owner_of(decision.project), project=decision.project, name="Lab")
    sign_in(client, who, decision)
    assert client.get(at("route-add", decision)).status_code == WRITES[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(at("route-add", decision), OWN).status_code == expected
    assert client.post(at("route-remove", decision, code=own.code)).status_code == expected


def test_wrong_verbs(owner: Client, decision: Decision) -> None:
    assert owner.get(at("route-choose", decision)).status_code == 405
    assert owner.get(at("route-remove", decision, code="rented_gpu")).status_code == 405
    assert owner.put(at("route-edit", decision, code="rented_gpu")).status_code == 405


def test_another_projects_route_is_not_found(owner: Client, decision: Decision) -> None:
    other = make.project(make.owner_of(decision.project))
    foreign = add_route(by=make.owner_of(other), project=other, name="Elsewhere")
    assert owner.get(at("route-edit", decision, code=foreign.code)).status_code == 404
    assert owner.post(at("route-choose", decision), {"route": foreign.code}).status_code == 404
    assert owner.post(at("route-remove", decision, code=foreign.code)).status_code == 404
    assert owner.post(at("route-choose", decision)).status_code == 404


def test_choosing_redraws_cards_fits_and_table(owner: Client, decision: Decision) -> None:
    answer = autosaved(owner, at("route-choose", decision), {"route": "own_server"})
    text = text_of(answer)
    assert answer.status_code == 200
    assert 'id="route-own_server"' in text
    assert "Hardware facts of Own server" in text
    assert 'id="fits"' in text
    assert 'id="compare"' in text
    assert "<html" not in text


def test_a_closed_route_is_chosen_to_be_opened(owner: Client, decision: Decision) -> None:
    page = text_of(owner.post(at("route-choose", decision), {"route": "rented_gpu"}, follow=True))
    assert "no GPU is declared" in page


def test_hardware_of_the_chosen_route_is_fetched_when_opened(owner: Client, decision: Decision) -> None:
    owner.post(at("route-choose", decision), {"route": "rented_gpu"})
    page = text_of(owner.get(at("decision-candidates", decision)))
    address = at("route-edit", decision, code="rented_gpu")
    assert 'data-drafts="route-rented_gpu"' in page
    assert 'name="vram_gib"' not in page
    assert f'hx-get="{address}"' in page
    assert f'<a href="{address}">Hardware facts of Rented GPU</a>' in page
    form = text_of(owner.get(address, headers={"HX-Request": "true"}))
    assert 'name="vram_gib"' in form
    assert f'action="{address}"' in form
    assert "<html" not in form


@pytest.mark.parametrize("privacy", ["private_docs", "regulated"])
def test_private_data_keeps_the_notebook_closed(owner: Client, decision: Decision, privacy: str) -> None:
    make.edited(decision, decision.need, privacy=privacy)
    sentence = "Private data never goes on a notebook outside the house."
    for answer in (
        owner.post(at("route-choose", decision), {"route": "free_colab"}),
        autosaved(owner, at("route-choose", decision), {"route": "free_colab"}),
    ):
        assert answer.status_code == 409
        assert sentence in text_of(answer)
    assert make.loaded(decision).route is None
    assert 'id="choose-free_colab"' not in text_of(owner.get(at("decision-candidates", decision)))


def test_hardware_facts_open_the_card(owner: Client, decision: Decision) -> None:
    page = at("decision-candidates", decision)
    owner.post(at("route-choose", decision), {"route": "rented_gpu"})
    answer = owner.post(
        at("route-edit", decision, code="rented_gpu"),
        loaded(gpu(decision), device="NVIDIA L4"),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"},
    )
    text = text_of(answer)
    assert gpu(decision).vram_gib == Decimal(24)
    assert 'id="vram" hx-swap-oob="innerHTML"' in text
    assert 'id="cards" hx-swap-oob="innerHTML"' in text
    assert 'id="compare" hx-swap-oob="innerHTML"' in text
    assert "Rented GPU is open now." in answer["HX-Trigger"]


def test_a_typed_vram_is_left_alone(owner: Client, decision: Decision) -> None:
    route = make.edited_route(gpu(decision), vram_gib=Decimal("22.5"))
    autosaved(owner, at("route-edit", decision, code=route.code), loaded(route, device="NVIDIA L4"))
    assert gpu(decision).vram_gib == Decimal("22.5")


def test_another_device_brings_its_own_vram(owner: Client, decision: Decision) -> None:
    route = make.edited_route(gpu(decision), device="NVIDIA L4", vram_gib=Decimal(24))
    autosaved(owner, at("route-edit", decision, code=route.code), loaded(route, device="NVIDIA L40S"))
    assert gpu(decision).vram_gib == Decimal(48)


def test_the_plan_in_a_line(owner: Client, decision: Decision) -> None:
    make.edited_route(gpu(decision), **make.HARDWARE)
    text = text_of(owner.get(at("decision-candidates", decision)))
    assert "1 × NVIDIA L4 22.5 GiB, 32 GiB of RAM, 6 h, stops 1 May 2099 18:00 UTC · US$4.26" in text


def test_a_stop_time_lies_ahead(owner: Client, decision: Decision) -> None:
    address = at("route-edit", decision, code="rented_gpu")
    past = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    answer = autosaved(owner, address, loaded(gpu(decision), expected_stop_at=past))
    assert answer.status_code == 422
    assert "This moment has passed. The stop time lies ahead." in text_of(answer)
    assert gpu(decision).expected_stop_at is None


def test_a_stop_time_is_utc_whatever_clock_a_person_reads_by(owner: Client, decision: Decision) -> None:
    make.edited_route(gpu(decision), **make.HARDWARE)
    owner.cookies["time_zone"] = "Asia/Tokyo"
    address = at("route-edit", decision, code="rented_gpu")
    posted = values_in(owner.get(address))
    assert posted["expected_stop_at"] == "2099-05-01T18:00"
    assert owner.post(address, posted | {"expected_stop_at": "2099-05-02T09:30"}).status_code == 302
    assert gpu(decision).expected_stop_at == datetime(2099, 5, 2, 9, 30, tzinfo=UTC)


def test_a_stop_time_that_has_passed_since_stays(owner: Client, decision: Decision) -> None:
    stored = datetime(2020, 1, 1, 10, 0, 30, tzinfo=UTC)
    make.edited_route(gpu(decision), expected_stop_at=stored)
    address = at("route-edit", decision, code="rented_gpu")
    posted = values_in(owner.get(address)) | {"driver": "550.90"}
    assert owner.post(address, posted).status_code == 302
    assert (gpu(decision).driver, gpu(decision).expected_stop_at) == ("550.90", stored)


@pytest.mark.parametrize(
    "field", ["device_count", "vram_gib", "ram_gib", "disk_gib", "price_amount", "planned_hours"]
)
def test_no_hardware_is_negative(owner: Client, decision: Decision, field: str) -> None:
    posted = loaded(gpu(decision), **{field: "-1"})
    answer = autosaved(owner, at("route-edit", decision, code="rented_gpu"), posted)
    assert answer.status_code == 422
    assert "This cannot be below zero." in text_of(answer)


def test_an_ssh_target_is_nothing_but_one(owner: Client, decision: Decision) -> None:
    route, page = gpu(decision), at("route-edit", decision, code="rented_gpu")
    answer = autosaved(owner, page, loaded(route, ssh_target="root@host; reboot"))
    assert answer.status_code == 422
    assert "Write user@host or user@host:port" in text_of(answer)
    autosaved(owner, page, loaded(route, ssh_target=" root@203.0.113.7:22022 "))
    assert Route.objects.get(pk=route.pk).ssh_target == "root@203.0.113.7:22022"


def test_a_team_adds_its_own_route(owner: Client, decision: Decision) -> None:
    route = add_own(owner, decision)
    assert (route.name, route.kind, route.code) == ("Lab rack", "team", "lab-rack")
    assert (route.has_gpu, route.is_rented, route.hosts_model) == (True, False, True)
    page = text_of(owner.get(at("decision-candidates", decision)))
    assert "Lab rack" in page
    assert "demos" in page


def test_a_route_needs_a_name(owner: Client, decision: Decision) -> None:
    answer = owner.post(at("route-add", decision), OWN | {"name": " "})
    assert answer.status_code == 422
    assert "A route needs a name." in text_of(answer)
    assert "demos" in text_of(answer)


def test_traits_and_texts_are_edited(owner: Client, decision: Decision) -> None:
    route = add_own(owner, decision)
    address = at("route-edit", decision, code=route.code)
    posted = values_in(owner.get(address)) | {"name": "Rack two", "is_notebook": "on", "first_model": "tiny"}
    del posted["has_gpu"]
    assert owner.post(address, posted).status_code == 302
    route.refresh_from_db()
    assert (route.name, route.is_notebook, route.has_gpu) == ("Rack two", True, False)
    assert route.first_model == "tiny"


def test_a_shipped_routes_traits_are_not_for_editing(owner: Client, decision: Decision) -> None:
    text = text_of(owner.get(at("route-edit", decision, code="free_colab")))
    assert 'name="is_notebook"' not in text
    assert 'name="first_model"' in text
    refused = owner.post(at("route-remove", decision, code="free_colab"), follow=True)
    assert "The shipped routes stay" in text_of(refused)


def test_a_route_in_use_is_not_removed(owner: Client, decision: Decision) -> None:
    route = add_own(owner, decision)
    owner.post(at("route-choose", decision), {"route": route.code})
    refused = owner.post(at("route-remove", decision, code=route.code), follow=True)
    assert "runs on this route" in text_of(refused)
    owner.post(at("route-choose", decision), {"route": "local_cpu"})
    gone = owner.post(at("route-remove", decision, code=route.code), follow=True)
    assert "The route Lab rack is removed." in text_of(gone)
    assert owner.get(at("route-edit", decision, code=route.code)).status_code == 404


def test_a_reader_sees_hardware_as_text(client: Client, decision: Decision) -> None:
    make.edited_route(gpu(decision), driver="550.90")
    sign_in(client, "auditor", decision)
    text = text_of(client.get(at("route-edit", decision, code="rented_gpu")))
    assert "550.90" in text
    assert '<span class="soft">unknown</span>' in text
    assert "hx-post" not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_never_run(owner: Client, decision: Decision, name: str) -> None:
    text = HOSTILE[name]
    address = at("route-edit", decision, code="rented_gpu")
    assert (
        autosaved(owner, address, loaded(gpu(decision), security=text, first_model=text)).status_code == 200
    )
    shown = text_of(owner.get(address)) + text_of(owner.get(at("decision-candidates", decision)))
    assert gpu(decision).security == text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("field", ["device", "driver", "security", "first_model", "upgrade_signal"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_said(owner: Client, decision: Decision, name: str, field: str) -> None:
    text, sentence = REFUSED[name]
    posted = loaded(gpu(decision), **{field: text})
    answer = autosaved(owner, at("route-edit", decision, code="rented_gpu"), posted)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("count", [1, 3, 45])
def test_routes_cost_the_same(
    owner: Client, decision: Decision, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        add_route(by=make.owner_of(decision.project), project=decision.project, name=f"Own {number}")
    with django_assert_num_queries(8):
        owner.get(at("decision-candidates", decision))
    with django_assert_num_queries(8):
        owner.get(at("route-edit", decision, code="rented_gpu"))
    posted = loaded(gpu(decision), driver="550")
    with django_assert_num_queries(17):
        autosaved(owner, at("route-edit", decision, code="rented_gpu"), posted)
