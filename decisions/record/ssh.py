"""Where ssh reaches a machine: `user@host`, with `:port` behind it where it is not the usual one.

It ends up in a command that people copy, so it holds nothing that a shell or ssh itself could read as more
than a name: no space, no quotation mark, no dash in front.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address

from decisions.words import N_

EXPECTED = N_("an SSH target is expected, such as root@203.0.113.7 or root@203.0.113.7:22022")
MOST_PORT = 65_535
_TARGET = re.compile(
    r"(?P<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@"
    r"(?:(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)|\[(?P<ipv6>[0-9A-Fa-f:.]{2,45})\])"
    r"(?::(?P<port>[0-9]{1,5}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class SshTarget:
    """User and host as ssh takes them in one word, and the port; None is ssh's own."""

    destination: str
    port: int | None = None


def read_ssh_target(text: str) -> SshTarget | None:
    """`user@host` or `user@host:port`, an IPv6 address in brackets; None for anything else."""
    found = _TARGET.fullmatch(text)
    if found is None or not _is_ipv6(found["ipv6"]):
        return None
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 1 <= port <= MOST_PORT:
        return None
    return SshTarget(f"{found['user']}@{found['host'] or found['ipv6']}", port)


def clean_ssh_target(text: str) -> str:
    """The text, if it is one or empty. Raises ValueError."""
    if text and read_ssh_target(text) is None:
        raise ValueError(EXPECTED)
    return text


def _is_ipv6(text: str | None) -> bool:
    """Whether it is an address, where one is given."""
    if text is None:
        return True
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True
