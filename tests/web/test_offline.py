"""What a browser keeps for being offline: a page that names nobody, and the worker that brings it."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories as make
from tests.web.asking import text_of

pytestmark = pytest.mark.django_db


def test_the_page_says_what_happened_and_what_to_do(client: Client) -> None:
    client.force_login(make.person("Ada Author"))
    answer = client.get("/offline/")
    assert answer.status_code == 200
    assert "The server cannot be reached" in text_of(answer)
    assert "Try again" in text_of(answer)
    assert "Ada" not in answer.content.decode()


def test_the_worker_is_a_small_script_open_to_anyone(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "private, no-cache"
    assert len(answer.content) <= 1200


def test_all_it_keeps_is_there_and_is_nobodys(client: Client) -> None:
    [kept] = re.findall(r"kept = \[(.*)\]", client.get("/service-worker.js").content.decode())
    addresses = re.findall(r'"([^"]+)"', kept)
    assert addresses[0] == "/offline/"
    assert all(address.startswith("/static/") for address in addresses[1:])
    assert all(finders.find(address.removeprefix("/static/")) for address in addresses[1:])


def test_another_language_is_another_worker(client: Client) -> None:
    english, japanese = (
        client.get("/service-worker.js", headers={"Accept-Language": code}).content for code in ("en", "ja")
    )
    assert english != japanese


@pytest.mark.parametrize("address", ["/offline/", "/service-worker.js"])
def test_nothing_can_be_sent_to_it(client: Client, address: str) -> None:
    client.force_login(make.person())
    assert client.post(address).status_code == 405
