"""What tests of pages ask again and again: the text of an answer, hostile texts, the forms in a page."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ request.user.password }}{% debug %}${7*7}",
    "quotes": "\" autofocus onfocus=alert(1) x='",
    "markdown": "# heading\n| a | b |",
    "right to left": "\u202eabc\u2066 日本語 👩🏽\u200d💻",
}
REFUSED = {
    "a lone surrogate, as browsers send it": (
        "a\ufffdb",
        "The character U+FFFD at position 2 cannot be kept. Remove it and save again.",
    ),
    "NUL": ("a\0b", "The character U+0000 at position 2 cannot be kept. Remove it and save again."),
    "control": ("a\x07b", "The character U+0007 at position 2 cannot be kept. Remove it and save again."),
    "long": ("x" * 60_000, "This has 60000 characters; at most"),
}


class _Values(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self._area = given.get("name", "") if tag == "textarea" else ""
        if tag == "input" and given.get("name"):
            self.found[given["name"]] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] = self.found.get(self._area, "") + data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._area = ""


def text_of(response: HttpResponse) -> str:
    """The answer as text."""
    return response.content.decode()


def values_in(response: HttpResponse) -> dict[str, str]:
    """Names and values of the inputs and text areas of a page."""
    parser = _Values()
    parser.feed(text_of(response))
    return parser.found
