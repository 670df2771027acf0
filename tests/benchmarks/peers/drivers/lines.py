"""One question a line in, one answer a line out, run by the tool's own Python without the project's code.

A question has the keys of files.prepare; an answer has `weights`, `kv`, `compute`, `total` (bytes, of one
device) and `tokens`, each where the tool says it, or `error`.
"""

import contextlib
import io
import json
import os
import sys
import urllib.request
from urllib.parse import urlsplit, urlunsplit

GIB = 1 << 30
GB = 10**9
HUB = "huggingface.co"
SIXTEEN = ("", "f16", "fp16", "bf16", None)


class Cannot(Exception):
    """The tool has no words for what is asked."""


def serve(answer):
    """Answer every line of the standard input; what the tool prints goes to the standard error."""
    out = sys.stdout
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        with contextlib.redirect_stdout(sys.stderr):
            found = _answer(answer, json.loads(line))
        print(json.dumps(found), file=out, flush=True)


def _answer(answer, question):
    try:
        return {key: value for key, value in answer(question).items() if value is not None}
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever a tool raises is that it has no answer
        return {"error": f"{type(problem).__name__}: {problem}"[:300]}


def sequences(question):
    """How many tokens are asked for in all: a context is of one sequence unless the cache is unified."""
    return question.get("context", 4096) * (
        1 if question.get("kv_unified") else question.get("parallel") or 1
    )


def is_known(question, *names):
    """Whether the tool has this type of cache; 16 bits always."""
    return question.get("kv_dtype") in (*SIXTEEN, *names)


def told(main, arguments):
    """The JSON that a command prints, run in this process; whatever it exits with."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main(arguments)
    text = out.getvalue()
    if "{" not in text:
        raise Cannot(text.strip()[:200] or "it said nothing")
    return json.loads(text[text.index("{") :])


def one_device(question):
    """Refuse more devices than one, for tools that know of one only."""
    if (question.get("devices") or 1) > 1:
        raise Cannot("one device only")


def through_loopback():
    """Send what goes to the Hub by its name to the loopback one, for tools that ask for no other address."""
    base = urlsplit(os.environ["HF_ENDPOINT"])
    _patch_urllib(base)
    for name in ("httpx", "httpx2"):
        with contextlib.suppress(ImportError):
            _patch_httpx(__import__(name), base)


def _patch_urllib(base):
    open_ = urllib.request.urlopen

    def urlopen(request, *args, **kwargs):
        if isinstance(request, str):
            request = urllib.request.Request(request)  # noqa: S310 - what a tool asks for
        parts = urlsplit(request.full_url)
        if parts.netloc == HUB:
            request.full_url = urlunsplit((base.scheme, base.netloc, *parts[2:]))
        return open_(request, *args, **kwargs)

    urllib.request.urlopen = urlopen


def _patch_httpx(library, base):
    def sent_elsewhere(request):
        if request.url.host == HUB:
            request.url = request.url.copy_with(scheme=base.scheme, host=base.hostname, port=base.port)
            request.headers["Host"] = base.netloc
        return request

    def wrap(method):
        return lambda self, request, **more: method(self, sent_elsewhere(request), **more)

    for client in (library.Client, library.AsyncClient):
        client.send = wrap(client.send)
