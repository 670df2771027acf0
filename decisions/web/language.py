"""Which language a person reads, and whose clock the moments follow."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from decisions.export.said import language_tag
from decisions.models.person import known_zones

ZONE_COOKIE = "time_zone"  # static/js/theme.js writes it
Answer = Callable[[HttpRequest], HttpResponse]


class BrowserLanguage:
    """The language of the cookie or else of the browser, for this request and no other."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response = self.get_response(request)
            if response.get("Content-Type", "").startswith("text/html"):
                patch_vary_headers(response, ("Accept-Language", "Cookie"))
                response.headers.setdefault("Content-Language", language_tag())
        return response


class OwnChoice:
    """The language and the time zone a signed-in person has chosen go before those of the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = own_language(request) or translation.get_language()
        with translation.override(language), timezone.override(own_zone(request)):
            response = self.get_response(request)
            if response.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", language_tag())
        return response


def own_language(request: HttpRequest) -> str:
    """The code a signed-in person has chosen; empty where there is none, or it is offered no more."""
    chosen = str(getattr(request.user, "language", ""))
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def own_zone(request: HttpRequest) -> ZoneInfo:
    """The zone a person has chosen, or the one the browser told, or UTC; unknown names are passed over."""
    chosen = str(getattr(request.user, "time_zone", ""))
    told = request.COOKIES.get(ZONE_COOKIE, "").replace("%2F", "/")
    return ZoneInfo(next((name for name in (chosen, told) if name in known_zones()), "UTC"))
