"""A model by its id from a Hub on this machine: read, refused in words, never further than allowed."""

import json
import socket
import subprocess
import sys
from datetime import date

import pytest

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.safetensors_header import SafetensorsHeader, SafetensorsIndex
from decisions.hub import Hub, HubFile, installed, read_model
from decisions.hub.address import model_id_of
from tests.hub.loopback import COMMIT, CONFIG, INDEX, SINGLE, TOKEN, Page, file, hub, info, model

DAY = date(2026, 11, 28)
NAME = "maker/model"
INDEX_NAME = "model.safetensors.index.json"


def code_of(endpoint: str, name: str = NAME, **options: object) -> str:
    with pytest.raises(Unsizable) as caught:
        read_model(Hub(endpoint, **options), name, day=DAY)  # type: ignore[arg-type]
    return caught.value.statement.code


def test_a_model_with_an_index() -> None:
    pages = {
        model(NAME): info("config.json", INDEX_NAME, "model-00001-of-00001.safetensors"),
        file(NAME, "config.json"): Page(json.dumps(CONFIG).encode()),
        file(NAME, INDEX_NAME): Page(json.dumps(INDEX).encode()),
    }
    with hub(pages) as (endpoint, asked):
        found = read_model(Hub(endpoint, token=TOKEN), f"{endpoint}/{NAME}/tree/main", day=DAY)
    assert found.model_id == NAME
    assert found.revision == COMMIT
    assert found.source == f"{endpoint}/{NAME}/tree/{COMMIT}"
    assert found.address_of("config.json") == f"{endpoint}/{NAME}/blob/{COMMIT}/config.json"
    assert found.read_on == DAY
    assert found.licence == "apache-2.0"
    assert found.files[0] == HubFile("config.json", 100)
    assert json.loads(found.config or b"") == CONFIG
    assert isinstance(found.weights, SafetensorsIndex)
    assert found.weights_bytes == 1234
    assert {each.headers["authorization"] for each in asked} == {f"Bearer {TOKEN}"}
    assert {each.headers["user-agent"] for each in asked} == {"routecard"}
    assert len(asked) == 3


def test_of_a_single_file_only_the_header_is_read() -> None:
    pages = {
        model(NAME): info("model.safetensors", cardData=None, tags=["x", "license:mit"]),
        file(NAME, "model.safetensors"): Page(SINGLE + bytes(30 << 20)),
    }
    with hub(pages) as (endpoint, asked):
        found = read_model(Hub(endpoint), NAME, day=DAY)
    assert isinstance(found.weights, SafetensorsHeader)
    assert found.weights_bytes == 64
    assert found.config is None
    assert found.licence == "mit"
    assert asked[-1].headers["range"].startswith("bytes=0-")
    assert "authorization" not in asked[-1].headers


def test_a_revision_is_asked_for_and_the_commit_kept() -> None:
    with hub({model(NAME, "refs%2Fpr%2F1"): info()}) as (endpoint, _):
        found = read_model(Hub(endpoint), NAME, revision="refs/pr/1", day=DAY)
    assert found.revision == COMMIT
    assert found.weights is None


GATED = {"X-Error-Code": "GatedRepo"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Page(status=401, headers=GATED), "hub.gated"),
        (Page(status=403, headers=GATED), "hub.gated"),
        (Page(status=403), "hub.gated"),
        (Page(status=404, headers={"X-Error-Code": "RepoNotFound"}), "hub.missing"),
        (Page(status=401, headers={"X-Error-Code": "RepoNotFound"}), "hub.missing"),
        (Page(status=404), "hub.missing"),
        (Page(status=404, headers={"X-Error-Code": "RevisionNotFound"}), "hub.no_revision"),
        (
            Page(status=401, headers={"X-Error-Message": "Invalid credentials in Authorization header"}),
            "hub.token",
        ),
        (Page(status=429), "hub.busy"),
        (Page(status=500), "hub.failed"),
        (Page(status=400, body=b"x" * 100_000), "hub.failed"),
        (Page(b"<html>"), "hub.odd"),
        (Page(b"[" * 100_000), "hub.odd"),
        (Page(b"[]"), "hub.odd"),
        (Page(b'{"sha": 5}'), "hub.odd"),
        (Page(b'{"sha": "../../etc/passwd"}'), "hub.odd"),
        (Page(endless=True), "hub.large"),
        (Page(status=302, headers={"Location": "http://192.0.2.1/"}), "hub.elsewhere"),
        (Page(status=302, headers={"Location": "https://192.0.2.1/"}), "hub.elsewhere"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "hub.elsewhere"),
        (Page(status=302, headers={"Location": "http://[/"}), "hub.elsewhere"),
        (Page(status=307, headers={"Location": model(NAME)}), "hub.elsewhere"),
        (Page(status=302), "hub.elsewhere"),
    ],
)
def test_each_refusal_has_its_words(answer: Page, code: str) -> None:
    with hub({model(NAME): answer}) as (endpoint, _):
        assert code_of(endpoint) == code


