"""How gunicorn serves Routecard, for `script/server` and for a team's own service alike."""

import os
import sys
from typing import Any

from config import env

try:
    from config import settings  # noqa: F401 - a wrong setting is told in one line, before any worker starts

    bind = env.text("BIND", f"127.0.0.1:{env.integer('PORT', 8000, low=1, high=65535)}")
    workers = env.integer("WEB_WORKERS", 2, low=1, high=64)
    threads = env.integer("WEB_THREADS", 4, low=1, high=64)
except env.SettingError as error:
    sys.exit(f"gunicorn: {error}")

wsgi_app = "config.wsgi:application"
preload_app = True
worker_class = "gthread"
timeout = 60
graceful_timeout = 10
max_requests = 10_000
max_requests_jitter = 1_000
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """Say where the site is, once it takes requests (`script/server` gives the words)."""
    announcement = os.environ.get("ROUTECARD_ANNOUNCEMENT")
    if announcement:
        print(announcement, flush=True)  # noqa: T201 - for the person at the terminal
