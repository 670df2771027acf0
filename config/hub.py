"""Whether the Hugging Face Hub may be asked, and how; the names that begin with HF_ are its own library's."""

from typing import Any
from urllib.parse import urlsplit

from config import env
from config.services import LOOPBACK

HOSTS = [".huggingface.co", ".hf.co"]


def settings() -> dict[str, Any] | None:
    """What a Hub is made of; None where the installation stays off the network, which is the default."""
    if not env.flag("HUB", False) or env.flag("HF_HUB_OFFLINE", False):
        return None
    hosts = env.hosts("HUB_HOSTS", HOSTS)
    return {
        "endpoint": _endpoint(env.text("HF_ENDPOINT", "https://huggingface.co"), hosts),
        "hosts": tuple(hosts),
        "token": env.secret("HF_TOKEN"),
        "seconds": env.integer("HUB_SECONDS", 10, low=1, high=60),
    }


def _endpoint(address: str, hosts: list[str]) -> str:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    plain = not (parts.username or parts.query or parts.fragment)
    if host in LOOPBACK and parts.scheme in ("http", "https") and plain:
        return address.rstrip("/")
    if parts.scheme != "https" or not plain or not any(_is_below(host, each) for each in hosts):
        raise env.SettingError(
            "HF_ENDPOINT is not an https address at a host of HUB_HOSTS: say https://hub.example.org"
            " and HUB_HOSTS=hub.example.org."
        )
    return address.rstrip("/")


def _is_below(host: str, allowed: str) -> bool:
    return host == allowed.lstrip(".") or (allowed.startswith(".") and host.endswith(allowed))
