"""The switch of languages on every page, for people signed in and signed out."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from decisions.actions.people import choose_language
from decisions.web.access import person


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language, with the person and in a cookie, and go back to the page; else 422."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return render(request, "people/language_unknown.html", status=422)
    if request.user.is_authenticated:
        choose_language(by=person(request), language=chosen)
    return keep_language(redirect(_back(request)), chosen)


def keep_language(response: HttpResponse, language: str) -> HttpResponse:
    """Let this browser remember a language; empty forgets it, and the browser's own settings count again."""
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    """The page the switch was on, where it is one of ours."""
    page = request.POST.get("back", "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"
