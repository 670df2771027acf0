"""Small readers of environment variables.

Each takes the variable's name first. A variable that is set but empty counts as not set. A value that is not
understood raises `SettingError`, whose text is one line that names the variable and what it may be.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FLAGS = dict.fromkeys(("on", "true", "yes", "1"), True) | dict.fromkeys(("off", "false", "no", "0"), False)


class SettingError(ImproperlyConfigured):
    """A setting is missing or not understood; the text is one line for the person who set it."""


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """on/off, true/false, yes/no or 1/0, in any case of letters."""
    value = text(name).lower()
    if value and value not in FLAGS:
        raise SettingError(f"{name} is {value!r}: say on or off.")
    return FLAGS.get(value, default)


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`, in ASCII digits."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not low <= int(value) <= high:
        raise SettingError(f"{name} is {value!r}: say a whole number from {low} to {high}.")
    return int(value)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of `options`."""
    value = text(name) or default
    if value not in options:
        raise SettingError(f"{name} is {value!r}: say one of {', '.join(options)}.")
    return value


def folder(name: str, default: Path, *, base: Path) -> Path:
    """A folder; a relative one is taken from `base`."""
    value = text(name)
    return (base / Path(value).expanduser()).resolve() if value else default


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names, separated by commas, without scheme, port or path (`[::1]` for IPv6)."""
    found = _list(name)
    for host in found:
        wrong = "/" in host or " " in host or (":" in host and not host.endswith("]"))
        if wrong or host == "*":
            raise SettingError(f"{name} holds {host!r}: say host names alone, like routecard.example.org.")
    return found or default


def origins(name: str) -> list[str]:
    """Addresses with a scheme and nothing behind the host, separated by commas."""
    found = _list(name)
    for origin in found:
        scheme, _, host = origin.partition("://")
        if scheme not in ("http", "https") or not host or "/" in host:
            raise SettingError(f"{name} holds {origin!r}: say origins, like https://routecard.example.org.")
    return found


def secret(name: str, default_file: Path | None = None) -> str:
    """NAME itself, else the content of the file named by NAME_FILE, else of `default_file`, else nothing."""
    direct, named = text(name), text(f"{name}_FILE")
    if direct and named:
        raise SettingError(f"{name} and {name}_FILE are both set: set one.")
    if named:
        return _content(f"{name}_FILE", Path(named))
    if not direct and default_file is not None and default_file.exists():
        return _content(name, default_file)
    return direct


def _list(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def _content(name: str, path: Path) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise SettingError(f"{name}: {path} cannot be read ({reason}).") from error
    if not value:
        raise SettingError(f"{name}: {path} is empty.")
    return value
