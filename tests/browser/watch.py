"""What no page may do: write an error to the console, fail a request, break the content policy."""

from collections import Counter
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

POLICY = "default-src 'none'"
OWN_LINES = (
    "Failed to load resource",  # Chromium's own line on an answer of 400 and more, which we count ourselves
    "Service Worker registration blocked by Playwright",  # see browser_options
    "htmx:sendAbort, [object HTMLDataListElement]",  # htmx on a look-up that leaving the page ended
    "htmx:afterRequest, [object HTMLDataListElement]",
)


class Watch:
    """Notes everything that goes wrong in the contexts it is put on; a test says what it expects of that."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: Counter[str] = Counter()
        self.pardoned: list[str] = []

    def put_on(self, context: BrowserContext) -> None:
        """Listen to every page of a context, present and future."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def expect(self, *words: str) -> None:
        """Each of `words`, once: an answer's status such as "409", or part of what is noted."""
        self.expected.update(words)

    def pardon(self, *words: str) -> None:
        """What holds one of `words` may happen as often as it likes."""
        self.pardoned += words

    def verdict(self) -> str:
        """What was found without being expected, and expected without being found; empty is well."""
        left = [line for line in self.found if not any(word in line for word in self.pardoned)]
        missing = [f"expected, but it did not happen: {word}" for word in self.expected.elements()]
        for word in self.expected.elements():
            met = next((line for line in left if word in line), None)
            if met is not None:
                left.remove(met)
                missing.remove(f"expected, but it did not happen: {word}")
        return "\n".join(left + missing)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(OWN_LINES):
            self.found.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.found.append(f"script error: {error.error}")

    def _failed(self, request: Request) -> None:
        if not _is_download(request) and not _is_overtaken(request):
            self.found.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        where = f"{response.request.method} {response.url}"
        if response.status >= 400:
            self.found.append(f"status {response.status}: {where}")
        if response.request.resource_type == "document" and not _has_policy(response):
            self.found.append(f"no content policy: {where}")


def _has_policy(response: Response) -> bool:
    policy = response.headers.get("content-security-policy", "")
    return 300 <= response.status < 400 or (POLICY in policy and "unsafe" not in policy)


def _is_download(request: Request) -> bool:
    """A download ends the navigation that started it."""
    return request.is_navigation_request() and request.failure == "net::ERR_ABORTED"


def _is_overtaken(request: Request) -> bool:
    """A look-up that the next letter typed, or leaving the page, made needless."""
    return request.method == "GET" and request.failure == "net::ERR_ABORTED"


def browser_options(**more: Any) -> dict[str, Any]:
    """How a context looks at the pages: English, UTC, a laptop, no service worker, unless told otherwise."""
    usual = {"locale": "en-GB", "timezone_id": "UTC", "viewport": {"width": 1280, "height": 900}}
    return usual | {"service_workers": "block"} | more
