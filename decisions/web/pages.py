"""What pages with a list share: the fragment for htmx, the text searched for, one page of many."""

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from decisions.web.request import Request

ROWS = 25  # rows on one page of a list
SEARCH_LENGTH = 200


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of this page: not for all of it by a boosted link or a step back."""
    htmx = cast(Request, request).htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest, template: str, fragment: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or its one fragment where htmx asks for it."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def searched(request: HttpRequest) -> str:
    """The text searched for, fit for a database: short and without NUL."""
    return request.GET.get("q", "").replace("\0", "").strip()[:SEARCH_LENGTH]


def one_page(request: HttpRequest, rows: QuerySet[Any], size: int = ROWS) -> Page:
    """The page asked for; the first or the last where there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
