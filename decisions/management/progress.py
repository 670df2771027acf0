"""How far a command is, on standard error, once it takes longer than a second."""

import time

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

INTERVAL = 1.0  # seconds between two lines


class Progress:
    """Counts steps and says at most once a second how many are done."""

    def __init__(self, stream: OutputWrapper, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._said_at = time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if now - self._said_at >= INTERVAL and self._done < self._total:
            self._said_at = now
            self._stream.write(
                _("%(done)d of %(total)d files …") % {"done": self._done, "total": self._total}
            )
