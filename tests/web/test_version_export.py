"""The two files of a version: the stored bytes, and the Markdown made of them."""

import hashlib

import pytest
from django.test import Client

from decisions.models import Decision, Version
from decisions.record.read_markdown import read_markdown
from tests import factories as make
from tests.web.asking import HOSTILE
from tests.web.house import PEOPLE, READS, at, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    return make.version(make.journey()).decision


def export(client: Client, decision: Decision, format: str, **more: object) -> bytes:
    """The file the owner gets."""
    sign_in(client, "owner", decision)
    answer = client.get(at("version-export", decision, number=1, format=format))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("format", ["md", "json"])
def test_who_gets_what(client: Client, decision: Decision, who: str, format: str) -> None:
    sign_in(client, who, decision)
    address = at("version-export", decision, number=1, format=format)
    assert client.get(address).status_code == READS[who]


def test_wrong_verb_number_and_format(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    assert client.post(at("version-export", decision, number=1, format="json")).status_code == 405
    assert client.get(at("version-export", decision, number=2, format="json")).status_code == 404
    for format in ("PDF", "JSON", "md.exe", "html"):
        assert client.get(at("version-export", decision, number=1, format=format)).status_code == 404


def test_the_json_file_hashes_to_the_fingerprint(client: Client, decision: Decision) -> None:
    data = export(client, decision, "json")
    assert data == bytes(Version.objects.get().content.data)
    assert hashlib.sha256(data).hexdigest() == Version.objects.get().digest


@pytest.mark.parametrize("format", ["md", "json"])
def test_the_same_on_every_call(client: Client, decision: Decision, format: str) -> None:
    before = export(client, decision, format)
    make.edited(make.loaded(decision), decision.why, why_now="something else by now")
    assert export(client, decision, format) == before


@pytest.mark.parametrize(
    ("format", "kind"), [("md", "text/markdown; charset=utf-8"), ("json", "application/json")]
)
def test_headers(client: Client, decision: Decision, format: str, kind: str) -> None:
    sign_in(client, "owner", decision)
    answer = client.get(at("version-export", decision, number=1, format=format))
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="model_runtime_decision.{format}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'


def test_an_unchanged_file_is_not_sent_again(client: Client, decision: Decision) -> None:
    sign_in(client, "owner", decision)
    address = at("version-export", decision, number=1, format="json")
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_japanese_titles_in_the_address(client: Client) -> None:
    made = make.decision(make.project(name="社内手順"), "答えるモデル")
    make.version(made)
    assert "答えるモデル" in export(client, made, "json").decode()
    assert export(client, made, "md").startswith(b"# Model Runtime Decision\n")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_come_back_from_the_markdown(client: Client, name: str) -> None:
    made = make.decision()
    make.candidate(made, "Model", runtime=HOSTILE[name], risk=HOSTILE[name])
    make.edited(make.loaded(made), made.why, why_now=HOSTILE[name])
    make.version(make.loaded(made))
    record = read_markdown(export(client, made, "md")).record
    assert record.why.why_now == HOSTILE[name]
    assert record.candidates[0].risk == HOSTILE[name]
