"""How much of a file's beginning has to be sent: a little, and more only as long as its header goes on.

The browser asks before it hands a file in. What was read then comes back in its place, so that nothing is
sent twice.
"""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from decisions.fit.hardware.problem import CutOff, Unsizable
from decisions.fit.say import say
from decisions.web.sizing.forms import SourceForm
from decisions.web.sizing.sources import from_file, is_json, token_of
from decisions.web.sizing.uploads import KEPT_BYTES, Beginning, is_too_large

GROWS = 8  # 1 MiB, then 8, then 32: vocabularies of 150,000 words with their merges take six


@csrf_exempt
def beginning(request: HttpRequest) -> HttpResponseBase:
    """What a part of a file's beginning tells; see `_beginning`. Only what is kept is read of it."""
    if request.method == "POST":
        if is_too_large(request):
            return JsonResponse({}, status=413)
        request.upload_handlers = [Beginning(request)]
    return _beginning(request)


@csrf_protect
@require_POST
def _beginning(request: HttpRequest) -> JsonResponse:
    """`carried` is what was read, where that is all; `more` how many bytes to send next; `header_goes_on`
    says that it does behind all that is read. Nothing: hand it in, and the page says what is wrong."""
    handed = SourceForm(request.POST, request.FILES)
    file = handed.cleaned_data.get("file") if handed.is_valid() else None
    if file is None:
        return JsonResponse({})
    data, given = file.read(), handed.cleaned_data
    try:
        source = from_file(data, file.name or "", given.get("text") or "", given.get("shape") or "")
    except CutOff as cut:
        return JsonResponse(_next(cut, len(data)))
    except Unsizable:
        goes_on = is_json(data) and len(data) < KEPT_BYTES  # JSON does not say how long it is
        return JsonResponse({"more": KEPT_BYTES} if goes_on else {})
    return JsonResponse({"carried": token_of(source)})


def _next(cut: CutOff, sent: int) -> dict[str, int]:
    if cut.needed_bytes > KEPT_BYTES:
        return {"header_goes_on": 1}
    return {"more": cut.needed_bytes if cut.is_all else min(max(cut.needed_bytes, GROWS * sent), KEPT_BYTES)}


def beyond_reading(problem: Unsizable, *, asked_all: bool) -> Unsizable:
    """The sentence for a header that goes on behind all that is read of a file, in place of the reader's.

    `asked_all` says that the browser had sent that much before, and sends less of it now.
    """
    if isinstance(problem, CutOff) and (asked_all or problem.needed_bytes > KEPT_BYTES):
        return Unsizable(say("sizing.file_header", most=KEPT_BYTES >> 20))
    return problem
