"""What a browser keeps for when the server cannot be reached: one page that says so, and what shows it.

The worker stands between the browser and us on every page it opens, so it does as little as it can: only a
page asked for by GET that gets no answer at all is replaced. It keeps nobody's page, and no form passes it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

SHOWS_IT = ("css/tokens.css", "css/base.css", "css/cards.css", "js/theme.js")


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """The page itself, in the language of the person who will read it. It names nobody."""
    return render(request, "offline/offline.html")


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; in another release or language it has other bytes, so that page is kept anew."""
    kept = [reverse("offline"), *map(static, SHOWS_IT)]
    return render(request, "offline/worker.js", {"kept": kept}, content_type="text/javascript")
