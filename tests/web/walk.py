"""A walk through all pages that links lead to, and the texts a person meets there."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag

from django.test import Client
from django.urls import Resolver404, resolve

SAID_BY = ("alt", "aria-label", "placeholder", "title")  # attributes that a person hears or sees
SILENT = {"script", "style"}
VOID = {
    "area",
    "base",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "wbr",
    "use",
    "path",
    "rect",
    "line",
}
FILES = re.compile(r"\.(json|md|pdf)$")


class Page(HTMLParser):
    """The links of a page, and its texts but those that say they are in another language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.language = ""
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag not in VOID:
            self._open.append((tag, given.get("lang")))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if self._is_ours():
            said = [given.get(name) for name in SAID_BY] + [v for k, v in attrs if k.startswith("data-")]
            self.texts += [text for text in said if text]

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _language in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip() and self._is_ours() and not any(name in SILENT for name, _language in self._open):
            self.texts.append(" ".join(data.split()))

    def _is_ours(self) -> bool:
        said = [language for _name, language in self._open if language is not None]
        return not said or said[-1] == self.language


def pages(client: Client, *starts: str) -> Iterator[tuple[str, Page]]:
    """Every page that can be reached, one of a kind in each decision; all answer 200."""
    waiting, seen = list(starts), set()
    while waiting:
        address = urldefrag(waiting.pop(0))[0]
        kind = _kind(address)
        if not kind or kind in seen:
            continue
        seen.add(kind)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = Page(response.content.decode())
        waiting += page.links
        yield address, page


def _kind(address: str) -> str:
    """What is the same for all pages of a kind in one decision; empty for what is no page of ours."""
    path, _mark, query = address.partition("?")
    if not path.startswith("/") or FILES.search(path):
        return ""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    names = sorted(pair.partition("=")[0] for pair in query.split("&"))
    where = [match.kwargs.get(part, "") for part in ("project", "decision")]
    return " ".join((match.view_name, *where, *names))
