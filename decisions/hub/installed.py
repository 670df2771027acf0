"""The Hub of this installation, as its settings have it."""

from django.conf import settings

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.hub.address import Hub


def installed() -> Hub:
    """The Hub that may be asked. Raises Unsizable where the installation stays off the network."""
    if settings.HUB is None:
        raise Unsizable(say("hub.off"))
    return Hub(**settings.HUB)
