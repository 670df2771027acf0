"""A redraw of the route cards beside a bare Django view that asks and answers as much, in one run."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, _TestState

from decisions.models import Decision, Need
from tests import factories
from tests.benchmarks.bare import REFERENCE
from tests.benchmarks.table import show

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.benchmarks.urls")]

RUNS = 40
Post = Callable[[int], HttpResponse]


def _signed_in(decision: Decision) -> Client:
    client = Client()
    client.force_login(factories.owner_of(decision.project))
    return client


def _poster(client: Client, address: str) -> Post:
    """Posts one field of the need, as htmx does, each time with another value."""

    def post(number: int) -> HttpResponse:
        loaded = Need.objects.get().digest_of("context_tokens")
        data = {"context_tokens": str(number), "loaded-context_tokens": loaded}
        response: HttpResponse = client.post(address, data, headers={"HX-Request": "true"})  # type: ignore[assignment]
        assert response.status_code == 200
        return response

    return post


def _queries(post: Post, number: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        post(number)
    return len(asked) - 1  # the one in which the poster looks up the digest


def _milliseconds(post: Post, number: int) -> float:
    start = perf_counter()
    post(number)
    return (perf_counter() - start) * 1000


@pytest.fixture(autouse=True)
def _templates_as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under test Django copies the context of every template it renders; a server does not."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture
def decision() -> Decision:
    """Three candidates, five routes, everything filled in."""
    return factories.journey()


def test_redraw(decision: Decision) -> None:
    client = _signed_in(decision)
    redraw = _poster(client, f"/projects/{decision.project.slug}/decisions/{decision.slug}/need/")
    plain = _poster(client, f"/bare/{decision.project.slug}/{decision.slug}/")
    assert b"rented_gpu" in redraw(1).content
    size, queries = len(redraw(2).content), _queries(redraw, 3)
    _ask_and_answer_as_much(plain, queries, size)
    times: dict[str, list[float]] = {"redraw": [], "bare, small reads": [], "bare, reads the draft": []}
    for number in range(10, 10 + RUNS):
        times["redraw"].append(_milliseconds(redraw, number))
        for name in list(times)[1:]:
            REFERENCE.reads_the_draft = name == "bare, reads the draft"
            times[name].append(_milliseconds(plain, number))
    _show(times, queries, size)


def _ask_and_answer_as_much(plain: Post, queries: int, size: int) -> None:
    REFERENCE.answer(size)
    REFERENCE.queries = 2
    around = _queries(plain, 4) - 2  # session, account, transaction
    REFERENCE.queries = queries - around
    for REFERENCE.reads_the_draft in (False, True):
        assert (_queries(plain, 5), len(plain(6).content)) == (queries, size)


def _show(times: dict[str, list[float]], queries: int, size: int) -> None:
    own = median(times["redraw"])
    rows = [
        [name, queries, size, f"{median(taken):.1f}", f"{min(taken):.1f}", f"{own / median(taken):.2f}"]
        for name, taken in times.items()
    ]
    title = f"Route-card redraw on {connection.vendor}, {RUNS} runs each, side by side (target: 3 times)"
    show(title, ["", "queries", "bytes", "median ms", "least ms", "redraw is … times"], rows)
