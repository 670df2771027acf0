"""The words of Routecard, all on one page; open to whoever is signed out, too."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions.knowledge.words import FAMILIES


@login_not_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word with its meaning, in the order in which one meets them."""
    return render(request, "words/words.html", {"families": FAMILIES, "section": "account"})
