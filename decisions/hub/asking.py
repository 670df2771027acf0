"""One question to the Hub: followed where it may go, stopped where it takes too long or says too much."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.hub.address import Hub

if TYPE_CHECKING:
    import httpx2

MOST_HOPS = 5
_AGENT = "routecard"
_MOVED = (301, 302, 303, 307, 308)


class Answer:
    """The body of an answer as a file, read no further than asked for."""

    def __init__(self, hub: Hub, response: "httpx2.Response") -> None:
        self._hub = hub
        self._chunks = response.iter_raw()
        self._ahead = b""
        self._until = time.monotonic() + hub.seconds

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        while len(self._ahead) < size:
            if time.monotonic() > self._until:
                raise Unsizable(say("hub.slow", host=self._hub.host, seconds=self._hub.seconds))
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            self._ahead += chunk
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        return taken

    def whole(self, most: int, name: str) -> bytes:
        """All of it. Raises Unsizable where it is more than `most` bytes."""
        pieces, have = [], 0
        while piece := self.read(min(1 << 20, most + 1 - have)):
            pieces.append(piece)
            have += len(piece)
            if have > most:
                raise Unsizable(say("hub.large", name=name, most=most >> 20))
        return b"".join(pieces)


@contextmanager
def asked(hub: Hub, address: str, model_id: str, first_bytes: int = 0) -> Iterator[Answer]:
    """The answer at `address`, of which the first bytes are enough where `first_bytes` says how many.

    Raises Unsizable with a code for each way it can go wrong: gated, missing, unreachable, slow, …
    """
    import httpx2

    try:
        with _followed(hub, address, model_id, first_bytes) as response:
            yield Answer(hub, response)
    except httpx2.TimeoutException as error:
        raise Unsizable(say("hub.slow", host=hub.host, seconds=hub.seconds)) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise Unsizable(say("hub.unreachable", host=hub.host)) from error


@contextmanager
def _followed(hub: Hub, address: str, model_id: str, first_bytes: int) -> "Iterator[httpx2.Response]":
    from huggingface_hub.utils import get_session

    for _hop in range(MOST_HOPS):
        if not hub.allows(address):
            raise Unsizable(say("hub.elsewhere", address=shown(address)))
        headers = _headers(hub, address, first_bytes)
        question = get_session().stream(
            "GET", address, headers=headers, timeout=hub.seconds, follow_redirects=False
        )
        with question as response:
            if response.status_code not in _MOVED:
                _refused(hub, response, model_id)
                yield response
                return
            address = _moved(address, response.headers.get("location", ""))
    raise Unsizable(say("hub.elsewhere", address=shown(address)))


def _moved(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise Unsizable(say("hub.elsewhere", address=shown(location))) from error


def _headers(hub: Hub, address: str, first_bytes: int) -> dict[str, str]:
    """Ours, not the package's: those ask the network who we are, and take a token from the home folder."""
    headers = {"user-agent": _AGENT, "accept-encoding": "identity"}
    if hub.token and hub.is_ours(address):
        headers["authorization"] = f"Bearer {hub.token}"
    if first_bytes:
        headers["range"] = f"bytes=0-{first_bytes - 1}"
    return headers


def _refused(hub: Hub, response: "httpx2.Response", model_id: str) -> None:
    """Tell apart why the Hub says no, by the package's own rules."""
    import httpx2
    from huggingface_hub import errors
    from huggingface_hub.utils import hf_raise_for_status

    status = response.status_code
    known = {
        name: response.headers[name]
        for name in ("x-error-code", "x-error-message")
        if name in response.headers
    }
    try:
        hf_raise_for_status(httpx2.Response(status, headers=known, request=response.request))
    except errors.GatedRepoError as error:
        raise Unsizable(say("hub.gated", model=model_id, host=hub.host)) from error
    except errors.RevisionNotFoundError as error:
        raise Unsizable(say("hub.no_revision", model=model_id, host=hub.host)) from error
    except (errors.RepositoryNotFoundError, errors.RemoteEntryNotFoundError) as error:
        raise Unsizable(say("hub.missing", model=model_id, host=hub.host)) from error
    except errors.HfHubHTTPError as error:
        raise _problem(hub, status, model_id) from error


def _problem(hub: Hub, status: int, model_id: str) -> Unsizable:
    if status == 401:
        return Unsizable(say("hub.token", host=hub.host))
    if status == 403:
        return Unsizable(say("hub.gated", model=model_id, host=hub.host))
    if status == 404:
        return Unsizable(say("hub.missing", model=model_id, host=hub.host))
    return Unsizable(say("hub.busy" if status == 429 else "hub.failed", host=hub.host, status=str(status)))
