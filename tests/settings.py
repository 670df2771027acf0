"""The settings under test: those of an installation, quicker and away from its data.

DATABASE_URL chooses the engine, as everywhere; without it each test process has an SQLite file of its own.
"""

import os
import tempfile
from pathlib import Path

_ours = Path(tempfile.gettempdir()) / f"routecard-tests-{os.getpid()}"
for _name in ("SECRET_KEY_FILE", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "EMAIL_URL_FILE"):
    os.environ.pop(_name, None)
os.environ.update(DATA_DIR=str(_ours), TLS="off", DEBUG="off", BEHIND_PROXY="off", HUB="off")
os.environ["SECRET_KEY"] = "of-the-tests-and-of-nothing-else-0123456789abcdef"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{_ours}.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread of the live server leaves no session behind

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False  # the tests sign in more often than people do
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
