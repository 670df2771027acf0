"""The request as our views get it, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request that passed `HtmxMiddleware`."""

    htmx: HtmxDetails
