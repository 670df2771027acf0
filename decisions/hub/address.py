"""Where a Hub is, and which addresses may be asked on its behalf."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_REVISION = re.compile(r"[A-Za-z0-9][\w.-]{0,99}(?:/[A-Za-z0-9][\w.-]{0,99}){0,4}")


@dataclass(frozen=True, slots=True)
class Hub:
    """A Hub at `endpoint`, its own host and the `hosts` it may send on to (a leading dot takes in all below).

    `seconds` is how long one question may take; `token` opens what is gated, and goes to the endpoint alone.
    """

    endpoint: str
    hosts: tuple[str, ...] = ()
    token: str = ""
    seconds: int = 10

    @property
    def host(self) -> str:
        """The host of the endpoint."""
        return urlsplit(self.endpoint).hostname or ""

    def allows(self, address: str) -> bool:
        """Whether `address` may be asked: https at a host of ours, or this machine for a Hub on it."""
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
            parts.port  # noqa: B018 - reading it is what checks it
        except ValueError:
            return False
        if parts.username or parts.password:
            return False
        if host in LOOPBACK:
            return self.host in LOOPBACK and parts.scheme in ("http", "https")
        return parts.scheme == "https" and any(_is_below(host, each) for each in (self.host, *self.hosts))

    def is_ours(self, address: str) -> bool:
        """Whether `address` is at the endpoint itself, so that the token may go there."""
        here, there = urlsplit(self.endpoint), urlsplit(address)
        return (here.scheme, here.netloc) == (there.scheme, there.netloc)


def model_id_of(hub: Hub, text: str) -> str:
    """The id in `text`, which may be the address of the model's page. Raises Unsizable for anything else."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    found = text.strip()
    for start in (hub.endpoint, "https://huggingface.co", "huggingface.co"):
        if found.startswith(f"{start}/"):
            found = "/".join(found.removeprefix(f"{start}/").split("?")[0].split("/")[:2])
    try:
        validate_repo_id(found)
    except HFValidationError as error:
        raise Unsizable(say("hub.id", model=shown(text))) from error
    return found


def checked_revision(revision: str) -> str:
    """The revision as it was given. Raises Unsizable for what can be none."""
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise Unsizable(say("hub.revision", revision=shown(revision)))
    return revision


def _is_below(host: str, allowed: str) -> bool:
    if allowed.startswith("."):
        return host == allowed[1:] or host.endswith(allowed)
    return host == allowed
