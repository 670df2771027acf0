"""A redraw of the route cards beside a bare Django view that asks and answers as much, in one run."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import Decision, Need
from tests import factories
from tests.benchmarks import bare
from tests.benchmarks.table import show

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.benchmarks.urls")]

RUNS = 40
TARGET = 3.0  # times the bare view
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


@pytest.fixture
def decision() -> Decision:
    """Three candidates, five routes, everything filled in."""
    return factories.journey()


def test_redraw(decision: Decision) -> None:
    place = f"{decision.project.slug}/{decision.slug}/"
    client = _signed_in(decision)
    redraw = _poster(client, f"/projects/{decision.project.slug}/decisions/{decision.slug}/need/")
    reference = _poster(client, f"/bare/{place}")
    size, queries = len(redraw(1).content), _queries(redraw, 2)
    assert b"rented_gpu" in redraw(3).content
    bare.of_size(size, 2)
    around = _queries(reference, 4) - 2  # session, account, transaction
    bare.of_size(size, queries - around)
    assert (_queries(reference, 5), len(reference(6).content)) == (queries, size)
    times: dict[str, list[float]] = {"redraw": [], "bare": []}
    for number in range(10, 10 + RUNS):
        times["redraw"].append(_milliseconds(redraw, 2 * number))
        times["bare"].append(_milliseconds(reference, 2 * number + 1))
    _show(times, queries, size)


def _show(times: dict[str, list[float]], queries: int, size: int) -> None:
    rows: list[list[Any]] = [
        [name, queries, size, f"{median(taken):.1f}", f"{min(taken):.1f}"] for name, taken in times.items()
    ]
    title = f"Route-card redraw on {connection.vendor}, {RUNS} runs each, side by side"
    show(title, ["", "queries", "bytes", "median ms", "least ms"], rows)
    ratio = median(times["redraw"]) / median(times["bare"])
    word = "within" if ratio <= TARGET else "ABOVE"
    print(f"  ratio {ratio:.2f}, {word} the target of {TARGET:.1f}")
