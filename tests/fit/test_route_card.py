from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.judge import judge
from decisions.fit.route_card import draw
from decisions.record.schema import Card, CardTexts, Need, Record, Route, Traits
from decisions.states import CardState, Privacy
from tests.fit.samples import READY_GPU, route

KINDS = ("local_cpu", "free_colab", "rented_gpu", "own_server", "cloud_api")


def codes(card: Card) -> list[str]:
    return [reason.code for reason in card.reasons]


@pytest.mark.parametrize("privacy", ["private_docs", "regulated"])
def test_private_documents_close_free_colab(privacy):
    card = draw(route("free_colab"), Need(privacy=privacy))
    assert (card.state, codes(card)) == (CardState.CLOSED, ["card.private_notebook"])
    assert "public samples only" in card.would_open[0].text


@pytest.mark.parametrize(
    ("privacy", "state"),
    [(None, CardState.UNKNOWN), ("public", CardState.OPEN), ("internal", CardState.OPEN)],
)
def test_colab_is_open_only_when_privacy_is_known(privacy, state):
    assert draw(route("free_colab"), Need(privacy=privacy)).state is state


@pytest.mark.parametrize("kind", ["rented_gpu", "own_server"])
@pytest.mark.parametrize(
    ("hardware", "state", "code"),
    [
        ({}, CardState.CLOSED, "card.no_gpu"),
        ({"device": "L4", "device_count": 0, "vram_gib": "24"}, CardState.CLOSED, "card.no_gpu"),
        ({"device": "T4"}, CardState.UNKNOWN, "card.vram_unknown"),
        ({"vram_gib": "15.99"}, CardState.CLOSED, "card.low_vram"),
        ({"vram_gib": "16"}, CardState.OPEN, "card.enough_vram"),
        ({"vram_gib": "8", "device_count": 2}, CardState.OPEN, "card.enough_vram"),
    ],
)
def test_gpu_serving_starts_at_16_gib(kind, hardware, state, code):
    card = draw(route(kind, **hardware), Need(privacy="public"))
    assert (card.state, codes(card)) == (state, [code])


def test_a_closed_gpu_route_says_the_number_and_what_opens_it():
    card = draw(route("rented_gpu", vram_gib="8"), Need())
    assert "current hardware route is not ready: 8 GiB" in card.reasons[0].text
    assert "8 GiB more" in card.would_open[0].text


def test_a_needed_endpoint_closes_a_notebook_and_every_reason_is_listed():
    card = draw(route("free_colab"), Need(privacy="private_docs", needs_service=True))
    assert codes(card) == ["card.private_notebook", "card.notebook_serves_nothing"]
    assert len(card.would_open) == 2


@pytest.mark.parametrize("needs_service", [None, False])
def test_an_endpoint_not_asked_for_closes_nothing(needs_service):
    need = Need(privacy="public", needs_service=needs_service)
    assert draw(route("free_colab"), need).state is CardState.OPEN


@pytest.mark.parametrize("privacy", [None, "private_docs"])
def test_an_api_depends_on_its_terms(privacy):
    card = draw(route("cloud_api"), Need(privacy=privacy))
    assert card.state is CardState.UNKNOWN
    assert card.would_open


def test_private_data_on_a_rented_gpu_is_open_with_a_caution():
    card = draw(route("rented_gpu", **READY_GPU), Need(privacy="private_docs"))
    assert (card.state, codes(card)) == (CardState.OPEN, ["card.leaves", "card.enough_vram"])


def test_what_has_to_be_clear_before_serving():
    rented = draw(route("rented_gpu", **READY_GPU), Need()).clear_first
    assert [said.code for said, is_clear in rented if not is_clear] == [
        "clear.price",
        "clear.hours",
        "clear.stop",
    ]
    assert len(draw(route("own_server"), Need()).clear_first) == 4
    assert draw(route(), Need()).clear_first == ()


def test_a_teams_own_route_follows_its_traits():
    traits = Traits(is_notebook=True, leaves_the_house=True)
    team = Route(code="kaggle", name="Kaggle", kind="team", traits=traits)
    assert draw(team, Need(privacy="private_docs")).state is CardState.CLOSED
    assert draw(team, Need()).texts == CardTexts()


def test_a_team_writes_over_the_shipped_texts():
    own = route().model_copy(update={"card": CardTexts(first_model="our own")})
    card = draw(own, Need())
    assert card.texts.first_model == "our own"
    assert card.texts.runtime == draw(route(), Need()).texts.runtime != ""


@given(privacy=st.none() | st.sampled_from(Privacy), needs_service=st.sampled_from([None, True, False]))
def test_every_card_keeps_its_texts_and_says_why(privacy, needs_service):
    for kind in KINDS:
        card = draw(route(kind), Need(privacy=privacy, needs_service=needs_service))
        assert all(card.texts.model_dump().values())
        assert card.reasons
        assert bool(card.would_open) is (card.state is not CardState.OPEN)


def test_the_order_of_routes_changes_no_card():
    cards = {
        frozenset(card.model_dump_json() for card in judge(Record(routes=order)).cards)
        for order in permutations([route(kind) for kind in KINDS], 5)
    }
    assert len(cards) == 1


@pytest.mark.parametrize("privacy", ["private_docs", "regulated"])
def test_no_traits_of_a_file_open_free_colab_to_private_documents(privacy):
    tame = route("free_colab").model_copy(update={"traits": Traits(can_serve=True)})
    assert "card.private_notebook" in codes(draw(tame, Need(privacy=privacy)))
    assert draw(tame, Need()).state is CardState.UNKNOWN