def test_a_gated_model_says_so_by_its_files() -> None:
    pages = {
        model(NAME): info("config.json", gated="manual"),
        file(NAME, "config.json"): Page(status=401, headers=GATED),
    }
    with hub(pages) as (endpoint, _), pytest.raises(Unsizable, match=r"^maker/model is gated: its terms"):
        read_model(Hub(endpoint), NAME, day=DAY)


def test_odd_lists_of_files_are_left_out() -> None:
    siblings = [{"rfilename": 5}, "x", {"rfilename": "a", "size": -1}, {"rfilename": "b", "size": "1"}]
    with hub({model(NAME): info(siblings=siblings, cardData={"license": ["a"]}, tags={})}) as (endpoint, _):
        found = read_model(Hub(endpoint), NAME, day=DAY)
    assert found.files == (HubFile("a", None), HubFile("b", None))
    assert found.licence == ""


def test_a_redirect_to_another_host_loses_the_token() -> None:
    target = {"/moved": info()}
    with hub(target) as (other, asked_there):
        away = Page(status=302, headers={"Location": f"{other}/moved"})
        with hub({model(NAME): away}) as (endpoint, asked):
            found = read_model(Hub(endpoint, token=TOKEN), NAME, day=DAY)
    assert found.revision == COMMIT
    assert "authorization" in asked[0].headers
    assert "authorization" not in asked_there[0].headers


def test_a_hub_that_is_slow() -> None:
    with hub({model(NAME): Page(b"{}" * 50, drips=True)}) as (endpoint, _):
        assert code_of(endpoint, seconds=1) == "hub.slow"


def test_a_hub_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert code_of(f"http://127.0.0.1:{taken.getsockname()[1]}", seconds=1) == "hub.unreachable"


@pytest.mark.parametrize(
    "name", ["", "a b", "../../etc", "a/b/../c", "a/b/c", "a//b", "x" * 200, "a/.git", "日本/語", "\0"]
)
def test_what_is_no_id_is_not_asked_for(name: str) -> None:
    with hub({}) as (endpoint, asked):
        assert code_of(endpoint, name) == "hub.id"
    assert not asked


@pytest.mark.parametrize("revision", ["", "..", "a/../b", "a b", "/x", "x" * 200])
def test_what_is_no_revision_is_not_asked_for(revision: str) -> None:
    with pytest.raises(Unsizable, match="is no branch, tag or commit"):
        read_model(Hub("http://127.0.0.1:1"), NAME, revision=revision, day=DAY)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://huggingface.co/x", True),
        ("https://cdn-lfs.huggingface.co/x", True),
        ("https://cas-bridge.xethub.hf.co/x", True),
        ("http://huggingface.co/x", False),
        ("https://evilhuggingface.co/x", False),
        ("https://hf.co.example.org/x", False),
        ("https://127.0.0.1/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://me:pass@huggingface.co/x", False),
        ("https://huggingface.co:x/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_where_a_hub_may_send_us(address: str, allowed: bool) -> None:
    assert Hub("https://huggingface.co", (".huggingface.co", ".hf.co")).allows(address) is allowed


def test_the_address_of_a_page_is_an_id_too() -> None:
    ours = Hub("https://huggingface.co")
    assert model_id_of(ours, " https://huggingface.co/Qwen/Qwen3-8B/tree/main?x=1 ") == "Qwen/Qwen3-8B"
    assert model_id_of(ours, "gpt2") == "gpt2"


def test_without_the_setting_nobody_is_asked() -> None:
    with pytest.raises(Unsizable, match="asks no Hub"):
        installed()


def test_with_the_setting_the_hub_is_that_of_the_settings(settings) -> None:  # type: ignore[no-untyped-def]
    settings.HUB = {"endpoint": "https://huggingface.co", "hosts": (".hf.co",), "token": "", "seconds": 5}
    assert installed() == Hub("https://huggingface.co", (".hf.co",), "", 5)


def test_the_package_is_not_loaded_at_start_up() -> None:
    heavy = {"huggingface_hub", "httpx2", "gguf", "numpy"}
    code = f"import decisions.hub, sys; assert not {heavy} & set(sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
