"""The Hub's settings: off unless somebody says on, and refused in one line where they cannot be."""

import pytest

from config import env, hub

NAMES = ("HUB", "HF_ENDPOINT", "HUB_HOSTS", "HF_TOKEN", "HF_TOKEN_FILE", "HUB_SECONDS", "HF_HUB_OFFLINE")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_off_unless_said() -> None:
    assert hub.settings() is None


def test_on(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "token").write_text("hf_secret\n")
    monkeypatch.setenv("HUB", "on")
    monkeypatch.setenv("HF_TOKEN_FILE", str(tmp_path / "token"))
    assert hub.settings() == {
        "endpoint": "https://huggingface.co",
        "hosts": (".huggingface.co", ".hf.co"),
        "token": "hf_secret",
        "seconds": 10,
    }


def test_offline_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB", "on")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert hub.settings() is None


def test_what_others_set_for_their_own_use_does_not_stop_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "nonsense")
    monkeypatch.setenv("HF_TOKEN_FILE", "/nowhere")
    assert hub.settings() is None


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080/", "http://localhost:1", "https://hub.example.org/hf"]
)
def test_endpoints(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HUB", "on")
    monkeypatch.setenv("HUB_HOSTS", "hub.example.org")
    monkeypatch.setenv("HF_ENDPOINT", address)
    found = hub.settings()
    assert found
    assert found["endpoint"] == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "http://huggingface.co",
        "https://other.example.org",
        "https://evilhuggingface.co",
        "https://me:pass@huggingface.co",
        "https://huggingface.co?x",
        "https://huggingface.co:port",
        "https://[",
        "huggingface.co",
        "file:///tmp",
    ],
)
def test_endpoints_that_are_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HUB", "on")
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(env.SettingError, match="^HF_ENDPOINT is not an https address at a host of HUB_HOSTS"):
        hub.settings()
