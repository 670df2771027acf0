"""What happens to a request before its view: addresses made clean, sessions that ended in mid-edit."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from decisions.web.kept import kept_fields, own_path
from decisions.web.request import Request

View = Callable[..., HttpResponseBase]


class PrivatePages:
    """Says of every answer that does not say it itself: for this person alone, asked for each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response


class ExpiredSession:
    """Answers a signed-out person's htmx request or posted form so that nothing typed is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        """The whole page goes to sign in where htmx asks; a form that was sent comes back, to be sent again.

        A NUL in the address is none of ours; no database could look it up.
        """
        if "\0" in request.path:
            raise Http404
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if cast(Request, request).htmx:
            back = redirect_to_login(current_page(cast(Request, request)), resolve_url(settings.LOGIN_URL))
            return HttpResponseClientRedirect(back.url)
        if request.method == "POST":
            context = {"kept": kept_fields(request), "files": bool(request.FILES)}
            return render(request, "account/signed_out.html", context, status=403)
        return None


def current_page(request: Request) -> str:
    """The page that htmx acts for, with its query; the start page where the browser names none of ours."""
    page = own_path(request, request.htmx.current_url or "").partition("#")[0]
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"
