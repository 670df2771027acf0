"""An expired session in mid-edit: htmx gets a redirect of the whole page, never a form inside a fragment."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from decisions.web.request import Request


class ExpiredSession:
    """Answers a signed-out person's htmx request by sending their whole page to the sign-in form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send htmx to sign in, unless the view is open or the person is known."""
        if request.user.is_authenticated or not request.htmx or not getattr(view, "login_required", True):
            return None
        page = urlsplit(request.htmx.current_url or "")
        back = redirect_to_login(page.path or "/", resolve_url(settings.LOGIN_URL))
        return HttpResponseClientRedirect(back.url)
