"""The pages for what cannot be read, is too large, or whose form has grown old."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from decisions.web.kept import came_from_here, kept_fields

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, with what was typed and a fresh form to send it again; `reason` is Django's and stays in the log.

    A form that came from elsewhere is not offered again: nobody here typed it.
    """
    ours = came_from_here(request)
    context = {
        "kept": kept_fields(request) if ours else [],
        "files": ours and bool(request.FILES),
        "ours": ours,
    }
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than this site takes. No context: the request itself may be broken."""
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)
