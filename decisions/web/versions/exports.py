"""The two files of a version: the stored bytes themselves, and the Markdown made of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from decisions.export.markdown import markdown
from decisions.models import Version
from decisions.record.canonical import digest_of
from decisions.record.keep import JSON_FILE, MARKDOWN_FILE
from decisions.record.versions import load_content
from decisions.web.access import find_version

TYPES = {"json": "application/json", "md": "text/markdown; charset=utf-8"}
NAMES = {"json": JSON_FILE, "md": MARKDOWN_FILE}


@require_safe
def version_export(
    request: HttpRequest, project: str, decision: str, number: int, format: str
) -> HttpResponseBase:
    """One version as a file; the JSON's SHA-256 is the fingerprint."""
    if format not in TYPES:
        raise Http404
    data = _data(find_version(request, project, decision, number), format)
    response = HttpResponse(data, content_type=TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{NAMES[format]}"'
    response["ETag"] = etag = f'"{digest_of(data)}"'
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response


def _data(version: Version, format: str) -> bytes:
    stored = bytes(version.content.data)
    return stored if format == "json" else markdown(load_content(stored)).encode()
