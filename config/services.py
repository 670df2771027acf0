"""DATABASE_URL and EMAIL_URL: addresses of other services, turned into what Django asks for."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config.env import SettingError

SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    " PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=15000;"
)
TLS_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
POSTGRESQL_OPTIONS = ("host", "port", *TLS_OPTIONS, "connect_timeout", "options")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ENCODED = "special characters in a password are percent-encoded: # is %23, / is %2F"
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in the file `path`: writers wait 15 s for each other; triggers see INSERT OR REPLACE too."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 15, "init_command": SQLITE}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def database(name: str, url: str, default: Path) -> dict[str, Any]:
    """The database at `url`, or SQLite in the file `default`. `name` is the variable, for errors."""
    if not url:
        return sqlite(default)
    parts, options = _split(name, url)
    if parts.scheme == "sqlite":
        return _sqlite_at(name, parts, options)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql_at(name, parts, options)
    raise SettingError(f"{name} starts with {parts.scheme!r}: say postgresql://… or sqlite:///….")


def mail(name: str, url: str) -> dict[str, Any]:
    """The mail settings for `url`: console:, none:, smtp://, smtp+starttls:// or smtps://."""
    backend = "django.core.mail.backends."
    if url in ("console:", "none:"):
        return {"EMAIL_BACKEND": backend + {"console:": "console", "none:": "dummy"}[url] + ".EmailBackend"}
    parts, options = _split(name, url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname or options or parts.path not in ("", "/"):
        raise SettingError(
            f"{name} is not understood: say console:, none:, smtp+starttls://USER:PASSWORD@HOST."
        )
    if parts.scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK:
        raise SettingError(f"{name} would send the password in the clear: say smtp+starttls:// or smtps://.")
    return {
        "EMAIL_BACKEND": backend + "smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def _split(name: str, url: str) -> tuple[SplitResult, dict[str, str]]:
    """The parts of an address and its options; the address itself is never shown, it may hold a password."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise SettingError(f"{name} is not an address ({ENCODED}).") from None
    if not parts.scheme or parts.fragment:
        raise SettingError(f"{name} is not an address ({ENCODED}).")
    return parts, options


def _sqlite_at(name: str, parts: SplitResult, options: dict[str, str]) -> dict[str, Any]:
    path = unquote(parts.path.removeprefix("/"))
    if parts.netloc or not path or options:
        raise SettingError(f"{name} is not understood: say sqlite:////var/lib/routecard/routecard.sqlite3.")
    return sqlite(Path(path).absolute())


def _postgresql_at(name: str, parts: SplitResult, options: dict[str, str]) -> dict[str, Any]:
    unknown = sorted(set(options) - set(POSTGRESQL_OPTIONS))
    if unknown:
        raise SettingError(
            f"{name} has an unknown option {unknown[0]!r}: say {', '.join(POSTGRESQL_OPTIONS)}."
        )
    dbname = unquote(parts.path.removeprefix("/"))
    if not dbname or "/" in dbname:
        raise SettingError(f"{name} names no database: say postgresql://USER:PASSWORD@HOST/DATABASE.")
    host, port = options.pop("host", ""), options.pop("port", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dbname,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or host,
        "PORT": str(parts.port or port),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
