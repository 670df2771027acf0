"""The PDF of a version, and the sheet to sign by hand."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from decisions.actions import renderings
from decisions.export.pdf.refusals import not_rendered
from decisions.export.pdf.renderer import NotRendered
from decisions.export.say import say
from decisions.models import Version
from decisions.record.canonical import digest_of
from decisions.record.reading import Unreadable
from decisions.web.access import find_version, person

FILE, SHEET_FILE = "model_runtime_decision.pdf", "sign_off_sheet.pdf"
STATUS = {"missing": 503, "slow": 503, "busy": 503, "broken": 503, "too_long": 422, "too_large": 422}
PASSING = frozenset({"slow", "busy", "broken"})  # a library that is missing does not come by waiting
RETRY_SECONDS = 60


@require_safe
def version_pdf(request: HttpRequest, project: str, decision: str, number: int) -> HttpResponseBase:
    """One version as a PDF, in the language asked for or the reader's."""
    language = language_asked(request)
    kept = language and renderings.kept(
        by=person(request), project=project, decision=decision, number=number, language=language
    )
    if kept:
        return _file(request, FILE, kept.data, kept.digest)
    found = find_version(request, project, decision, number, with_content=False)

    def answer(language: str) -> HttpResponseBase:
        made = renderings.rendered(version=found, language=language)
        return _file(request, FILE, lambda: bytes(made.data), made.digest)

    return _answered(request, found, answer)


@require_safe
def sign_off_sheet(request: HttpRequest, project: str, decision: str, number: int) -> HttpResponseBase:
    """The sheet to sign a version by hand, dated today in UTC."""
    found = find_version(request, project, decision, number, with_content=False)

    def answer(language: str) -> HttpResponseBase:
        data = renderings.sign_off_sheet(version=found, language=language, today=timezone.now().date())
        return _file(request, SHEET_FILE, lambda: data, digest_of(data))

    return _answered(request, found, answer)


def _answered(
    request: HttpRequest, found: Version, answer: Callable[[str], HttpResponseBase]
) -> HttpResponseBase:
    """The file, or a page that says why there is none."""
    language = language_asked(request)
    if language is None:
        return _none(request, found, _("Routecard does not know this language. It prints in these:"), 422)
    try:
        return answer(language)
    except NotRendered as problem:
        response = _none(request, found, not_rendered(problem), STATUS[problem.reason], problem.detail)
        if problem.reason in PASSING:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response
    except Unreadable as unreadable:
        return _none(request, found, say(unreadable.statement), 422)


def language_asked(request: HttpRequest) -> str | None:
    """The language of the query, the reader's where there is none; None for one we do not have."""
    asked = request.GET.get("language", get_language() or settings.LANGUAGE_CODE)
    return next((code for code, _name in settings.LANGUAGES if code == asked.lower()), None)


def _none(request: HttpRequest, found: Version, why: str, status: int, detail: str = "") -> HttpResponse:
    decision = found.decision
    context = {
        "project": decision.project,
        "decision": decision,
        "version": found,
        "tab": "versions",
        "why": why,
        "detail": detail if status == 503 else "",
        "languages": settings.LANGUAGES,
    }
    return render(request, "versions/no_pdf.html", context, status=status)


def _file(request: HttpRequest, name: str, data: Callable[[], bytes], digest: str) -> HttpResponseBase:
    """The file, read only where the browser does not have it yet."""
    response = HttpResponse(content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag = f'"{digest}"'
    patch_cache_control(response, private=True, no_cache=True)
    unread = get_conditional_response(request, etag=etag, response=response)
    if unread is not None and unread is not response:
        return unread
    response.content = data()
    return response
